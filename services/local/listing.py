"""models/search, models/schema, tasks/search and authors/search: the catalogue as Cloudflare lists it. Pure."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from services.local.catalogue import Catalogue, Model
from services.local.errors import bad_input
from services.local.pricing import USD_PER_NEURON

MAX_PER_PAGE = 1000
_SOURCE = 1
_NAMES = uuid.uuid5(uuid.NAMESPACE_DNS, "models.atelier.invalid")
_TASKS = {
    "Text Generation": "Writes text, in answer to a prompt or a conversation.",
    "Text Classification": "Sorts a text into labels, or scores texts against a query.",
    "Text Embeddings": "Turns texts into vectors.",
    "Text-to-Image": "Makes pictures from text.",
}


def search(catalogue: Catalogue, query: Mapping[str, str]) -> tuple[list[dict[str, object]], dict[str, object]]:
    """The page of models that a query asks for, and the `result_info` about it.

    Raises:
        CloudflareError: 5006 for a page or size that is no positive number.
    """
    found = [model for model in catalogue.models if _matches(model, query)]
    page, per_page = _positive(query, "page", 1), min(_positive(query, "per_page", 50), MAX_PER_PAGE)
    part = found[(page - 1) * per_page : page * per_page]
    info: dict[str, object] = {"count": len(part), "page": page, "per_page": per_page, "total_count": len(found)}
    return [model_row(model) for model in part], info


def schema(catalogue: Catalogue, name: str) -> dict[str, object]:
    """The schemas of one model; requests are checked with the same ones."""
    model = catalogue.find(name)
    return {"input": model.input, "output": model.output}


def tasks() -> list[dict[str, object]]:
    """Every task of the hosted models."""
    return [task_row(name) for name in _TASKS]


def authors(catalogue: Catalogue) -> list[dict[str, object]]:
    """Every author of the hosted models."""
    names = sorted({model.author for model in catalogue.models})
    return [{"id": _id(name), "name": name, "description": ""} for name in names]


def model_row(model: Model) -> dict[str, object]:
    """One model as a search result."""
    return {
        "id": _id(model.name),
        "source": _SOURCE,
        "name": model.name,
        "description": model.description,
        "task": task_row(model.kind.task),
        "tags": [],
        "properties": _properties(model),
    }


def task_row(name: str) -> dict[str, object]:
    """One task."""
    return {"id": _id(name), "name": name, "description": _TASKS[name]}


def _properties(model: Model) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    if model.beta:
        rows.append({"property_id": "beta", "value": "true"})
    if model.context_tokens:
        rows.append({"property_id": "context_window", "value": str(model.context_tokens)})
    if model.dimensions:
        rows.append({"property_id": "output_dimensions", "value": str(model.dimensions)})
    if prices := _prices(model):
        rows.append({"property_id": "price", "value": prices})
    return rows


def _prices(model: Model) -> list[dict[str, object]]:
    price = model.price
    charged = {
        "per M input tokens": price.input_m,
        "per M output tokens": price.output_m,
        "per 512 by 512 tile": price.tile,
        "per 512 by 512 tile, per step": price.tile_step,
        "per step": price.step,
        "per input 512x512 tile": price.input_tile,
        "per input 512x512 tile, per step": price.input_tile_step,
        "first megapixel": price.first_megapixel,
        "per further megapixel": price.more_megapixels,
    }
    return [
        {"unit": unit, "price": round(neurons * USD_PER_NEURON, 6), "currency": "USD"}
        for unit, neurons in charged.items()
        if neurons
    ]


def _matches(model: Model, query: Mapping[str, str]) -> bool:
    wanted = query.get("search", "").lower()
    return (
        wanted in f"{model.name} {model.description}".lower()
        and query.get("author", "").lower() in ("", model.author)
        and query.get("task", "").lower() in ("", model.kind.task.lower())
        and query.get("source", "") in ("", str(_SOURCE), f"{_SOURCE}.0")
        and not (query.get("hide_experimental") == "true" and model.beta)
    )


def _positive(query: Mapping[str, str], name: str, default: int) -> int:
    text = query.get(name, "")
    if not text:
        return default
    if not text.isascii() or not text.isdigit() or len(text) > 9 or int(text) < 1:
        raise bad_input(f"'{name}' must be >= 1")
    return int(text)


def _id(name: str) -> str:
    return str(uuid.uuid5(_NAMES, name))
