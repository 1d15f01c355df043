"""What the illustrator paints."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from services.local.engine import PaintEngine, PaintRequest
from services.local.illustrator import Illustrator, gallery
from services.local.illustrator.brief import read_brief
from services.local.illustrator.canvas import Canvas
from services.local.illustrator.compose import Placed, arrange
from services.local.illustrator.drawing import reflect
from services.local.illustrator.extent import half_width
from services.local.illustrator.light import light_for
from services.local.illustrator.palette import palette_for
from services.local.illustrator.pen import Pen
from services.local.illustrator.scene import Scene
from services.local.illustrator.settings import SETTINGS
from services.local.illustrator.whereabouts import choose_setting
from services.local.illustrator.words import LOOKS

Paint = Callable[..., NDArray[np.uint8]]


def arranged(prompt: str, size: tuple[int, int]) -> tuple[Scene, list[Placed]]:
    """The scene of a prompt with its place painted, and where its things are put."""
    brief = read_brief(prompt)
    rng = np.random.default_rng(5)
    setting = choose_setting(brief)
    canvas = Canvas(*size)
    scene = Scene(
        canvas=canvas,
        light=light_for("day", "", ""),
        palette=palette_for((), "summer", rng),
        rng=rng,
        season="summer",
        weather="fair",
        horizon=canvas.h * SETTINGS[setting].horizon,
        sun_x=canvas.w * 0.3,
        surface=brief.surface,
    )
    SETTINGS[setting].paint(scene, brief.outlook)
    return scene, arrange(scene, brief, setting, rng)


HARBOUR = "Fishing boats in a misty harbour at dawn, calm"


def _is_a_picture(pixels: NDArray[np.uint8]) -> bool:
    return float(pixels.std()) > 8 and 15 < float(pixels.mean()) < 250


def test_the_same_request_gives_the_same_bytes(paint: Paint) -> None:
    first = paint(HARBOUR, seed=7)
    assert first.tobytes() == paint(HARBOUR, seed=7).tobytes()
    assert first.tobytes() == Illustrator().paint(PaintRequest(HARBOUR, width=256, height=256, seed=7)).tobytes()


def test_another_seed_differs_visibly(paint: Paint) -> None:
    first, second = paint(HARBOUR, seed=1).astype(int), paint(HARBOUR, seed=2).astype(int)
    assert np.abs(first - second).mean() > 4


@pytest.mark.parametrize("size", [(256, 256), (2048, 256), (256, 2048), (1200, 630), (512, 768), (769, 431)])
def test_any_size_and_ratio_is_painted_whole(paint: Paint, size: tuple[int, int]) -> None:
    pixels = paint("A lighthouse on a rocky coast, two sailing boats, summer", size=size)
    assert pixels.shape == (size[1], size[0], 3)
    assert pixels.dtype == np.uint8
    assert _is_a_picture(pixels)


@pytest.mark.parametrize("setting", sorted(SETTINGS))
@pytest.mark.parametrize("hour", ["night", "midday"])
def test_no_setting_is_ever_black_or_blank(paint: Paint, setting: str, hour: str) -> None:
    named = {
        "space": "outer space",
        "home": "living room",
        "lunar": "moon surface",
        "sky": "above the clouds",
        "studio": "padlock",
    }
    assert _is_a_picture(paint(f"{named.get(setting, setting)} at {hour}"))


@pytest.mark.parametrize("look", sorted(LOOKS))
def test_every_look_changes_the_picture(paint: Paint, look: str) -> None:
    pixels = paint(f"A boat on a lake, {LOOKS[look].split(',')[0]}")
    assert _is_a_picture(pixels)


@pytest.mark.parametrize(("colour", "channel"), [("red", 0), ("green", 1), ("blue", 2)])
def test_palette_words_are_heeded(paint: Paint, colour: str, channel: int) -> None:
    pixels = paint(f"Abstract composition of circles, {colour} palette, midday").astype(float)
    means = pixels.mean(axis=(0, 1))
    assert means[channel] == max(means)


def test_threads_do_not_disturb_each_other(paint: Paint) -> None:
    expected = paint(HARBOUR).tobytes()
    seen: list[bytes] = []
    threads = [threading.Thread(target=lambda: seen.append(paint(HARBOUR).tobytes())) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [expected] * 3


def test_the_gallery_lists_its_sets_of_contents_and_makes_sheets(paint: Paint) -> None:
    from PIL import Image

    assert {group: len(texts) for group, texts in gallery.contents().items()} == {
        "unseen": 120,
        "fresh": 120,
        "later": 60,
        "latest": 60,
        "newest": 100,
        "recent": 66,
        "final": 66,
        "blind": 72,
        "closing": 66,
        "wide": 144,
        "settled": 72,
        "plain": 144,
        "everyday": 144,
    }
    assert gallery.contact_sheet([Image.fromarray(paint("a tree"))] * 5, columns=2).size == (512, 768)


@settings(max_examples=12, deadline=None)
@given(prompt=st.text(max_size=120), seed=st.integers(0, 2**63))
def test_any_text_paints_without_error(prompt: str, seed: int) -> None:
    engine: PaintEngine = Illustrator()
    pixels = engine.paint(PaintRequest(prompt, width=256, height=256, seed=seed))
    assert pixels.shape == (256, 256, 3)
    assert _is_a_picture(pixels)


class _Letters:
    """An embedder that counts letters: enough to tell texts apart, and the same on every machine."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = np.zeros((len(texts), 384), np.float32)
        for row, text in zip(rows, texts, strict=True):
            for letter in text.lower():
                row[ord(letter) % 384] += 1
        return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6)


