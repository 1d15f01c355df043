"""Texts that match a regular expression, for the plain expressions that schemas use."""

from __future__ import annotations

import re
from collections.abc import Iterator

MAX_REPEAT = 64
_CLASSES = {"d": "1", "w": "a", "s": " ", "D": "a", "W": "-", "S": "a", "b": "", "B": "", "A": "", "Z": "", "z": ""}
_CONTROLS = {"n": "\n", "t": "\t", "r": "\r"}
_REPEAT = re.compile(r"\{(\d+)(?:,(\d*))?\}|[*+?]")


def matching(pattern: str, text: str) -> Iterator[str]:
    """Texts in which the pattern is found: the given text, its variations, then one built from the pattern."""
    try:
        compiled = re.compile(pattern)
        built = _Builder(pattern).build()
    except (re.error, IndexError, RecursionError, OverflowError):
        return
    words = [word.strip(".,;:!?\"'()") for word in text.split()]
    guesses = [text, *words[:5], *(word.lower() for word in words[:5]), *(word.upper() for word in words[:5]), built]
    yield from dict.fromkeys(guess for guess in guesses if compiled.search(guess))


class _Builder:
    """Writes the shortest text for literals, classes, groups, alternatives and repeats; ignores look-arounds."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._at = 0

    def build(self) -> str:
        """The text for the pattern."""
        return self._alternatives()

    def _alternatives(self) -> str:
        options = [self._sequence()]
        while self._peek() == "|":
            self._at += 1
            options.append(self._sequence())
        return next((option for option in options if option), "")

    def _sequence(self) -> str:
        parts: list[str] = []
        while self._at < len(self._pattern) and self._peek() not in "|)":
            atom = self._atom()
            parts.append(atom * self._repeat())
        return "".join(parts)

    def _peek(self) -> str:
        return self._pattern[self._at] if self._at < len(self._pattern) else ""

    def _atom(self) -> str:
        char = self._peek()
        self._at += 1
        if char in "^$":
            return ""
        if char == ".":
            return "a"
        if char == "\\":
            return self._escape()
        if char == "[":
            return self._set()
        return self._group() if char == "(" else char

    def _escape(self) -> str:
        char = self._peek()
        self._at += 1
        if char == "u":
            code, self._at = self._pattern[self._at : self._at + 4], self._at + 4
            return chr(int(code, 16))
        return _CLASSES.get(char, _CONTROLS.get(char, char))

    def _group(self) -> str:
        prefix = re.match(r"\?(?:P<\w+>|<\w+>|:|=|!|<=|<!)", self._pattern[self._at :])
        self._at += prefix.end() if prefix else 0
        inside = self._alternatives()
        self._at += 1
        return "" if prefix and prefix[0] in ("?=", "?!", "?<=", "?<!") else inside

    def _set(self) -> str:
        negated = self._peek() == "^"
        self._at += negated
        start = self._at
        members = ""
        while self._peek() != "]" or self._at == start:
            char = self._peek()
            self._at += 1
            members += self._escape() if char == "\\" else char
        self._at += 1
        body = self._pattern[start : self._at - 1]
        if negated:
            return next(char for char in "a1 -_~X" if not re.match(f"[{body}]", char))
        return members[0]

    def _repeat(self) -> int:
        found = _REPEAT.match(self._pattern, self._at)
        if not found:
            return 1
        self._at = found.end() + (self._pattern[found.end() : found.end() + 1] in ("?", "+"))
        return {"*": 0, "+": 1, "?": 0}.get(found[0], min(int(found[1] or 0), MAX_REPEAT))
