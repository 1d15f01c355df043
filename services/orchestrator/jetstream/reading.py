"""Reading stored messages: the last of a subject, all of one from somewhere on, the last of many subjects at once.

With one copy of a stream there is one truth and every answer is current. With several, the copies that answer may be
a moment behind; then the leader says first how far a log has come, and what the copies say is waited for. A leader that
was cut off may have a successor of whom it has not heard: that there is nothing, or no more than this, is believed of
none that has not just heard of most of the others.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import orjson
import pybase64

from services.orchestrator.jetstream.client import Message, read_headers
from services.orchestrator.jetstream.wire import ApiError, Wire, status_of, unavailable

MESSAGE_UNKNOWN = 10037
BATCH = 1000
PATIENCE_S = 2.0
BEHIND_S = 0.01
# Nobody else is elected before a leader was silent for 4 s: nats-server's least time before an election.
LED_NS = 3_000_000_000


class Stored(NamedTuple):
    """A message of a stream, and its place there."""

    subject: str
    place: int
    headers: Mapping[str, str]
    data: bytes


class Reader:
    """Reads one stream; `replicated` where several servers hold it."""

    def __init__(self, wire: Wire, stream: str, *, replicated: bool) -> None:
        self._wire = wire
        self._stream = stream
        self._replicated = replicated

    async def last(self, subject: str) -> Stored | None:
        """The last message of a subject, as the leader has it.

        Raises:
            ServiceError: STORE_UNAVAILABLE.
        """
        if self._replicated:
            return await self.leaders_last(subject)
        return _direct(await self._wire.ask(f"$JS.API.DIRECT.GET.{self._stream}.{subject}"))

    async def since(self, subject: str, place: int) -> list[Stored]:
        """The messages of a subject at `place` in the stream or after it, in order.

        Raises:
            ServiceError: STORE_UNAVAILABLE.
        """
        if not self._replicated:
            return await self._batch({"seq": max(1, place), "next_by_subj": subject})
        last = await self.leaders_last(subject)
        if last is None or last.place < place:
            return []
        deadline_s = asyncio.get_running_loop().time() + PATIENCE_S
        while True:
            found = await self._batch({"seq": max(1, place), "next_by_subj": subject})
            if found and found[-1].place >= last.place:
                return found
            if asyncio.get_running_loop().time() > deadline_s:
                raise unavailable("has copies that are far behind")
            await asyncio.sleep(BEHIND_S)

    async def last_of(self, subjects: Sequence[str]) -> list[Stored]:
        """The last message of each subject that has one, in no particular order; at most 1000 subjects.

        Raises:
            ServiceError: STORE_UNAVAILABLE.
        """
        if not subjects:
            return []
        found = await self._batch({"multi_last": list(subjects)})
        if self._replicated:
            # Whoever answered may not have heard of the newest; only the leader can say that there is nothing.
            missing = set(subjects) - {stored.subject for stored in found}
            asked = await asyncio.gather(*(self.leaders_last(subject) for subject in missing))
            found += [stored for stored in asked if stored is not None]
        return found

    async def leaders_last(self, subject: str) -> Stored | None:
        """The last message of a subject, asked of the leader.

        Raises:
            ServiceError: STORE_UNAVAILABLE.
        """
        found = await self._ask_last(subject)
        if found is None and self._replicated:
            await self.check_led()
            # Asked again, should the leader that was found be another one than the one that knew of nothing.
            found = await self._ask_last(subject)
        return found

    async def _ask_last(self, subject: str) -> Stored | None:
        try:
            answer = await self._wire.api(f"STREAM.MSG.GET.{self._stream}", {"last_by_subj": subject})
        except ApiError as error:
            if error.code == MESSAGE_UNKNOWN:
                return None
            raise unavailable(f"refuses: {error}") from error
        message = answer["message"]
        assert isinstance(message, dict)
        headers = read_headers(pybase64.b64decode(message.get("hdrs", "")))
        return Stored(message["subject"], message["seq"], headers, pybase64.b64decode(message.get("data", "")))

    async def end(self) -> int:
        """The place of the last message of the whole stream.

        Raises:
            ServiceError: STORE_UNAVAILABLE.
        """
        state = (await self._info())["state"]
        assert isinstance(state, dict)
        return int(state["last_seq"])

    async def _info(self) -> dict[str, object]:
        try:
            return await self._wire.api(f"STREAM.INFO.{self._stream}")
        except ApiError as error:
            raise unavailable(f"refuses: {error}") from error

    async def check_led(self) -> None:
        """Make sure that whoever leads the stream is its leader still; where there is one copy, it is.

        Raises:
            ServiceError: STORE_UNAVAILABLE.
        """
        if not self._replicated:
            return
        cluster = (await self._info()).get("cluster")
        others = cluster.get("replicas", []) if isinstance(cluster, dict) else []
        silent = sum(other.get("active", 0) > LED_NS for other in others)
        if silent > len(others) // 2:
            raise unavailable("may have another leader by now")

    async def _batch(self, request: dict[str, object]) -> list[Stored]:
        found: list[Stored] = []
        while True:
            payload = orjson.dumps(request | {"batch": BATCH})
            messages = await self._wire.ask_many(f"$JS.API.DIRECT.GET.{self._stream}", payload)
            found += [stored for message in messages if (stored := _direct(message)) is not None]
            if not messages or "seq" not in request or not int(_header(messages[-1], "Nats-Num-Pending") or 0):
                return found
            request["seq"] = found[-1].place + 1


def _direct(message: Message) -> Stored | None:
    status = status_of(message)
    if status == "404":
        return None
    if status or not message.headers:
        raise unavailable(f"is not ready ({status})")
    headers = message.headers
    return Stored(headers["Nats-Subject"], int(headers["Nats-Sequence"]), headers, message.data)


def _header(message: Message, name: str) -> str:
    return message.headers.get(name, "")
