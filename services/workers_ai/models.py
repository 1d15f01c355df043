"""What is known about a hosted model: the kinds of rows the catalogue has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

# The longest text that the older schemas take in one field; also used where none is published. Unicode code points.
LONGEST_TEXT = 131_072
# The largest seed sent where no limit is published: what every sampler takes.
LARGEST_SEED = 2**32 - 1


@dataclass(frozen=True, slots=True)
class TextModel:
    """A text-generation model.

    `context_tokens` bounds prompt and answer together. `json_mode` is how it is asked for JSON: "bare" (the schema
    itself under `json_schema`), "named" (OpenAI's wrapper as well), or "words" (no JSON mode: the schema goes into the
    prompt). `extra` is sent with every request; it switches thinking off where the model would think aloud.
    """

    name: str
    context_tokens: int
    json_mode: Literal["bare", "named", "words"] = "bare"
    max_temperature: float = 5.0
    max_content_length: int = LONGEST_TEXT
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class GuardModel:
    """A moderation model.

    `dialect` is "llama-guard" or "clef". `max_text_bytes` of UTF-8 surely fit into what the model reads, because a
    token is at least one byte; a longer text is judged in pieces. `threshold` is the probability from which a hazard
    counts (Clef only).
    """

    name: str
    dialect: Literal["llama-guard", "clef"]
    max_text_bytes: int
    threshold: float = 0.5

    @property
    def short_name(self) -> str:
        """The last part of the name, which Clef wants to hear again."""
        return self.name.rpartition("/")[2]

    @property
    def sees(self) -> bool:
        """Whether it takes pictures, and questions of one's own."""
        return self.dialect == "clef"


@dataclass(frozen=True, slots=True)
class SentimentModel:
    """A model that tells positive from negative tone."""

    name: str


@dataclass(frozen=True, slots=True)
class Sizes:
    """Widths and heights a model takes, in pixels; `default` is (width, height) or None where none is published."""

    at_least: int
    at_most: int
    default: tuple[int, int] | None = None
    multiple: int = 1


@dataclass(frozen=True, slots=True)
class Steps:
    """The field for diffusion steps, what it takes, and the model's own default (0: none is published)."""

    field: str
    at_least: int
    at_most: int
    default: int = 0


@dataclass(frozen=True, slots=True)
class Guidance:
    """What `guidance` takes, and the model's own default."""

    at_least: float
    at_most: float
    default: float


@dataclass(frozen=True, slots=True)
class ImageModel:
    """A text-to-image model.

    `body` is the form of the request. None, or False, marks a field that the model does not take and that is never
    sent. `seed` is the largest seed.
    """

    name: str
    body: Literal["json", "multipart"] = "json"
    max_prompt_length: int = LONGEST_TEXT
    sizes: Sizes | None = None
    steps: Steps | None = None
    guidance: Guidance | None = None
    seed: int | None = None
    negative_prompt: bool = False
