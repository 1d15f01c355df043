"""Eight ways to picture the same subject: each turns a brief into the core of a prompt."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random

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
_POSES = {
    "person": ("in a quiet moment of concentration", "turned towards the light", "at work, unaware of the viewer"),
    "animal": ("pausing and alert", "in a natural pose", "caught in mid-movement"),
    "food": ("freshly prepared and generously served", "as the centre of the table"),
    "vehicle": ("in motion", "seen from a low angle"),
    "building": ("rising clearly above the surroundings", "with light falling from one side"),
    "plant": ("in full growth", "standing out against the background"),
    "thing": ("as the single focus", "placed where the light falls", "caught in clear side light", "in the foreground"),
    "nature": ("filling the view", "in all its force"),
    "place": ("opening up before the viewer", "seen from a gentle rise"),
    "": ("as the clear focus", "placed in the centre of attention"),
}
_PLACED = re.compile(r" (?:in|on|at|beneath|under|beside|before|by|through|above|over) (?:an?|the|old) | outdoors")
_BESIDE = ("food", "thing", "plant", "animal")
_BEHIND = ("building", "vehicle")
_PORTABLE = ("food", "thing", "plant")
_SMALL = ("person", "animal", "vehicle", "building", "plant")
# Topics whose hero is an animal of its own; elsewhere animals are goods, crops or metaphors, and do not pose.
_ANIMAL_TOPICS = ("wildlife", "pets", "ocean", "bees", "farming", "general")


@dataclass(frozen=True, slots=True)
class Idea:
    """`core` is what is shown, `where` and `around` may be left out where space is short; no capitals, no full stop."""

    core: str
    where: str = ""
    around: str = ""


@dataclass(frozen=True)
class Scene:
    """A brief with the choices that hold for one variant."""

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

    def show(self, phrase: Phrase) -> str:
        """The phrase with its article."""
        return indefinite(phrase, self.lexicon)

    def told(self, text: str) -> str:
        """A phrase of the topic, with the main subject where it says "{it}"."""
        thing = next((subject for subject in self.brief.subjects if subject.category in ("thing", "food", "")), None)
        return text.replace("{it}", self.show(thing) if thing else "a small, finely made device")

    @property
    def main(self) -> Phrase | None:
        """The first subject."""
        return self.brief.subjects[0] if self.brief.subjects else None

    def other(self, categories: tuple[str, ...], but: str, *, portable: bool = False) -> Phrase | None:
        """A further subject of one of the categories that neither `but` nor the setting already names."""
        known = f"{but} {self.brief.setting.here} {self.brief.setting.key}"
        large = self.lexicon.context["large"] if portable else frozenset()
        rest = [s for s in self.brief.subjects[:5] if s.category in categories and not _names(known, s)]
        vague = self.lexicon.context["vague"]
        rest = [s for s in rest if s.head not in large and (len(s.words) > 1 or s.head not in vague)]
        return rest[self.turn % len(rest)] if rest else None

    def company(self, but: str, fits: bool = True) -> str:
        """Another subject and where it stands, or something from the setting if that fits."""
        outside = self.brief.setting.kind != "indoor"
        near = self.other((*_BESIDE, *_BEHIND) if outside else _BESIDE, but)
        if near is None:
            return f"with {self.detail}" if fits else ""
        return f"with {self.show(near)} {'close by' if near.category in _BESIDE else 'in the background'}"

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
        return self.here if fits and not _PLACED.search(core) else self.in_place

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


def _names(text: str, phrase: Phrase) -> bool:
    return phrase.head[:5] in text.lower()


def hero(scene: Scene) -> Idea:
    """The main subject, close, in its setting."""
    if scene.brief.action:
        return Idea(scene.brief.action, scene.here, scene.company(scene.brief.action))
    main = scene.main
    if main is None or not _can_pose(scene, main):
        core = scene.told(scene.topic.hero)
        shown = main is not None and main.category in _BESIDE and not _names(core, main)
        around = f"with {scene.show(main)} close by" if main and shown else scene.company(core, scene.hero_fits)
        return Idea(core, scene.where(core, scene.hero_fits), around)
    core = f"{scene.show(main)} {scene.random.choice(_POSES[main.category])}"
    return Idea(core, scene.here, scene.company(core))


def _can_pose(scene: Scene, main: Phrase) -> bool:
    """Whether the main subject says more than the topic's own hero: people seldom do, a plain noun rarely does."""
    if main.category == "person" or (main.category == "animal" and scene.topic.key not in _ANIMAL_TOPICS):
        return scene.brief.topic is None
    if main.category == "building" and scene.brief.setting.kind == "indoor":
        return False
    specific = len(main.words) > 1 or main.category == "animal"
    return scene.brief.topic is None or (specific and not (_names(scene.topic.hero, main) and len(main.words) == 1))


