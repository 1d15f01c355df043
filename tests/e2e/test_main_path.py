"""Content in, picture out, over both doors."""

from __future__ import annotations

import io
import json

import requests
from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from atelier.type.v1.verdict_pb2 import Verdict
from PIL import Image

from client.events import asset_event, parse_stream, split_lines
from tests.e2e.harness import Stack, Stubs, eventually

ARTICLE = "Puffins return to the cliffs above the harbour each April. " * 40
TRACE = "0af7651916cd43dd8448eb211c80319c"


def kinds(events: list[pb.AssetEvent]) -> list[str]:
    return [str(event.WhichOneof("kind")) for event in events]


def test_a_grpc_stream_tells_the_whole_story_in_order(stubs: Stubs) -> None:
    request = pb.CreateAssetRequest(asset=pb.Asset(content=ARTICLE))
    events = [reply.event for reply in stubs.orchestrator.CreateAsset(request, timeout=90)]
    assert kinds(events) == [
        "accepted",
        "step_started",
        "prompts_generated",
        "step_started",
        "variant_moderated",
        "step_started",
        "variant_imaged",
        "step_started",
        "image_moderated",
        "finished",
    ]
    assert [event.sequence for event in events] == list(range(1, 11))
    asset = events[-1].finished.asset
    assert asset.state == pb.Asset.STATE_SUCCEEDED
    assert asset == stubs.orchestrator.GetAsset(pb.GetAssetRequest(name=asset.name), timeout=90).asset
    variant = asset.variants[0]
    assert variant.prompt.text
    assert variant.prompt.alt_text
    assert variant.verdict.decision == Verdict.DECISION_ALLOWED
    pieces = stubs.orchestrator.ReadImage(pb.ReadImageRequest(name=asset.name, variant=0), timeout=90)
    data = b"".join(piece.data for piece in pieces)
    picture = Image.open(io.BytesIO(data))
    picture.load()
    assert picture.size == (variant.image.width, variant.image.height)
    assert len(data) == variant.image.blob.size_bytes


def test_every_step_says_which_engine_answered(stack: Stack) -> None:
    events = stack.events(stack.create(ARTICLE))
    calls = [
        getattr(event, kind).call for event, kind in zip(events, kinds(events), strict=True) if "call" in str(event)
    ]
    assert len(calls) == 4
    for call in calls:
        assert call.engine.startswith("local/")
        assert call.model.startswith("@cf/")
        assert call.attempts == 1


def test_variants_are_made_from_different_prompts(stack: Stack) -> None:
    asset = stack.final(stack.create(ARTICLE, {"variantCount": 4}))
    assert len({variant.prompt.text for variant in asset.variants}) == 4
    assert all(variant.image.blob.size_bytes for variant in asset.variants)


def test_the_size_asked_for_is_the_size_of_the_picture(stack: Stack) -> None:
    asset = stack.final(stack.create(ARTICLE, {"width": 640, "height": 360}))
    image = asset.variants[0].image
    assert (image.width, image.height) == (640, 360)
    answer = stack.get(f"/v1/{asset.name}/variants/0/image")
    assert Image.open(io.BytesIO(answer.content)).size == (640, 360)


def test_a_post_can_stream_events_wait_or_return_at_once(stack: Stack) -> None:
    at_once = stack.post(ARTICLE)
    assert at_once.status_code == 202
    assert at_once.headers["Location"] == f"/v1/{at_once.json()['name']}"
    waited = stack.post(ARTICLE, Prefer="wait=60")
    assert waited.status_code == 200
    assert waited.headers["Preference-Applied"] == "wait=60"
    assert waited.json()["state"] == "STATE_SUCCEEDED"
    streamed = stack.post(ARTICLE, Accept="text/event-stream")
    assert streamed.headers["Content-Type"].startswith("text/event-stream")
    events = [asset_event(event) for event in parse_stream(split_lines([streamed.content]))]
    assert kinds(events)[0] == "accepted"
    assert events[-1].finished.asset.state == pb.Asset.STATE_SUCCEEDED


