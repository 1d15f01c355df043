"""What may stand beside the main thing, what people hold and what they wear: in doubt nothing."""

from __future__ import annotations

from dataclasses import replace

from services.local.illustrator import cues
from services.local.illustrator.grammar import Reading
from services.local.illustrator.mention import Mention

_MOST_LISTED = 7
# The words that put the tool of a calling into somebody's hands.
_TOOLS = {
    "fisherman": {"net"},
    "farmer": {"pitchfork", "hayfork", "fork"},
    "gardener": {"seedling", "sapling"},
    "doctor": {"clipboard"},
    "nurse": {"clipboard"},
    "scientist": {"flask", "beaker", "vial", "tube"},
    "engineer": {"plan", "blueprint"},
    "worker": {"hammer"},
    "chef": {"pan", "skillet"},
    "baker": {"loaf", "bread"},
    "barista": {"cup", "mug", "coffee"},
    "teacher": {"book"},
    "student": {"book"},
    "judge": {"book"},
    "business": {"briefcase"},
    "musician": {"guitar", "guitarist"},
    "singer": {"microphone"},
    "painter": {"brush", "paintbrush"},
    "hiker": {"stick", "pole", "cane"},
    "elder": {"stick", "cane"},
    "traveller": {"suitcase", "luggage", "baggage"},
    "photographer": {"camera"},
    "winner": {"trophy", "cup"},
}
# Roles that are named after what is in the hands.
_NAMED_BY_THE_TOOL = {"skier", "umbrella", "reader"}
_ON_SITES = {"construction", "factory", "workshop", "energy", "railway", "harbour", "datacentre", "studio"}
_WITH_FOOD = {"kitchen", "cafe", "home", "market", "shop", "studio"}
_BY_WATER = {"sea", "coast", "cliff", "harbour", "lake", "polar", "studio"}
# Places where people wear the clothes of their calling; elsewhere they are plain figures.
_AT_WORK = {
    "scientist": {"laboratory", "hospital", "classroom", "factory", "library", "studio"},
    "barista": _WITH_FOOD | {"airport"},
    "fisherman": _BY_WATER | {"market"},
    "engineer": _ON_SITES,
    "worker": _ON_SITES,
    "chef": _WITH_FOOD,
    "baker": _WITH_FOOD,
    "diver": _BY_WATER | {"underwater"},
}
_OUTDOORS = {"farmer", "runner", "hiker", "climber", "skier", "gardener"}
_FOR_OUTDOOR_CLOTHES = {"studio", "gym", "stadium"}


def opens(reading: Reading, start: int) -> bool:
    """Whether a phrase opens the prompt: nothing before it places it, adds it or ends a thought."""
    return not any(edge <= start for edge in reading.breaks if edge) and not cues.PREPOSITIONS.intersection(
        reading.raw[:start]
    )


def kept_together(reading: Reading, named: list[Mention]) -> list[Mention]:
    """The main thing and one beside it, or all the things of one list: "a bell, a clock and an hourglass"."""
    kept = named[:1]
    for mention in named[1:]:
        if len(kept) < 2 or _in_a_list(reading, kept[-1], mention):
            kept.append(mention)
    return kept[:_MOST_LISTED]


def _in_a_list(reading: Reading, one: Mention, other: Mention) -> bool:
    between = range(one.end, other.position)
    if len(between) > 5 or cues.PREPOSITIONS.intersection(reading.raw[i] for i in between):
        return False
    return "and" in (reading.raw[i] for i in between) or any(i in reading.breaks for i in (*between, other.position))


def with_named_tools(reading: Reading, named: list[Mention]) -> list[Mention]:
    """The mentions, with the tools of their calling in the hands of those whose tools the prompt names."""
    absent = reading.refused | reading.compared
    said = {word for i, word in enumerate(reading.lemmas) if i not in absent}
    return [
        replace(m, holds=m.role in _NAMED_BY_THE_TOOL or bool(_TOOLS.get(m.role, set()) & said)) if m.role else m
        for m in named
    ]


def at_home_in(mention: Mention, setting: str, indoor: bool) -> Mention:
    """The mention as it may be seen in a place: no helmets in meadows, and no office table but in an office."""
    if mention.name == "team" and setting != "office":
        return replace(mention, name="group")
    fits = setting in _AT_WORK.get(mention.role, {setting})
    if mention.role in _OUTDOORS and indoor and setting not in _FOR_OUTDOOR_CLOTHES:
        fits = False
    return mention if fits else replace(mention, role="", holds=False)
