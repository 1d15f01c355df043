"""What bad input gets: the same typed answer over gRPC and HTTP, and nothing started."""

from __future__ import annotations

import uuid

import grpc
import pytest
from atelier.image.v1 import image_pb2
from atelier.moderation.v1 import moderation_pb2
from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from atelier.prompt.v1 import prompt_pb2

from services.kit.errors import Reason, ServiceError
from services.kit.status import to_error
from tests.e2e.harness import Stack, Stubs


def refusal(call: grpc.Call | grpc.RpcError) -> ServiceError:
    assert isinstance(call, grpc.RpcError)
    assert isinstance(call, grpc.Call)
    trailers = [(str(key), value) for key, value in call.trailing_metadata() or ()]
    return to_error(call.code(), call.details() or "", trailers)


def create_refused(stubs: Stubs, request: pb.CreateAssetRequest) -> ServiceError:
    with pytest.raises(grpc.RpcError) as caught:
        list(stubs.orchestrator.CreateAsset(request, timeout=90))
    return refusal(caught.value)


@pytest.mark.parametrize(
    ("content", "recipe", "reason", "field"),
    [
        ("", {}, Reason.CONTENT_LENGTH, "content"),
        (" \n\t ", {}, Reason.CONTENT_LENGTH, "content"),
        ("x" * 100_001, {}, Reason.CONTENT_LENGTH, "content"),
        ("x", {"variantCount": 9}, Reason.FIELD_INVALID, "variant_count"),
        ("x", {"variantCount": -1}, Reason.FIELD_INVALID, "variant_count"),
        ("x", {"width": 100, "height": 512}, Reason.FIELD_INVALID, "width"),
        ("x", {"width": 512, "height": 4096}, Reason.FIELD_INVALID, "height"),
        ("x", {"width": 512}, Reason.FIELD_INVALID, "width"),
        ("x", {"style": "y" * 501}, Reason.FIELD_INVALID, "style"),
        ("x", {"seed": -1}, Reason.FIELD_INVALID, "seed"),
    ],
)
def test_what_is_out_of_range_names_field_and_limit_at_both_doors(
    stack: Stack, stubs: Stubs, content: str, recipe: dict[str, object], reason: Reason, field: str
) -> None:
    before = len(stack.calls())
    names = {"variantCount": "variant_count"}
    proto = pb.Recipe(**{names.get(name, name): value for name, value in recipe.items()})
    error = create_refused(stubs, pb.CreateAssetRequest(asset=pb.Asset(content=content, recipe=proto)))
    assert error.reason is reason
    assert error.field.rpartition(".")[2] == field
    assert error.limit
    answer = stack.post(content, recipe)
    problem = answer.json()
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert problem["reason"] == reason
    assert problem["field"].rpartition(".")[2] == field
    assert problem["limit"]
    assert len(stack.calls()) == before


def test_a_policy_that_is_not_there_is_not_found_and_those_that_are_get_named(stack: Stack, stubs: Stubs) -> None:
    recipe = pb.Recipe(policy="no such policy")
    errors = [create_refused(stubs, pb.CreateAssetRequest(asset=pb.Asset(content="x", recipe=recipe)))]
    with pytest.raises(grpc.RpcError) as caught:
        stubs.moderation.ModerateText(moderation_pb2.ModerateTextRequest(text="x", policy="?"), timeout=90)
    errors.append(refusal(caught.value))
    for error in errors:
        assert error.reason is Reason.POLICY_UNKNOWN
        assert "balanced, permissive, strict" in error.message
    answer = stack.post("x", {"policy": "no such policy"})
    assert (answer.status_code, answer.json()["reason"]) == (404, "POLICY_UNKNOWN")


def test_a_body_that_is_no_utf8_or_has_unknown_fields_is_refused(stack: Stack) -> None:
    for media_type, body in (
        ("text/plain", b"caf\xe9"),
        ("application/json", b'{"content": "\xff"}'),
        ("application/json", b'{"content": "x", "size": 3}'),
        ("application/json", b'{"content": "x", "recipe": {"variantCount": "many"}}'),
    ):
        answer = stack.session.post(
            f"{stack.url}/v1/assets", data=body, headers={"Content-Type": media_type}, timeout=90
        )
        assert (answer.status_code, answer.json()["reason"]) == (400, "FIELD_INVALID")


def test_the_same_request_id_joins_and_another_body_is_a_conflict(stack: Stack, stubs: Stubs) -> None:
    key = str(uuid.uuid4())
    request = pb.CreateAssetRequest(asset=pb.Asset(content="A lighthouse"), request_id=key)
    first = [reply.event for reply in stubs.orchestrator.CreateAsset(request, timeout=90)]
    again = [reply.event for reply in stubs.orchestrator.CreateAsset(request, timeout=90)]
    assert again == first
    over_http = stack.post("A lighthouse", **{"Idempotency-Key": key})
    assert over_http.json()["name"] == first[0].asset
    request.asset.content = "Another lighthouse"
    assert create_refused(stubs, request).reason is Reason.REQUEST_ID_REUSED
    conflict = stack.post("Another lighthouse", **{"Idempotency-Key": key})
    assert (conflict.status_code, conflict.json()["reason"]) == (409, "REQUEST_ID_REUSED")


