"""The hazard categories and the score from which each of them counts.

The taxonomy is that of Llama Guard 3. Categories that stand for an intent rather than for something that can be seen
(defamation, advice, privacy, property, elections, code) have a higher threshold: a mere mention is safe.
"""

from __future__ import annotations

import math
from typing import Final

SAFE: Final = "safe"

CATEGORIES: Final[dict[str, str]] = {
    "S1": "Violent Crimes",
    "S2": "Non-Violent Crimes",
    "S3": "Sex-Related Crimes",
    "S4": "Child Sexual Exploitation",
    "S5": "Defamation",
    "S6": "Specialized Advice",
    "S7": "Privacy",
    "S8": "Intellectual Property",
    "S9": "Indiscriminate Weapons",
    "S10": "Hate",
    "S11": "Suicide & Self-Harm",
    "S12": "Sexual Content",
    "S13": "Elections",
    "S14": "Code Interpreter Abuse",
}
CLASSES: Final[tuple[str, ...]] = (SAFE, *CATEGORIES)

THRESHOLDS: Final[dict[str, float]] = {
    "S1": 0.50,
    "S2": 0.55,
    "S3": 0.50,
    "S4": 0.45,
    "S5": 0.60,
    "S6": 0.60,
    "S7": 0.65,
    "S8": 0.55,
    "S9": 0.50,
    "S10": 0.50,
    "S11": 0.50,
    "S12": 0.50,
    "S13": 0.55,
    "S14": 0.65,
}
"""Score, 0 to 1, from which a category of a one-window text is flagged."""


def read_thresholds(stated: str) -> dict[str, float]:
    """The thresholds with those in their place that are stated, as in "S1=0.4, S12=0.7".

    Raises:
        ValueError: it is no such list; the message says what it takes.
    """
    changed = dict(THRESHOLDS)
    for pair in filter(None, (part.strip() for part in stated.split(","))):
        code, _, number = (part.strip() for part in pair.partition("="))
        try:
            score = float(number)
        except ValueError:
            score = -1.0
        if code not in CATEGORIES or not 0.0 < score <= 1.0:
            raise ValueError(f"has {pair!r}; it takes categories S1 to S14 and scores above 0, up to 1: S1=0.4,S12=0.7")
        changed[code] = score
    return changed


UNKNOWN_ALLOWANCE: Final = 2.5
"""What is taken off the log odds of harm of a gloss in which every word is missing, in proportion for fewer."""

SUSPICION: Final = -4.0
"""Log odds of harm of a window from which more is judged than that: with the one beside it, and clause by clause.

On the evaluation sets, and on their lines hidden between the sentences of ordinary prompts, this flags what judging
everything would flag; so does -3.
"""

CLAUSE_ALLOWANCE: Final = 0.5
"""What is taken off the log odds of harm of a clause, which says less by itself than its sentence."""

MAX_CLAUSES: Final = 2
"""Clauses of one text that are judged by themselves: those whose wording is most suspect."""

CLAUSE_WINDOWS: Final = 6
"""Up to this number of windows a text is judged clause by clause as well."""

SUSPECT: Final = -4.0
"""Log odds of harm from which a window counts as suspect when it is asked how much the worst one stands out."""

_INDEPENDENCE: Final = 0.85
_SUSPECT_WINDOW: Final = 3.0
_PLAIN_WINDOW: Final = 0.1
_SHORT_TEXT: Final = 2.0


def long_text_allowance(suspect: int, plain: int) -> float:
    """What is taken off the log odds of harm of the worst of so many windows, `suspect` ones and `plain` ones.

    The worst of many harmless sentences looks worse than a single one. Were they independent, the odds of one among n
    would be divided by n (Bonferroni); sentences of one text are not, hence the exponent. Where most of a text is
    suspect, as in an article on crime, one that is worse than the others says little; where all others are plain, it
    stands out. So a suspect window beside another counts as three, and a plain one as a tenth. A sum of two counts as
    none: that is how the model is calibrated.

    Chosen on our own evaluation lines and on the second hand's, alone and hidden between the sentences of prompts, and
    on the paragraphs of the articles that the tests have.
    """
    count = 1.0 + _SUSPECT_WINDOW * max(0, suspect - 1) + _PLAIN_WINDOW * plain
    return _INDEPENDENCE * math.log(max(1.0, count / _SHORT_TEXT))
