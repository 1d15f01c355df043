"""Renders the gallery: everyday contents, each painted once, on contact sheets; `--out` names the directory."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from PIL import Image

from services.local.engine import PaintRequest
from services.local.illustrator.painter import Illustrator

_CONTENTS = Path(__file__).with_name("gallery.json")
_COLUMNS, _WIDTH, _HEIGHT, _A_SHEET = 4, 384, 256, 24


def contents() -> list[str]:
    """The prompts of the gallery."""
    listed = json.loads(_CONTENTS.read_text("utf-8"))
    return [str(prompt) for prompt in listed]


def contact_sheet(pictures: Sequence[Image.Image], columns: int = _COLUMNS) -> Image.Image:
    """The pictures, all of one size, side by side in rows."""
    width, height = pictures[0].size
    rows = -(-len(pictures) // columns)
    sheet = Image.new("RGB", (columns * width, rows * height), "#ffffff")
    for i, picture in enumerate(pictures):
        sheet.paste(picture, ((i % columns) * width, (i // columns) * height))
    return sheet


def render(out: Path) -> list[Path]:
    """Paints every content at twice its size on the sheet and writes the sheets as JPEG; gives back their paths."""
    out.mkdir(parents=True, exist_ok=True)
    illustrator = Illustrator()
    prompts = contents()
    paths = []
    for number, start in enumerate(range(0, len(prompts), _A_SHEET), 1):
        pictures = [
            Image.fromarray(illustrator.paint(PaintRequest(prompt, width=_WIDTH * 2, height=_HEIGHT * 2))).resize(
                (_WIDTH, _HEIGHT), Image.Resampling.LANCZOS
            )
            for prompt in prompts[start : start + _A_SHEET]
        ]
        path = out / f"sheet-{number}.jpg"
        contact_sheet(pictures).save(path, quality=82, optimize=True)
        paths.append(path)
    return paths


def main(arguments: Sequence[str] | None = None) -> None:
    """Command line: `python -m services.local.illustrator.gallery --out DIR`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="directory for the contact sheets")
    render(parser.parse_args(arguments).out)


if __name__ == "__main__":
    main()
