"""Short, extractive answers to plain chat; says what it is where it cannot help."""

from __future__ import annotations

import re
from collections.abc import Sequence

from services.local.engine import ChatMessage, Embedder, TextRequest
from services.local.scribe.condense import condense
from services.local.scribe.injection import without_orders
from services.local.scribe.phrases import keywords
from services.local.scribe.protocol import content_of, last_of
from services.local.scribe.ranking import spread
from services.local.scribe.text import plain, sentences, shorten

CHARACTERS_A_TOKEN = 4
MAX_EMBEDDED = 60
ALIKE = 0.35
MAX_WISH = 120

_GREETING = re.compile(
    r"^\W*(?:hi|hello|hey|good (?:morning|afternoon|evening|day)|greetings|hallo|bonjour|hola|ciao|olá)\b", re.I
)
_THANKS = re.compile(r"^\W*(?:thanks|thank you|thx|merci|danke|gracias)\b", re.I)
_WHO = re.compile(
    r"\b(?:who|what) are you\b|\bwhich model\b|\byour name\b|\bare you (?:an? )?(?:ai|human|bot|gpt|llama)", re.I
)
_SUMMARY = re.compile(r"\b(?:summar|tl;?dr|in short|shorten|condense|key points|main points|gist|title|headline)", re.I)
_POINTS = re.compile(r"\b(?:bullet|key points|main points|list (?:the|three|five)|takeaways)", re.I)
_KEYWORDS = re.compile(r"\b(?:keywords?|key phrases|tags|hashtags)\b", re.I)
_SAY = re.compile(
    r"^\W*(?:please )?(?:say|repeat(?: after me)?)[:,]? +[\"'“]?(?!hi\b|hello\b)(.{1,200}?)[\"'”]?\s*$", re.I | re.S
)
_ROLE = re.compile(
    r"^(?:you are|you're|act as|answer|use|reply|respond|be |do not|don't|always|never|translate)\b", re.I
)
_PING = re.compile(r"^\W*(?:ping|test|testing|say hi|say hello)\W*$", re.I)
_ASK = re.compile(r"^(?:what|who|when|where|why|how|which|is|are|does|do|did|can|was|were|has|have|will)\b", re.I)

SELF = "I am a small text engine that runs on this machine on sentence embeddings, not a large language model."
UNABLE = (
    f"I cannot answer that. {SELF} I can summarise a text you give me, find the sentence that answers a question "
    "about it, and write picture prompts."
)


def answer(request: TextRequest, embedder: Embedder) -> str:
    """An answer to the last user message, within `max_tokens`; never empty."""
    limit = max(1, request.max_tokens) * CHARACTERS_A_TOKEN
    return shorten(_answer(request.messages, limit, embedder), limit) or "…"


def _answer(messages: Sequence[ChatMessage], limit: int, embedder: Embedder) -> str:
    asked = last_of(messages, "user").strip()
    for pattern, reply in (
        (_WHO, f"{SELF} My name is local/scribe."),
        (_PING, "Hello."),
        (_THANKS, "You are welcome."),
    ):
        if pattern.search(asked) and len(asked) < 120:
            return reply
    if said := _SAY.match(asked):
        return said[1][:1].upper() + said[1][1:]
    if _GREETING.match(asked) and len(asked) < 60:
        return "Hello! Give me a text to summarise, or ask a question about one."
    found = sentences(plain(_without_wish(content_of(messages))))
    questions = [sentence for sentence in found if sentence.endswith("?") or _ASK.match(sentence)]
    material = without_orders([sentence for sentence in found if sentence not in questions])
    if not material or len(found) < 2:
        material = _earlier(messages)
    told = _told(material, asked)
    if told and _KEYWORDS.search(asked):
        return ", ".join(keywords(told, embedder)) or UNABLE
    if told and _POINTS.search(asked):
        return _points(told, limit, embedder)
    if _SUMMARY.search(asked):
        body = [
            sentence for sentence in material if not (_SUMMARY.search(sentence) and len(sentence) < 120)
        ] or material
        return condense(body, min(80, limit // 6), embedder) or UNABLE
    return _best(questions[-1] if questions else asked, material, bool(questions), limit, embedder)


def _without_wish(content: str) -> str:
    """The content without the wish before it, as in "Summarise this in short: ..."."""
    wish, colon, text = content[:MAX_WISH].partition(":")
    wanted = _SUMMARY.search(wish) or _POINTS.search(wish) or _KEYWORDS.search(wish)
    return text + content[MAX_WISH:] if colon and wanted and "." not in wish else content


def _earlier(messages: Sequence[ChatMessage]) -> list[str]:
    """Sentences of the earlier turns and of the system's context, which a follow-up question is about."""
    found = [sentence for message in messages[:-1] for sentence in sentences(plain(message.content))]
    return without_orders([sentence for sentence in found if not _ROLE.match(sentence)])


def _told(material: Sequence[str], asked: str) -> list[str]:
    """The sentences that are text and not the wish for keywords or points about it."""
    wish = asked.split("\n")[0][:120]
    return [s for s in material if not (s in wish and (_KEYWORDS.search(s) or _POINTS.search(s))) and len(s) > 2]


def _points(material: Sequence[str], limit: int, embedder: Embedder) -> str:
    """Up to five sentences of the material, one a line."""
    body = sentences(condense(material, min(90, limit // 6), embedder))
    return "\n".join(f"- {sentence}" for sentence in body[:5]) or UNABLE


def _best(question: str, material: Sequence[str], is_question: bool, limit: int, embedder: Embedder) -> str:
    if not material:
        return UNABLE
    if not is_question:
        return condense(material, min(60, limit // 6), embedder) if len(material) > 2 else UNABLE
    positions = spread(len(material), MAX_EMBEDDED, lead=10)
    rows = embedder.encode([question, *(material[position][:300] for position in positions)])
    likeness = rows[1:] @ rows[0]
    best = int(likeness.argmax())
    return material[positions[best]] if float(likeness[best]) >= ALIKE else UNABLE
