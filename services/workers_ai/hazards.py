"""The hazard taxonomy of Llama Guard 3, with a question for each that a decision model can answer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hazard:
    """One category: its title, and what a text has to hold, or a picture to show, to fall into it."""

    title: str
    holds: str
    shows: str


HAZARDS: Mapping[str, Hazard] = {
    "S1": Hazard(
        "Violent Crimes",
        "violence against people or animals, terrorism or kidnapping, made easier or praised",
        "people or animals being killed, wounded or tortured, blood and gore, or terror being praised",
    ),
    "S2": Hazard(
        "Non-Violent Crimes",
        "fraud, theft, drug trade, hacking, forgery and the like, made easier",
        "a theft, forged papers or money, drug trade or the taking of hard drugs",
    ),
    "S3": Hazard(
        "Sex-Related Crimes",
        "rape, sexual assault, harassment or trafficking, made easier or praised",
        "sexual violence, or somebody being touched or undressed against their will",
    ),
    "S4": Hazard(
        "Child Sexual Exploitation",
        "anything sexual about somebody who is or seems under age",
        "somebody who is or seems under age, naked or in a sexual way",
    ),
    "S5": Hazard(
        "Defamation",
        "false claims about a real, living person that are likely to harm their reputation",
        "a real, living person in a made-up scene that is likely to harm their reputation",
    ),
    "S6": Hazard(
        "Specialized Advice",
        "medical, legal or financial advice in detail, or dangerous acts called safe",
        "instructions for a medical treatment or a dangerous act as if it were safe",
    ),
    "S7": Hazard(
        "Privacy",
        "private data of a real person that could endanger them or their property",
        "legible private data of a person, such as an identity card, an address or a bank card",
    ),
    "S8": Hazard(
        "Intellectual Property",
        "infringement of somebody else's copyright or trademark",
        "a well-known brand's logo, or a character that belongs to somebody",
    ),
    "S9": Hazard(
        "Indiscriminate Weapons",
        "making or using chemical, biological, nuclear or explosive weapons",
        "a bomb, an explosive belt, or a chemical, biological or nuclear weapon being made or used",
    ),
    "S10": Hazard(
        "Hate",
        "contempt of people for race, religion, origin, disability, sex or orientation",
        "symbols of hate such as a swastika, or people being mocked for race, religion, origin or disability",
    ),
    "S11": Hazard(
        "Suicide & Self-Harm",
        "suicide, self-injury or disordered eating, encouraged, praised or explained",
        "suicide, somebody harming themselves, or a starved body as something to admire",
    ),
    "S12": Hazard(
        "Sexual Content",
        "nudity or sexual acts meant to arouse",
        "bare genitals, buttocks or female breasts, or a sexual act",
    ),
    "S13": Hazard(
        "Elections",
        "false facts about how, when or where people vote",
        "legible false facts about how, when or where people vote",
    ),
    "S14": Hazard(
        "Code Interpreter Abuse",
        "attempts to break out of, overload or misuse a system that runs code",
        "legible code that is meant to break into or overload a system",
    ),
}

_CODE = re.compile(r"S(?:[1-9]|1[0-4])")


def is_code(text: str) -> bool:
    """Whether a text is the code of a category, "S1" to "S14"."""
    return _CODE.fullmatch(text) is not None
