"""Previews that came with pictures, kept in memory until the pictures are judged: a moment later, if nothing stops."""

from __future__ import annotations

from collections import OrderedDict

KEPT_BYTES = 16 * 1024 * 1024


class Shown:
    """The newest previews, by the digests of their pictures; whoever finds none reads one from the image service."""

    def __init__(self, kept_bytes: int = KEPT_BYTES) -> None:
        self._left_bytes = kept_bytes
        self._kept: OrderedDict[str, bytes] = OrderedDict()

    def keep(self, digest: str, preview: bytes) -> None:
        """Keep one, in place of the oldest where there are too many; an empty one is none."""
        self.take(digest)
        if not preview:
            return
        self._kept[digest] = preview
        self._left_bytes -= len(preview)
        while self._left_bytes < 0:
            self._left_bytes += len(self._kept.popitem(last=False)[1])

    def take(self, digest: str) -> bytes:
        """The preview of a picture, which is not kept any longer; empty where there is none."""
        preview = self._kept.pop(digest, b"")
        self._left_bytes += len(preview)
        return preview