def test_text_markdown_and_html_bodies_are_content(stack: Stack) -> None:
    for media_type, body in (
        ("text/plain", "A lighthouse at dusk"),
        ("text/markdown", "# A lighthouse\n\nat *dusk*"),
        ("text/html", "<h1>A lighthouse</h1><script>alert(1)</script><p>at dusk</p>"),
    ):
        answer = requests.post(
            f"{stack.url}/v1/assets?variantCount=2&style=ink",
            data=body,
            headers={"Content-Type": media_type, "Prefer": "wait=60"},
            timeout=90,
        )
        assert answer.status_code == 200, answer.text
        asset = answer.json()
        assert (asset["state"], asset["contentType"], len(asset["variants"])) == ("STATE_SUCCEEDED", media_type, 2)


def test_events_resume_after_any_of_them_with_the_same_numbers(stack: Stack) -> None:
    name = stack.create(ARTICLE)
    whole = stack.events(name)
    for after in range(len(whole)):
        rest = whole[after:]
        assert stack.events(name, after) == rest
        over_http = stack.get(f"/v1/{name}:watch", **{"Last-Event-ID": str(after)})
        assert [asset_event(event) for event in parse_stream(split_lines([over_http.content]))] == rest
    assert stack.get(f"/v1/{name}:watch?after_sequence={len(whole)}").status_code == 204


def test_pictures_have_tags_ranges_and_caching(stack: Stack) -> None:
    asset = stack.final(stack.create(ARTICLE))
    path = f"/v1/{asset.name}/variants/0/image"
    whole = stack.get(path)
    blob = asset.variants[0].image.blob
    assert (whole.status_code, whole.headers["Content-Type"]) == (200, blob.media_type)
    assert whole.headers["ETag"] == f'"{blob.digest}"'
    assert len(whole.content) == blob.size_bytes
    assert stack.get(path, **{"If-None-Match": whole.headers["ETag"]}).status_code == 304
    part = stack.get(path, Range="bytes=10-19")
    assert (part.status_code, part.content) == (206, whole.content[10:20])
    assert part.headers["Content-Range"] == f"bytes 10-19/{blob.size_bytes}"
    assert stack.get(path, Range=f"bytes={blob.size_bytes}-").status_code == 416
    head = stack.session.head(f"{stack.url}{path}", timeout=90)
    assert (head.status_code, head.headers["Content-Length"], head.content) == (200, str(blob.size_bytes), b"")


def test_one_trace_id_goes_from_the_gateway_to_the_model_calls(stack: Stack, word: str) -> None:
    answer = stack.post(word, traceparent=f"00-{TRACE}-b7ad6b7169203331-01", Prefer="wait=60")
    assert answer.json()["state"] == "STATE_SUCCEEDED"
    seen = [call["model"] for call in stack.calls() if call["trace_id"] == TRACE]
    assert len(seen) == 4
    logged = {
        line.partition(":")[0]
        for line in list(stack.output)
        if '"trace_id"' in line and json.loads(line.partition(": ")[2]).get("trace_id") == TRACE
    }
    assert {"gateway", "orchestrator", "prompt", "moderation", "image"} <= logged


def test_assets_are_listed_newest_first_by_pages(stack: Stack) -> None:
    names = [stack.create(ARTICLE) for _ in range(3)]
    first = stack.get("/v1/assets?page_size=2").json()
    assert [asset["name"] for asset in first["assets"]] == [names[2], names[1]]
    second = stack.get(f"/v1/assets?page_size=1&page_token={first['nextPageToken']}").json()
    assert [asset["name"] for asset in second["assets"]] == [names[0]]


def test_a_deleted_asset_is_gone_with_its_picture(stack: Stack, stubs: Stubs) -> None:
    asset = stack.final(stack.create(ARTICLE, {"seed": 5}))
    assert stack.session.delete(f"{stack.url}/v1/{asset.name}", timeout=90).status_code == 204
    assert stack.get(f"/v1/{asset.name}").status_code == 404
    eventually(lambda: stack.get(f"/v1/{asset.name}/variants/0/image").status_code == 404, "the picture is gone")


def test_health_and_readiness(stack: Stack) -> None:
    assert stack.get("/healthz").json() == {"status": "ok"}
    assert stack.get("/readyz").json() == {"status": "ready"}
    assert stack.get("/openapi.json").json()["info"]["title"] == "Atelier"