def wide(scene: Scene) -> Idea:
    """The whole place, the subject small in it."""
    main = scene.main
    small = _SMALL if scene.brief.setting.kind == "outdoor" else ("person", "animal")
    if main is None or main.category not in small or _names(scene.view, main):
        return Idea(scene.view, "", scene.detail)
    size = scene.random.choice(("small in the distance", "tiny against the breadth of the view", "at the far edge"))
    return Idea(scene.view, "", f"{scene.show(main)} {size}")


def people(scene: Scene) -> Idea:
    """People who are busy with it."""
    core = scene.told(scene.topic.people)
    near = scene.other(_PORTABLE, core, portable=True)
    where = scene.where(core, scene.people_fit)
    around = f"with {scene.detail}" if scene.people_fit else ""
    return Idea(core, where, f"with {scene.show(near)} between them" if near else around)


def still(scene: Scene) -> Idea:
    """Things that stand for it, arranged on a surface."""
    things = scene.told(scene.topic.still)
    own = scene.other(_PORTABLE, things, portable=True)
    surface = f"on {scene.random.choice(scene.craft.surfaces)}"
    return Idea(f"{scene.show(own)}, {things}" if own else things, surface, "arranged with plenty of empty space")


def metaphor(scene: Scene) -> Idea:
    """An image that says it without showing it."""
    core, main = scene.told(scene.topic.metaphor), scene.main
    if main is None or main.category in ("person", "place", "") or _names(core, main):
        return Idea(core, "", "set against a plain, softly shaded background")
    return Idea(core, "", f"the outline of {scene.show(main)} hidden in the shapes")


def detail(scene: Scene) -> Idea:
    """A fragment, so close that texture becomes the subject."""
    core = f"an extreme close-up of {scene.topic.detail}"
    near = scene.other((*_BESIDE, *_BEHIND), core)
    return Idea(core, "", f"{scene.show(near)} blurred far behind" if near else "everything else out of focus")


def aerial(scene: Scene) -> Idea:
    """The place from high above."""
    over = f" {scene.brief.place}" if scene.brief.place else ""
    core = f"a view from high above{over}: {scene.brief.setting.above}"
    main = scene.main
    outside = scene.brief.setting.kind == "outdoor"
    if not outside or main is None or main.category not in _SMALL or _names(core, main):
        return Idea(core)
    return Idea(core, "", f"{scene.show(main)} near the centre")


def abstract(scene: Scene) -> Idea:
    """Form and colour alone."""
    form = scene.random.choice(scene.craft.forms)
    if scene.main is None and scene.brief.topic is None:
        return Idea("a calm abstract composition", "", form)
    about = scene.show(scene.main) if scene.main else scene.told(scene.topic.hero)
    return Idea(f"an abstract composition inspired by {about}", "", form)


IDEAS: Mapping[str, Callable[[Scene], Idea]] = {
    "hero": hero,
    "wide": wide,
    "people": people,
    "still": still,
    "metaphor": metaphor,
    "detail": detail,
    "aerial": aerial,
    "abstract": abstract,
}
