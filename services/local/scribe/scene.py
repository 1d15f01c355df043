"""A brief with the choices that hold for one variant: what stands beside what, and where."""

from __future__ import annotations

import re
from dataclasses import dataclass
from random import Random

from services.local.scribe.acts import Act
from services.local.scribe.art import Craft, Topic
from services.local.scribe.brief import Brief
from services.local.scribe.candidates import Phrase, indefinite
from services.local.scribe.lexicon import Lexicon

GENERAL = Topic(
    key="general",
    cues=frozenset(),
    hero="a lone figure looking out into the distance",
    people="people of different ages in easy conversation",
    still="a plain ceramic bowl, a folded cloth and a smooth stone",
    metaphor="a door standing open in a wide, empty landscape",
    detail="the grain of wood, paper and stone",
)
PORTABLE = ("food", "thing", "plant")
# What is said by the shapes of another kind.
SHAPED_AS = {"person": "animal", "place": "building"}
_POSES = {
    "person": ("deep in concentration", "turned towards the light", "in a candid moment"),
    "animal": ("in a natural pose", "looking straight ahead", "caught in mid-movement"),
    "food": ("freshly prepared and generously served", "as the centre of the table"),
    "vehicle": ("in motion", "seen from a low angle"),
    "building": ("rising clearly above the surroundings", "with light falling from one side"),
    "plant": ("fresh and full of colour", "standing out against the background"),
    "thing": (
        "as the single focus",
        "placed where the light falls",
        "caught in clear side light",
        "with its details in sharp focus",
    ),
    "nature": ("filling the view", "lit from one side"),
    "place": ("opening up before the viewer", "seen from a gentle rise"),
    "": ("as the clear focus", "placed in the centre of attention"),
}
_PLACED = re.compile(r" (?:in|on|at|beneath|under|beside|before|by|through|above|over) (?:an?|the|old) | outdoors")
_EATING = ("kitchen", "restaurant", "bakery")
_BESIDE = ("food", "thing", "plant", "animal")
_BEHIND = ("building", "vehicle")


@dataclass(frozen=True, slots=True)
class Idea:
    """`core` is what is shown, `where` and `around` may be left out where space is short; no capitals, no full stop.

    `outdoors` says that it happens in the open, wherever the rest of the content does. `seen` are the things of the
    content that it shows, `told` is the field of the topic that it is taken from instead, `shape` says which of the
    shapes of a metaphor it is: what other languages describe it by.
    """

    core: str
    where: str = ""
    around: str = ""
    outdoors: bool = False
    seen: tuple[Phrase, ...] = ()
    told: str = ""
    shape: int = -1


