"""The result of an asset for people: its state, each variant with its picture, and who did what in which time."""

from __future__ import annotations

from collections.abc import Sequence

from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from atelier.type.v1.image_pb2 import Marks
from atelier.type.v1.verdict_pb2 import Verdict
from rich.console import Console
from rich.table import Table
from rich.text import Text

from .money import cost_text, dollars
from .timeline import Step, Timeline, verdict_text

# So wide a terminal has room for whole model names.
WIDE = 110
OUTCOMES = {
    pb.Replay.OUTCOME_UNSPECIFIED: "without a counterpart",
    pb.Replay.OUTCOME_SAME: "the same",
    pb.Replay.OUTCOME_DIFFERS: "different",
    pb.Replay.OUTCOME_NOT_REPRODUCIBLE: "not reproducible",
}
STATE_STYLES = {
    pb.Asset.STATE_SUCCEEDED: "green",
    pb.Asset.STATE_BLOCKED: "yellow",
    pb.Asset.STATE_FAILED: "red",
    pb.Asset.STATE_CANCELLED: "red",
    pb.Asset.STATE_NEEDS_REVIEW: "magenta",
}


def state_name(asset: pb.Asset) -> str:
    """The state without its prefix, in lower case."""
    return pb.Asset.State.Name(asset.state).removeprefix("STATE_").lower().replace("_", " ")


def summary(console: Console, timeline: Timeline, pictures: Sequence[tuple[int, str]]) -> None:
    """Show the result of a timeline that has come to its end."""
    if timeline.final is None:
        return
    console.print()
    show_asset(console, timeline.final, pictures, took_s=timeline.last_s - timeline.first_s)
    if any(step.call for step in timeline.steps):
        console.print()
        console.print(_who(timeline.steps, console.width))


def show_asset(
    console: Console, asset: pb.Asset, pictures: Sequence[tuple[int, str]], took_s: float | None = None
) -> None:
    """Show an asset; `pictures` are variants and paths of those that were saved."""
    style = STATE_STYLES.get(asset.state, "cyan")
    took = "" if took_s is None else f"  in {took_s:.2f} s"
    console.print(Text(f"{state_name(asset).upper()}  {asset.name}{took}", style=f"bold {style}"))
    if asset.HasField("error"):
        console.print(Text(f"error: {asset.error.message}", style="red"))
    if asset.content_verdict.decision > Verdict.DECISION_ALLOWED:
        console.print(Text(f"content: {verdict_text(asset.content_verdict)}", style="yellow"))
    for number, variant in enumerate(asset.variants):
        _variant(console, number, variant, [path for owner, path in pictures if owner == number])
    if replayed := replay_text(asset):
        console.print()
        console.print(Text(replayed, style="bold"))
    if cost := cost_text(asset.cost):
        console.print()
        console.print(Text(f"cost: {cost}", style="dim"))
    if asset.state == pb.Asset.STATE_NEEDS_REVIEW:
        name = asset.name.removeprefix("assets/")
        console.print(Text(f"A person has to decide: atelier review {name} --approve, or --reject", style="magenta"))


def replay_text(asset: pb.Asset) -> str:
    """How a replay came out; empty where the asset is none."""
    if not asset.HasField("replay"):
        return ""
    words = [OUTCOMES[outcome] for outcome in asset.replay.outcomes]
    counts = ", ".join(f"{words.count(word)} {word}" for word in dict.fromkeys(words))
    return f"replay of {asset.replay.asset}: {counts or 'no picture'}"


def _variant(console: Console, number: int, variant: pb.Variant, pictures: Sequence[str]) -> None:
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    rows = [
        ("prompt", variant.prompt.text),
        ("avoid", variant.prompt.negative_text),
        ("verdict", verdict_text(variant.verdict) if variant.HasField("verdict") else ""),
        *(("picture", verdict_text(verdict)) for verdict in _image_verdicts(variant)),
        ("held", f"{variant.held_count} picture(s) wait for a review" if variant.held_count else ""),
        *(("review", review_text(review)) for review in variant.reviews),
        ("alt text", variant.prompt.alt_text),
        ("caption", variant.prompt.caption),
        ("error", variant.error.message if variant.HasField("error") else ""),
        *(("error", f"{one.format}: {one.error.message}") for one in variant.renditions if one.HasField("error")),
        ("origin", marks_text(variant.image.marks) if variant.HasField("image") else ""),
        ("cost", cost_text(variant.cost)),
        *(("file", path) for path in (pictures or _sizes(variant))),
    ]
    last = ""
    for name, value in rows:
        if value:
            table.add_row("" if name == last else name, Text(value, style="bold" if name == "file" else ""))
            last = name
    console.print()
    console.print(Text(f"variant {number + 1}", style="bold"))
    console.print(table)


def _image_verdicts(variant: pb.Variant) -> list[Verdict]:
    """Verdicts on pictures that say more than that all is well."""
    verdicts = [one.verdict for one in variant.renditions if one.HasField("verdict")]
    return [one for one in verdicts if one.decision != Verdict.DECISION_ALLOWED or one.findings]


def _sizes(variant: pb.Variant) -> list[str]:
    images = [(one.format, one.image) for one in variant.renditions if one.HasField("image")]
    if not images and variant.HasField("image"):
        images = [("", variant.image)]
    return [f"{form} {image.width}x{image.height} {image.blob.media_type}".strip() for form, image in images]


def review_text(review: pb.Review) -> str:
    """What a person decided, in words."""
    said = "approved" if review.decision == pb.Review.DECISION_APPROVE else "rejected"
    appeal = " on appeal" if review.appeal else ""
    return f"{said}{appeal} by {review.reviewer}" + (f": {review.note}" if review.note else "")


def marks_text(marks: Marks) -> str:
    """How a picture is marked as generated, in words; empty where nothing is known."""
    if marks.signed:
        kind = "a development certificate" if marks.development else marks.signer
        return f"signed (C2PA) with {kind}"
    return "not signed" if marks.digital_source_type else ""


def _who(steps: list[Step], width: int) -> Table:
    """One row for each kind of step and whoever answered it."""
    groups: dict[tuple[str, str], list[Step]] = {}
    for step in steps:
        if step.call is not None:
            groups.setdefault((step.title, step.by if width >= WIDE else step.shortly_by), []).append(step)
    table = Table(box=None, header_style="dim", padding=(0, 2, 0, 0))
    for title in ("step", "calls", "longest", "cost", "answered by"):
        left = title in ("step", "answered by")
        table.add_column(title, justify="left" if left else "right", overflow="fold", no_wrap=title != "answered by")
    for (title, by), group in groups.items():
        longest_s = max(step.took_s for step in group)
        usd = sum(step.call.cost.usd for step in group if step.call)
        table.add_row(title, str(len(group)), f"{longest_s:.2f} s", dollars(usd) if usd else "-", Text(by))
    return table
