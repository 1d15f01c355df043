"""Embeddings and re-ranking, both by the embedder."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import orjson
import pybase64
from numpy.typing import NDArray

from services.local import tokens
from services.local.engine import Engines
from services.local.errors import CloudflareError
from services.local.fields import integer_of, list_of, text_of
from services.local.pricing import text_neurons
from services.local.work import JSON_TYPE, Answer, Work, enveloped

ENGINE = "local/embedder"


async def embed(work: Work) -> Answer:
    """Answer an embedding request, natively or in OpenAI's shape."""
    texts = _texts(work.body.get("input" if work.openai else "text"))
    vectors = await work.host.words(lambda engines: _vectors(engines, texts, work.model.dimensions))
    count = sum(tokens.count(text) for text in texts)
    neurons = text_neurons(work.model.price, count, 0)
    if not work.openai:
        pooling = text_of(work.body, "pooling", "mean")
        result = {"shape": list(vectors.shape), "data": vectors.tolist(), "pooling": pooling}
        return enveloped(result, ENGINE, neurons)
    packed = work.body.get("encoding_format") == "base64"
    rows = [
        {"object": "embedding", "index": index, "embedding": _packed(row) if packed else row.tolist()}
        for index, row in enumerate(vectors)
    ]
    usage = {"prompt_tokens": count, "total_tokens": count}
    body = {"object": "list", "data": rows, "model": work.model.name, "usage": usage}
    return Answer(orjson.dumps(body), JSON_TYPE, ENGINE, neurons)


async def rerank(work: Work) -> Answer:
    """Answer a re-ranking request: contexts by likeness to the query, best first."""
    query = text_of(work.body, "query")
    contexts = [text_of(row, "text") for row in list_of(work.body, "contexts") if isinstance(row, dict)]
    vectors = await work.host.words(lambda engines: _vectors(engines, [query, *contexts], 0))
    scores = (vectors[1:] @ vectors[0] + 1) / 2
    rows = [{"id": index, "score": min(1.0, max(0.0, float(score)))} for index, score in enumerate(scores)]
    rows.sort(key=lambda row: -row["score"])
    count = tokens.count(query) + sum(tokens.count(context) for context in contexts)
    best = rows[: integer_of(work.body, "top_k", len(rows))]
    return enveloped({"response": best}, ENGINE, text_neurons(work.model.price, count, 0))


def _texts(value: object) -> list[str]:
    given = value if isinstance(value, list) else [value]
    return [text for text in given if isinstance(text, str)]


def _vectors(engines: Engines, texts: Sequence[str], dimensions: int) -> NDArray[np.float32]:
    if engines.embed is None:
        raise CloudflareError(3043)
    found = engines.embed.encode(texts)
    # Zeros give the shape of the larger models and change neither length nor likeness.
    missing = max(0, dimensions - found.shape[1])
    return np.pad(found, ((0, 0), (0, missing))) if missing else found


def _packed(row: NDArray[np.float32]) -> str:
    return pybase64.b64encode(row.astype("<f4").tobytes()).decode("ascii")
