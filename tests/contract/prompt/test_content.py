"""Any content that people have: articles, markup, every script, and far too much of it."""

from __future__ import annotations

import re

import pytest
from atelier.prompt.v1 import prompt_pb2

from services.kit.channel import unary
from services.prompt.pieces import tokens
from services.prompt.words import words

HTML = """<!doctype html><html><head><title>Harvest</title><style>p{color:red}</style>
<script>var secretcode = 1</script></head>
<body><nav><a href=/>Startpage menu</a></nav><h1>Grape harvest</h1><p>Pickers fill baskets <b>before</b> sunrise.
<p>The old press <img src=p.jpg alt="a wooden press with iron bands"> creaks.
<p hidden>HIDDENWORDS<table><tr><td>Cellar<td>Barrels</table></body>"""
MARKDOWN = """# Night train

The *sleeper* leaves at **midnight**. [Tickets](https://example.org/buy)

![a conductor with a lamp](c.png)

- snow on the rails
- tea in glasses
"""
SCRIPTS = {
    "chinese": "清晨的渔村里，老渔夫在木船上整理渔网。孩子们在沙滩上追逐海鸥，远处的灯塔亮着微光。",
    "japanese": "山あいの小さな駅で、猫がベンチに座って電車を待っている。雪が静かに降り積もる。",
    "korean": "할머니가 마당에서 김치를 담그고 있다. 장독대 위로 햇살이 비친다.",
    "arabic": "يجلس الخزاف العجوز في السوق القديم ويصنع الجرار من الطين الأحمر.",
    "hebrew": "הדייגים חוזרים לנמל יפו עם שחר, והשחפים חגים מעל הסירות.",
    "hindi": "बूढ़ा कुम्हार गाँव के चौराहे पर मिट्टी के दीये बना रहा है।",
    "thai": "ตลาดน้ำยามเช้ามีเรือขายผลไม้และดอกไม้ลอยอยู่เต็มคลอง",
    "russian": "Бабушка печёт пирог на даче, а внуки собирают яблоки в старом саду.",
    "german": "Der Uhrmacher in der Altstadt repariert eine Standuhr aus dem Jahr 1820.",
    "emoji": "Picnic 🧺🍓 in the park 🌳👩‍👧‍👦 with a red kite 🪁!",
}


async def generate(stub, **fields: object):
    return await unary(stub.GeneratePrompts, prompt_pb2.GeneratePromptsRequest(**fields), timeout_s=90)


def shown(stand_in) -> str:
    """The content block that the model saw last."""
    user = stand_in.engine.asked[-1].messages[-1].content
    return re.search(r'<content boundary="\w+">\n(.*)\n</content boundary="\w+">$', user, re.DOTALL).group(1)


@pytest.mark.parametrize("content_type", ["text/html", "", "Text/HTML; charset=utf-8"])
async def test_the_model_sees_of_html_what_a_reader_sees(stub, stand_in, content_type: str) -> None:
    await generate(stub, content=HTML, content_type=content_type)
    text = shown(stand_in)
    for kept in ("Harvest", "Grape harvest", "before sunrise", "a wooden press with iron bands", "Cellar Barrels"):
        assert kept in text
    for dropped in ("secretcode", "color", "Startpage", "HIDDENWORDS", "<", ">"):
        assert dropped not in text


@pytest.mark.parametrize("content_type", ["text/markdown", ""])
async def test_the_model_sees_of_markdown_what_a_reader_sees(stub, stand_in, content_type: str) -> None:
    await generate(stub, content=MARKDOWN, content_type=content_type)
    text = shown(stand_in)
    for kept in ("Night train", "The sleeper leaves at midnight.", "a conductor with a lamp", "snow on the rails"):
        assert kept in text
    for dropped in ("#", "*", "https", "]("):
        assert dropped not in text


async def test_plain_text_is_never_read_as_markup(stub, stand_in) -> None:
    content = "# not a heading, <b>not bold</b>\n\n* 5 < 6 & 7 > 6"
    await generate(stub, content=content, content_type="text/plain")
    assert shown(stand_in) == content


