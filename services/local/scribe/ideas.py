"""Eight ways to picture the same subject: each turns a brief into the core of a prompt."""

from __future__ import annotations

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
    "building": ("rising clearly above its surroundings", "with light on its walls"),
    "plant": ("in full growth", "standing out against the background"),
    "thing": ("as the single focus", "placed where the light falls"),
    "nature": ("filling the view", "in all its force"),
    "place": ("opening up before the viewer", "seen from a gentle rise"),
    "": ("as the clear focus", "placed in the centre of attention"),
}
_SOLID = ("food", "thing", "plant", "animal", "vehicle", "building")
_PORTABLE = ("food", "thing", "plant")


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

    @property
    def topic(self) -> Topic:
        """The topic of the brief, or a neutral one."""
        return self.brief.topic or GENERAL

    def show(self, phrase: Phrase) -> str:
        """The phrase with its article."""
        return indefinite(phrase, self.lexicon)

    @property
    def main(self) -> Phrase | None:
        """The first subject."""
        return self.brief.subjects[0] if self.brief.subjects else None

    def other(self, categories: tuple[str, ...], but: str) -> Phrase | None:
        """A further subject of one of the categories that `but` does not already name."""
        rest = [s for s in self.brief.subjects[:5] if s.category in categories and not _names(but, s)]
        return rest[self.turn % len(rest)] if rest else None

    @property
    def here(self) -> str:
        """Where it happens, with the place's name."""
        return self.brief.setting.here + self.in_place

    @property
    def in_place(self) -> str:
        """The name of the place as it follows a noun, or nothing."""
        return f" in {self.brief.place}" if self.brief.place else ""

    @property
    def detail(self) -> str:
        """Something around the subject, another one each turn."""
        return self.brief.setting.details[self.turn % len(self.brief.setting.details)]


def _names(text: str, phrase: Phrase) -> bool:
    return phrase.head[:5] in text.lower()


def hero(scene: Scene) -> Idea:
    """The main subject, close, in its setting."""
    core, main = scene.topic.hero, scene.main
    if scene.brief.action:
        core = scene.brief.action
    elif main is not None and not _names(scene.topic.hero, main):
        core = f"{scene.show(main)} {scene.random.choice(_POSES[main.category])}"
    elif main is not None and len(main.words) > 1:
        core = f"{scene.show(main)}, {scene.random.choice(_POSES[main.category])}"
    second = scene.other(("animal", "thing", "plant", "food", "building", "vehicle"), core)
    around = f"with {scene.show(second)} close by" if second else f"{scene.detail} around"
    return Idea(core, scene.here, around)


def wide(scene: Scene) -> Idea:
    """The whole place, the subject small in it."""
    view = scene.brief.setting.wide + scene.in_place
    main = scene.main
    small = scene.random.choice(("small in the distance", "tiny against the breadth of the view", "at the far edge"))
    return Idea(view, "", f"{scene.show(main)} {small}" if main and not _names(view, main) else scene.detail)


def people(scene: Scene) -> Idea:
    """People who are busy with it."""
    core = scene.topic.people
    near = scene.other(_SOLID, core)
    return Idea(core, scene.here, f"{scene.show(near)} between them" if near else scene.detail)


def still(scene: Scene) -> Idea:
    """Things that stand for it, arranged on a surface."""
    things = scene.topic.still
    own = scene.other(_PORTABLE, things)
    return Idea(
        f"{scene.show(own)} beside {things}" if own else things, f"on {scene.random.choice(scene.craft.surfaces)}"
    )


def metaphor(scene: Scene) -> Idea:
    """An image that says it without showing it."""
    core, main = scene.topic.metaphor, scene.main
    return Idea(
        core, "", f"a quiet hint of {scene.show(main)} in the shapes" if main and not _names(core, main) else ""
    )


def detail(scene: Scene) -> Idea:
    """A fragment, so close that texture becomes the subject."""
    core = f"an extreme close-up of {scene.topic.detail}"
    near = scene.other(_SOLID, core)
    return Idea(core, "", f"{scene.show(near)} blurred far behind" if near else "everything else out of focus")


def aerial(scene: Scene) -> Idea:
    """The place from high above."""
    core = f"a view from high above: {scene.brief.setting.above}{scene.in_place}"
    main = scene.main
    return Idea(core, "", f"{scene.show(main)} near the centre" if main and not _names(core, main) else "")


def abstract(scene: Scene) -> Idea:
    """Form and colour alone."""
    main = scene.main
    about = scene.show(main) if main else scene.topic.hero
    return Idea(f"an abstract composition inspired by {about}", "", scene.random.choice(scene.craft.forms))


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
