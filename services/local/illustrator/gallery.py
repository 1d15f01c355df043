"""Renders the gallery: everyday contents, each written into a prompt by the scribe and painted once, on sheets."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from PIL import Image

from services.local.engine import ChatMessage, PaintRequest, TextEngine, TextRequest
from services.local.illustrator.painter import Illustrator

_CONTENTS = Path(__file__).with_name("gallery.json")
_COLUMNS, _WIDTH, _HEIGHT, _A_SHEET = 6, 288, 192, 36
_VARIANTS = 4
_PROPERTIES = {"prompt": {"type": "string"}, "negative_prompt": {"type": "string"}, "alt_text": {"type": "string"}}
_SCHEMA: dict[str, object] = {
    "type": "object",
    "properties": {
        "prompts": {
            "type": "array",
            "minItems": _VARIANTS,
            "maxItems": _VARIANTS,
            "items": {
                "type": "object",
                "properties": _PROPERTIES,
                "required": list(_PROPERTIES),
                "additionalProperties": False,
            },
        }
    },
    "required": ["prompts"],
    "additionalProperties": False,
}


def contents() -> dict[str, list[str]]:
    """The contents by group; each was written before anything was painted for it, painted once and counted."""
    groups = json.loads(_CONTENTS.read_text("utf-8"))
    return {str(group): [str(text) for text in texts] for group, texts in groups.items()}


def written(engine: TextEngine, content: str, variant: int) -> tuple[str, str]:
    """Prompt and negative prompt that a text model writes for a content; `variant` picks one of four."""
    messages = (
        ChatMessage("system", "Write prompts for a text-to-image model."),
        ChatMessage(
            "user", f'Number of prompts: {_VARIANTS}\n<content boundary="0">\n{content}\n</content boundary="0">'
        ),
    )
    answer = json.loads(engine.complete(TextRequest(messages, max_tokens=2048, seed=1, json_schema=_SCHEMA)))
    row = answer["prompts"][variant % _VARIANTS]
    return str(row["prompt"]), str(row["negative_prompt"])


def contact_sheet(pictures: Sequence[Image.Image], columns: int = _COLUMNS) -> Image.Image:
    """The pictures, all of one size, side by side in rows."""
    width, height = pictures[0].size
    rows = -(-len(pictures) // columns)
    sheet = Image.new("RGB", (columns * width, rows * height), "#ffffff")
    for i, picture in enumerate(pictures):
        sheet.paste(picture, ((i % columns) * width, (i // columns) * height))
    return sheet


def render(out: Path, group: str = "") -> list[Path]:
    """Paints every content (of one `group`, if given) and writes the sheets and their prompts; gives the sheets' paths."""  # noqa: E501
    from services.local.embedding import MiniLM
    from services.local.scribe import Scribe

    out.mkdir(parents=True, exist_ok=True)
    embedder = MiniLM()
    scribe, illustrator, paths = Scribe(embedder), Illustrator(embedder), []
    for name, texts in contents().items():
        if group and name != group:
            continue
        rows = [(content, *written(scribe, content, number)) for number, content in enumerate(texts)]
        for start in range(0, len(rows), _A_SHEET):
            pictures = [_small(illustrator, prompt, negative) for _, prompt, negative in rows[start : start + _A_SHEET]]
            path = out / f"{name}-{start // _A_SHEET + 1}.jpg"
            contact_sheet(pictures).save(path, quality=80, optimize=True)
            paths.append(path)
        listed = "\n".join(f"{number}. {content}\n   > {prompt}" for number, (content, prompt, _) in enumerate(rows, 1))
        (out / f"{name}.md").write_text(f"# Contents and prompts: {name}\n\n{listed}\n", "utf-8")
    return paths


def _small(illustrator: Illustrator, prompt: str, negative: str) -> Image.Image:
    times = 2
    request = PaintRequest(prompt, negative, width=_WIDTH * times, height=_HEIGHT * times)
    picture = Image.fromarray(illustrator.paint(request))
    return picture.resize((_WIDTH, _HEIGHT), Image.Resampling.LANCZOS)


def main(arguments: Sequence[str] | None = None) -> None:
    """Command line: `python -m services.local.illustrator.gallery --out DIR`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="directory for the contact sheets")
    parser.add_argument("--group", default="", help="only this group of contents")
    chosen = parser.parse_args(arguments)
    render(chosen.out, chosen.group)


if __name__ == "__main__":
    main()
