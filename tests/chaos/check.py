"""What has to hold after any amount of killing, counted."""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path

import grpc
from atelier.orchestrator.v1 import orchestrator_pb2 as pb

from services.kit.channel import open_channel
from services.kit.errors import ServiceError
from services.orchestrator.flow import ImpossibleEventError, fold_all
from tests.chaos.load import Crowd, Story, digest_of, whole_log

AT_ONCE = 8


@dataclass
class Report:
    """The counts of a run; `problems` says what is behind those that have to be 0."""

    accepted: int = 0
    final: int = 0
    lost: int = 0
    gaps: int = 0
    changed: int = 0
    repeated_steps: int = 0
    decisions: int = 0
    other_decisions: int = 0
    unknown_attempts: int = 0
    orphan_pictures: int = 0
    wrong_digests: int = 0
    pictures: int = 0
    states: Counter[str] = field(default_factory=Counter)
    failures: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether nothing was lost, torn or changed."""
        torn = self.lost or self.gaps or self.changed or self.repeated_steps
        return not (torn or self.other_decisions or self.wrong_digests)

    def table(self) -> str:
        """The counts for people."""
        rows = {
            "accepted": self.accepted,
            "final": f"{self.final} ({_counts(self.states)})",
            "given up": _counts(self.failures) or "nothing",
            "lost": self.lost,
            "gaps": self.gaps,
            "changed events": self.changed,
            "repeated steps": self.repeated_steps,
            "decisions": self.decisions,
            "wrong decisions": self.other_decisions,
            "unknown attempts": self.unknown_attempts,
            "pictures": self.pictures,
            "orphan pictures": self.orphan_pictures,
            "wrong digests": self.wrong_digests,
        }
        return "\n".join(f"{name:18} {value}" for name, value in rows.items())


def _counts(counter: Counter[str]) -> str:
    return ", ".join(f"{n} {name}" for name, n in sorted(counter.items()))


async def check(crowd: Crowd, targets: list[str], images: Path | None = None) -> Report:
    """Compare what clients were told with what each replica tells now, and pictures with their digests.

    Pictures that nobody needs are counted in the store `images`, where there is one.
    """
    report = Report(accepted=crowd.accepted)
    digests: set[str] = set()
    async with AsyncExitStack() as exits:
        channels = [await exits.enter_async_context(open_channel(target)) for target in targets]
        gate = asyncio.Semaphore(AT_ONCE)

        async def gated(story: Story) -> None:
            async with gate:
                digests.update(await _check_story(story, channels, report))

        await asyncio.gather(*(gated(story) for story in crowd.stories.values()))
    if images is not None:
        report.orphan_pictures = len(_stored(images) - digests)
    return report


async def _check_story(story: Story, channels: list[grpc.aio.Channel], report: Report) -> set[str]:
    """Check one asset; returns the digests of its pictures."""
    final = story.final
    if final is None:
        report.lost += 1
        last = story.events[-1] if story.events else None
        report.problems += [f"{story.name}: never ended; last heard: {last}", *story.problems]
        return set()
    report.final += 1
    report.states[pb.Asset.State.Name(final.state).removeprefix("STATE_")] += 1
    _count_failures(final, report)
    report.gaps += len(story.problems)
    report.problems += story.problems
    for number, channel in enumerate(channels, start=1):
        if await whole_log(channel, story.name) != story.events:
            report.changed += 1
            report.problems.append(f"{story.name}: replica {number} tells another log")
    try:
        fold_all(story.events)
    except ImpossibleEventError as error:
        report.repeated_steps += 1
        report.problems.append(str(error))
    written = sum(event.HasField("variant_reviewed") for event in story.events)
    report.decisions += len(story.decided)
    if written != len(story.decided):
        report.other_decisions += 1
        report.problems.append(f"{story.name}: {len(story.decided)} decisions were made, {written} are written down")
    report.unknown_attempts += sum(event.HasField("step_unknown") for event in story.events)
    return await _check_pictures(final, channels[0], report)


def _count_failures(final: pb.Asset, report: Report) -> None:
    """Count why assets and variants were given up: nothing that was killed for a moment is a reason to."""
    errors = {"asset": final.error, **{f"variant {n}": variant.error for n, variant in enumerate(final.variants)}}
    for what, error in errors.items():
        if error.code:
            reason = ServiceError.from_status(error).reason
            report.failures[reason] += 1
            report.problems.append(f"{final.name}: {what} failed, {reason}: {error.message}")


async def _check_pictures(final: pb.Asset, channel: grpc.aio.Channel, report: Report) -> set[str]:
    digests = {
        (number, place): rendition.image.blob.digest
        for number, variant in enumerate(final.variants)
        for place, rendition in enumerate(variant.renditions)
        if rendition.image.blob.digest
    }
    report.pictures += len(digests)
    for (number, place), digest in digests.items():
        found = await digest_of(channel, final.name, number, place)
        if found != digest:
            report.wrong_digests += 1
            report.problems.append(f"{final.name}: picture {number}, format {place} is {found} instead of {digest}")
    return set(digests.values())


def _stored(images: Path) -> set[str]:
    """Digests of what the picture store keeps."""
    pictures = images / "pictures"
    if not pictures.is_dir():
        raise FileNotFoundError(f"{pictures} is not there: the store has another layout than this check knows")
    return {f"sha256:{path.stem}" for path in pictures.rglob("*") if path.is_file() and "@" not in path.name}
