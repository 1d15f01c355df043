"""`python -m client.demo`: send a text through all three models, show each step, leave the pictures on disk."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from rich.console import Console
from rich.text import Text

from .display import Progress
from .errors import AtelierError, Refused
from .http import Atelier, Job
from .summary import summary
from .timeline import Timeline

SAMPLE = Path(__file__).parent / "samples" / "puffins.md"
CONTENT_TYPES = {".md": "text/markdown", ".markdown": "text/markdown", ".html": "text/html", ".htm": "text/html"}


def main() -> None:
    """Run the demonstration; exit code 0 where at least one picture was made."""
    options = parse_arguments()
    console = Console()
    try:
        content = options.content.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        sys.exit(f"cannot read {options.content}: {error}")
    console.print(Text(f"{options.content.name}: {len(content.split())} words, {options.variants} variant(s)"))
    timeline = Timeline()
    kind = CONTENT_TYPES.get(options.content.suffix.lower(), "text/plain")
    atelier = Atelier(options.url)
    job = atelier.create(content, content_type=kind, variants=options.variants, style=options.style)
    try:
        with Progress(console, timeline) as progress:
            for event in job:
                progress.show(timeline.add(event))
        pictures = save(job, options.out)
    except Refused as error:
        sys.exit(f"refused: {error}")
    except AtelierError as error:
        sys.exit(str(error))
    summary(console, timeline, pictures)
    console.print(said_by(timeline), style="dim")
    sys.exit(0 if pictures else 1)


def parse_arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m client.demo", description=__doc__)
    url = os.environ.get("ATELIER_CLIENT_URL", "http://127.0.0.1:8080")
    parser.add_argument("--content", type=Path, default=SAMPLE, help="a text, Markdown or HTML file")
    parser.add_argument("--variants", type=int, default=1, help="how many pictures, 1 to 8")
    parser.add_argument("--style", default="", help='words that steer the look, for example "paper cut"')
    parser.add_argument("--out", type=Path, default=Path("out"), help="directory for the pictures")
    parser.add_argument("--url", default=url, help="where the gateway is (default: ATELIER_CLIENT_URL)")
    return parser.parse_args()


def save(job: Job, out: Path) -> list[tuple[int, str]]:
    """Write the pictures of a job below `out`; returns variant and path of each."""
    out.mkdir(parents=True, exist_ok=True)
    paths: list[tuple[int, str]] = []
    for picture in job.images():
        form = f"-{picture.format}" if picture.format else ""
        path = out / f"{job.name.rpartition('/')[2]}-{picture.variant + 1}{form}{picture.suffix}"
        path.write_bytes(picture.data)
        paths.append((picture.variant, str(path)))
    return paths


def said_by(timeline: Timeline) -> str:
    """One honest sentence about who made this."""
    engines = {step.call.engine for step in timeline.steps if step.call is not None}
    if engines and "" not in engines:
        return "Made by the embedded engines; set CLOUDFLARE_ACCOUNT_ID and CLOUDFLARE_API_TOKEN for the hosted models."
    return "Made by the hosted models of Cloudflare Workers AI."


if __name__ == "__main__":
    main()
