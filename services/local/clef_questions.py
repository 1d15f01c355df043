"""What a Clef question is about: hazard categories, safety as a whole, or neither. Pure keyword rules."""

from __future__ import annotations

import re

HAZARDS: dict[str, tuple[str, ...]] = {
    "S1": ("violent crime", "violence"),
    "S2": ("non-violent crime", "nonviolent crime", "fraud", "theft"),
    "S3": ("sex-related crime", "sex crime", "sexual assault"),
    "S4": ("child sexual", "minors", "child exploitation"),
    "S5": ("defamation", "defamatory"),
    "S6": ("specialized advice", "specialised advice"),
    "S7": ("privacy", "personal data"),
    "S8": ("intellectual property", "copyright", "trademark"),
    "S9": ("indiscriminate weapon", "weapons of mass"),
    "S10": ("hate", "hateful"),
    "S11": ("suicide", "self-harm", "self harm"),
    "S12": ("sexual content", "sexually explicit", "erotic", "nudity", "nude", "naked", "pornograph"),
    "S13": ("election",),
    "S14": ("code interpreter", "malicious code"),
}
_CODE = re.compile(r"\bS(1[0-4]|[1-9])\b", re.IGNORECASE)
_SAFETY = re.compile(
    r"\b(un)?safe\b|\bsafety\b|harm|\bpolicy\b|\bpolicies\b|violat|moderat|hazard|danger|appropriate|acceptable|allowed"
    r"|publish|\bverdict\b",
    re.IGNORECASE,
)
_PICTURES = re.compile(r"\b(?:picture|image|photo(?:graph)?|illustration|drawing|painting)s?\b", re.IGNORECASE)
_HARM_OF_WORD = {
    "safe": 0.0,
    "approve": 0.0,
    "approved": 0.0,
    "allow": 0.0,
    "allowed": 0.0,
    "ok": 0.0,
    "pass": 0.0,
    "publish": 0.0,
    "none": 0.0,
    "clean": 0.0,
    "benign": 0.0,
    "hold": 0.5,
    "review": 0.5,
    "flag": 0.5,
    "escalate": 0.5,
    "unsure": 0.5,
    "unsafe": 1.0,
    "remove": 1.0,
    "reject": 1.0,
    "rejected": 1.0,
    "block": 1.0,
    "blocked": 1.0,
    "deny": 1.0,
    "harmful": 1.0,
    "violation": 1.0,
}


def hazards_asked(name: str, question: str) -> tuple[str, ...]:
    """Codes of the hazard categories that a question names, by its id, by code, or by name."""
    exact = [code.upper() for code in (f"S{found}" for found in _CODE.findall(name.replace("_", " ")))]
    if exact:
        return tuple(exact)
    codes = [f"S{found}" for found in _CODE.findall(question)]
    text = f"{name} {question}".lower()
    named = [code for code, words in HAZARDS.items() if any(word in text for word in words)]
    if "S2" in named and "S1" in named and "violent crime" not in re.sub(r"non-?violent crime", "", text):
        named.remove("S1")
    return tuple(codes or named)


def is_about_safety(question: str) -> bool:
    """Whether a question is about harm, safety or policy as a whole."""
    return _SAFETY.search(question) is not None


def is_about_pictures(question: str) -> bool:
    """Whether a question asks what a picture shows."""
    return _PICTURES.search(question) is not None


def harm_of_option(option: str, told: str) -> float | None:
    """How harmful a state has to be for this option, 0 to 1; None where the option does not say."""
    words = re.findall(r"[a-z]+", option.lower()) + re.findall(r"[a-z]+", told.lower())
    return next((_HARM_OF_WORD[word] for word in words if word in _HARM_OF_WORD), None)


def asks_for_safety(question: str) -> bool:
    """Whether yes means that all is well."""
    text = question.lower()
    negative = any(word in text for word in ("unsafe", "not safe", "harm", "violat", "break", "hazard", "danger"))
    return not negative and any(word in text for word in ("safe", "allowed", "acceptable", "appropriate", "comply"))
