"""The rows of the catalogue: every hosted model with its schemas, behaviour and price (neurons, list of 2026-10)."""

from __future__ import annotations

from dataclasses import replace

from services.local import picture_schemas, schemas
from services.local.catalogue import Catalogue, Kind, Model, PictureForm
from services.local.models_withdrawn import WITHDRAWN
from services.local.pricing import FREE, Price


def _text(
    name: str, about: str, price: tuple[float, float], context: int, *, json_mode: bool = False, beta: bool = False
) -> Model:
    return Model(
        name=name,
        kind=Kind.TEXT,
        description=about,
        input=schemas.CLASSIC_TEXT if json_mode else schemas.OLD_TEXT,
        output=schemas.TEXT_ANSWER,
        price=Price(input_m=price[0], output_m=price[1]),
        context_tokens=context,
        json_mode=json_mode,
        beta=beta,
    )


def _chat(name: str, about: str, price: tuple[float, float], context: int, *, mute_stream: bool = False) -> Model:
    return Model(
        name=name,
        kind=Kind.TEXT,
        description=about,
        input=schemas.OPENAI_TEXT,
        output=schemas.OPENAI_ANSWER,
        price=Price(input_m=price[0], output_m=price[1]),
        context_tokens=context,
        json_mode=True,
        openai_shape=True,
        mute_stream=mute_stream,
    )


def _clef(selector: str, about: str, price: float, context: int) -> Model:
    return Model(
        name=f"@cf/cloudflare/{selector}",
        kind=Kind.DECISION,
        description=about,
        input=schemas.clef(selector),
        output=schemas.CLEF_ANSWER,
        price=Price(input_m=price),
        context_tokens=context,
    )


def _embed(name: str, dimensions: int, price: float) -> Model:
    return Model(
        name=name,
        kind=Kind.EMBED,
        description=f"General text embedding into {dimensions} dimensions.",
        input=schemas.EMBED,
        output=schemas.EMBED_ANSWER,
        price=Price(input_m=price),
        dimensions=dimensions,
    )


def _flux_2(name: str, about: str, steps: int, price: Price) -> Model:
    return Model(
        name=name,
        kind=Kind.PICTURE,
        description=about,
        input=picture_schemas.MULTIPART,
        output=picture_schemas.BASE64_PICTURE,
        price=price,
        picture=PictureForm("jpeg", 1024, 768, steps, multipart=True, filtered=True),
    )


def _diffusion(name: str, about: str, *, encoding: str = "png", side: int = 1024) -> Model:
    return Model(
        name=name,
        kind=Kind.PICTURE,
        description=about,
        input=picture_schemas.STABLE_DIFFUSION,
        output=picture_schemas.RAW_PNG,
        price=FREE,
        beta=True,
        picture=PictureForm(encoding, side, side, 20, raw=True, declared="image/png"),
    )


_TEXT = (
    _text(
        "@cf/meta/llama-3.3-70b-instruct-fp8-fast",
        "Llama 3.3 70B in fp8, tuned for speed.",
        (26668, 204805),
        24_000,
        json_mode=True,
    ),
    _text("@cf/meta/llama-3.1-8b-instruct-fast", "Llama 3.1 8B, fast.", (4119, 34868), 128_000, beta=True),
    _text("@cf/meta/llama-3.1-8b-instruct-fp8-fast", "Llama 3.1 8B in fp8, fast.", (4119, 34868), 128_000),
    _text("@cf/meta/llama-3.2-1b-instruct", "Llama 3.2 1B.", (2457, 18252), 60_000),
    _text("@cf/meta/llama-3.2-3b-instruct", "Llama 3.2 3B.", (4625, 30475), 80_000, json_mode=True),
    _text(
        "@cf/meta/llama-4-scout-17b-16e-instruct",
        "Llama 4 Scout, a mixture of experts.",
        (24545, 77273),
        131_000,
        json_mode=True,
    ),
    replace(
        _text("@cf/mistralai/mistral-small-3.1-24b-instruct", "Mistral Small 3.1 24B.", (31876, 50488), 128_000),
        input=schemas.GUIDED_TEXT,
        guided_json=True,
    ),
    _text("@cf/ibm-granite/granite-4.0-h-micro", "Granite 4.0 H Micro.", (1542, 10158), 131_000),
    _chat("@cf/qwen/qwen3-30b-a3b-fp8", "Qwen3 30B A3B in fp8.", (4625, 30475), 32_768),
    _chat("@cf/google/gemma-4-26b-a4b-it", "Gemma 4 26B A4B.", (9091, 27273), 256_000),
    _chat("@cf/zai-org/glm-4.7-flash", "GLM 4.7 Flash.", (5500, 36400), 131_072),
    _chat("@cf/openai/gpt-oss-20b", "gpt-oss 20B.", (18182, 27273), 128_000, mute_stream=True),
    _chat("@cf/openai/gpt-oss-120b", "gpt-oss 120B.", (31818, 68182), 128_000, mute_stream=True),
)

