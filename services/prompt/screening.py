"""Signs that a text carries instructions to the model, or that a prompt obeys or leaks some.

The lists are not what keeps content from being obeyed: that is the model's instructions and the shape of its answer.
They catch what got through, so that it can be asked for again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from services.prompt.draft import Draft
from services.prompt.words import sentences, words

_RULES_EN = r"(?:instruct\w*|prompts?|rules?|guidelines?|directions?|messages?|constraints?|polic(?:y|ies)|safety)"
# Orders to drop the rules, in the languages that attacks are written in most; nothing that could be seen in a picture.
_OVERRIDES = (
    rf"\b(?:ignore|disregard|forget|override|bypass|discard)\b.{{0,40}}\b(?:previous|prior|above|earlier|preceding|all"
    rf"|any|every|your|these|those|system|original)\b.{{0,40}}\b{_RULES_EN}",
    r"\b(?:ignore|disregard|forget)\s+(?:everything|all|anything)\b.{0,30}\b(?:above|before|prior|said|told)",
    r"\b(?:ignorier|vergiss|vergesst|missacht)\w*\b.{0,50}(?:anweisung|instruktion|regel|vorgabe|prompt)",
    r"\b(?:ignor|oubli)\w*\b.{0,50}\b(?:instruction|consigne|règle|directive)",
    r"\b(?:ignor|olvid|desconsider|esque[cç]|dimentic)\w*\b.{0,50}(?:instruc|instruç|istruzion|regla|regra|regol)",
    r"\b(?:negeer|vergeet)\b.{0,50}(?:instructie|regel|opdracht)",
    r"\b(?:zignoruj|ignoruj|zapomnij)\b.{0,50}(?:instrukcj|polece|zasad)",
    r"(?:игнорир|забуд|отмен)\w*.{0,50}(?:инструкц|указани|правил|команд)",
    r"(?:忽略|无视|無視|忽視|忘记|忘記|不要理会).{0,20}(?:指令|指示|提示|规则|規則|说明|要求)",
    r"(?:指示|命令|ルール|プロンプト|指令).{0,12}(?:無視|忘れ)",
    r"(?:지시|명령|지침|규칙|프롬프트).{0,12}(?:무시|잊)",
    r"(?:تجاهل|انس).{0,40}(?:تعليمات|أوامر|قواعد)",
    r"(?:התעלם|תתעלם|שכח).{0,40}(?:הוראות|כללים)",
    r"(?:निर्देश|आदेश|नियम).{0,40}(?:अनदेखा|नज़रअंदाज़|भूल)",
    r"(?:talimat|yönerge|kural)\w*.{0,40}(?:yok\s?say|unut|görmezden)",
)
# Orders to be somebody else, or to say something else; harmless sentences may look like them.
_COMMANDS = (
    r"\byou\s+are\s+(?:now|no\s+longer)\s+(?:a|an|in|the|free|bound|dan\b|not)\b",
    r"\b(?:pretend|act)\s+(?:that\s+you\s+are|to\s+be|as\s+(?:if|though|an?\s+(?:ai|assistant|unrestricted|evil)))\b",
    r"\b(?:new|updated|real|actual|secret)\s+(?:system\s+)?(?:instructions?|task|orders?)\s*(?::|is\b|are\b)",
    r"\b(?:reveal|repeat|print|output|show|leak)\b.{0,30}\b(?:system|hidden|initial|secret)\b.{0,20}\b(?:prompt|message|instruct)",
    r"\b(?:respond|reply|answer|output|print|return|say|write)\b\s+(?:only|just|exactly|nothing\s+but|with\s+only)\b",
    r"\b(?:respond|reply|answer|output|print|return|say|write)\b.{0,30}\b(?:the\s+(?:word|phrase|string|text|sentence)|in\s+every\s+prompt)\b",
    r"\b(?:developer|debug|dan|god)\s+mode\b|\bjailbreak\w*\b|\bdo\s+anything\s+now\b",
    r"\b(?:every|each|all|the)\s+(?:image\s+)?prompts?\s+(?:must|should|shall|has\s+to|have\s+to)\b",
    r"^\s*(?:#+\s*)?(?:system|assistant|developer|user)\s*:",
)


def _either(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE | re.MULTILINE)


_ORDER = _either((*_OVERRIDES, *_COMMANDS))
_OVERRIDE = _either(_OVERRIDES)
_TAG = re.compile(r"</?\s*content\b|\bboundary\s*=|<\|[\w ]{1,30}\|>|\[/?INST\]|<</?SYS>>|```|\{\{|\}\}", re.IGNORECASE)
_PHRASE = re.compile(
    r"\bcontent\s+boundary\b|\bsystem\s+(?:prompt|message|instruction)|\buser\s+message\b|\bjson\s+(?:object|schema)\b"
    r"|\bnumber\s+of\s+prompts\b|\brefused\s+(?:prompt|because)\b|\bnegative_prompt\b|\balt_text\b"
    r"|\bbrand\s+(?:palette|words|look|logo\s+space)\b|\bwords\s+to\s+(?:use|avoid)\s*:|\blanguage\s+of\s+alt\b"
    r"|\bas\s+an?\s+(?:ai|language\s+model|assistant)\b|\bI(?:'m|\s+am)\s+(?:sorry|unable|not\s+able)\b"
    r"|\bI\s+(?:cannot|can't|can\s+not|won't|will\s+not)\b",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"\b[a-z][a-z0-9+.-]{1,12}://|\bwww\.\w|\b(?:javascript|mailto):|\bdata:\w+/\w|\b[\w-]{2,}\.[a-z]{2,}/\w"
    r"|\b[\w.+-]+@[\w-]+\.[a-z]{2,}",
    re.IGNORECASE,
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
    return [sentence for sentence in sentences(content) if _ORDER.search(sentence)]


def without_orders(content: str) -> str:
    """The content without those sentences; the content itself where nothing else would be left."""
    rest = _without(content, orders_in(content))
    return rest if len(words(rest)) >= _FEWEST_WORDS else content


def watch_for(content: str, boundary: str) -> Watch:
    """What to look for in an answer to this content; one that is nothing but orders is at least what it is about."""
    orders = orders_in(content)
    harmless = _without(content, orders).casefold()
    if not words(harmless):
        return Watch(boundary)
    payloads = {(match.group(1) or match.group()).casefold() for order in orders for match in _PAYLOAD.finditer(order)}
    runs = frozenset(run for order in orders for run in _runs(order))
    return Watch(boundary, runs, frozenset(word for word in payloads if word not in harmless), harmless)


def fault_of(draft: Draft, watch: Watch) -> str:
    """Why a draft cannot be used, "" if it can."""
    texts = (draft.text, draft.negative_text, draft.alt_text, draft.caption)
    if not words(draft.text):
        return "it says nothing"
    if any(watch.boundary and watch.boundary in text for text in texts) or _any(_TAG, texts):
        return "it leaks its instructions"
    if any(match.group().casefold() not in watch.harmless for text in texts for match in _PHRASE.finditer(text)):
        return "it leaks its instructions"
    if _any(_LINK, texts):
        return "it holds a link"
    if _any(_OVERRIDE, texts) or any(_echoes(text, watch) for text in texts):
        return "it echoes an instruction from the content"
    return ""


def _any(pattern: re.Pattern[str], texts: Iterable[str]) -> bool:
    return any(pattern.search(text) for text in texts)


def _without(content: str, orders: Iterable[str]) -> str:
    for order in orders:
        content = content.replace(order, " ")
    return content


def _echoes(text: str, watch: Watch) -> bool:
    low = text.casefold()
    return any(payload in low for payload in watch.payloads) or not watch.runs.isdisjoint(_runs(text))


def _runs(text: str) -> Iterable[tuple[str, ...]]:
    """Every run of consecutive words long enough not to be chance."""
    row = re.findall(r"[^\W_]+", text.casefold())
    return (tuple(row[start : start + _ECHOED_RUN]) for start in range(len(row) - _ECHOED_RUN + 1))
