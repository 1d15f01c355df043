"""The stand-in's own routes: health always; faults and calls only where faults are switched on."""

from __future__ import annotations

import orjson
from aiohttp import web

from services.local.desk import Desk
from services.local.errors import bad_input
from services.local.faults import FaultBox, parse

ROOT = "/local/v1"


def add_routes(app: web.Application, desk: Desk) -> None:
    """Register the routes that this server may have."""
    app.router.add_get(f"{ROOT}/health", Health(desk).get)
    if desk.box is None:
        return
    faults = Faults(desk.box)
    app.router.add_put(f"{ROOT}/faults", faults.put)
    app.router.add_get(f"{ROOT}/faults", faults.get)
    app.router.add_delete(f"{ROOT}/faults", faults.delete)
    calls = Calls(desk)
    app.router.add_get(f"{ROOT}/calls", calls.get)
    app.router.add_delete(f"{ROOT}/calls", calls.delete)


def _json(value: object, status: int = 200) -> web.Response:
    return web.Response(body=orjson.dumps(value), status=status, content_type="application/json")


class Health:
    """Whether the engines are loaded."""

    def __init__(self, desk: Desk) -> None:
        self._host = desk.host

    async def get(self, request: web.Request) -> web.Response:
        """Answer 200 with the engines' names, or 503 while they load or where they failed to."""
        engines = self._host.ready()
        if engines is None:
            return _json({"status": "failed" if self._host.failed else "loading"}, status=503)
        names = [engines.text.name, engines.judge.name, engines.paint.name]
        return _json({"status": "ready", "engines": names})


class Faults:
    """The faults in force."""

    def __init__(self, box: FaultBox) -> None:
        self._box = box

    async def put(self, request: web.Request) -> web.Response:
        """Replace the faults by the JSON list in the body."""
        try:
            rows = orjson.loads(await request.read())
        except orjson.JSONDecodeError:
            raise bad_input("the faults are not valid JSON") from None
        if not isinstance(rows, list):
            raise bad_input("the faults are a JSON list")
        self._box.replace([parse(row) for row in rows])
        return await self.get(request)

    async def get(self, request: web.Request) -> web.Response:
        """List the faults still in force."""
        return _json(self._box.listing())

    async def delete(self, request: web.Request) -> web.Response:
        """Drop every fault."""
        self._box.replace([])
        return web.Response(status=204)


class Calls:
    """The last model requests."""

    def __init__(self, desk: Desk) -> None:
        self._calls = desk.calls

    async def get(self, request: web.Request) -> web.Response:
        """List them, oldest first."""
        return _json(self._calls.listing())

    async def delete(self, request: web.Request) -> web.Response:
        """Forget them."""
        self._calls.clear()
        return web.Response(status=204)
