"""A receiver of webhooks: an HTTP server on this machine that notes what it gets."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

OK = (200, {})


@dataclass(frozen=True)
class Delivery:
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    @property
    def sequence(self) -> int:
        return int(json.loads(self.body)["sequence"])


@dataclass
class Receiver:
    """An HTTP server that notes what it gets; `answer` decides status and headers of each answer."""

    port: int = 0
    answer: Callable[[Delivery], tuple[int, dict[str, str]]] = lambda _: OK
    seen: list[Delivery] = field(default_factory=list)
    taken: list[Delivery] = field(default_factory=list)

    def __post_init__(self) -> None:
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
                names = {name.lower(): value for name, value in self.headers.items()}
                delivery = Delivery(self.path, names, body)
                receiver.seen.append(delivery)
                status, headers = receiver.answer(delivery)
                if status < 300:
                    receiver.taken.append(delivery)
                try:
                    self.send_response(status)
                    for name, value in {**headers, "Content-Length": "2"}.items():
                        self.send_header(name, value)
                    self.end_headers()
                    self.wfile.write(b"ok")
                except OSError:
                    # The gateway was killed while it waited.
                    self.close_connection = True

            def do_GET(self) -> None:
                self.do_POST()

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()

    def url(self, path: str = "/hook") -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def sequences(self) -> list[int]:
        return [delivery.sequence for delivery in self.taken]

    def has_finished(self) -> bool:
        return any(b'"finished"' in delivery.body for delivery in list(self.taken))

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
