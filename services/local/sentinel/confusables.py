"""The letters of other alphabets that pass for Latin ones, and the signs that stand for letters."""

from __future__ import annotations

from typing import Final

_CYRILLIC: Final = {
    "а": "a", "А": "A", "В": "B", "с": "c", "С": "C", "ԁ": "d", "е": "e", "Е": "E", "ё": "e", "ғ": "f", "ԍ": "g",
    "һ": "h", "н": "h", "Н": "H", "і": "i", "І": "I", "ї": "i", "ј": "j", "Ј": "J", "к": "k", "К": "K", "ӏ": "l",
    "Ӏ": "l", "м": "m", "М": "M", "п": "n", "о": "o", "О": "O", "р": "p", "Р": "P", "ԛ": "q", "г": "r", "ѕ": "s",
    "Ѕ": "S", "т": "t", "Т": "T", "ц": "u", "ѵ": "v", "ԝ": "w", "ш": "w", "х": "x", "Х": "X", "у": "y", "У": "Y",
    "ү": "y", "з": "3", "б": "6", "ь": "b", "я": "r", "и": "n", "в": "b",
}  # fmt: skip
_GREEK: Final = {
    "α": "a", "Α": "A", "β": "b", "Β": "B", "ϲ": "c", "δ": "d", "ε": "e", "Ε": "E", "Ζ": "Z", "η": "n", "Η": "H",
    "ι": "i", "Ι": "I", "ϳ": "j", "κ": "k", "Κ": "K", "Μ": "M", "μ": "u", "ν": "v", "Ν": "N", "ο": "o", "Ο": "O",
    "ρ": "p", "Ρ": "P", "σ": "o", "ѕ": "s", "τ": "t", "Τ": "T", "υ": "u", "Υ": "Y", "χ": "x", "Χ": "X", "γ": "y",
    "ω": "w", "ς": "c",
}  # fmt: skip
_LATIN_LOOKALIKES: Final = {
    "ı": "i", "ȷ": "j", "ø": "o", "Ø": "O", "đ": "d", "ħ": "h", "ł": "l", "Ł": "L", "ŧ": "t", "ɑ": "a", "ɡ": "g",
    "ɩ": "i", "ɪ": "i", "ʟ": "l", "ɴ": "n", "ʀ": "r", "ꜱ": "s", "ᴀ": "a", "ʙ": "b", "ᴄ": "c", "ᴅ": "d", "ᴇ": "e",
    "ꜰ": "f", "ɢ": "g", "ʜ": "h", "ᴊ": "j", "ᴋ": "k", "ᴍ": "m", "ᴏ": "o", "ᴘ": "p", "ᴛ": "t", "ᴜ": "u", "ᴠ": "v",
    "ᴡ": "w", "ʏ": "y", "ᴢ": "z", "ƒ": "f",
}  # fmt: skip

CONFUSABLES: Final[dict[str, str]] = {**_GREEK, **_CYRILLIC, **_LATIN_LOOKALIKES}
"""Foreign letter to the Latin letter it looks like. Fullwidth and mathematical letters are left to NFKC."""

LEET: Final[dict[str, str]] = {
    "0": "o", "1": "il", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "!": "il", "|": "il", "€": "e",
    "£": "l", "¡": "i", "*": "aeiou",
}  # fmt: skip
"""Sign to the letters it may stand for, most likely first. A star stands for any vowel, if that makes a known word."""