def test_a_setting_is_guessed_only_where_the_prompt_names_nothing() -> None:
    illustrator = Illustrator(_Letters())
    assert illustrator.brief(PaintRequest("A cat in the garden")).setting == "garden"
    assert illustrator.brief(PaintRequest("farming, fields and the countrysides")).subjects == ()
    assert illustrator.brief(PaintRequest("zzzz")).setting == ""


_SIZES = [(1536, 512), (768, 1344), (1024, 1024), (1200, 630), (256, 2048), (2048, 256)]


@pytest.mark.parametrize("size", _SIZES)
@pytest.mark.parametrize(
    "prompt",
    [
        "Elephants on a savanna",
        "A barista in a cafe",
        "A teapot, a feather and a lemon on dark slate, arranged with plenty of empty space",
        "A lighthouse on a rocky coast, two sailing boats",
        "A tall ship on the open sea",
    ],
)
def test_nothing_is_cut_off_at_any_ratio(prompt: str, size: tuple[int, int]) -> None:
    scene, placed = arranged(prompt, size)
    assert placed
    for item in placed:
        half = half_width(item.mention.name, item.mention.role) * item.scale
        assert item.x - half >= -1
        assert item.x + half <= scene.w + 1
        assert item.y - 104 * item.scale >= -1
        assert item.y <= scene.h


def test_a_still_life_shows_everything_it_names_in_every_ratio() -> None:
    for size in _SIZES[:4]:
        _, placed = arranged("A teapot, a feather and a lemon on dark slate, arranged with plenty of empty space", size)
        assert {item.mention.name for item in placed} == {"teapot", "feather", "lemon"}


def test_several_stay_several_in_a_square_and_in_a_portrait() -> None:
    for size in ((1024, 1024), (768, 1344)):
        assert len(arranged("Elephants on a savanna", size)[1]) > 1


def test_a_picture_without_what_the_negative_prompt_bans_differs(paint: Paint) -> None:
    prompt = "A fox and a tent in a forest"
    with_tent, without = paint(prompt), paint(prompt, negative_prompt="tent")
    assert np.abs(with_tent.astype(int) - without.astype(int)).max() > 60


def test_looks_differ_from_each_other(paint: Paint) -> None:
    painted = [paint(f"A boat on a lake, {LOOKS[look].split(',')[0]}").astype(int) for look in sorted(LOOKS)]
    painted.append(paint("A boat on a lake").astype(int))
    for number, one in enumerate(painted):
        for other in painted[:number]:
            assert np.abs(one - other).mean() > 4


