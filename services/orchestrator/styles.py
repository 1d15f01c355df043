"""Brand styles: each name has a row of versions on the shelf, and whoever adds one must know the last.

A deleted style ends with a version that has no guide; its number is that of the version before. Should the name be
taken again, the numbers go on, so that "styles/acme@3" means one thing for ever.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress

from atelier.orchestrator.v1.orchestrator_pb2 import Accepted
from atelier.style.v1.style_pb2 import Style

from services.kit.errors import Reason, ServiceError, invalid_field
from services.orchestrator.events import write_time
from services.orchestrator.journal import ConflictError
from services.orchestrator.shelf import Item, Shelf, put_surely
from services.orchestrator.style_checks import (
    MAX_VERSION,
    StyleReference,
    checked,
    read_reference,
    style_unknown,
    write_reference,
)

# As many as fit into one answer, however long each of them is.
MAX_STYLES = 300


class Styles:
    """The brand styles on a shelf that keeps every value. `now_ns` is Unix time in nanoseconds."""

    def __init__(self, shelf: Shelf, now_ns: Callable[[], int] = time.time_ns) -> None:
        self._shelf = shelf
        self._now_ns = now_ns

    async def create(self, style: Style, owner: str) -> Style:
        """Make the first version of a style, or the next one where a deleted style had its name.

        Raises:
            ServiceError: FIELD_INVALID, STYLE_EXISTS.
        """
        new = checked(style)
        if len(await self.list()) >= MAX_STYLES:
            limit = f"at most {MAX_STYLES} styles"
            raise invalid_field("style.name", f"would be one style too many; delete others, there are {limit}", limit)
        last = await self._shelf.get(_key(new.name))
        before = Style.FromString(last.data) if last else Style()
        if _lives(before):
            raise _exists(new.name)
        try:
            return await self._put(new, before.version + 1, owner, last)
        except ConflictError:
            raise _exists(new.name) from None

    async def get(self, name: str, version: int = 0) -> Style:
        """One version of a style, 0 for the newest; also an old version of one that was deleted.

        Raises:
            ServiceError: STYLE_UNKNOWN.
        """
        last = await self._shelf.get(_key(name))
        newest = Style.FromString(last.data) if last else Style()
        if _lives(newest) and version in (0, newest.version):
            return newest
        if 0 < version <= newest.version:
            for item in await self._shelf.history(_key(name)):
                style = Style.FromString(item.data)
                if style.version == version and _lives(style):
                    return style
        raise style_unknown(f"{name}@{version}" if version else name)

    async def list(self) -> Sequence[Style]:
        """The newest version of every style, by name."""
        styles = (Style.FromString(item.data) for item in await self._shelf.items())
        return [style for style in styles if _lives(style)]

    async def update(self, style: Style, owner: str) -> Style:
        """Make the next version of a style.

        Raises:
            ServiceError: FIELD_INVALID, STYLE_UNKNOWN, CHANGED_MEANWHILE (`style.version` is set and not the newest).
        """
        new = checked(style)
        if not 0 <= style.version < MAX_VERSION:
            limit = "the version that the change was made from, or 0"
            raise invalid_field("style.version", f"is {style.version}; it takes {limit}", limit)
        while True:
            last, newest = await self._living(new.name)
            if style.version not in (0, newest.version):
                message = (
                    f"the change was made from version {style.version}, and {new.name} has {newest.version} by now"
                )
                metadata = {"version": str(newest.version)}
                raise ServiceError(Reason.CHANGED_MEANWHILE, message, field="style.version", metadata=metadata)
            with suppress(ConflictError):
                return await self._put(new, newest.version + 1, owner, last)

    async def delete(self, name: str) -> None:
        """End a style.

        Raises:
            ServiceError: STYLE_UNKNOWN.
        """
        while True:
            last, newest = await self._living(name)
            with suppress(ConflictError):
                await put_surely(self._shelf, _key(name), _stone(newest), last.place)
                return

    async def dress(self, accepted: Accepted) -> None:
        """Write into a request that is about to be accepted what its brand style says, and which version that is.

        Raises:
            ServiceError: FIELD_INVALID; STYLE_UNKNOWN, also for a deleted style's old version.
        """
        if not accepted.recipe.brand_style:
            return
        wanted = read_reference("asset.recipe.brand_style", accepted.recipe.brand_style)
        style = await self._wanted(wanted, accepted.recipe.brand_style)
        accepted.recipe.brand_style = write_reference(style)
        accepted.brand.CopyFrom(style.guide)

    async def _wanted(self, wanted: StyleReference, text: str) -> Style:
        try:
            newest = await self.get(wanted.name)
            return await self.get(*wanted) if wanted.version not in (0, newest.version) else newest
        except ServiceError as error:
            if error.reason is not Reason.STYLE_UNKNOWN:
                raise
            message = f"there is no brand style {text!r}"
            raise ServiceError(Reason.STYLE_UNKNOWN, message, field="asset.recipe.brand_style") from None

    async def _living(self, name: str) -> tuple[Item, Style]:
        last = await self._shelf.get(_key(name))
        if last is None or not _lives(newest := Style.FromString(last.data)):
            raise style_unknown(name)
        return last, newest

    async def _put(self, style: Style, version: int, owner: str, last: Item | None) -> Style:
        style.version = version
        style.owner = owner
        write_time(style.create_time, self._now_ns())
        await put_surely(self._shelf, _key(style.name), style.SerializeToString(), last.place if last else 0)
        return style


def _key(name: str) -> str:
    return name.removeprefix("styles/")


def _lives(style: Style) -> bool:
    return style.HasField("guide")


def _stone(style: Style) -> bytes:
    """What stands where a style was deleted."""
    return Style(name=style.name, version=style.version).SerializeToString()


def _exists(name: str) -> ServiceError:
    return ServiceError(Reason.STYLE_EXISTS, f"there is a brand style {name!r} already; update it", field="style.name")
