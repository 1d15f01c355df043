"""The models that the stand-in hosts under Cloudflare's names, looked up by name.

The table is the stand-in's own: it shares nothing with the client's, so that each checks the other.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass

from services.local.errors import deprecated_model, no_route, no_such_model
from services.local.pricing import Price
from services.local.validation import Schema


class Kind(enum.Enum):
    """What a model does; the value is Cloudflare's name of the task."""

    TEXT = "Text Generation"
    GUARD = "Text Generation (Llama Guard)"
    DECISION = "Text Generation (Clef)"
    SENTIMENT = "Text Classification"
    RERANK = "Text Classification (reranker)"
    EMBED = "Text Embeddings"
    PICTURE = "Text-to-Image"

    @property
    def task(self) -> str:
        """Cloudflare's name of the task."""
        return self.value.partition(" (")[0]


@dataclass(frozen=True, slots=True)
class PictureForm:
    """How a text-to-image model is asked and how it answers.

    `encoding` is what the bytes are, `declared` what the Content-Type says (they differ for one model); `raw` answers
    bytes, the others base64 in JSON. Sizes in pixels.
    """

    encoding: str
    width: int
    height: int
    steps: int
    raw: bool = False
    declared: str = ""
    multipart: bool = False
    filtered: bool = False


@dataclass(frozen=True, slots=True)
class Model:
    """One hosted model: its name, schemas, price and behaviour.

    `openai_shape` models answer with a chat.completion object even on the native route. `json_mode` models take a JSON
    schema for their answer as `response_format`, `guided_json` models under that name. `mute_stream` models answer a
    native streaming request with an empty result.
    """

    name: str
    kind: Kind
    description: str
    input: Schema
    output: Schema
    price: Price
    context_tokens: int = 0
    json_mode: bool = False
    guided_json: bool = False
    openai_shape: bool = False
    mute_stream: bool = False
    beta: bool = False
    dimensions: int = 0
    picture: PictureForm | None = None

    @property
    def author(self) -> str:
        """The second part of the name: who made the model."""
        return self.name.split("/")[1]


class Catalogue:
    """Hosted and withdrawn models by name."""

    def __init__(self, models: tuple[Model, ...], withdrawn: dict[str, str]) -> None:
        self.models = models
        self._by_name = {model.name: model for model in models}
        self._withdrawn = withdrawn

    def find(self, name: str) -> Model:
        """The model of this name.

        Raises:
            CloudflareError: 5007 unknown, 5028 withdrawn, 7000 where the name is none of a hosted model.
        """
        if model := self._by_name.get(name):
            return model
        if day := self._withdrawn.get(name):
            raise deprecated_model(day)
        if name.startswith("@") and name.count("/") >= 2:
            raise no_such_model(name)
        raise no_route()