def test_trees_stand_beside_a_road_and_fallen_leaves_are_small() -> None:
    scene, trees = arranged("An open road running straight towards low hills, a line of poplars", (1200, 800))
    assert trees
    assert all(abs(tree.x - scene.w / 2) > scene.w * 0.3 for tree in trees)
    scene, leaves = arranged("A tall forest with sunlight falling between the trunks, fallen leaves", (1200, 800))
    assert all(leaf.scale * 100 < scene.h * 0.2 for leaf in leaves)


def test_a_village_gets_no_second_church_and_a_backdrop_no_window_on_the_ground() -> None:
    _, placed = arranged(
        "A small village, its old roofs gathered around a church, goats in the foreground", (1200, 800)
    )
    assert {item.mention.name for item in placed} == {"goat"}
    _, placed = arranged("Stairs on a plain background, lamplight against a window", (1200, 800))
    assert {item.mention.name for item in placed} == {"stairs"}


def test_furniture_that_opens_the_prompt_is_shown_in_a_room() -> None:
    _, placed = arranged("A solid oak chair in a craft workshop", (1200, 800))
    assert [item.mention.name for item in placed] == ["chair"]


@pytest.mark.parametrize("size", [(1536, 512), (768, 1344), (1024, 1024)])
def test_nothing_is_mirrored_in_the_quay(size: tuple[int, int]) -> None:
    scene, placed = arranged("A red fishing boat leaves a misty harbour at dawn", size)
    boat = next(item for item in placed if item.subject.habitat == "water")
    assert scene.bank is not None
    assert scene.water is not None
    assert scene.water[1] < scene.bank < scene.h
    pen = Pen()
    reflect(pen, scene, boat, (5,), 0)
    shown = scene.canvas.render(pen)[..., 3].max(axis=1) > 0
    edge = round(scene.bank * scene.canvas.scale)
    assert shown[:edge].any()
    assert not shown[edge + 1 :].any()


@pytest.mark.parametrize(
    ("prompt", "setting"),
    [
        ("Two people bent over a board in concentration, first morning light through the window", "home"),
        ("A bowl of soup, soft morning light through the window", "kitchen"),
        ("Two people bent over a board in concentration, in bright midday light", "field"),
        ("Villagers in conversation beside a fountain, morning light through the window", "field"),
        ("Two players in a meadow, morning light through the window", "field"),
    ],
)
def test_light_through_a_window_puts_a_nameless_place_indoors(prompt: str, setting: str) -> None:
    assert choose_setting(read_brief(prompt)) == setting


def test_a_public_square_is_paved_where_a_street_has_a_road(paint: Paint) -> None:
    street, square = (
        paint(f"A quiet {place} at midday, neutral colours", size=(512, 384)) for place in ("street", "square")
    )
    low = slice(340, 376)
    assert square[low].mean() > street[low].mean() + 30


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak of a process is read from /proc")
@pytest.mark.parametrize("look", ["watercolour", "flat vector", "paper cut", "poster"])
def test_the_largest_picture_stays_below_700_mb_resident(look: str) -> None:
    """Measured in a process of its own, with the embedding model loaded; these looks work on the most planes."""
    code = f"""
from pathlib import Path
from services.local.embedding import MiniLM
from services.local.engine import PaintRequest
from services.local.illustrator.painter import Illustrator
prompt = "Boats in a harbour at dawn, {look}, colours of moss green and golden ochre"
Illustrator(MiniLM()).paint(PaintRequest(prompt, "", 2048, 2048, 1))
lines = Path("/proc/self/status").read_text().splitlines()
print(next(line.split()[1] for line in lines if line.startswith("VmHWM")))
"""
    # Not getrusage(2): its peak counts what the process was before it became Python, a copy of these tests.
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert int(told.stdout) * 1024 < 700_000_000


def test_there_are_eight_looks_and_at_least_sixteen_places() -> None:
    assert len({"", *LOOKS}) >= 8
    assert len({setting.paint for setting in SETTINGS.values()}) >= 16
