"""Brand styles over gRPC, on either store."""

from __future__ import annotations

import asyncio

import pytest
from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from atelier.style.v1 import style_pb2
from atelier.type.v1.recipe_pb2 import BrandGuide, SafeArea

from services.kit.channel import unary
from services.kit.errors import Reason, ServiceError
from tests.contract.orchestrator.style_client import style_client

Style = style_pb2.Style


@pytest.fixture
async def styles(client):
    async with style_client(client.server.address) as styles:
        yield styles


async def refused(call):
    with pytest.raises(ServiceError) as caught:
        await call
    return caught.value.reason


async def test_a_style_is_made_read_and_listed(styles):
    made = await styles.create(owner="key-1")
    assert (made.name, made.version, made.owner, made.guide.look) == ("styles/acme", 1, "key-1", "calm")
    assert made.create_time.seconds > 0
    await styles.create("styles/aardvark")
    assert await styles.get() == made
    assert await styles.get(version=1) == made
    assert [style.name for style in await styles.list()] == ["styles/aardvark", "styles/acme"]


async def test_a_change_makes_a_version_and_the_old_one_stays_readable(styles):
    first = await styles.create()
    second = await styles.update(look="bold", version=1, owner="key-2")
    assert (second.version, second.owner) == (2, "key-2")
    assert await styles.get() == second
    assert await styles.get(version=1) == first
    assert await styles.list() == [second]


async def test_a_change_from_an_old_version_is_refused(styles):
    await styles.create()
    await styles.update(version=1)
    assert await refused(styles.update(version=1)) is Reason.CHANGED_MEANWHILE
    assert await refused(styles.update(version=3)) is Reason.CHANGED_MEANWHILE
    assert (await styles.update(version=0)).version == 3


async def test_of_many_changes_from_one_version_one_counts(styles):
    await styles.create()
    results = await asyncio.gather(
        *(styles.update(look=f"look {number}", version=1) for number in range(10)), return_exceptions=True
    )
    assert sum(isinstance(result, Style) for result in results) == 1
    assert (await styles.get()).version == 2


async def test_many_changes_without_a_version_make_a_version_each(styles):
    await styles.create()
    made = await asyncio.gather(*(styles.update(look=f"look {number}") for number in range(10)))
    assert sorted(style.version for style in made) == list(range(2, 12))
    for style in made:
        assert await styles.get(version=style.version) == style


async def test_a_name_is_taken_once(styles):
    await styles.create()
    assert await refused(styles.create()) is Reason.STYLE_EXISTS


async def test_what_is_not_there_is_unknown(styles):
    assert await refused(styles.get()) is Reason.STYLE_UNKNOWN
    assert await refused(styles.update()) is Reason.STYLE_UNKNOWN
    assert await refused(styles.delete()) is Reason.STYLE_UNKNOWN
    await styles.create()
    assert await refused(styles.get(version=2)) is Reason.STYLE_UNKNOWN
    assert await refused(styles.get("acme")) is Reason.FIELD_INVALID
    assert await refused(styles.get(version=-1)) is Reason.FIELD_INVALID


async def test_a_deleted_style_is_gone_but_its_versions_stay_readable(styles):
    first = await styles.create()
    await styles.delete()
    assert await refused(styles.get()) is Reason.STYLE_UNKNOWN
    assert await refused(styles.delete()) is Reason.STYLE_UNKNOWN
    assert await styles.list() == []
    assert await styles.get(version=1) == first


async def test_a_name_that_is_taken_again_goes_on_counting(styles):
    first = await styles.create(look="old")
    await styles.delete()
    second = await styles.create(look="new")
    assert second.version == 2
    assert await styles.get(version=1) == first
    assert await styles.get() == second


async def test_a_style_beyond_its_limits_is_refused_with_the_field(styles):
    with pytest.raises(ServiceError) as caught:
        await styles.create(look="x" * 501)
    assert (caught.value.reason, caught.value.field) == (Reason.FIELD_INVALID, "style.guide.look")
    assert await refused(styles.create(owner="\n")) is Reason.FIELD_INVALID


async def test_an_asset_records_the_version_of_the_style_that_it_was_made_with(client, styles):
    style = Style(
        name="styles/acme",
        guide=BrandGuide(palette=["#ff0000"], look="calm", safe_area=SafeArea.SAFE_AREA_TOP_LEFT),
    )
    await unary(styles.stub.CreateStyle, style_pb2.CreateStyleRequest(style=style), timeout_s=30)
    await styles.update(look="bold")
    newest = (await client.create(brand_style="styles/acme"))[0].accepted
    assert newest.recipe.brand_style == "styles/acme@2"
    assert newest.brand == BrandGuide(look="bold")
    older = await client.create(brand_style="styles/acme@1")
    assert older[0].accepted.recipe.brand_style == "styles/acme@1"
    assert older[0].accepted.brand == style.guide
    assert older[-1].finished.asset.recipe.brand_style == "styles/acme@1"


async def test_an_asset_in_an_unknown_style_is_refused(client, styles):
    await styles.create()
    assert await refused(client.create(brand_style="styles/nobody")) is Reason.STYLE_UNKNOWN
    assert await refused(client.create(brand_style="styles/acme@2")) is Reason.STYLE_UNKNOWN
    assert await refused(client.create(brand_style="acme")) is Reason.FIELD_INVALID
    await styles.delete()
    assert await refused(client.create(brand_style="styles/acme")) is Reason.STYLE_UNKNOWN
    assert await refused(client.create(brand_style="styles/acme@1")) is Reason.STYLE_UNKNOWN
    assert not list((await client.list()).assets)


async def test_a_repeated_request_joins_its_asset_whatever_became_of_the_style(client, styles):
    await styles.create()
    first = await client.create(brand_style="styles/acme", request_id="once")
    await styles.update()
    again = await client.create(brand_style="styles/acme", request_id="once")
    await styles.delete()
    at_last = await client.create(brand_style="styles/acme", request_id="once")
    assert first == again == at_last
    assert isinstance(first[0], pb.AssetEvent)
