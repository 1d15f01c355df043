"""Brand styles and keys of several scopes over HTTP."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.e2e.gateways import Gateway, run_gateway
from tests.e2e.harness import Stack

GUIDE = {"palette": ["#0a2540"], "wordsToAvoid": ["neon"], "look": "calm", "safeArea": "SAFE_AREA_TOP_LEFT"}


@pytest.fixture(scope="module")
def keyed(running: Stack, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    with run_gateway(running, tmp_path_factory.mktemp("styled")) as gateway:
        yield gateway


def test_a_style_lives_in_versions_and_a_change_from_an_old_one_is_refused(stack: Stack, word: str) -> None:
    made = stack.session.post(f"{stack.url}/v1/styles", json={"name": f"styles/{word}", "guide": GUIDE}, timeout=90)
    assert (made.status_code, made.headers["ETag"], made.headers["Location"]) == (201, '"1"', f"/v1/styles/{word}")
    url = f"{stack.url}/v1/styles/{word}"
    change = {"guide": {**GUIDE, "look": "bold"}}
    second = stack.session.put(url, json=change, headers={"If-Match": '"1"'}, timeout=90)
    assert (second.status_code, second.headers["ETag"]) == (200, '"2"')
    late = stack.session.put(url, json=change, headers={"If-Match": '"1"'}, timeout=90)
    assert (late.status_code, late.json()["reason"]) == (412, "CHANGED_MEANWHILE")
    assert stack.get(f"/v1/styles/{word}?version=1").json()["guide"] == GUIDE
    assert stack.get(f"/v1/styles/{word}").json()["guide"]["look"] == "bold"
    assert stack.get(f"/v1/styles/{word}", **{"If-None-Match": '"2"'}).status_code == 304
    assert word in str(stack.get("/v1/styles").json())
    assert stack.session.delete(url, headers={"If-Match": '"1"'}, timeout=90).status_code == 412
    assert stack.session.delete(url, headers={"If-Match": '"2"'}, timeout=90).status_code == 204
    assert word not in str(stack.get("/v1/styles").json())


def test_only_the_scope_styles_changes_them(keyed: Gateway, word: str) -> None:
    _, reader = keyed.make_key("reader", "read", "create")
    _, brand = keyed.make_key("brand", "read", "styles")
    body = {"name": f"styles/{word}", "guide": GUIDE}
    refused = keyed.call("POST", "/v1/styles", key=reader, json=body)
    assert (refused.status_code, refused.json()["reason"]) == (403, "SCOPE_MISSING")
    assert 'scope="styles"' in refused.headers["WWW-Authenticate"]
    made = keyed.call("POST", "/v1/styles", key=brand, json=body)
    assert made.status_code == 201
    assert keyed.call("GET", f"/v1/styles/{word}", key=reader).json()["guide"] == GUIDE
    assert keyed.call("DELETE", f"/v1/styles/{word}", key=brand).status_code == 204


def test_a_reviewer_sees_what_others_made_and_may_not_change_it(keyed: Gateway, word: str) -> None:
    _, maker = keyed.make_key("maker", "read", "create")
    _, reviewer = keyed.make_key("picture desk", "read", "create", "review")
    _, other = keyed.make_key("other", "read", "create")
    name = keyed.create(word, key=maker).json()["name"]
    assert keyed.call("GET", f"/v1/{name}", key=reviewer).status_code == 200
    assert keyed.call("GET", f"/v1/{name}", key=other).status_code == 404
    for method, path in (("DELETE", f"/v1/{name}"), ("POST", f"/v1/{name}:cancel"), ("POST", f"/v1/{name}:replay")):
        assert keyed.call(method, path, key=reviewer).json()["reason"] == "SCOPE_MISSING"
        assert keyed.call(method, path, key=other).json()["reason"] == "ASSET_UNKNOWN"
    refused = keyed.call("POST", f"/v1/{name}:review", key=maker, json={"decision": "approve"})
    assert refused.json()["reason"] == "SCOPE_MISSING"
    assert keyed.call("GET", f"/v1/{name}/variants/0/image?held=true", key=maker).status_code in (403, 404)
