"""Language tags (BCP 47): which are well-formed and known, what their languages are called, which scripts they write.

A tag from a caller is refused where it is not in order. One from a model is not believed where it is not in order, or
where the text beside it is plainly written in another script.
"""

from __future__ import annotations

import re

from services.prompt.language_names import NAMES

# Language, script, region, variants: what alt texts need. Extensions and private use say nothing to a writer.
_TAG = re.compile(
    r"(?P<language>[a-z]{2,3})(?:-(?P<script>[a-z]{4}))?(?:-(?P<region>[a-z]{2}|\d{3}))?"
    r"(?P<variants>(?:-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*)",
    re.IGNORECASE,
)
MAX_TAG_LENGTH = 35

_SCRIPTS = {
    "Arab": r"\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff",
    "Cyrl": r"\u0400-\u052f",
    "Deva": r"\u0900-\u097f",
    "Beng": r"\u0980-\u09ff",
    "Guru": r"\u0a00-\u0a7f",
    "Gujr": r"\u0a80-\u0aff",
    "Taml": r"\u0b80-\u0bff",
    "Telu": r"\u0c00-\u0c7f",
    "Knda": r"\u0c80-\u0cff",
    "Mlym": r"\u0d00-\u0d7f",
    "Sinh": r"\u0d80-\u0dff",
    "Thai": r"\u0e00-\u0e7f",
    "Laoo": r"\u0e80-\u0eff",
    "Mymr": r"\u1000-\u109f",
    "Geor": r"\u10a0-\u10ff",
    "Ethi": r"\u1200-\u137f",
    "Khmr": r"\u1780-\u17ff",
    "Armn": r"\u0530-\u058f",
    "Hebr": r"\u0590-\u05ff",
    "Grek": r"\u0370-\u03ff\u1f00-\u1fff",
    "Hang": r"\uac00-\ud7af\u1100-\u11ff",
    "Kana": r"\u3040-\u30ff",
    "Hani": r"\u3400-\u9fff\uf900-\ufaff",
    "Latn": r"A-Za-z\u00c0-\u024f\u1e00-\u1eff",
}
_LETTERS = {script: re.compile(f"[{ranges}]") for script, ranges in _SCRIPTS.items()}
# Languages that do not write Latin, or not only; all others do.
_WRITTEN = {
    **dict.fromkeys(("ar", "fa", "ur", "ps", "ug", "ckb", "yi"), ("Arab",)),
    **dict.fromkeys(("ru", "uk", "be", "bg", "mk", "ky", "tg", "mn", "ba", "cv", "tt"), ("Cyrl",)),
    **dict.fromkeys(("sr", "kk", "uz", "bs", "az", "tk"), ("Cyrl", "Latn")),
    **dict.fromkeys(("hi", "mr", "ne", "sa"), ("Deva",)),
    **dict.fromkeys(("zh", "yue"), ("Hani",)),
    **dict.fromkeys(("sd", "ks", "ku", "ms", "pa"), ("Arab", "Deva", "Latn", "Guru")),
    **dict.fromkeys(("bn", "as"), ("Beng",)),
    **dict.fromkeys(("am", "ti"), ("Ethi",)),
    "ja": ("Kana", "Hani"),
    "ko": ("Hang",),
    "he": ("Hebr",),
    "yi": ("Hebr",),
    "el": ("Grek",),
    "gu": ("Gujr",),
    "ta": ("Taml",),
    "te": ("Telu",),
    "kn": ("Knda",),
    "ml": ("Mlym",),
    "si": ("Sinh",),
    "th": ("Thai",),
    "lo": ("Laoo",),
    "my": ("Mymr",),
    "km": ("Khmr",),
    "ka": ("Geor",),
    "hy": ("Armn",),
}
# Of the letters of a text, so many belong to the script of its language, names in another script apart.
_SHARE = 0.3


def canonical(tag: str) -> str:
    """A tag as it is usually written ("pt-BR", "zh-Hant"), "" where it is none or names no known language."""
    match = _TAG.fullmatch(tag.strip().replace("_", "-")) if len(tag) <= MAX_TAG_LENGTH else None
    if match is None or match["language"].lower() not in NAMES:
        return ""
    script, region = (match["script"] or "").title(), (match["region"] or "").upper()
    parts = (match["language"].lower(), script, region)
    return "-".join(part for part in parts if part) + match["variants"].lower()


def name_of(tag: str) -> str:
    """The language of a tag in English, with the tag: "German (de)"."""
    return f"{NAMES[tag.partition('-')[0]]} ({tag})"


def believed(tag: str, text: str) -> str:
    """The canonical tag that a model gave to a text, "" where it is no tag or the text is plainly not in it.

    A language by name ("German") is taken as well.
    """
    found = canonical(tag) or _BY_NAME.get(tag.strip().casefold(), "")
    return found if found and _is_written_in(found, text) else ""


_BY_NAME = {name.casefold(): tag for tag, name in NAMES.items()}


def _is_written_in(tag: str, text: str) -> bool:
    language, _, rest = tag.partition("-")
    script = rest.partition("-")[0]
    scripts = (script,) if script in _LETTERS else _WRITTEN.get(language, ("Latn",))
    if text.isascii() and "Latn" in scripts:
        return True
    letters = sum(char.isalpha() for char in text)
    own = sum(len(_LETTERS[script].findall(text)) for script in scripts)
    return not letters or own >= letters * _SHARE