@pytest.mark.parametrize("key", ["x" * 65, "schlüssel".encode().decode("latin-1")])
def test_a_request_id_that_is_too_long_or_not_ascii_is_refused(stack: Stack, key: str) -> None:
    answer = stack.post("x", **{"Idempotency-Key": key})
    assert (answer.status_code, answer.json()["reason"]) == (400, "FIELD_INVALID")


def test_an_unknown_asset_is_not_found_at_every_route(stack: Stack, stubs: Stubs) -> None:
    name = "assets/00000000000000000000000000"
    for path in (f"/v1/{name}", f"/v1/{name}:watch", f"/v1/{name}/variants/0/image"):
        answer = stack.get(path)
        assert (answer.status_code, answer.json()["reason"]) == (404, "ASSET_UNKNOWN")
    assert stack.session.post(f"{stack.url}/v1/{name}:cancel", timeout=90).status_code == 404
    with pytest.raises(grpc.RpcError) as caught:
        list(stubs.orchestrator.WatchAsset(pb.WatchAssetRequest(name=name), timeout=90))
    assert refusal(caught.value).reason is Reason.ASSET_UNKNOWN


def test_a_cursor_beyond_the_end_is_refused(stack: Stack) -> None:
    name = stack.create("A lighthouse")
    end = len(stack.events(name))
    answer = stack.get(f"/v1/{name}:watch?after_sequence={end + 1}")
    assert (answer.status_code, answer.json()["reason"]) == (400, "FIELD_INVALID")


def test_an_image_that_was_never_made_is_not_found(stack: Stack) -> None:
    name = stack.create("A lighthouse")
    stack.events(name)
    for variant in ("1", "-1", "x", "999999"):
        answer = stack.get(f"/v1/{name}/variants/{variant}/image")
        assert (answer.status_code, answer.json()["reason"]) == (404, "IMAGE_UNKNOWN")


def test_the_type_of_a_problem_can_be_looked_up(stack: Stack) -> None:
    problem = stack.post("").json()
    meaning = stack.get(problem["type"]).json()
    assert (meaning["type"], meaning["title"], meaning["fault"]) == (problem["type"], problem["title"], "caller")
    assert stack.get("/problems/NOTHING").status_code == 404


def test_http_errors_are_problems_too(stack: Stack) -> None:
    for method, path, status in (("GET", "/nothing", 404), ("PUT", "/v1/assets", 405)):
        answer = stack.session.request(method, f"{stack.url}{path}", timeout=90)
        assert answer.status_code == status
        assert answer.headers["Content-Type"] == "application/problem+json"
    odd = stack.session.post(f"{stack.url}/v1/assets", data=b"<x/>", headers={"Content-Type": "text/xml"}, timeout=90)
    assert odd.status_code == 415
    large = stack.session.post(
        f"{stack.url}/v1/assets", data=b"x" * 3_000_000, headers={"Content-Type": "text/plain"}, timeout=90
    )
    assert large.status_code == 413


def test_the_leaves_refuse_what_they_cannot_take(stubs: Stubs) -> None:
    long = "x" * 100_001
    cases = (
        (stubs.prompt.GeneratePrompts, prompt_pb2.GeneratePromptsRequest(), Reason.CONTENT_LENGTH),
        (stubs.prompt.GeneratePrompts, prompt_pb2.GeneratePromptsRequest(content=long), Reason.CONTENT_LENGTH),
        (stubs.prompt.GeneratePrompts, prompt_pb2.GeneratePromptsRequest(content="x", count=9), Reason.FIELD_INVALID),
        (stubs.moderation.ModerateText, moderation_pb2.ModerateTextRequest(), Reason.CONTENT_LENGTH),
        (stubs.moderation.ModerateText, moderation_pb2.ModerateTextRequest(text=long), Reason.CONTENT_LENGTH),
        (
            stubs.moderation.ModerateText,
            moderation_pb2.ModerateTextRequest(text="x", place=9),
            Reason.FIELD_INVALID,
        ),
        (stubs.image.GenerateImage, image_pb2.GenerateImageRequest(), None),
        (
            stubs.image.GenerateImage,
            image_pb2.GenerateImageRequest(prompt="x", width=1, height=1),
            Reason.FIELD_INVALID,
        ),
    )
    for method, request, reason in cases:
        with pytest.raises(grpc.RpcError) as caught:
            method(request, timeout=90)
        error = refusal(caught.value)
        assert error.code == 3, error
        assert reason is None or error.reason is reason
    with pytest.raises(grpc.RpcError) as caught:
        list(stubs.image.ReadImage(image_pb2.ReadImageRequest(digest="../../etc/passwd"), timeout=90))
    assert refusal(caught.value).reason is Reason.FIELD_INVALID
    with pytest.raises(grpc.RpcError) as caught:
        list(stubs.image.ReadImage(image_pb2.ReadImageRequest(digest="sha256:" + "0" * 64), timeout=90))
    assert refusal(caught.value).reason is Reason.IMAGE_UNKNOWN
