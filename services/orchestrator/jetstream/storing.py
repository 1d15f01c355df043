"""Storing a message only after the one that its writer believes to be the last of its subject."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from services.orchestrator.jetstream.wire import ApiError, Wire, read_answer, unavailable
from services.orchestrator.journal import ConflictError

EXPECTED = "Nats-Expected-Last-Subject-Sequence"
WRONG_LAST_SEQUENCE = 10071
# Where several servers keep a stream: another message of this subject was proposed and is not decided yet.
UNDECIDED = 10164
UNDECIDED_S = 0.02


async def store(wire: Wire, subject: str, payload: bytes, after: int, headers: Mapping[str, str] | None = None) -> int:
    """Store a message, if the last one of its subject is at the place `after` (0: there is none). Returns its place.

    Raises:
        ConflictError: the last message is another one.
        ServiceError: STORE_UNAVAILABLE; whether the message was stored is unknown.
    """
    loop = asyncio.get_running_loop()
    deadline_s = loop.time() + wire.timeout_s
    sent = {**(headers or {}), EXPECTED: str(after)}
    while True:
        try:
            answer = read_answer(await wire.ask(subject, payload, sent))
        except ApiError as error:
            if error.code == WRONG_LAST_SEQUENCE:
                raise ConflictError(f"{subject} does not end at {after}") from error
            if error.code != UNDECIDED or loop.time() > deadline_s:
                raise unavailable(f"refuses a message: {error}") from error
        else:
            return int(str(answer["seq"]))
        await asyncio.sleep(UNDECIDED_S)
