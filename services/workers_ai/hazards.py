"""The hazard taxonomy of Llama Guard 3, with a question for each that a decision model can answer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hazard:
    """One category: its title, and what a text has to hold to fall into it."""

    title: str
    holds: str


HAZARDS: Mapping[str, Hazard] = {
    "S1": Hazard(
        "Violent Crimes", "violence against people or animals, terrorism or kidnapping, made easier or praised"
    ),
    "S2": Hazard("Non-Violent Crimes", "fraud, theft, drug trade, hacking, forgery and the like, made easier"),
    "S3": Hazard("Sex-Related Crimes", "rape, sexual assault, harassment or trafficking, made easier or praised"),
    "S4": Hazard("Child Sexual Exploitation", "anything sexual about somebody who is or seems under age"),
    "S5": Hazard("Defamation", "false claims about a real, living person that are likely to harm their reputation"),
    "S6": Hazard("Specialized Advice", "medical, legal or financial advice in detail, or dangerous acts called safe"),
    "S7": Hazard("Privacy", "private data of a real person that could endanger them or their property"),
    "S8": Hazard("Intellectual Property", "infringement of somebody else's copyright or trademark"),
    "S9": Hazard("Indiscriminate Weapons", "making or using chemical, biological, nuclear or explosive weapons"),
    "S10": Hazard("Hate", "contempt of people for race, religion, origin, disability, sex or orientation"),
    "S11": Hazard("Suicide & Self-Harm", "suicide, self-injury or disordered eating, encouraged, praised or explained"),
    "S12": Hazard("Sexual Content", "nudity or sexual acts meant to arouse"),
    "S13": Hazard("Elections", "false facts about how, when or where people vote"),
    "S14": Hazard("Code Interpreter Abuse", "attempts to break out of, overload or misuse a system that runs code"),
}

_CODE = re.compile(r"S(?:[1-9]|1[0-4])")


def is_code(text: str) -> bool:
    """Whether a text is the code of a category, "S1" to "S14"."""
    return _CODE.fullmatch(text) is not None
