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
    "astronomer": {"telescope"},
    "biologist": {"binocular"},
    "footballer": {"football", "soccer", "ball", "goal", "penalty"},
    "basketballer": {"basketball"},
    "courier": {"parcel", "package", "delivery", "box"},
    "postman": {"parcel", "package", "letter", "mail"},
    "carpenter": {"saw", "sawing"},
    "tailor": {"cloth", "fabric", "dress", "suit", "pinning"},
    "waiter": {"tray", "coffee", "drink", "glass", "serving"},
    "cleaner": {"broom", "sweeping"},
    "librarian": {"book"},
    "puppeteer": {"puppet", "marionette"},
    "carrier": {"box", "parcel"},
    "architect": {"plan", "blueprint", "drawing"},
}
_PACKS = {"pack", "backpack", "rucksack", "knapsack", "laden"}
# Roles that are named after what is in the hands.
_NAMED_BY_THE_TOOL = {
    "skier", "umbrella", "reader", "watcher", "musician", "violinist", "trumpeter", "drummer", "conductor", "referee",
    "goalkeeper", "tennis", "boxer", "archaeologist", "potter", "surfer", "chorister", "hockey",
}  # fmt: skip
_SPORTS = {
    "stadium",
    "course",
    "gym",
    "studio",
    "garden",
    "field",
    "street",
    "square",
    "coast",
    "snow",
    "lake",
    "river",
}
_TRADES = {
    "workshop",
    "warehouse",
    "factory",
    "studio",
    "shop",
    "market",
    "street",
    "village",
    "home",
    "construction",
    "square",
}
_DIGS = {
    "desert",
    "field",
    "construction",
    "temple",
    "walls",
    "village",
    "studio",
    "coast",
    "cliff",
    "mountains",
    "forest",
    "garden",
}
_ON_SITES = {
    "construction",
    "factory",
    "workshop",
    "warehouse",
    "energy",
    "wind farm",
    "solar farm",
    "railway",
    "harbour",
    "datacentre",
    "airport",
    "studio",
}
_WITH_FOOD = {"kitchen", "cafe", "home", "market", "shop", "bakery", "studio"}
_BY_WATER = {"sea", "deck", "coast", "cliff", "harbour", "lake", "river", "polar", "studio"}
# Places where people wear the clothes of their calling; elsewhere they are plain figures.
_AT_WORK = {
    "scientist": {"laboratory", "hospital", "classroom", "factory", "library", "studio"},
    "barista": _WITH_FOOD | {"airport"},
    "fisherman": _BY_WATER | {"market"},
    "engineer": _ON_SITES | {"coast", "lake", "river", "deck", "road", "street"},
    "worker": _ON_SITES,
    "chef": _WITH_FOOD,
    "baker": _WITH_FOOD,
    "diver": _BY_WATER | {"underwater"},
    "archaeologist": _DIGS,
    "beekeeper": _DIGS | {"vineyard", "street", "city"},
    "biologist": _DIGS | _BY_WATER | {"savanna", "polar", "laboratory"},
    "carpenter": _TRADES,
    "potter": _TRADES,
    "artisan": _TRADES,
    "tailor": _TRADES,
    "shopkeeper": _WITH_FOOD | _TRADES,
    "waiter": _WITH_FOOD | {"street", "square", "stage", "hall"},
    "miner": _ON_SITES | {"mountains", "desert"},
    "surfer": _BY_WATER | {"street"},
    "swimmer": _BY_WATER | _SPORTS,
    "referee": _SPORTS,
    "goalkeeper": _SPORTS,
    "footballer": _SPORTS,
    "basketballer": _SPORTS,
    "tennis": _SPORTS,
    "boxer": _SPORTS,
    "judoka": _SPORTS | {"classroom"},
    "gymnast": _SPORTS | {"stage"},
    "hockey": _SPORTS | {"polar"},
    "skater": _SPORTS | {"polar", "stage"},
    "soldier": _DIGS | {"street", "square", "hall", "hospital"},
    "driver": {
        "street",
        "city",
        "road",
        "square",
        "railway",
        "studio",
        "village",
        "workshop",
        "warehouse",
        "market",
        "harbour",
    },
}
# Where those who are in the water or on it can be; elsewhere they stand on land.
_ON_WATER = {"sea", "coast", "lake", "river", "harbour", "cliff", "polar", "studio", "underwater"}
_ASHORE = {"swimmer": "swimmer", "rower": "", "paddler": "", "surf rider": "surfer"}
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
        replace(
            m,
            holds=m.role in _NAMED_BY_THE_TOOL or bool(_TOOLS.get(m.role, set()) & said),
            laden=bool(_PACKS & said),
        )
        if m.role
        else m
        for m in named
    ]


def at_home_in(mention: Mention, setting: str, indoor: bool) -> Mention:
    """The mention as it may be seen in a place: no helmets in meadows, and no office table but in an office."""
    if mention.name == "team" and setting != "office":
        return replace(mention, name="group")
    if mention.name == "tree" and setting == "savanna":
        return replace(mention, name="acacia")
    if mention.name in _ASHORE and (setting not in _ON_WATER or (mention.name == "surf rider" and setting != "sea")):
        mention = replace(mention, name="person", role=_ASHORE[mention.name], holds=True)
    if mention.name == "rider" and indoor:
        mention = replace(mention, name="person")
    if mention.name == "armchair reader" and not indoor and setting != "studio":
        mention = replace(mention, name="person", role="reader", holds=True)
    if mention.role == "biologist" and mention.holds and setting not in _AT_WORK["biologist"]:
        mention = replace(mention, role="watcher")
    fits = setting in _AT_WORK.get(mention.role, {setting})
    if mention.role in _OUTDOORS and indoor and setting not in _FOR_OUTDOOR_CLOTHES:
        fits = False
    return mention if fits else replace(mention, role="", holds=False)
