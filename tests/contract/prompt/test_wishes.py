"""Purpose, language, brand guide and estimates over real gRPC."""

from __future__ import annotations

import pytest
from atelier.prompt.v1 import prompt_pb2
from atelier.type.v1 import cost_pb2, recipe_pb2
from atelier.type.v1 import prompt_pb2 as type_pb2

from services.kit.channel import unary
from services.kit.errors import Reason, ServiceError

TEXT = "The lighthouse keeper waters her tomatoes while the fog rolls in over the harbour."
BRAND = recipe_pb2.BrandGuide(
    palette=["#0A3D62", "#f6b93b"],
    words_to_use=["calm sea"],
    words_to_avoid=["cheap", "crowd"],
    look="flat vector",
    safe_area=recipe_pb2.SAFE_AREA_TOP_LEFT,
)


async def generate(stub, **fields: object):
    request = prompt_pb2.GeneratePromptsRequest(**{"content": TEXT} | fields)
    return await unary(stub.GeneratePrompts, request, timeout_s=90)


async def rewrite(stub, **fields: object):
    refused = type_pb2.Prompt(text="A knight stabs another knight")
    request = prompt_pb2.RewritePromptRequest(content=TEXT, refused=refused, **fields)
    return await unary(stub.RewritePrompt, request, timeout_s=90)


def told(stand_in) -> tuple[str, list[str]]:
    """The rules and the lines of the last question."""
    system, user = stand_in.engine.asked[-1].messages
    return system.content, user.content.splitlines()


@pytest.mark.parametrize("ask", [generate, rewrite])
async def test_the_model_is_told_purpose_language_and_brand(stub, stand_in, ask) -> None:
    await ask(stub, style="oil", purpose=recipe_pb2.PURPOSE_SOCIAL, language="pt_br", brand=BRAND)
    rules, lines = told(stand_in)
    assert "social media: one bold subject" in rules
    assert "the wishes of the brand" in rules
    for line in (
        "Style: oil",
        "Purpose: social",
        "Language of alt_text and caption: Portuguese (pt-BR)",
        "Brand palette: #0a3d62, #f6b93b",
        "Brand words to use: calm sea",
        "Brand words to avoid: cheap, crowd",
        "Brand look: flat vector",
        "Brand logo space: the top left corner is calm, plain and free of things",
    ):
        assert line in lines


@pytest.mark.parametrize("purpose", [recipe_pb2.PURPOSE_UNSPECIFIED, recipe_pb2.PURPOSE_GENERAL])
async def test_without_wishes_the_question_is_as_it_was_but_for_the_language(stub, stand_in, purpose) -> None:
    await generate(stub, purpose=purpose)
    rules, lines = told(stand_in)
    assert lines[:2] == ["Number of prompts: 1", "Language of alt_text and caption: that of the content"]
    assert lines[2].startswith("<content boundary")
    assert "Brand" not in rules


async def test_caption_and_language_come_back(stub, stand_in, scene) -> None:
    row = scene("windmill") | {
        "alt_text": "Eine Mühle.",
        "caption": "Die Mühle mahlt noch. Seit 1810.",
        "language": "de",
    }
    await stand_in.answers({"prompts": [row]})
    prompt = (await generate(stub)).prompts[0]
    assert (prompt.alt_text, prompt.caption, prompt.language) == (
        "Eine Mühle.",
        "Die Mühle mahlt noch. Seit 1810.",
        "de",
    )


async def test_a_model_that_leaves_out_what_is_new_still_serves(stub, stand_in) -> None:
    await stand_in.answers({"prompts": [{"prompt": "A windmill on a green hill, soft light"}]})
    prompt = (await generate(stub, language="de")).prompts[0]
    assert prompt.alt_text == "A windmill on a green hill, soft light"
    # English, because it comes from the prompt, whatever was asked for.
    assert (prompt.caption, prompt.language) == ("", "en")


async def test_long_texts_for_readers_are_cut_at_a_border(stub, stand_in, scene) -> None:
    row = scene("windmill") | {
        "alt_text": "a long word " * 60,
        "caption": "another quite long word " * 60,
        "language": "en",
    }
    await stand_in.answers({"prompts": [row]})
    prompt = (await generate(stub)).prompts[0]
    assert 200 < len(prompt.alt_text) <= 250
    assert 400 < len(prompt.caption) <= 500
    assert prompt.alt_text.endswith((" a", "long", "word"))


async def test_a_word_to_avoid_is_asked_away(stub, stand_in, scene) -> None:
    bad = scene("windmill") | {"prompt": "A cheap windmill on a hill"}
    await stand_in.answers({"prompts": [bad]})
    reply = await generate(stub, brand=BRAND)
    assert reply.call.attempts == 2
    assert "cheap" not in reply.prompts[0].text
    assert reply.prompts[0].negative_text == "cheap, crowd, text, watermark"


