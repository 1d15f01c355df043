"""The state of a batch on disk: which item became which asset, so that a batch that was stopped goes on."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path

import orjson

from .items import Item

# The states of an asset that another try with the same request id would not change.
ENDED_BADLY = ("failed", "cancelled")


@dataclass(frozen=True, slots=True)
class Row:
    """How a try of an item ended: the state of its asset, or "error" where there is no final one."""

    key: str
    digest: str
    attempt: int
    name: str
    state: str
    pictures: tuple[str, ...] = ()
    error: str = ""

    @property
    def good(self) -> bool:
        """Whether the item succeeded."""
        return self.state == "succeeded"


class Ledger:
    """A file of JSON lines; the last line about an item counts."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.rows: dict[str, Row] = {}
        if path.exists():
            for line in path.read_bytes().splitlines():
                self._take_in(line)

    def is_done(self, item: Item) -> bool:
        """Whether the item, as it now is, has its pictures on disk, or was blocked by the policy."""
        row = self._row(item)
        if row is None:
            return False
        return row.state == "blocked" or (row.good and all(Path(path).exists() for path in row.pictures))

    def attempt(self, item: Item) -> int:
        """The number of the next try; the same as before where that asset may still become good."""
        row = self._row(item)
        if row is None:
            return 1
        return row.attempt + 1 if row.state in ENDED_BADLY else row.attempt

    def add(self, row: Row) -> None:
        """Record how an item ended."""
        self.rows[row.key] = row
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("ab") as file:
            # A line that a crash cut short must not swallow this one.
            torn = file.tell() > 0 and self.path.read_bytes()[-1:] != b"\n"
            file.write((b"\n" if torn else b"") + orjson.dumps(asdict(row)) + b"\n")

    def _row(self, item: Item) -> Row | None:
        row = self.rows.get(item.key)
        return row if row is not None and row.digest == item.digest else None

    def _take_in(self, line: bytes) -> None:
        try:
            fields = orjson.loads(line)
            row = Row(**{**fields, "pictures": tuple(fields["pictures"])})
        except (orjson.JSONDecodeError, TypeError, KeyError):
            # The line that was being written when the machine went down.
            return
        self.rows[row.key] = row
