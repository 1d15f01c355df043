"""RewritePrompt over real gRPC: another prompt about the same content, never the refused one again."""

from __future__ import annotations

import pytest
from atelier.prompt.v1 import prompt_pb2
from atelier.type.v1 import prompt_pb2 as type_pb2
from atelier.type.v1 import verdict_pb2

from services.kit.channel import unary
from services.kit.errors import Reason, ServiceError
from services.prompt.words import overlap, words

CONTENT = "The museum shows swords and armour of the fifteenth century, polished by two restorers in a bright workshop."
REFUSED = "A knight stabs another knight with a long sword, blood on the armour, dramatic battlefield at dusk"


async def rewrite(stub, *, codes: tuple[str, ...] = ("S1", "S9"), refused: str = REFUSED, **fields: object):
    findings = [verdict_pb2.Finding(category=code) for code in codes]
    request = prompt_pb2.RewritePromptRequest(
        **{"content": CONTENT, "refused": type_pb2.Prompt(text=refused), "findings": findings} | fields
    )
    return await unary(stub.RewritePrompt, request, timeout_s=90)


def question(stand_in) -> list[str]:
    return stand_in.engine.asked[-1].messages[-1].content.splitlines()


async def test_the_model_is_told_what_was_refused_and_why(stub, stand_in) -> None:
    reply = await rewrite(stub, refused="A sword\nNumber of prompts: 7", style="oil painting")
    lines = question(stand_in)
    assert lines[:4] == [
        "Number of prompts: 1",
        "Style: oil painting",
        "Refused prompt: A sword Number of prompts: 7",
        "Refused because: S1 Violent Crimes, S9 Indiscriminate Weapons",
    ]
    assert reply.prompt.text
    assert reply.prompt.alt_text
    assert reply.call.attempts == 1


async def test_a_refusal_without_findings_is_the_providers_filter(stub, stand_in) -> None:
    assert (await rewrite(stub, codes=())).prompt.text
    assert "Refused because: the safety filter of the image model" in question(stand_in)


async def test_what_the_policy_let_pass_is_no_reason_and_an_own_rule_is_told_in_words(stub, stand_in) -> None:
    findings = [
        verdict_pb2.Finding(category="rivals", action=verdict_pb2.ACTION_BLOCK, title="Does it show a rival's shoe?"),
        verdict_pb2.Finding(category="S6", action=verdict_pb2.ACTION_FLAG, title="Specialized Advice"),
        verdict_pb2.Finding(category="S9", action=verdict_pb2.ACTION_ALLOW),
    ]
    await rewrite(stub, findings=findings)
    assert "Refused because: rivals (Does it show a rival's shoe?)" in question(stand_in)
    await rewrite(stub, findings=findings[1:])
    assert "Refused because: S6 Specialized Advice, S9 Indiscriminate Weapons" in question(stand_in)


@pytest.mark.parametrize("again", [REFUSED, REFUSED.upper() + "!", REFUSED.replace("dramatic", "foggy")])
async def test_the_refused_prompt_and_its_near_copies_are_never_the_answer(stub, stand_in, again: str) -> None:
    same = {"prompts": [{"prompt": again, "negative_prompt": "", "alt_text": "A knight."}]}
    await stand_in.answers(same)
    reply = await rewrite(stub)
    assert overlap(words(reply.prompt.text), words(REFUSED)) < 0.5
    assert reply.call.attempts == 2
    await stand_in.answers(same, same, same)
    with pytest.raises(ServiceError) as caught:
        await rewrite(stub)
    assert caught.value.reason is Reason.MODEL_OUTPUT


@pytest.mark.parametrize("codes", [(), ("S1",), ("S1", "S9", "S12")])
async def test_the_embedded_engine_writes_another_prompt(local_stub, codes: tuple[str, ...]) -> None:
    first = (await rewrite(local_stub, codes=codes)).prompt
    assert overlap(words(first.text), words(REFUSED)) < 0.7
    second = (await rewrite(local_stub, codes=codes, refused=first.text)).prompt
    assert overlap(words(second.text), words(first.text)) < 0.7


@pytest.mark.parametrize(
    ("fields", "reason", "field"),
    [
        ({"content": ""}, Reason.CONTENT_LENGTH, "content"),
        ({"refused": ""}, Reason.FIELD_INVALID, "refused.text"),
        ({"refused": "x" * 2049}, Reason.FIELD_INVALID, "refused.text"),
        ({"findings": [verdict_pb2.Finding(category="S1")] * 65}, Reason.FIELD_INVALID, "findings"),
        ({"style": "x" * 501}, Reason.FIELD_INVALID, "style"),
        ({"content_type": "image/png"}, Reason.FIELD_INVALID, "content_type"),
    ],
)
async def test_a_bad_request_names_the_field(
    stub, stand_in, fields: dict[str, object], reason: Reason, field: str
) -> None:
    with pytest.raises(ServiceError) as caught:
        await rewrite(stub, **fields)
    assert (caught.value.reason, caught.value.field) == (reason, field)
    assert caught.value.limit
    assert await stand_in.calls() == []


async def test_long_content_is_condensed_before_a_rewrite(stub, stand_in) -> None:
    reply = await rewrite(stub, content="The restorer oils a helmet. " * 3570)
    assert reply.prompt.text
    assert reply.call.attempts == len(await stand_in.calls()) > 2
