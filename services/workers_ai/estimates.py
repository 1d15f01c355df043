"""What a call would use and cost, said before it is made. Pure: no request is sent.

Tokens are counted by the length of the text, rather too many than too few: nobody is to spend more than was said.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from services.workers_ai import clef
from services.workers_ai.catalogue import guard_model, image_model, sentiment_model, text_model
from services.workers_ai.cost import Cost, expected_cost
from services.workers_ai.models import GuardModel, ImageModel
from services.workers_ai.pieces import cut
from services.workers_ai.prices import Use
from services.workers_ai.values import ImageRequest, Message, Question
from services.workers_ai.wire import Request

# Of English, a token takes about four bytes of UTF-8; of other scripts, about three.
_BYTES_PER_TOKEN = 3.5
# What a chat template adds to each message, and the taxonomy in Llama Guard's template to each text.
_MESSAGE_TOKENS = 8
_GUARD_TEMPLATE_TOKENS = 350
_VERDICT_TOKENS = 8
# Clef does not say what a picture counts for; this is what vision models of its kind take for one.
_PICTURE_TOKENS = 1100
# Where a model publishes no default. Unit: pixels, steps.
_USUAL_SIZE = (1024, 1024)
_USUAL_STEPS = 25


def text_cost(model: str, messages: Sequence[Message], *, output_tokens: int, billed: bool = True) -> Cost:
    """The cost of one answer of about `output_tokens`; MODEL_UNSUPPORTED for an unknown model."""
    return expected_cost(text_model(model).name, text_use(messages, output_tokens), billed=billed)


def judgement_cost(model: str, text: str, *, billed: bool = True) -> Cost:
    """The cost of judging a text, all its pieces together; MODEL_UNSUPPORTED for an unknown model."""
    row = guard_model(model)
    pieces = cut(text, row.max_text_bytes)
    uses = [judgement_use(row, piece) for piece in pieces]
    together = Use(sum(use.input_tokens for use in uses), sum(use.output_tokens for use in uses))
    return expected_cost(row.name, together, billed=billed)


def decision_cost(
    model: str, state: object, questions: Mapping[str, Question], *, pictures: int = 0, billed: bool = True
) -> Cost:
    """The cost of Clef's answers about a text and pictures; MODEL_UNSUPPORTED for an unknown model."""
    use = decision_use(clef.decide_request(guard_model(model), state, questions))
    shown = Use(use.input_tokens + pictures * _PICTURE_TOKENS)
    return expected_cost(model, shown, billed=billed)


def sentiment_cost(model: str, text: str, *, billed: bool = True) -> Cost:
    """The cost of one opinion on a text's tone; MODEL_UNSUPPORTED for an unknown model."""
    return expected_cost(sentiment_model(model).name, Use(tokens_of(text)), billed=billed)


def image_cost(model: str, request: ImageRequest, *, billed: bool = True) -> Cost:
    """The cost of one picture; MODEL_UNSUPPORTED for an unknown model."""
    return expected_cost(model, image_use(image_model(model), request), billed=billed)


def text_use(messages: Iterable[Message], output_tokens: int) -> Use:
    """What one answer of a text model is thought to use."""
    return Use(sum(tokens_of(message.content) + _MESSAGE_TOKENS for message in messages), output_tokens)


def judgement_use(model: GuardModel, text: str) -> Use:
    """What judging one piece of a text is thought to use."""
    if model.dialect == "clef":
        return decision_use(clef.decide_request(model, text, clef.HAZARD_QUESTIONS))
    return Use(tokens_of(text) + _GUARD_TEMPLATE_TOKENS, _VERDICT_TOKENS)


def decision_use(request: Request, images: Sequence[bytes] = ()) -> Use:
    """What one decision of Clef is thought to use: the words of the request, and so much for each picture in it."""
    pictures_bytes = sum(math.ceil(len(data) / 3) * 4 for data in images)
    return Use(_tokens(len(request.body) - pictures_bytes) + len(images) * _PICTURE_TOKENS)


def image_use(model: ImageModel, request: ImageRequest) -> Use:
    """What one picture uses: the size and the steps asked for, else the model's defaults."""
    published = model.sizes.default if model.sizes else None
    width, height = published or _USUAL_SIZE
    if model.sizes and request.width and request.height:
        width, height = request.width, request.height
    steps = request.steps if model.steps and request.steps else model.steps.default if model.steps else 0
    return Use(width=width, height=height, steps=steps or (_USUAL_STEPS if model.steps else 0))


def tokens_of(text: str) -> int:
    """About how many tokens a text has."""
    return _tokens(len(text.encode()))


def _tokens(size_bytes: int) -> int:
    return math.ceil(size_bytes / _BYTES_PER_TOKEN)
