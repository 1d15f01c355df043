"""A stack whose pictures lie in a bucket and whose owners have budgets: links that anybody can follow, and 402."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

import openai
import pytest
import requests
from jsonschema import Draft202012Validator

from tests.contract.image.s3_server import KEY_ID, SECRET, S3Server, s3_running
from tests.e2e.gateways import Gateway, keys_command, run_gateway
from tests.e2e.harness import WAIT_S, Stack, run_stack

Document = dict[str, Any]
RECIPE: dict[str, object] = {"width": 256, "height": 256}


@pytest.fixture(scope="module")
def bucket(tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3Server]:
    with s3_running(tmp_path_factory.mktemp("s3")) as server:
        yield server


@pytest.fixture(scope="module")
def stack(bucket: S3Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    yield from run_stack(
        tmp_path_factory.mktemp("stack"),
        ATELIER_LOCAL_ENGINES="instant",
        ATELIER_IMAGE_STORE="s3://pictures/stack",
        ATELIER_IMAGE_S3_ENDPOINT=bucket.endpoint,
        ATELIER_IMAGE_S3_ACCESS_KEY_ID=KEY_ID,
        ATELIER_IMAGE_S3_SECRET_ACCESS_KEY=SECRET,
        ATELIER_ORCHESTRATOR_BUDGET_COUNTS="listed",
    )


@pytest.fixture(scope="module")
def keyed(stack: Stack, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    with run_gateway(stack, tmp_path_factory.mktemp("keyed")) as gateway:
        yield gateway


@pytest.fixture(scope="module")
def described(stack: Stack) -> Document:
    document: Document = stack.get("/openapi.json").json()
    return document


def check(described: Document, path: str, method: str, answer: Any) -> None:
    """The API's own description knows this answer."""
    responses = described["paths"][path][method]["responses"]
    media_type = answer.headers["Content-Type"].partition(";")[0]
    assert media_type in responses[str(answer.status_code)]["content"]
    schema = responses[str(answer.status_code)]["content"][media_type]["schema"]
    Draft202012Validator({"components": described["components"], **schema}).validate(answer.json())


def test_a_link_opens_the_picture_for_everybody_until_it_ends(
    stack: Stack, bucket: S3Server, described: Document
) -> None:
    formats = {"formats": ["256x256", "320x256"]}
    asset = stack.post("A lighthouse", formats, Prefer="wait=60").json()
    assert asset["state"] == "STATE_SUCCEEDED"
    for place in ("", "/renditions/320x256"):
        path = f"/v1/{asset['name']}/variants/0{place}/image"
        asked = datetime.datetime.now(datetime.UTC)
        answer = stack.get(f"{path}:link?lifetime=90s")
        assert answer.status_code == 200, answer.text
        assert answer.headers["Cache-Control"] == "no-store"
        rendition = "/renditions/{rendition}" if place else ""
        check(described, f"/v1/assets/{{asset}}/variants/{{variant}}{rendition}/image:link", "get", answer)
        link = answer.json()
        assert link["url"].startswith(bucket.endpoint)
        assert SECRET not in link["url"]
        left = datetime.datetime.fromisoformat(link["expireTime"]) - asked
        assert datetime.timedelta(seconds=85) < left < datetime.timedelta(seconds=120)
        # Without key and cookie, from the bucket itself.
        followed = requests.get(link["url"], timeout=WAIT_S)
        assert followed.status_code == 200, followed.text
        assert followed.content == stack.get(path).content
    changed = link["url"].replace("X-Amz-Expires=90", "X-Amz-Expires=9000")
    assert changed != link["url"]
    assert requests.get(changed, timeout=WAIT_S).status_code == 403


@pytest.mark.parametrize("lifetime", ["0", "604801", "x", ""])
def test_a_link_takes_a_second_to_a_week(stack: Stack, described: Document, lifetime: str) -> None:
    name = stack.post("A lighthouse", RECIPE, Prefer="wait=60").json()["name"]
    answer = stack.get(f"/v1/{name}/variants/0/image:link?lifetime={lifetime}")
    assert (answer.status_code, answer.json()["reason"]) == (400, "FIELD_INVALID")
    check(described, "/v1/assets/{asset}/variants/{variant}/image:link", "get", answer)


def test_a_link_to_what_there_is_not_is_404(stack: Stack, described: Document) -> None:
    answer = stack.get("/v1/assets/0123456789abcdef/variants/0/image:link")
    assert (answer.status_code, answer.json()["reason"]) == (404, "ASSET_UNKNOWN")
    check(described, "/v1/assets/{asset}/variants/{variant}/image:link", "get", answer)


def test_what_a_spent_budget_refuses_is_402_at_every_door(keyed: Gateway, described: Document) -> None:
    key_id, key = keyed.make_key("shop", "read", "create")
    keys_command(keyed.keys, "budget", key_id, "5")
    made = keyed.call("POST", "/v1/assets", key=key, json={"content": "A quay", "recipe": RECIPE}, Prefer="wait=60")
    assert made.json()["state"] == "STATE_SUCCEEDED", made.text
    # The operator gives less than was spent already.
    keys_command(keyed.keys, "budget", key_id, "0.00001")
    body = {"content": "Another quay", "recipe": RECIPE}
    refused = keyed.call("POST", "/v1/assets", key=key, json=body)
    problem = refused.json()
    assert (refused.status_code, problem["reason"], problem["status"]) == (402, "BUDGET_EXCEEDED", 402)
    assert (problem["budget"], problem["limit_usd"], problem["left_usd"]) == ("owner", "0.00001", "0.00")
    tomorrow = datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days=1)
    assert problem["reset_time"] == f"{tomorrow}T00:00:00Z"
    assert 0 < int(refused.headers["Retry-After"]) <= 86_400
    check(described, "/v1/assets", "post", refused)
    replayed = keyed.call("POST", f"/v1/{made.json()['name']}:replay", key=key, json={})
    assert (replayed.status_code, replayed.json()["reason"]) == (402, "BUDGET_EXCEEDED")
    check(described, "/v1/assets/{asset}:replay", "post", replayed)
    with openai.OpenAI(base_url=f"{keyed.url}/v1", api_key=key, max_retries=0) as client:
        with pytest.raises(openai.APIStatusError) as caught:
            client.images.generate(prompt="A third quay", size="256x256")
        assert (caught.value.status_code, caught.value.body["code"]) == (402, "insufficient_quota")  # type: ignore[index]
    check(described, "/v1/images/generations", "post", caught.value.response)
    # What is there already can still be read, and the books say why.
    assert keyed.call("GET", f"/v1/{made.json()['name']}", key=key).status_code == 200
    (budget,) = keyed.call("GET", "/v1/usage", key=key).json()["budgets"]
    assert budget["usedUsd"] >= 0.00001


def test_an_asset_that_may_cost_less_than_it_would_ends_with_the_reason(stack: Stack) -> None:
    asset = stack.post("A pier", RECIPE | {"maxCostUsd": 0.000001}, Prefer="wait=60").json()
    assert asset["state"] == "STATE_FAILED"
    (info,) = [detail for detail in asset["error"]["details"] if detail["@type"].endswith("ErrorInfo")]
    assert (info["reason"], info["metadata"]["budget"]) == ("BUDGET_EXCEEDED", "asset")
