"""The models that Atelier can speak to, one row each; adding a model is adding a row.

Rows follow the published schemas. A retired model is refused before any request, with the name of one to use instead.
The stand-in answers to these same names.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import TypeVar

from services.kit.errors import Reason
from services.workers_ai.errors import WorkersAIError
from services.workers_ai.models import (
    LARGEST_SEED,
    GuardModel,
    Guidance,
    ImageModel,
    SentimentModel,
    Sizes,
    Steps,
    TextModel,
)

__all__ = [
    "GUARD_MODELS",
    "IMAGE_MODELS",
    "RETIRED",
    "SENTIMENT_MODELS",
    "TEXT_MODELS",
    "GuardModel",
    "ImageModel",
    "SentimentModel",
    "TextModel",
    "guard_model",
    "image_model",
    "known",
    "sentiment_model",
    "text_model",
]

_QUIET = {"chat_template_kwargs": {"enable_thinking": False}}
_BRIEF = {"reasoning_effort": "low"}  # cannot be switched off in gpt-oss

TEXT_MODELS: Mapping[str, TextModel] = {
    row.name: row
    for row in (
        TextModel("@cf/meta/llama-3.3-70b-instruct-fp8-fast", 24_000),
        TextModel("@cf/meta/llama-3.1-8b-instruct-fast", 128_000, "words"),
        TextModel("@cf/meta/llama-3.1-8b-instruct-fp8-fast", 128_000, "words"),
        TextModel("@cf/meta/llama-3.2-1b-instruct", 60_000, "words"),
        TextModel("@cf/meta/llama-3.2-3b-instruct", 80_000, "words"),
        TextModel("@cf/meta/llama-4-scout-17b-16e-instruct", 131_000),
        TextModel("@cf/mistralai/mistral-small-3.1-24b-instruct", 128_000, "words"),
        TextModel("@cf/ibm-granite/granite-4.0-h-micro", 131_000, "words"),
        TextModel("@cf/qwen/qwen3-30b-a3b-fp8", 32_768, extra=_QUIET),
        TextModel("@cf/openai/gpt-oss-20b", 128_000, extra=_BRIEF),
        TextModel("@cf/openai/gpt-oss-120b", 128_000, extra=_BRIEF),
        TextModel("@cf/google/gemma-4-26b-a4b-it", 256_000, "named", 2.0, extra=_QUIET),
        TextModel("@cf/zai-org/glm-4.7-flash", 131_072, "named", 2.0, extra=_QUIET),
    )
}

GUARD_MODELS: Mapping[str, GuardModel] = {
    row.name: row
    for row in (
        # Context 131072 tokens, less what the taxonomy in its template takes.
        GuardModel("@cf/meta/llama-guard-3-8b", "llama-guard", 120_000),
        # Text beyond 2048 tokens is cut off without a word, whatever the context says.
        GuardModel("@cf/cloudflare/clef", "clef", 2_000),
        GuardModel("@cf/cloudflare/clef-flash", "clef", 2_000),
        GuardModel("@cf/cloudflare/clef-omni", "clef", 2_000),
    )
}

SENTIMENT_MODELS: Mapping[str, SentimentModel] = {
    row.name: row for row in (SentimentModel("@cf/huggingface/distilbert-sst-2-int8"),)
}

_FLUX_2 = Sizes(256, 1920, (1024, 768))
_ANY_GUIDANCE = Guidance(0.0, 100.0, 0.0)  # no range is published


def _stable_diffusion(name: str) -> ImageModel:
    # The latent space of the family is an eighth of the picture's size.
    return ImageModel(
        name,
        sizes=Sizes(256, 2048, multiple=8),
        steps=Steps("num_steps", 1, 20, 20),
        guidance=Guidance(0.0, 100.0, 7.5),
        seed=LARGEST_SEED,
        negative_prompt=True,
    )


IMAGE_MODELS: Mapping[str, ImageModel] = {
    row.name: row
    for row in (
        ImageModel("@cf/black-forest-labs/flux-1-schnell", max_prompt_length=2048, steps=Steps("steps", 1, 8, 4)),
        ImageModel(
            "@cf/black-forest-labs/flux-2-dev",
            "multipart",
            sizes=_FLUX_2,
            steps=Steps("steps", 1, 50),
            guidance=_ANY_GUIDANCE,
            seed=LARGEST_SEED,
        ),
        ImageModel(
            "@cf/black-forest-labs/flux-2-klein-4b",
            "multipart",
            sizes=_FLUX_2,
            guidance=_ANY_GUIDANCE,
            seed=LARGEST_SEED,
        ),
        ImageModel(
            "@cf/black-forest-labs/flux-2-klein-9b",
            "multipart",
            sizes=_FLUX_2,
            guidance=_ANY_GUIDANCE,
            seed=LARGEST_SEED,
        ),
        ImageModel(
            "@cf/leonardo/lucid-origin",
            sizes=Sizes(0, 2500, (1120, 1120)),
            steps=Steps("num_steps", 1, 40),
            guidance=Guidance(0.0, 10.0, 4.5),
            seed=LARGEST_SEED,
        ),
        ImageModel(
            "@cf/leonardo/phoenix-1.0",
            sizes=Sizes(0, 2048, (1024, 1024)),
            steps=Steps("num_steps", 1, 50, 25),
            guidance=Guidance(2.0, 10.0, 2.0),
            seed=LARGEST_SEED,
            negative_prompt=True,
        ),
        _stable_diffusion("@cf/stabilityai/stable-diffusion-xl-base-1.0"),
        _stable_diffusion("@cf/bytedance/stable-diffusion-xl-lightning"),
        _stable_diffusion("@cf/lykon/dreamshaper-8-lcm"),
        _stable_diffusion("@cf/runwayml/stable-diffusion-v1-5-img2img"),
        _stable_diffusion("@cf/runwayml/stable-diffusion-v1-5-inpainting"),
    )
}

_TEXT_NOW = "@cf/meta/llama-3.1-8b-instruct-fast"
_LARGE_NOW = "@cf/meta/llama-3.3-70b-instruct-fp8-fast"
_GEMMA_NOW = "@cf/google/gemma-4-26b-a4b-it"
_QWEN_NOW = "@cf/qwen/qwen3-30b-a3b-fp8"
_MISTRAL_NOW = "@cf/mistralai/mistral-small-3.1-24b-instruct"

RETIRED: Mapping[str, str] = {
    "@hf/thebloke/llamaguard-7b-awq": "@cf/meta/llama-guard-3-8b",
    "@cf/meta/llama-3.1-8b-instruct": _TEXT_NOW,
    "@cf/meta/llama-3.1-8b-instruct-awq": _TEXT_NOW,
    "@cf/meta/llama-3-8b-instruct": _TEXT_NOW,
    "@cf/meta/llama-3-8b-instruct-awq": _TEXT_NOW,
    "@hf/meta-llama/meta-llama-3-8b-instruct": _TEXT_NOW,
    "@cf/meta/llama-2-7b-chat-fp16": _TEXT_NOW,
    "@cf/meta/llama-2-7b-chat-int8": _TEXT_NOW,
    "@hf/thebloke/llama-2-13b-chat-awq": _TEXT_NOW,
    "@cf/meta/llama-3.1-70b-instruct": _LARGE_NOW,
    "@cf/google/gemma-3-12b-it": _GEMMA_NOW,
    "@hf/google/gemma-7b-it": _GEMMA_NOW,
    "@cf/microsoft/phi-2": _GEMMA_NOW,
    "@hf/nousresearch/hermes-2-pro-mistral-7b": _MISTRAL_NOW,
    "@cf/mistral/mistral-7b-instruct-v0.1": _MISTRAL_NOW,
    "@hf/mistral/mistral-7b-instruct-v0.2": _MISTRAL_NOW,
    "@hf/thebloke/mistral-7b-instruct-v0.1-awq": _MISTRAL_NOW,
    "@hf/thebloke/zephyr-7b-beta-awq": _MISTRAL_NOW,
    "@hf/thebloke/neural-chat-7b-v3-1-awq": _MISTRAL_NOW,
    "@hf/thebloke/openhermes-2.5-mistral-7b-awq": _MISTRAL_NOW,
    "@hf/nexusflow/starling-lm-7b-beta": _MISTRAL_NOW,
    "@cf/openchat/openchat-3.5-0106": _MISTRAL_NOW,
    "@cf/thebloke/discolm-german-7b-v1-awq": _MISTRAL_NOW,
    "@cf/fblgit/una-cybertron-7b-v2-bf16": _MISTRAL_NOW,
    "@cf/tiiuae/falcon-7b-instruct": _MISTRAL_NOW,
    "@cf/tinyllama/tinyllama-1.1b-chat-v1.0": "@cf/meta/llama-3.2-1b-instruct",
    "@cf/qwen/qwen1.5-0.5b-chat": _QWEN_NOW,
    "@cf/qwen/qwen1.5-1.8b-chat": _QWEN_NOW,
    "@cf/qwen/qwen1.5-7b-chat-awq": _QWEN_NOW,
    "@cf/qwen/qwen1.5-14b-chat-awq": _QWEN_NOW,
    "@hf/thebloke/deepseek-coder-6.7b-base-awq": _QWEN_NOW,
    "@hf/thebloke/deepseek-coder-6.7b-instruct-awq": _QWEN_NOW,
    "@cf/deepseek-ai/deepseek-math-7b-instruct": _QWEN_NOW,
    "@cf/defog/sqlcoder-7b-2": _QWEN_NOW,
}

_KINDS: Mapping[str, Mapping[str, object]] = {
    "text-generation": TEXT_MODELS,
    "moderation": GUARD_MODELS,
    "sentiment": SENTIMENT_MODELS,
    "text-to-image": IMAGE_MODELS,
}

Row = TypeVar("Row")


def text_model(name: str) -> TextModel:
    """The row of a text-generation model, or MODEL_UNSUPPORTED."""
    return _row(TEXT_MODELS, name, "text-generation")


def guard_model(name: str) -> GuardModel:
    """The row of a moderation model, or MODEL_UNSUPPORTED."""
    return _row(GUARD_MODELS, name, "moderation")


def sentiment_model(name: str) -> SentimentModel:
    """The row of a sentiment model, or MODEL_UNSUPPORTED."""
    return _row(SENTIMENT_MODELS, name, "sentiment")


def image_model(name: str) -> ImageModel:
    """The row of a text-to-image model, or MODEL_UNSUPPORTED."""
    return _row(IMAGE_MODELS, name, "text-to-image")


def known(name: str) -> None:
    """Raise MODEL_UNSUPPORTED unless some row, of whatever kind, has this name."""
    if not any(name in rows for rows in _KINDS.values()):
        raise _unsupported(name, {name: row for rows in _KINDS.values() for name, row in rows.items()}, "")


def _row(rows: Mapping[str, Row], name: str, kind: str) -> Row:
    row = rows.get(name)
    if row is None:
        raise _unsupported(name, rows, kind)
    return row


def _unsupported(name: str, rows: Mapping[str, object], kind: str) -> WorkersAIError:
    message, instead = _why(name, rows, kind)
    metadata = {"replacement": instead} if instead else {}
    return WorkersAIError(Reason.MODEL_UNSUPPORTED, message, metadata=metadata, model=name)


def _why(name: str, rows: Mapping[str, object], kind: str) -> tuple[str, str]:
    """What is wrong with a name, and the name to use instead."""
    if name in RETIRED:
        return f"{name} is retired; set {RETIRED[name]} instead", RETIRED[name]
    for other, its_rows in _KINDS.items():
        if name in its_rows:
            return f"{name} is a {other} model, not a {kind} model; set one of {', '.join(rows)}", ""
    close = difflib.get_close_matches(name, rows, n=1)
    if close:
        return f"{name or 'the empty name'} is not a model that Atelier knows; did you mean {close[0]}?", close[0]
    return f"{name or 'the empty name'} is not a model that Atelier knows; set one of {', '.join(rows)}", ""
