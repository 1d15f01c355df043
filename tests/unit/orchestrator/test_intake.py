"""What a request must be, what is filled in, and which requests count as the same."""

from __future__ import annotations

import math

import pytest
from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from atelier.type.v1.recipe_pb2 import Purpose

from services.kit.errors import Reason, ServiceError
from services.orchestrator import intake, replaying


def request(content="a fox", *, request_id="", owner="", content_type="", **recipe):
    asset = pb.Asset(content=content, content_type=content_type, recipe=pb.Recipe(**recipe))
    return pb.CreateAssetRequest(asset=asset, request_id=request_id, owner=owner)


GOOD = [
    request(),
    request("x" * 100_000),
    request("🦊" * 100_000),
    request(content_type="text/markdown"),
    request(variant_count=8, style="s" * 500, width=256, height=2048, policy="default", seed=2_147_483_639),
    request(request_id="~ " * 32),
    request(owner="~ " * 32),
    request(purpose=Purpose.PURPOSE_SOCIAL, media_type="image/avif", quality=100, negative_prompt="n" * 500),
    request(formats=["square", "landscape", "portrait", "classic", "banner", "open-graph", "slide", "256x2048"]),
    request(brand_style="styles/a", language="de", max_cost_usd=0.01, overlap=True),
    request(brand_style=f"styles/{'a' * 40}@12", language="zh-Hant-TW"),
]

BAD = [
    (request(""), Reason.CONTENT_LENGTH, "asset.content"),
    (request(" \n"), Reason.CONTENT_LENGTH, "asset.content"),
    (request("x" * 100_001), Reason.CONTENT_LENGTH, "asset.content"),
    (request(content_type="image/png"), Reason.FIELD_INVALID, "asset.content_type"),
    (request(variant_count=9), Reason.FIELD_INVALID, "asset.recipe.variant_count"),
    (request(variant_count=-1), Reason.FIELD_INVALID, "asset.recipe.variant_count"),
    (request(style="s" * 501), Reason.FIELD_INVALID, "asset.recipe.style"),
    (request(width=512), Reason.FIELD_INVALID, "asset.recipe.width"),
    (request(height=512), Reason.FIELD_INVALID, "asset.recipe.height"),
    (request(width=255, height=512), Reason.FIELD_INVALID, "asset.recipe.width"),
    (request(width=512, height=2049), Reason.FIELD_INVALID, "asset.recipe.height"),
    (request(seed=-1), Reason.FIELD_INVALID, "asset.recipe.seed"),
    (request(seed=2_147_483_640), Reason.FIELD_INVALID, "asset.recipe.seed"),
    (request(policy="p" * 65), Reason.FIELD_INVALID, "asset.recipe.policy"),
    (request(purpose=6), Reason.FIELD_INVALID, "asset.recipe.purpose"),
    (request(formats=["square", "1024x1024"]), Reason.FIELD_INVALID, "asset.recipe.formats"),
    (request(formats=["oval"]), Reason.FIELD_INVALID, "asset.recipe.formats"),
    (request(formats=[""]), Reason.FIELD_INVALID, "asset.recipe.formats"),
    (request(formats=["255x512"]), Reason.FIELD_INVALID, "asset.recipe.formats"),
    (request(formats=["512x2049"]), Reason.FIELD_INVALID, "asset.recipe.formats"),
    (request(formats=["0512x512"]), Reason.FIELD_INVALID, "asset.recipe.formats"),
    (request(formats=["٥١٢x512"]), Reason.FIELD_INVALID, "asset.recipe.formats"),
    (request(formats=[f"{256 + side}x256" for side in range(9)]), Reason.FIELD_INVALID, "asset.recipe.formats"),
    (request(formats=["square"], width=512, height=512), Reason.FIELD_INVALID, "asset.recipe.formats"),
    (request(media_type="image/gif"), Reason.FIELD_INVALID, "asset.recipe.media_type"),
    (request(quality=101), Reason.FIELD_INVALID, "asset.recipe.quality"),
    (request(quality=-1), Reason.FIELD_INVALID, "asset.recipe.quality"),
    (request(negative_prompt="n" * 501), Reason.FIELD_INVALID, "asset.recipe.negative_prompt"),
    (request(brand_style="acme"), Reason.FIELD_INVALID, "asset.recipe.brand_style"),
    (request(brand_style="styles/acme@0"), Reason.FIELD_INVALID, "asset.recipe.brand_style"),
    (request(brand_style="styles/Acme"), Reason.FIELD_INVALID, "asset.recipe.brand_style"),
    (request(language="german language"), Reason.FIELD_INVALID, "asset.recipe.language"),
    (request(language="de-" + "a-" * 20 + "a"), Reason.FIELD_INVALID, "asset.recipe.language"),
    (request(max_cost_usd=-0.01), Reason.FIELD_INVALID, "asset.recipe.max_cost_usd"),
    (request(max_cost_usd=float("nan")), Reason.FIELD_INVALID, "asset.recipe.max_cost_usd"),
    (request(max_cost_usd=float("inf")), Reason.FIELD_INVALID, "asset.recipe.max_cost_usd"),
    (request(request_id="x" * 65), Reason.FIELD_INVALID, "request_id"),
    (request(request_id="é"), Reason.FIELD_INVALID, "request_id"),
    (request(request_id="a\n"), Reason.FIELD_INVALID, "request_id"),
    (request(owner="x" * 65), Reason.FIELD_INVALID, "owner"),
    (request(owner="a\n"), Reason.FIELD_INVALID, "owner"),
]


