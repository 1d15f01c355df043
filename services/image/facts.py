"""What is known about the making of a picture, and the words for it: IPTC's digital source types. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from services.image.labels import Label

_VOCABULARY = "http://cv.iptc.org/newscodes/digitalsourcetype/"

# "Media created purely by an algorithm not based on any sampled training data": the illustrator draws with programs
# and learned from no picture. It is no composite either, which is put together from media that existed before.
ALGORITHMIC = f"{_VOCABULARY}algorithmicMedia"
# "Created using a model derived from sampled content": what every diffusion model makes.
TRAINED_ALGORITHMIC = f"{_VOCABULARY}trainedAlgorithmicMedia"

UNKNOWN_TIME = datetime.fromtimestamp(0, UTC)

_DRAWING_ENGINES = ("local/illustrator", "local/instant")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a picture's manifest and metadata are made of.

    `model` is the hosted model that was asked, `engine` the embedded engine that answered in its place, or "". Digests
    are "sha256:..." of the prompt and of the model's own bytes.
    """

    label: Label = field(default_factory=Label)
    model: str = ""
    engine: str = ""
    prompt_digest: str = ""
    source_digest: str = ""
    made_at: datetime = UNKNOWN_TIME

    @property
    def maker(self) -> str:
        """Who really made the picture: the embedded engine, or else the model."""
        return self.engine or self.model

    @property
    def digital_source_type(self) -> str:
        """How the picture was made, as IPTC's vocabulary calls it."""
        return ALGORITHMIC if self.engine in _DRAWING_ENGINES else TRAINED_ALGORITHMIC

    @property
    def time(self) -> str:
        """When it was made, ISO 8601 in UTC to the second."""
        return self.made_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def assertion_of(facts: Facts) -> dict[str, object]:
    """The facts as the manifest's own assertion holds them; what is empty is left out."""
    label = facts.label
    values = {
        "model": facts.model,
        "engine": facts.engine,
        "time": facts.time,
        "asset": label.asset,
        "promptModel": label.prompt_model,
        "contentDigest": label.content_digest,
        "promptDigest": facts.prompt_digest,
        "sourceDigest": facts.source_digest,
        "policy": label.policy_name,
        "policyVersion": label.policy_version,
        "decision": label.decision,
    }
    return {name: value for name, value in values.items() if value}


def facts_from(assertion: Mapping[str, object], label: Label) -> Facts:
    """The facts that an assertion holds, with the texts of `label`; what is not a text is taken for missing."""

    def text(name: str) -> str:
        value = assertion.get(name)
        return value[:1000] if isinstance(value, str) else ""

    return Facts(
        label=Label(
            alt_text=label.alt_text,
            caption=label.caption,
            language=label.language,
            credit=label.credit,
            asset=text("asset"),
            content_digest=text("contentDigest"),
            policy_name=text("policy"),
            policy_version=text("policyVersion"),
            decision=text("decision"),
            prompt_model=text("promptModel"),
        ),
        model=text("model"),
        engine=text("engine"),
        prompt_digest=text("promptDigest"),
        source_digest=text("sourceDigest"),
        made_at=_time(text("time")),
    )


def _time(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):
        return UNKNOWN_TIME
