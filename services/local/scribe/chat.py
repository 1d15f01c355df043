"""Short, extractive answers to plain chat; says what it is where it cannot help."""

from __future__ import annotations

import re
from collections.abc import Sequence

from services.local.engine import ChatMessage, Embedder, TextRequest
from services.local.scribe.condense import condense
from services.local.scribe.injection import without_orders
from services.local.scribe.protocol import content_of, last_of
from services.local.scribe.ranking import spread
from services.local.scribe.text import plain, sentences, shorten

CHARACTERS_A_TOKEN = 4
MAX_EMBEDDED = 60
ALIKE = 0.35

_GREETING = re.compile(
    r"^\W*(?:hi|hello|hey|good (?:morning|afternoon|evening|day)|greetings|hallo|bonjour|hola|ciao|olá)\b", re.I
)
_THANKS = re.compile(r"^\W*(?:thanks|thank you|thx|merci|danke|gracias)\b", re.I)
_WHO = re.compile(
    r"\b(?:who|what) are you\b|\bwhich model\b|\byour name\b|\bare you (?:an? )?(?:ai|human|bot|gpt|llama)", re.I
)
_SUMMARY = re.compile(r"\b(?:summar|tl;?dr|in short|shorten|condense|key points|main points|gist|title|headline)", re.I)
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
    if _GREETING.match(asked) and len(asked) < 60:
        return "Hello! Give me a text to summarise, or ask a question about one."
    found = sentences(plain(content_of(messages)))
    questions = [sentence for sentence in found if sentence.endswith("?") or _ASK.match(sentence)]
    material = without_orders([sentence for sentence in found if sentence not in questions])
    if not material or len(found) < 2:
        material = _earlier(messages)
    if _SUMMARY.search(asked):
        body = [
            sentence for sentence in material if not (_SUMMARY.search(sentence) and len(sentence) < 120)
        ] or material
        return condense(body, min(80, limit // 6), embedder) or UNABLE
    return _best(questions[-1] if questions else asked, material, bool(questions), limit, embedder)


def _earlier(messages: Sequence[ChatMessage]) -> list[str]:
    """Sentences of the earlier turns, which a follow-up question is about."""
    turns = [message.content for message in messages[:-1] if message.role != "system"]
    return without_orders([sentence for turn in turns for sentence in sentences(plain(turn))])


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
