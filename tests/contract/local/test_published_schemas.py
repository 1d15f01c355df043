"""What the stand-in answers fits the output schemas that Cloudflare publishes, and its own inputs agree with theirs."""

from __future__ import annotations

from pathlib import Path

import jsonschema
import orjson
import pytest
from referencing import Registry

from services.local.models_hosted import HOSTED

FOLDER = Path(__file__).resolve().parents[3].parent / "shared" / "facts" / "workers-ai-schemas"
ASKED = {
    "flux-1-schnell": {"prompt": "x"},
    "lucid-origin": {"prompt": "x", "width": 256, "height": 256},
    "distilbert-sst-2-int8": {"text": "x"},
    "bge-reranker-base": {"query": "x", "contexts": [{"text": "y"}]},
    "bge-small-en-v1.5": {"text": ["x", "y"]},
    "llama-guard-3-8b": {"messages": [{"role": "user", "content": "x"}]},
    "llama-3.2-1b-instruct": {"prompt": "x"},
    "llama-3.1-8b-instruct-fast": {"messages": [{"role": "user", "content": "x"}]},
    "llama-3.3-70b-instruct-fp8-fast": {"messages": [{"role": "user", "content": "x"}]},
    "clef-flash": {
        "model": "clef-flash",
        "state": {"text": "x"},
        "questions": {
            "a": {"type": "noul", "instructions": "Is it?", "criteria": {"true": "yes", "false": "no"}},
            "b": {"type": "choice", "instructions": "Which?", "criteria": {"one": None, "two": "2"}},
            "c": {"type": "score", "instructions": "How much?", "criteria": ["little", "much"]},
        },
    },
}
RAW = {
    "phoenix-1.0": {"prompt": "x"},
    "stable-diffusion-xl-base-1.0": {"prompt": "x", "width": 256, "height": 256},
    "stable-diffusion-xl-lightning": {"prompt": "x"},
    "dreamshaper-8-lcm": {"prompt": "x"},
    "stable-diffusion-v1-5-img2img": {"prompt": "x"},
    "stable-diffusion-v1-5-inpainting": {"prompt": "x"},
}
LIMITS = (
    "minLength",
    "maxLength",
    "minimum",
    "maximum",
    "type",
    "minItems",
    "maxItems",
    "minProperties",
    "maxProperties",
)

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the published schemas do not lie beside the repository")


def published(name: str) -> dict:
    return orjson.loads((FOLDER / f"{name}.json").read_bytes())


def _validate_one(schema: dict, value: object) -> None:
    # The variants for asynchronous batches require nothing and so match everything: one of the others has to match.
    variants = [part for part in schema.get("oneOf", [schema]) if "Async" not in part.get("title", "")]
    variants = [part for part in variants if "requests" not in part.get("properties", {})]
    validator = jsonschema.Draft202012Validator({"oneOf": variants}, registry=Registry())
    validator.validate(value)


@pytest.mark.parametrize("name", sorted(ASKED))
async def test_a_json_answer_fits_the_published_schema(api, name):
    facts = published(name)
    _validate_one(facts["schema"]["input"], ASKED[name])
    reply = await api.run(facts["name"], ASKED[name])
    assert reply.status == 200, reply.body
    result = reply.json()["result"]
    _validate_one(facts["schema"]["output"], result)


@pytest.mark.parametrize("name", sorted(RAW))
async def test_a_raw_answer_has_the_published_content_type(api, name):
    facts = published(name)
    reply = await api.run(facts["name"], RAW[name])
    assert reply.headers["Content-Type"] == facts["schema"]["output"]["contentType"]


async def test_a_search_result_describes_the_model_as_published(api):
    found = {
        row["name"]: row for row in (await api.send("GET", f"{api.ai}/models/search?per_page=100")).json()["result"]
    }
    for path in FOLDER.glob("*.json"):
        facts = orjson.loads(path.read_bytes())
        assert found[facts["name"]]["task"]["name"] == facts["task"]["name"]


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.json")), ids=lambda path: path.stem)
def test_the_limits_of_every_parameter_are_the_published_ones(path):
    facts = orjson.loads(path.read_bytes())
    theirs = _parameters(facts["schema"]["input"])
    ours = _parameters(HOSTED.find(facts["name"]).input)
    assert ours.keys() <= theirs.keys()
    for name in ours:
        assert _limits(ours[name]) == _limits(theirs[name]), name


def _parameters(schema: dict) -> dict:
    variants = [part for part in schema.get("oneOf", [schema]) if "requests" not in part["properties"]]
    return {name: part for variant in variants for name, part in variant["properties"].items()}


def _limits(schema: dict) -> dict:
    return {keyword: schema[keyword] for keyword in LIMITS if keyword in schema}
