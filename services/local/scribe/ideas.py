"""Eight ways to picture the same subject: each turns a brief into the core of a prompt."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from services.local.scribe.acts import Act
from services.local.scribe.candidates import Phrase
from services.local.scribe.scene import PORTABLE, Idea, Scene, names, placed

_SMALL = ("person", "animal", "vehicle", "building", "plant")
_INDOORS = ("person", "animal", "food", "thing")
_NEAR = ("in the foreground", "off to one side")
_FAR = ("small in the distance", "tiny against the breadth of the view", "at the far edge")
_INSIDE = {"food": ("on a table in the foreground",), "person": ("near the window", "seen through the doorway")}
_ON_THE_WING = {"flying", "soaring", "circling", "gliding", "swooping", "hovering", "fluttering"}


def hero(scene: Scene) -> Idea:
    """The main subject, close, in its setting."""
    act = scene.act(0)
    if act is not None and not scene.is_beside_the_point(act):
        return _doing(scene, act)
    main = scene.main
    if main is None or not scene.can_pose(main):
        core = scene.told(scene.topic.hero)
        return Idea(core, scene.where(core, scene.hero_fits), scene.with_main(core), told="hero")
    core = f"{scene.show(main)} {scene.pose(main)}"
    fits = not scene.is_conceptual or scene.brief.setting.key == "studio"
    return Idea(core, scene.here if fits else "", scene.company(core, fits), seen=(main,))


def _doing(scene: Scene, act: Act) -> Idea:
    where = scene.in_place if act.placed else scene.here
    if act.category == "animal" and scene.brief.setting.kind != "indoor" and _ON_THE_WING & set(act.text.split()):
        # What flies is over what others are on.
        where = f"over{where.removeprefix('on')}" if where.startswith("on ") else where
    return Idea(act.text, where, scene.company(act.text, not act.placed), act.placed, seen=act.seen)


def wide(scene: Scene) -> Idea:
    """The whole place, the subject small in it."""
    main = scene.main
    inside, nowhere = (scene.brief.setting.kind == kind for kind in ("indoor", "void"))
    # An imagined landscape says nothing by itself: whatever the content is about stands in it.
    kinds = _INDOORS if inside else (*_SMALL, *_INDOORS) if nowhere else _SMALL
    fitting = main is not None and main.category in kinds and not scene.is_vague(main)
    if main is None or not fitting or names(scene.view, main):
        return Idea(scene.view, "", scene.detail)
    if scene.main_act is not None:
        return Idea(scene.view, "", scene.main_act.text, seen=(main,))
    near = _NEAR if nowhere or main.category == "animal" else _FAR
    where = _INSIDE.get(main.category, _NEAR) if inside else near
    return Idea(scene.view, "", f"{scene.show(main)} {scene.random.choice(where)}", seen=(main,))


def people(scene: Scene) -> Idea:
    """People who are busy with it, by preference as the content tells it."""
    act = next((act for act in scene.brief.acts[1:] if act.category in ("person", "hands")), None)
    if act is not None:
        return _doing(scene, act)
    who = next((s for s in scene.brief.subjects if s.category == "person" and not scene.is_vague(s)), None)
    if who is not None and who is not scene.main and not scene.brief.acts and not names(scene.topic.people, who):
        core = f"{scene.show(who)} {scene.pose(who)}"
        return Idea(core, scene.here, scene.with_main(core) or scene.company(core), seen=(who,))
    main = scene.main
    if main is not None and scene.brief.topic is None and not scene.is_vague(main):
        # Nothing is known of the field: the things of the content say more than any people would.
        return _among(scene, main)
    core = scene.told(scene.topic.people)
    return Idea(core, scene.where(core, scene.people_fit), scene.with_main(core), told="people")


def _among(scene: Scene, main: Phrase) -> Idea:
    it = scene.show(main)
    core = f"{it} {scene.pose(main)}" if main.category == "person" else f"two people looking closely at {it}"
    return Idea(core, scene.here, scene.company(core), seen=(main,))


def still(scene: Scene) -> Idea:
    """Things that stand for it, arranged on a surface; those of the content first."""
    own = [s for s in scene.brief.subjects if s.category in PORTABLE and not scene.is_large(s)]
    things = [scene.show(subject) for subject in own[:3]]
    fitting = scene.told(scene.topic.still).replace(" and ", ", ").split(", ")
    things += [text for text in fitting if not any(names(text, subject) for subject in own)][: 3 - len(things)]
    surface = f"on {scene.random.choice(scene.craft.surfaces)}"
    core = f"{', '.join(things[:-1])} and {things[-1]}"
    return Idea(core, surface, scene.random.choice(scene.craft.arrangements), seen=tuple(own[:3]), told="still")


def metaphor(scene: Scene) -> Idea:
    """An image that says it without showing it."""
    main = scene.main
    if main is not None and scene.is_the_point(main) and (kind := scene.shaped_as(main)):
        shapes = scene.craft.shapes[kind]
        shape = scene.random.randrange(len(shapes))
        core = shapes[shape].replace("{it}", scene.show(main))
        return Idea(core, "", _ground(scene, core), seen=(main,), shape=shape)
    core = scene.told(scene.topic.metaphor)
    return Idea(core, "", _ground(scene, core), told="metaphor")


def _ground(scene: Scene, core: str) -> str:
    return "" if placed(core) else scene.random.choice(scene.craft.grounds)


def detail(scene: Scene) -> Idea:
    """A fragment, so close that texture becomes the subject."""
    main = scene.main
    if main is not None and scene.kind(main) in scene.craft.close and scene.can_pose(main):
        core = f"an extreme close-up of {scene.show(main)}, {scene.random.choice(scene.craft.close[scene.kind(main)])}"
        seen: tuple[Phrase, ...] = (main,)
        told = ""
    else:
        core = f"an extreme close-up of {scene.told(scene.topic.detail)}"
        seen, told = (), "detail"
    near = scene.companion(core)
    behind = f"{scene.show(near)} blurred far behind" if near else "everything else out of focus"
    return Idea(core, "", behind, seen=seen, told=told)


def aerial(scene: Scene) -> Idea:
    """The place from high above."""
    over = f" {scene.brief.place}" if scene.brief.place else ""
    core = f"a view from high above{over}: {scene.brief.setting.above}"
    main = scene.main
    outside = scene.brief.setting.kind == "outdoor"
    if not outside or main is None or main.category not in _SMALL or names(core, main):
        return Idea(core)
    return Idea(core, "", f"{scene.show(main)} near the centre", seen=(main,))


def abstract(scene: Scene) -> Idea:
    """Form and colour alone."""
    form = scene.random.choice(scene.craft.forms)
    if scene.main is None and scene.brief.topic is None:
        return Idea("a calm abstract composition", "", form)
    if scene.main is None:
        return Idea(f"an abstract composition inspired by {scene.told(scene.topic.hero)}", "", form, told="abstract")
    return Idea(f"an abstract composition inspired by {scene.show(scene.main)}", "", form, seen=(scene.main,))


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
