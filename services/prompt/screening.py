"""Signs that a text carries instructions to the model, or that a prompt obeys or leaks some.

The lists are not what keeps content from being obeyed: that is the model's instructions and the shape of its answer.
They catch what got through, so that it can be asked for again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from services.prompt.draft import Draft
from services.prompt.sieve import Sieve, folded
from services.prompt.words import has_words, sentences, words

_RULES_EN = r"(?:instruct\w*|prompts?|rules?|guidelines?|directions?|messages?|constraints?|polic(?:y|ies)|safety)"
# Orders to drop the rules, in the languages that attacks are written in most; nothing that could be seen in a picture.
_OVERRIDES = (
    (
        "ignore disregard forget override bypass discard",
        rf"\b(?:ignore|disregard|forget|override|bypass|discard)\b.{{0,40}}\b(?:previous|prior|above|earlier|preceding|all"
        rf"|any|every|your|these|those|system|original)\b.{{0,40}}\b{_RULES_EN}",
    ),
    (
        "ignore disregard forget",
        r"\b(?:ignore|disregard|forget)\s+(?:everything|all|anything)\b.{0,30}\b(?:above|before|prior|said|told)",
    ),
    (
        "ignorier vergiss vergesst missacht",
        r"\b(?:ignorier|vergiss|vergesst|missacht)\w*\b.{0,50}(?:anweisung|instruktion|regel|vorgabe|prompt)",
    ),
    ("ignor oubli", r"\b(?:ignor|oubli)\w*\b.{0,50}\b(?:instruction|consigne|règle|directive)"),
    (
        "ignor olvid desconsider esque esqueç dimentic",
        r"\b(?:ignor|olvid|desconsider|esque[cç]|dimentic)\w*\b.{0,50}(?:instruc|instruç|istruzion|regla|regra|regol)",
    ),
    ("negeer vergeet", r"\b(?:negeer|vergeet)\b.{0,50}(?:instructie|regel|opdracht)"),
    ("zignoruj ignoruj zapomnij", r"\b(?:zignoruj|ignoruj|zapomnij)\b.{0,50}(?:instrukcj|polece|zasad)"),
    ("игнорир забуд отмен", r"(?:игнорир|забуд|отмен)\w*.{0,50}(?:инструкц|указани|правил|команд)"),
    (
        "忽略 无视 無視 忽視 忘记 忘記 不要理会",
        r"(?:忽略|无视|無視|忽視|忘记|忘記|不要理会).{0,20}(?:指令|指示|提示|规则|規則|说明|要求)",
    ),
    ("無視 忘れ", r"(?:指示|命令|ルール|プロンプト|指令).{0,12}(?:無視|忘れ)"),
    ("무시 잊", r"(?:지시|명령|지침|규칙|프롬프트).{0,12}(?:무시|잊)"),
    ("تجاهل انس", r"(?:تجاهل|انس).{0,40}(?:تعليمات|أوامر|قواعد)"),
    ("התעלם תתעלם שכח", r"(?:התעלם|תתעלם|שכח).{0,40}(?:הוראות|כללים)"),
    ("निर्देश आदेश नियम", r"(?:निर्देश|आदेश|नियम).{0,40}(?:अनदेखा|नज़रअंदाज़|भूल)"),
    ("yok unut görmezden", r"(?:talimat|yönerge|kural)\w*.{0,40}(?:yok\s?say|unut|görmezden)"),
)
# Orders to be somebody else, or to say something else; harmless sentences may look like them.
_ANSWER = "respond reply answer output print return say write"
_COMMANDS = (
    ("you", r"\byou\s+are\s+(?:now|no\s+longer)\s+(?:a|an|in|the|free|bound|dan\b|not)\b"),
    (
        "pretend act",
        r"\b(?:pretend|act)\s+(?:that\s+you\s+are|to\s+be|as\s+(?:if|though|an?\s+(?:ai|assistant|unrestricted|evil)))\b",
    ),
    (
        "instruction task order",
        r"\b(?:new|updated|real|actual|secret)\s+(?:system\s+)?(?:instructions?|task|orders?)\s*(?::|is\b|are\b)",
    ),
    (
        "prompt message instruct",
        r"\b(?:reveal|repeat|print|output|show|leak)\b.{0,30}\b(?:system|hidden|initial|secret)\b.{0,20}\b(?:prompt|message|instruct)",
    ),
    (
        _ANSWER,
        r"\b(?:respond|reply|answer|output|print|return|say|write)\b\s+(?:only|just|exactly|nothing\s+but|with\s+only)\b",
    ),
    (
        _ANSWER,
        r"\b(?:respond|reply|answer|output|print|return|say|write)\b.{0,30}\b(?:the\s+(?:word|phrase|string|text|sentence)|in\s+every\s+prompt)\b",
    ),
    ("mode jailbreak anything", r"\b(?:developer|debug|dan|god)\s+mode\b|\bjailbreak\w*\b|\bdo\s+anything\s+now\b"),
    (
        "prompt",
        r"\b(?:every|each|all|the)\s+(?:image\s+)?prompts?\s+(?:must|should|shall|has\s+to|have\s+to)\b",
    ),
    ("system assistant developer user", r"^\s*(?:#+\s*)?(?:system|assistant|developer|user)\s*:"),
)

_ORDER = Sieve.of((*_OVERRIDES, *_COMMANDS))
_OVERRIDE = Sieve.of(_OVERRIDES)
_TAG = Sieve.of(
    (
        (
            "< boundary [ ``` {{ }}",
            r"</?\s*content\b|\bboundary\s*=|<\|[\w ]{1,30}\|>|\[/?INST\]|<</?SYS>>|```|\{\{|\}\}",
        ),
    )
)
_PHRASE = Sieve.of(
    (
        (
            "boundary system message json prompt refused because alt_text",
            r"\bcontent\s+boundary\b|\bsystem\s+(?:prompt|message|instruction)|\buser\s+message\b"
            r"|\bjson\s+(?:object|schema)\b|\bnumber\s+of\s+prompts\b|\brefused\s+(?:prompt|because)\b"
            r"|\bnegative_prompt\b|\balt_text\b",
        ),
        (
            "brand words language",
            r"\bbrand\s+(?:palette|words|look|logo\s+space)\b|\bwords\s+to\s+(?:use|avoid)\s*:|\blanguage\s+of\s+alt\b",
        ),
        (
            "ai model assistant sorry able cannot can't not won't",
            r"\bas\s+an?\s+(?:ai|language\s+model|assistant)\b|\bI(?:'m|\s+am)\s+(?:sorry|unable|not\s+able)\b"
            r"|\bI\s+(?:cannot|can't|can\s+not|won't|will\s+not)\b",
        ),
    )
)
_LINK = Sieve.of(
    (
        (
            "/ www. : @",
            r"\b[a-z][a-z0-9+.-]{1,12}://|\bwww\.\w|\b(?:javascript|mailto):|\bdata:\w+/\w|\b[\w-]{2,}\.[a-z]{2,}/\w"
            r"|\b[\w.+-]+@[\w-]+\.[a-z]{2,}",
        ),
    )
)
_PAYLOAD = re.compile(r"\b[A-Z][A-Z0-9_-]{3,}\b|[\"“«„'‘「『]([^\"“”«»„'’「」『』]{3,80})[\"”»“'’」』]")

_ECHOED_RUN = 5
# Content with fewer words than that is not worth a picture.
_FEWEST_WORDS = 3


@dataclass(frozen=True, slots=True)
class Watch:
    """What must not come back from the model: the boundary, and what orders in the content asked for.

    `harmless` is the rest of the content in lower case; a phrase from there gives nothing away.
    """

    boundary: str = ""
    runs: frozenset[tuple[str, ...]] = frozenset()
    payloads: frozenset[str] = frozenset()
    harmless: str = ""


def orders_in(content: str) -> list[str]:
    """The sentences of a content that try to tell the model what to do."""
    patterns = _ORDER.likely(folded(content))
    return [sentence for sentence in sentences(content) if _any(patterns, (sentence,))] if patterns else []


def without_orders(content: str) -> str:
    """The content without those sentences; the content itself where nothing else would be left."""
    rest = _without(content, orders_in(content))
    return rest if len(words(rest)) >= _FEWEST_WORDS else content


def watch_for(content: str, boundary: str) -> Watch:
    """What to look for in an answer to this content; one that is nothing but orders is at least what it is about."""
    orders = orders_in(content)
    harmless = _without(content, orders).casefold()
    if not has_words(harmless):
        return Watch(boundary)
    payloads = {(match.group(1) or match.group()).casefold() for order in orders for match in _PAYLOAD.finditer(order)}
    runs = frozenset(run for order in orders for run in _runs(order))
    return Watch(boundary, runs, frozenset(word for word in payloads if word not in harmless), harmless)


def fault_of(draft: Draft, watch: Watch) -> str:
    """Why a draft cannot be used, "" if it can."""
    texts = (draft.text, draft.negative_text, draft.alt_text, draft.caption)
    low = folded("\n".join(texts))
    if not has_words(draft.text):
        return "it says nothing"
    if any(watch.boundary and watch.boundary in text for text in texts) or _any(_TAG.likely(low), texts):
        return "it leaks its instructions"
    if any(match.group().casefold() not in watch.harmless for match in _matches(_PHRASE.likely(low), texts)):
        return "it leaks its instructions"
    if _any(_LINK.likely(low), texts):
        return "it holds a link"
    if _any(_OVERRIDE.likely(low), texts) or any(_echoes(text, watch) for text in texts):
        return "it echoes an instruction from the content"
    return ""


def _any(patterns: Sequence[re.Pattern[str]], texts: Iterable[str]) -> bool:
    return any(pattern.search(text) for text in texts for pattern in patterns)


def _matches(patterns: Sequence[re.Pattern[str]], texts: Iterable[str]) -> Iterator[re.Match[str]]:
    return (match for text in texts for pattern in patterns for match in pattern.finditer(text))


def _without(content: str, orders: Iterable[str]) -> str:
    for order in orders:
        content = content.replace(order, " ")
    return content


def _echoes(text: str, watch: Watch) -> bool:
    if not watch.payloads and not watch.runs:
        return False
    low = text.casefold()
    return any(payload in low for payload in watch.payloads) or not watch.runs.isdisjoint(_runs(text))


def _runs(text: str) -> Iterable[tuple[str, ...]]:
    """Every run of consecutive words long enough not to be chance."""
    row = re.findall(r"[^\W_]+", text.casefold())
    return (tuple(row[start : start + _ECHOED_RUN]) for start in range(len(row) - _ECHOED_RUN + 1))
