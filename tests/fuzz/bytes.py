"""Bytes that are no message, and messages with a few bytes changed."""

from __future__ import annotations

from random import Random

LARGE = 5 * 1024 * 1024


def garbage(dice: Random) -> bytes:
    """Bytes that were never a message."""
    kinds = (
        lambda: dice.randbytes(dice.randrange(1, 400)),
        lambda: b"\x0a" + b"\xff" * dice.randrange(1, 12),
        # Groups that open and never close, deeper than any parser goes.
        lambda: b"\x0b" * dice.choice((3, 99, 101, 20_000)),
        lambda: nested(dice.choice((3, 99, 120, 2000))),
        lambda: b"\x0a\x02\xc3\x28" * dice.randrange(1, 50),
        lambda: b"\xf8\xff\xff\xff\x0f\x01" + dice.randbytes(3),
        lambda: b"\x0a\xff\xff\xff\xff\x07abc",
        lambda: bytes(dice.randrange(1, 5000)),
        lambda: b"\x0a" * dice.randrange(1, 5000),
    )
    if dice.random() < 0.004:
        return bytes(LARGE)
    return dice.choice(kinds)()


def nested(depth: int) -> bytes:
    """Field 1 within field 1, and so on."""
    data = b""
    for _ in range(depth):
        size, length = len(data), b""
        while size > 127:
            length += bytes((size & 127 | 128,))
            size >>= 7
        data = b"\x0a" + length + bytes((size,)) + data
    return data


def mutated(data: bytes, dice: Random) -> bytes:
    """The bytes with one to four changes."""
    changed = bytearray(data[:20_000])
    for _ in range(dice.randrange(1, 5)):
        at = dice.randrange(len(changed) + 1)
        match dice.randrange(6):
            case 0 if changed:
                changed[at % len(changed)] ^= 1 << dice.randrange(8)
            case 1:
                changed[at:at] = dice.randbytes(dice.randrange(1, 9))
            case 2:
                del changed[at : at + dice.randrange(1, 9)]
            case 3:
                changed[at:at] = changed[: dice.randrange(1, 60)]
            case 4:
                del changed[at:]
            case _:
                changed += bytes((dice.choice((0x0A, 0x12, 0xFA, 0x08, 0x0D)), 0xFF, 0x7F))
    return bytes(changed)
