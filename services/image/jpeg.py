"""JPEG files as bytes: whether one is plain and whole, and its first rows as a file of their own. Pure.

Reading a whole scan takes milliseconds, most of them for bits that say nothing new. The rows of a sequential file
follow each other, so a decoder that is told of fewer rows reads only their bits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from services.image.sizing import Size

# Frames whose one scan holds the rows from the first to the last: baseline and extended sequential, Huffman coded.
_SEQUENTIAL = (0xC0, 0xC1)
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_SCAN, _END = 0xDA, 0xD9
# Within a scan a byte 0xFF is followed by 0, which takes its meaning from it, or it is one of the restart markers.
_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")


@dataclass(frozen=True, slots=True)
class Plain:
    """A sequential file of one scan that goes on to the end mark; `frame_at` is where the marker of its frame is."""

    data: bytes
    frame_at: int
    size: Size

    def first_rows(self, rows: int) -> bytes:
        """A file of its first rows, so many or all there are; the decoder passes over the bits of the others."""
        height_at = self.frame_at + 5
        height = min(rows, self.size.height).to_bytes(2, "big")
        return b"".join([self.data[:height_at], height, memoryview(self.data)[height_at + 2 :]])


def plain(data: bytes) -> Plain | None:
    """The file, where it is of the plain kind and whole; None for what a decoder has to look at, also damaged ones."""
    frame_at, at = 0, 2
    while at + 10 <= len(data) and data[at] == 0xFF:
        marker, end = data[at + 1], at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if marker in _SEQUENTIAL and not frame_at:
            frame_at = at
        elif marker in _FRAMES or marker == _END:
            return None
        elif marker == _SCAN:
            return _whole(data, frame_at, at, end)
        at = end
    return None


def _whole(data: bytes, frame_at: int, scan_at: int, bits_at: int) -> Plain | None:
    """The file with such a frame and scan, if the scan has all components and ends with the end mark."""
    if not frame_at or data[frame_at + 9] != data[scan_at + 4]:
        return None
    mark = _MARKER.search(data, bits_at)
    if mark is None or data[mark.end() - 1] != _END:
        return None
    height, width = (int.from_bytes(data[frame_at + at : frame_at + at + 2], "big") for at in (5, 7))
    return Plain(data, frame_at, Size(width, height)) if height else None