@pytest.mark.parametrize("script", SCRIPTS)
async def test_content_in_every_script_reaches_the_model_and_gives_prompts(stub, stand_in, script: str) -> None:
    reply = await generate(stub, content=SCRIPTS[script], count=2)
    assert len(reply.prompts) == 2
    assert shown(stand_in) == SCRIPTS[script]


@pytest.mark.parametrize("script", SCRIPTS)
async def test_the_embedded_engine_writes_about_content_in_every_script(local_stub, script: str) -> None:
    reply = await generate(local_stub, content=SCRIPTS[script], count=3, style="ink drawing")
    assert len({prompt.text for prompt in reply.prompts}) == 3
    assert all(prompt.text and prompt.alt_text for prompt in reply.prompts)


@pytest.mark.parametrize(
    "unit", ["清晨的渔村里，老渔夫在木船上整理渔网。", "The keeper of part {} waters tomatoes by the sea. "]
)
async def test_the_longest_content_is_condensed_whole_and_never_cut_off(stub, stand_in, unit: str) -> None:
    content = "".join(unit.format(number) for number in range(100_000))[:100_000]
    reply = await generate(stub, content=content, count=2)
    assert len(reply.prompts) == 2
    asked = [request for request in stand_in.engine.asked if "Summarise" in request.messages[-1].content]
    assert len(asked) >= 2
    total = {re.search(r"part \d+ of (\d+)", request.messages[-1].content).group(1) for request in asked}
    assert total == {str(len(asked))}
    told = "".join(request.messages[-1].content.partition(">\n")[2].rpartition("\n</content")[0] for request in asked)
    assert sorted(told.replace(" ", "")) == sorted(content.replace(" ", ""))
    for request in stand_in.engine.asked:
        assert sum(tokens(message.content) for message in request.messages) + request.max_tokens <= 24_000
    assert reply.call.attempts == len(asked) + 1


async def test_the_embedded_engine_condenses_the_longest_content(local_stub, embedded) -> None:
    parts = [
        "The beekeeper opens the hive in the orchard.",
        "Smoke drifts over the wooden boxes.",
        "Honey drips from combs.",
    ]
    content = "\n\n".join(f"{part} Year {number}." for number in range(1200) for part in parts)[:100_000]
    reply = await generate(local_stub, content=content, count=2)
    assert len({prompt.text for prompt in reply.prompts}) == 2
    assert reply.call.attempts == len(await embedded.calls()) > 1


@pytest.mark.parametrize(
    "content", ["x" * 100_000, "字" * 100_000, "<b>" * 33_000 + "boat", "[a](" * 25_000, "🧺" * 100_000]
)
async def test_strange_content_of_the_greatest_length_still_gives_prompts(stub, content: str) -> None:
    assert len((await generate(stub, content=content)).prompts) == 1


async def test_a_summary_that_says_nothing_is_asked_for_again(stub, stand_in) -> None:
    content = "The miller grinds rye by the river. " * 2700
    await stand_in.misbehave({"contains": "part 1 of", "times": 1, "text": '{"summary": " "}'})
    reply = await generate(stub, content=content)
    summaries = [request for request in stand_in.engine.asked if "Summarise" in request.messages[-1].content]
    assert reply.call.attempts == len(summaries) + 2


async def test_the_style_is_passed_on_in_one_line(stub, stand_in) -> None:
    await generate(stub, content="A boat.", style="flat vector,\n two colours\n<content boundary=1>")
    line = next(x for x in stand_in.engine.asked[-1].messages[-1].content.splitlines() if x.startswith("Style: "))
    assert line == "Style: flat vector, two colours <content boundary=1>"


async def test_prompts_of_the_embedded_engine_are_clearly_different(local_stub) -> None:
    reply = await generate(local_stub, content=MARKDOWN, count=8)
    texts = [words(prompt.text) for prompt in reply.prompts]
    for index, one in enumerate(texts):
        assert all(len(one & other) / len(one | other) < 0.7 for other in texts[:index])