@pytest.mark.parametrize("good", GOOD)
def test_a_request_within_the_limits_passes(good):
    intake.check_request(good)


@pytest.mark.parametrize(("bad", "reason", "field"), BAD)
def test_a_request_beyond_a_limit_is_refused_with_its_field(bad, reason, field):
    with pytest.raises(ServiceError) as caught:
        intake.check_request(bad)
    assert caught.value.reason is reason
    assert caught.value.field == field
    assert caught.value.limit


def test_defaults_are_filled_in():
    event = intake.accepted(request(), random_seed=17, traceparent="00-1-2-01")
    assert event.recipe.variant_count == 1
    assert event.recipe.seed == 17
    assert event.traceparent == "00-1-2-01"


def test_choices_are_kept():
    event = intake.accepted(request(variant_count=3, seed=5, style="flat"), random_seed=17, traceparent="")
    assert (event.recipe.variant_count, event.recipe.seed, event.recipe.style) == (3, 5, "flat")


def test_only_what_a_caller_may_choose_makes_another_request():
    plain = request()
    with_output = pb.CreateAssetRequest()
    with_output.CopyFrom(plain)
    with_output.asset.name = "assets/other"
    with_output.asset.state = pb.Asset.STATE_FAILED
    with_output.detach = True
    without_recipe = pb.CreateAssetRequest(asset=pb.Asset(content="a fox"))
    assert (
        intake.identity(plain).digest == intake.identity(with_output).digest == intake.identity(without_recipe).digest
    )
    others = [request("a cat"), request(content_type="text/plain"), request(seed=1)]
    assert len({intake.identity(other).digest for other in [plain, *others]}) == 4


def test_a_request_id_is_unique_for_each_owner():
    keys = [intake.claim_key(owner, request_id) for owner in ("", "a", "ab") for request_id in ("c", "bc", "abc")]
    assert len(set(keys)) == len(keys)
    assert intake.claim_key("a", "") == ""


@pytest.mark.parametrize(
    ("field", "wanted"),
    [
        ("states", pb.ListAssetsRequest(states=[0])),
        ("states", pb.ListAssetsRequest(states=[99])),
        ("owner", pb.ListAssetsRequest(owner="é")),
        ("created_after", pb.ListAssetsRequest(created_after={"seconds": -1})),
        ("created_before", pb.ListAssetsRequest(created_before={"nanos": 2_000_000_000})),
    ],
)
def test_a_list_of_what_cannot_be_is_refused(field, wanted):
    with pytest.raises(ServiceError) as caught:
        intake.selection(wanted)
    assert (caught.value.reason, caught.value.field) == (Reason.FIELD_INVALID, field)


@pytest.mark.parametrize("usd", [math.nan, math.inf, -math.inf, -0.01])
def test_a_budget_of_a_replay_is_an_amount_of_money(usd: float) -> None:
    request = pb.ReplayAssetRequest(name=f"assets/{'0' * 32}", owner_budget_usd=usd)
    with pytest.raises(ServiceError) as caught:
        replaying.check_request(request)
    assert (caught.value.reason, caught.value.field) == (Reason.FIELD_INVALID, "owner_budget_usd")
