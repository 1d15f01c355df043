"""The things a prompt names: which words are meant as things to draw, how many, in which colour, how sure."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import replace
from itertools import pairwise

from services.local.illustrator import company, cues, flight, grammar, staging, themes
from services.local.illustrator.grammar import Reading
from services.local.illustrator.joined import joined
from services.local.illustrator.language import NUMBERS, Found, lemma
from services.local.illustrator.mention import Mention
from services.local.illustrator.palette import NAMED
from services.local.illustrator.senses import SURE_ENOUGH, SURE_ENOUGH_BESIDE, Senses
from services.local.illustrator.subjects import ANIMALS, SUBJECTS, flora, plants, produce
from services.local.scribe.lexicon import lexicon

# Materials and tones that name a thing only with an article before them and nothing but a closed word behind.
_STUFFS = {
    "orange", "peach", "plum", "lime", "lemon", "rose", "olive", "lavender", "violet", "lilac", "mint", "sage",
    "ivory", "chocolate", "coral", "glass", "paper", "stone", "rock", "ash", "gravel", "crystal", "wool", "silk",
    "linen", "brick", "honey", "butter", "water", "leather", "gold", "silver", "copper", "bronze", "cream",
    "mustard", "amber", "charcoal", "slate",
}  # fmt: skip
_GROWING = {*flora.ENTRIES, *plants.SUBJECTS, "branch", "grass tuft", "hedge", "reeds"}
_LIGHTS = {"sun", "moon", "cloud", "star"}
PEOPLE = frozenset(
    {
        "person", "child", "group", "team", "handshake", "cyclist", "swimmer", "rower", "paddler", "surf rider",
        "rider", "armchair reader", "wheelchair user",
    }
)  # fmt: skip
_CLOTHES = {
    "shirt", "sweater", "coat", "dress", "trousers", "hat", "cap", "scarf", "shoe", "boots", "high heel", "socks",
    "tie", "gloves", "hard hat", "eyeglasses", "sunglasses", "watch", "ring", "necklace", "crown", "medal",
    "headphones", "mask",
}  # fmt: skip
# What an animal is on a plate, where there is a drawing of it.
_AS_A_DISH = {
    "fish": "fish dish",
    "carp": "fish dish",
    "hen": "roast chicken",
    "squid": "seafood",
    "lobster": "seafood",
}
_DETERMINERS = {
    "a", "an", "the", "one", "two", "three", "four", "five", "six", "several", "single", "ripe", "fresh", "sliced",
}  # fmt: skip

_ARTICLES = (["a"], ["an"])
_HANDLING = {"turning", "holding", "repairing", "mending", "examining", "inspecting", "presenting", "assembling"}
# So few are no crowd.
_A_FEW = (["two", "people"], ["three", "people"])
# What shows that somebody reads or knits.
_IN_HAND = {"book", "knitting"}
_VESSELS = {"bowl", "plate", "saucepan", "tray"}


def mentions(reading: Reading, found: list[Found], senses: Senses) -> tuple[list[Mention], set[int]]:
    """The things named by `found`, in order, and the places of the colour words that belong to them."""
    named: dict[str, Mention] = {}
    used_colours: set[int] = set()
    for number, hit in enumerate(found):
        following = found[number + 1] if number + 1 < len(found) else None
        if hit.start in reading.refused or not _is_meant(reading, hit, following):
            continue
        if number and _is_done(reading, hit, found[number - 1]):
            continue
        sense = senses.sense(
            _word(reading, hit), reading.clause(hit), noun=reading.raw[hit.start - 1 : hit.start] in _ARTICLES
        )
        if hit.name == "group" and reading.raw[hit.start - 1 : hit.end] in _A_FEW:
            hit = replace(hit, name="person")
        leading = not named and company.opens(reading, hit.start)
        if sense.lead < (SURE_ENOUGH if leading else SURE_ENOUGH_BESIDE):
            continue
        if sense.drawing:
            hit = replace(hit, name=sense.drawing, role=sense.role)
        mention, colour_at = _mention(reading, hit, sense.lead, leading)
        # An idea or a light in the sky is a thing to see only where the prompt begins with it.
        if (mention.theme or hit.name in _LIGHTS) and not company.opens(reading, hit.start):
            continue
        used_colours |= colour_at
        if hit.name in ANIMALS and _is_a_meal(reading, hit):
            if hit.name not in _AS_A_DISH:
                continue
            mention = replace(mention, name=_AS_A_DISH[hit.name], count=1)
        elif not leading and hit.name in produce.ENTRIES and reading.raw[hit.start - 1] in cues.COOKED:
            # Roasted carrots are no longer the raw ones of the drawing.
            continue
        else:
            name, colour = flight.on_the_wing(reading, hit, mention.colour)
            mention = replace(mention, name=name, colour=colour)
        # What food is served in holds that food, and does not stand empty beside it.
        if hit.name in _VESSELS and _serves(reading, hit):
            continue
        # Clothes beside somebody are worn, unless they are being worked on.
        if (
            hit.name in _CLOTHES
            and not leading
            and not _is_worked_on(reading, hit)
            and any(m.name in PEOPLE for m in named.values())
        ):
            continue
        key = mention.name + hit.role
        if key in named and hit.name == "person" and _beside(reading, named[key], hit):
            # "A master and an apprentice" are two.
            named[key] = replace(named[key], count=max(named[key].count, 2))
        if key not in named or (named[key].theme and not mention.theme):
            named[key] = mention
    return sorted(named.values(), key=lambda m: m.position), used_colours


def _is_a_meal(reading: Reading, hit: Found) -> bool:
    """Whether an animal is said to be cooked or served."""
    if hit.start and reading.raw[hit.start - 1] in cues.COOKED:
        return True
    behind = [word for place in range(hit.end, hit.end + 6) if (word := reading.after(place))]
    return bool(cues.SERVED.intersection(behind)) or behind[:3] == ["as", "the", "centre"]


def _beside(reading: Reading, one: Mention, other: Found) -> bool:
    """Whether an "and" joins two words for people, so that both are meant."""
    between = reading.raw[one.end : other.start]
    return "and" in between and len(between) <= 3 and reading.lemmas[one.position] != reading.lemmas[other.start]


def _word(reading: Reading, hit: Found) -> str:
    """The dictionary form that glosses are listed under; "" for a phrase, which has one sense."""
    return reading.lemmas[hit.start] if hit.end - hit.start == 1 else ""


def _is_meant(reading: Reading, hit: Found, following: Found | None) -> bool:
    if not grammar.names_a_thing(reading, hit) or (hit.name in _CLOTHES and reading.is_worn(hit)):
        return False
    if _on_a_wall(reading, hit) or _is_seen_through(reading, hit):
        return False
    if hit.end - hit.start > 1:
        return True
    continued = following is not None and following.start == hit.end and hit.end not in reading.breaks
    acts = hit.name in PEOPLE and reading.after(hit.end).endswith("ing")
    if continued and not acts and not hit.role and reading.lemmas[hit.end] not in cues.KEEPS_THE_THING:
        return False
    word = reading.raw[hit.start]
    if word in _STUFFS and word == reading.lemmas[hit.start]:
        before = reading.raw[hit.start - 1] if hit.start else ""
        return before in _DETERMINERS or hit.start == 0
    return not _means_another_thing(reading, hit)


def _means_another_thing(reading: Reading, hit: Found) -> bool:
    """Whether a noun before it makes the word another thing: a phone box is no box."""
    if reading.lemmas[hit.start] not in cues.RELATIVE_HEADS or not hit.start or hit.start in reading.breaks:
        return False
    before, known = reading.raw[hit.start - 1], lexicon()
    if before in cues.NOUNS_BEFORE_HEADS:
        return True
    if before in cues.MATERIALS or before in known.closed or before in known.visible_adjectives or before in NAMED:
        return False
    return bool(known.category(before)) or known.is_abstract(before)


def _is_done(reading: Reading, hit: Found, one: Found) -> bool:
    """Whether a word behind people tells what they do: parents building something are no building."""
    ends_so = hit.end - hit.start == 1 and reading.raw[hit.start].endswith("ing")
    return ends_so and one.end == hit.start and one.name in PEOPLE and hit.name not in _IN_HAND


def _on_a_wall(reading: Reading, hit: Found) -> bool:
    """Whether a thing that stands is said to hang: "hand tools on the wall"."""
    if SUBJECTS[hit.name].habitat not in ("table", "ground") or company.opens(reading, hit.start):
        return False
    if hit.start and hit.start not in reading.breaks and reading.raw[hit.start - 1] in cues.HANGING:
        return True
    behind = [reading.after(place) for place in range(hit.end, hit.end + 4)]
    return behind[0] in {"on", "from", "along"} and bool(cues.ON_WALLS.intersection(behind[1:]))


def _is_seen_through(reading: Reading, hit: Found) -> bool:
    """Whether light falls or somebody looks through it: branches overhead do not lie on the path."""
    return hit.name in _GROWING and bool(hit.start) and "through" in reading.raw[max(hit.start - 2, 0) : hit.start]


def _mention(reading: Reading, hit: Found, lead: float, leading: bool) -> tuple[Mention, set[int]]:
    raw = reading.raw
    after = " ".join(raw[hit.end : hit.end + 8])
    before = range(max(hit.start - 2, 0), hit.start)
    colour_at = next((i for i in reversed(before) if raw[i] in NAMED), None)
    colour = raw[colour_at] if colour_at is not None else ""
    theme = " ".join(reading.lemmas[hit.start : hit.end]) in themes.THEMES
    mention = Mention(
        hit.name,
        hit.role,
        _count(raw, hit),
        colour,
        min(1.0, 0.5 + lead),
        hit.start,
        hit.end,
        theme,
        staging.is_far(after),
        staging.is_central(after),
        leading,
    )
    return mention, {colour_at} if colour_at is not None else set()


def _count(raw: list[str], hit: Found) -> int:
    head = raw[hit.start : hit.end].index("of") - 1 if "of" in raw[hit.start : hit.end] else -1
    last = raw[hit.start : hit.end][head]
    together = hit.name in cues.TOGETHER or hit.name in cues.ONE_IN_PLURAL
    numbers = [NUMBERS[raw[i]] for i in range(max(hit.start - 3, 0), hit.start) if raw[i] in NUMBERS]
    if lemma(last) in cues.ENSEMBLES and not together:
        return cues.ENSEMBLES[lemma(last)]
    plural = (lemma(last) != last and not together) or last in cues.SAME_IN_PLURAL
    return max(numbers) if numbers and max(numbers) > 1 and not together else 3 if plural else 1


_GENERAL = {
    "handshake": {"team"},
    "table": {"team"},
    "bird": {"puffin", "seabird"},
    "seabird": {"puffin"},
    "boat": {"sailboat", "rowing boat"},
    "tall ship": {"cargo ship"},
    "meal": {"bread", "cake", "vegetables", "croissant", "fruit bowl"},
    "plate": {"bread", "cake", "vegetables", "croissant", "fruit bowl"},
    "computer": {"laptop"},
    "bicycle": {"cyclist"},
    "book": {"books"},
    "tree": {"blossom tree", "spruce", "palm"},
    "fruit bowl": {"market stall", "apple"},
    "vegetables": {"market stall"},
    "flower": {"sunflower", "vase"},
    "robot": {"robot arm"},
    "car": {"lorry", "bus"},
    "factory": {"robot arm"},
    "bread": {"cake", "croissant"},
}

# What a figure in a role already has in its hands.
_CARRIES = {
    "musician": "guitar",
    "singer": "microphone",
    "traveller": "suitcase",
    "photographer": "camera",
    "fisherman": "fishing net",
    "scientist": "flask",
    "winner": "trophy",
    "doctor": "stethoscope",
    "reader": "book",
    "baker": "bread",
    "diver": "",
    "barista": "coffee cup",
    "astronomer": "telescope",
    "biologist": "binoculars",
    "violinist": "violin",
    "trumpeter": "trumpet",
    "drummer": "drum",
    "footballer": "ball",
    "goalkeeper": "ball",
    "basketballer": "basketball",
    "tennis": "racket",
    "boxer": "gloves",
    "puppeteer": "puppet",
    "carpenter": "saw",
    "librarian": "books",
    "surfer": "surfboard",
    "courier": "parcel",
    "postman": "parcel",
    "cleaner": "broom",
    "potter": "jug",
    "hockey": "hockey stick",
    "hiker": "backpack",
    "climber": "backpack",
}


def without_doubles(reading: Reading, mentions: list[Mention], banned_colours: Set[str]) -> list[Mention]:
    """The mentions without themes beside things, and without general words for what a closer word names already."""
    if any(not m.theme for m in mentions):
        mentions = [m for m in mentions if not m.theme]
    elif mentions:
        mentions = mentions[:1]
    mentions = joined(reading, mentions)
    roles = any(m.role for m in mentions)
    names = {m.name for m in mentions} | {_CARRIES.get(m.role, "") for m in mentions}
    kept: list[Mention] = []
    for mention in mentions:
        if kept and mention.name == kept[-1].name == "person" and mention.position == kept[-1].position + 1:
            continue
        if (
            mention.name == "person"
            and not mention.role
            and not mention.leading
            and (roles or names & {"team", "handshake", "cyclist", "group"})
        ):
            continue
        if (
            mention.name in _CARRIES.values()
            and mention.name not in {m.name for m in mentions if m.position < mention.position}
            and any(_CARRIES.get(m.role) == mention.name for m in mentions)
        ):
            continue
        if mention.name == "handshake" and roles:
            continue
        if mention.name == "group" and (roles or names & {"team", "child", "handshake"}):
            continue
        if mention.name in _GENERAL and names & _GENERAL[mention.name]:
            continue
        if mention.colour in banned_colours:
            mention = replace(mention, colour="")
        kept.append(mention)
    return kept


def _serves(reading: Reading, hit: Found) -> bool:
    """Whether a few words before a vessel tell that something is served in it."""
    before = reading.raw[max(hit.start - 4, 0) : hit.start]
    return any(one == "served" and other in ("in", "on") for one, other in pairwise(before))


def _is_worked_on(reading: Reading, hit: Found) -> bool:
    """Whether somebody turns, mends or shows the thing."""
    return bool(_HANDLING.intersection(reading.raw[max(hit.start - 2, 0) : hit.start]))