@dataclass(frozen=True)
class Scene:
    """See the first line; `turn` counts the variants."""

    brief: Brief
    craft: Craft
    lexicon: Lexicon
    random: Random
    turn: int
    hero_fits: bool
    people_fit: bool

    @property
    def topic(self) -> Topic:
        """The topic of the brief, or a neutral one."""
        return self.brief.topic or GENERAL

    @property
    def is_conceptual(self) -> bool:
        """Whether the topic is one that things stand for but do not show."""
        return self.topic.key in self.craft.conceptual

    @property
    def main(self) -> Phrase | None:
        """The first subject."""
        return self.brief.subjects[0] if self.brief.subjects else None

    def act(self, number: int) -> Act | None:
        """What happens, the most telling first."""
        return self.brief.acts[number] if number < len(self.brief.acts) else None

    @property
    def main_act(self) -> Act | None:
        """What the main subject does where it is an animal: gulls that circle are not gulls that stand close by."""
        main = self.main
        if main is None or main.category != "animal":
            return None
        return next((act for act in self.brief.acts if act.head == main.head), None)

    def is_beside_the_point(self, act: Act) -> bool:
        """Whether the heading names a thing that can be shown and that has no part in the act."""
        main = self.main
        if main is None or not self.brief.titled or main.category in ("person", "place", "") or self.is_vague(main):
            return False
        return main.head not in (act.head, *act.objects)

    def show(self, phrase: Phrase) -> str:
        """The phrase with its article."""
        return indefinite(phrase, self.lexicon)

    def told(self, text: str) -> str:
        """A phrase of the topic, with the main subject where it says "{it}"."""
        thing = next((subject for subject in self.brief.subjects if subject.category in ("thing", "food", "")), None)
        return text.replace("{it}", self.show(thing) if thing else "a small, finely made device")

    def is_vague(self, phrase: Phrase) -> bool:
        """Whether the noun stands alone and says little."""
        return phrase.head in self.lexicon.context["vague"] and len(phrase.words) == 1

    def is_the_point(self, phrase: Phrase) -> bool:
        """Whether the whole is plainly about this thing, and not about a concept or a field."""
        return (self.brief.certain or self.brief.topic is None) and not self.is_conceptual and not self.is_vague(phrase)

    def shaped_as(self, phrase: Phrase) -> str:
        """The kind whose shapes say it; people and places have them only where no field has a better image."""
        if phrase.category in self.craft.shapes:
            return phrase.category
        return SHAPED_AS.get(phrase.category, "") if self.brief.topic is None else ""

    def is_large(self, phrase: Phrase) -> bool:
        """Whether no table carries it."""
        return phrase.head in self.lexicon.context["large"]

    def kind(self, phrase: Phrase) -> str:
        """Category of a subject here: what lives elsewhere is food in a kitchen, and food in a field is a plant."""
        if phrase.category == "animal" and self.brief.setting.key in _EATING:
            return "food"
        outside = self.brief.setting.kind == "outdoor" and self.brief.setting.key != "market"
        return "plant" if phrase.category == "food" and outside else phrase.category

    def pose(self, phrase: Phrase) -> str:
        """How a subject of its kind is shown."""
        return self.random.choice(_POSES[self.kind(phrase)])

    def can_pose(self, phrase: Phrase) -> bool:
        """Whether the subject says more than the topic's own hero."""
        if self.brief.topic is None:
            return True
        if phrase.category == "person" and (not self.brief.certain or self.brief.setting.kind == "void"):
            return False
        if self.is_vague(phrase) or phrase.category in ("place", ""):
            return len(phrase.words) > 1 and phrase.category != "person" and not self.is_conceptual
        if phrase.category == "building" and self.brief.setting.kind == "indoor":
            return False
        return not (self.is_conceptual and phrase.category in ("building", "person", "place"))

    def companion(self, but: str) -> Phrase | None:
        """Something of the content that belongs beside the main subject and is not named yet."""
        known = f"{but} {self.brief.setting.here} {self.brief.setting.key}"
        outside = self.brief.setting.kind != "indoor"
        fitting = (*_BESIDE, *_BEHIND) if outside else _BESIDE
        rest = [s for s in self.brief.companions if s.category in fitting and not names(known, s)]
        rest = [s for s in rest if not self.is_vague(s) and (outside or not self.is_large(s))]
        return rest[self.turn % len(rest)] if rest else None

    def company(self, but: str, fits: bool = True) -> str:
        """A companion and where it stands, or something from the setting if that fits."""
        near = self.companion(but)
        if near is None:
            return f"with {self.detail}" if fits else ""
        return self._beside(near)

    def with_main(self, but: str) -> str:
        """The main subject beside something else; nothing where that already shows it or cannot."""
        main = self.main
        if main is None or names(f"{but} {self.brief.setting.here}", main) or not self.can_pose(main):
            return ""
        if main.category not in (*_BESIDE, *_BEHIND):
            return ""
        return f"with {act.text}" if (act := self.main_act) else self._beside(main)

    def _beside(self, phrase: Phrase) -> str:
        where = "in the background" if phrase.category in _BEHIND or self.is_large(phrase) else "close by"
        return f"with {self.show(phrase)} {where}"

    @property
    def in_place(self) -> str:
        """The name of the place as it follows a noun, or nothing."""
        word = "near" if self.brief.setting.key in ("sea", "underwater") else "in"
        return f"{word} {self.brief.place}" if self.brief.place else ""

    @property
    def here(self) -> str:
        """Where it happens, with the place's name."""
        return f"{self.brief.setting.here} {self.in_place}".strip()

    def where(self, core: str, fits: bool) -> str:
        """The setting if the topic's own phrase can be there and is not placed already; the place's name at least."""
        return self.here if fits and not placed(core) else self.in_place

    @property
    def view(self) -> str:
        """The wide view of the setting, with the place's name."""
        return self.brief.setting.wide.replace("{in}", f" {self.in_place}".rstrip())

    @property
    def detail(self) -> str:
        """Something around the subject that the wide view does not show already, another one each turn."""
        details = [text for text in self.brief.setting.details if text.split()[-1] not in self.brief.setting.wide]
        details = details or list(self.brief.setting.details)
        return details[self.turn % len(details)]


def names(text: str, phrase: Phrase) -> bool:
    """Whether a text already speaks of the phrase."""
    return phrase.head[:5] in text.lower()


def placed(core: str) -> bool:
    """Whether a phrase already says where it is."""
    return bool(_PLACED.search(core))