@pytest.mark.parametrize("field", ["prompt", "alt_text", "caption"])
async def test_a_model_that_keeps_to_a_word_to_avoid_has_it_taken_out(stub, stand_in, scene, field: str) -> None:
    bad = scene("windmill") | {"alt_text": "A mill.", "caption": "The mill.", "language": "en"}
    bad |= {field: f"A Cheap windmill, cheap, stands on the hill of {len(field)} winds"}
    await stand_in.answers(*[{"prompts": [bad]}] * 3)
    reply = await generate(stub, brand=BRAND)
    assert reply.call.attempts == 3
    prompt = reply.prompts[0]
    assert "cheap" not in f"{prompt.text} {prompt.alt_text} {prompt.caption}".lower()
    assert prompt.negative_text.startswith("cheap, crowd, ")
    assert all((prompt.text, prompt.alt_text, prompt.caption))


async def test_a_rewrite_avoids_the_words_too(stub, stand_in) -> None:
    reply = await rewrite(stub, brand=BRAND)
    assert reply.prompt.negative_text == "cheap, crowd, text, watermark"


@pytest.mark.parametrize("ask", [generate, rewrite])
@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"purpose": 9}, "purpose"),
        ({"language": "german"}, "language"),
        ({"language": "xx"}, "language"),
        ({"language": "en-x-evil"}, "language"),
        ({"brand": {"palette": ["#123456"] * 9}}, "brand.palette"),
        ({"brand": {"palette": ["#123456", "red"]}}, "brand.palette[1]"),
        ({"brand": {"words_to_use": ["x"] * 21}}, "brand.words_to_use"),
        ({"brand": {"words_to_avoid": ["x" * 51]}}, "brand.words_to_avoid[0]"),
        ({"brand": {"words_to_avoid": [" "]}}, "brand.words_to_avoid[0]"),
        ({"brand": {"look": "x" * 501}}, "brand.look"),
        ({"brand": {"safe_area": 7}}, "brand.safe_area"),
    ],
)
async def test_a_wish_out_of_order_is_refused_by_name(stub, stand_in, ask, fields: dict, field: str) -> None:
    with pytest.raises(ServiceError) as caught:
        await ask(stub, **fields)
    assert (caught.value.reason, caught.value.field) == (Reason.FIELD_INVALID, field)
    assert caught.value.limit
    assert await stand_in.calls() == []


async def test_the_largest_brand_guide_is_taken(stub) -> None:
    words = [f"{number:02}" + "é" * 48 for number in range(20)]
    brand = recipe_pb2.BrandGuide(
        palette=["#123456"] * 8, words_to_use=words, words_to_avoid=[word[::-1] for word in words], look="x" * 500
    )
    prompt = (await generate(stub, brand=brand)).prompts[0]
    assert prompt.negative_text.count(", ") == 21
    assert len(prompt.negative_text) <= 1500


@pytest.mark.parametrize(("content", "calls"), [(TEXT, 1), ("The keeper waters her tomatoes in the fog. " * 2300, 3)])
async def test_an_estimate_asks_no_model_and_is_near_what_it_then_costs(
    stub, stand_in, content: str, calls: int
) -> None:
    estimate = await generate(stub, content=content, count=2, validate_only=True)
    assert await stand_in.calls() == []
    assert len(estimate.prompts) == 0
    assert estimate.call.cost.source == cost_pb2.COST_SOURCE_ESTIMATED
    assert estimate.call.cost.billed_usd == 0
    real = await generate(stub, content=content, count=2)
    assert len(await stand_in.calls()) >= calls
    assert 0.4 < estimate.call.cost.usd / real.call.cost.usd < 6


@pytest.mark.parametrize(
    ("content", "language"),
    [
        (TEXT, "en"),
        ("Die Leuchtturmwärterin gießt ihre Tomaten, während der Nebel über den Hafen zieht.", "de"),
        ("La gardienne du phare arrose ses tomates pendant que la brume couvre le port.", "fr"),
        ("灯台守の女性がトマトに水をやり、霧が港を覆う。", "ja"),
    ],
)
async def test_the_embedded_engine_names_the_language_that_it_writes(local_stub, content: str, language: str) -> None:
    prompt = (await generate(local_stub, content=content)).prompts[0]
    assert prompt.language in (language, "en")
    assert prompt.alt_text


async def test_the_embedded_engine_writes_in_the_language_that_is_asked_for(local_stub) -> None:
    prompt = (await generate(local_stub, language="de", purpose=recipe_pb2.PURPOSE_PUBLISHING)).prompts[0]
    assert prompt.language == "de"
    assert len(prompt.alt_text) <= 250
    assert prompt.caption


async def test_the_embedded_engine_heeds_a_brand(local_stub) -> None:
    avoid = recipe_pb2.BrandGuide(palette=["#0a3d62"], words_to_avoid=["fog", "tomato"], look="paper cut")
    reply = await generate(local_stub, count=3, brand=avoid)
    for prompt in reply.prompts:
        assert "fog" not in prompt.text.lower().split()
        assert "paper cut" in prompt.text.lower()
        assert prompt.negative_text.startswith("fog, tomato")
