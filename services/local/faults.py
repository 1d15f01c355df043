"""Misbehaviour on demand: which request is to fail in which way. Pure; the server acts on it."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

import orjson

from services.local.errors import CODE_OF_STATUS, CloudflareError, bad_input

HEADER = "atelier-fault"
BODIES = ("", "truncated", "garbage", "black", "blank", "empty", "hang", "disconnect")


@dataclass(frozen=True, slots=True)
class Fault:
    """One way to misbehave, and the requests it applies to.

    `model` "*" is every model; `contains` is a part of the raw request body. `times` 0 lasts for ever, else so many
    requests. `status` or `code` answer an error, the missing one from the table. `body` spoils the answer: pictures
    are truncated, garbage, black or blank (white); other answers are cut, no JSON, or spaces; "empty" has no body,
    "hang" answers nothing until the client leaves, "disconnect" ends the connection half-way. `text` is exactly what
    a text model answers.
    """

    model: str = "*"
    contains: str = ""
    times: int = 0
    latency_ms: int = 0
    status: int = 0
    code: int = 0
    message: str = ""
    body: str = ""
    text: str = ""
    retry_after_s: float = 0

    def applies(self, model: str, raw: bytes) -> bool:
        """Whether a request to `model` with this body is meant."""
        return self.model in ("*", model) and self.contains.encode() in raw

    def error(self) -> CloudflareError | None:
        """The error to answer, if any."""
        if not (self.status or self.code):
            return None
        code = self.code or CODE_OF_STATUS.get(self.status, 5006 if self.status < 500 else 3043)
        return CloudflareError(code, self.message, status=self.status, retry_after_s=self.retry_after_s)


NONE = Fault()


def parse(value: object) -> Fault:
    """A fault from its JSON form.

    Raises:
        CloudflareError: 5006 for an unknown member or a value that does not fit.
    """
    if not isinstance(value, dict):
        raise bad_input("a fault is a JSON object")
    kinds = {field.name: type(field.default) for field in dataclasses.fields(Fault)}
    for name, given in value.items():
        expected = kinds.get(name)
        if expected is None:
            raise bad_input(f"a fault has no '{name}'; it has {', '.join(kinds)}")
        wanted = (int, float) if name == "retry_after_s" else expected
        if isinstance(given, bool) or not isinstance(given, wanted):
            raise bad_input(f"'{name}' of a fault takes {expected.__name__}")
    fault = Fault(**value)
    if fault.body not in BODIES:
        raise bad_input(f"'body' of a fault takes {', '.join(repr(body) for body in BODIES)}")
    if min(fault.times, fault.latency_ms, fault.retry_after_s) < 0:
        raise bad_input("numbers of a fault are not negative")
    if fault.status and not 200 <= fault.status <= 599:
        raise bad_input("'status' of a fault is 200 to 599")
    return fault


def parse_header(text: str) -> Fault:
    """The fault of one request, from its header.

    Raises:
        CloudflareError: 5006 where it is no JSON or no fault.
    """
    try:
        return parse(orjson.loads(text))
    except orjson.JSONDecodeError:
        raise bad_input(f"header {HEADER} is not JSON") from None


class FaultBox:
    """The faults in force, in the order they are tried; the first that applies to a request is taken."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []
        self._left: list[int] = []

    def replace(self, faults: Sequence[Fault]) -> None:
        """Forget the old faults and take these."""
        self._faults = list(faults)
        self._left = [fault.times for fault in faults]

    def listing(self) -> list[dict[str, object]]:
        """The faults still in force, with `times` as it is left."""
        rows = [dataclasses.asdict(fault) for fault in self._faults]
        return [row | {"times": left} for row, left in zip(rows, self._left, strict=True)]

    def take(self, model: str, raw: bytes) -> Fault:
        """The fault for this request, counted down and dropped when used up; NONE without one."""
        for index, fault in enumerate(self._faults):
            if fault.applies(model, raw):
                self._count_down(index)
                return fault
        return NONE

    def _count_down(self, index: int) -> None:
        if self._left[index] == 0:
            return
        self._left[index] -= 1
        if self._left[index] == 0:
            del self._faults[index], self._left[index]