_MODERATION = (
    Model(
        name="@cf/meta/llama-guard-3-8b",
        kind=Kind.GUARD,
        description="Llama Guard 3 8B: says whether a conversation is safe, and which hazards it has.",
        input=schemas.LLAMA_GUARD,
        output=schemas.TEXT_ANSWER,
        price=Price(input_m=44003, output_m=2730),
        context_tokens=131_072,
    ),
    _clef("clef", "Clef, 27B: answers typed questions about a state with probabilities.", 21818, 65_536),
    _clef("clef-flash", "Clef flash, 9B: answers typed questions about a state with probabilities.", 3455, 24_576),
    _clef("clef-omni", "Clef omni, 30B A3B: like Clef, also for sound and film.", 13636, 65_536),
    Model(
        name="@cf/huggingface/distilbert-sst-2-int8",
        kind=Kind.SENTIMENT,
        description="DistilBERT, tuned for sentiment on SST-2.",
        input=schemas.SENTIMENT,
        output=schemas.SENTIMENT_ANSWER,
        price=Price(input_m=2394),
    ),
)

_EMBEDDING = (
    _embed("@cf/baai/bge-small-en-v1.5", 384, 1841),
    _embed("@cf/baai/bge-base-en-v1.5", 768, 6058),
    _embed("@cf/baai/bge-large-en-v1.5", 1024, 18582),
    _embed("@cf/baai/bge-m3", 1024, 1075),
    Model(
        name="@cf/baai/bge-reranker-base",
        kind=Kind.RERANK,
        description="Scores how well each context answers a query.",
        input=schemas.RERANK,
        output=schemas.RERANK_ANSWER,
        price=Price(input_m=283),
    ),
)

_PICTURES = (
    Model(
        name="@cf/black-forest-labs/flux-1-schnell",
        kind=Kind.PICTURE,
        description="FLUX.1 schnell, 12B: pictures from text in a few steps.",
        input=picture_schemas.FLUX_SCHNELL,
        output=picture_schemas.BASE64_PICTURE,
        price=Price(tile=4.80, tile_step=9.60),
        picture=PictureForm("jpeg", 1024, 1024, 4, filtered=True),
    ),
    _flux_2(
        "@cf/black-forest-labs/flux-2-dev",
        "FLUX.2 dev: detailed pictures, up to four reference pictures.",
        25,
        Price(tile_step=37.50, input_tile_step=18.75),
    ),
    _flux_2(
        "@cf/black-forest-labs/flux-2-klein-4b",
        "FLUX.2 klein 4B: fast making and editing.",
        4,
        Price(tile=26.05, input_tile=5.37),
    ),
    _flux_2(
        "@cf/black-forest-labs/flux-2-klein-9b",
        "FLUX.2 klein 9B: making and editing in four steps.",
        4,
        Price(first_megapixel=1363.64, more_megapixels=181.82),
    ),
    Model(
        name="@cf/leonardo/lucid-origin",
        kind=Kind.PICTURE,
        description="Lucid Origin by Leonardo.AI.",
        input=picture_schemas.LUCID,
        output=picture_schemas.BASE64_PICTURE,
        price=Price(tile=636, step=12),
        picture=PictureForm("jpeg", 1120, 1120, 25),
    ),
    Model(
        name="@cf/leonardo/phoenix-1.0",
        kind=Kind.PICTURE,
        description="Phoenix 1.0 by Leonardo.AI.",
        input=picture_schemas.PHOENIX,
        output=picture_schemas.RAW_JPEG,
        price=Price(tile=530, step=10),
        picture=PictureForm("jpeg", 1024, 1024, 25, raw=True, declared="image/jpeg"),
    ),
    _diffusion("@cf/stabilityai/stable-diffusion-xl-base-1.0", "Stable Diffusion XL 1.0."),
    # One field test found JPEG bytes under this model's image/png header; clients have to cope with it.
    _diffusion("@cf/bytedance/stable-diffusion-xl-lightning", "SDXL in a few steps.", encoding="jpeg"),
    _diffusion("@cf/lykon/dreamshaper-8-lcm", "Dreamshaper 8 with latent consistency.", side=512),
    _diffusion("@cf/runwayml/stable-diffusion-v1-5-img2img", "Stable Diffusion 1.5, from a picture.", side=512),
    _diffusion("@cf/runwayml/stable-diffusion-v1-5-inpainting", "Stable Diffusion 1.5, inside a mask.", side=512),
)

HOSTED = Catalogue((*_TEXT, *_MODERATION, *_EMBEDDING, *_PICTURES), WITHDRAWN)
"""Everything that the stand-in answers for."""
