"""What a step would cost, asked of the service that would do it: a call with `validate_only`, which makes nothing.

Answers are kept for a while by what decides the price: for a picture its size, for a prompt that is judged its length.
"""

from __future__ import annotations

import asyncio
import functools
import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import NamedTuple, TypeAlias, TypeVar

import grpc
from atelier.image.v1 import image_pb2
from atelier.moderation.v1 import moderation_pb2
from atelier.orchestrator.v1.orchestrator_pb2 import Accepted
from atelier.prompt.v1 import prompt_pb2
from google.protobuf.message import Message

from services.kit import telemetry
from services.kit.channel import unary
from services.kit.errors import ServiceError
from services.orchestrator.asking import Services, image_request, prompts_request, text_request
from services.orchestrator.cost import NOTHING, Spent, call_cost
from services.orchestrator.imagining import first_picture, imagined
from services.orchestrator.job import Job, Method, Step

log = telemetry.get_logger(__name__)

Asked = TypeVar("Asked")
Reply = TypeVar("Reply")
_Request: TypeAlias = (
    prompt_pb2.GeneratePromptsRequest
    | moderation_pb2.ModerateTextRequest
    | moderation_pb2.ModerateImageRequest
    | image_pb2.GenerateImageRequest
)

TIMEOUT_S = 10.0
KEPT, KEPT_S = 2000, 300.0


class _Question(NamedTuple):
    """A call that makes nothing, and what of it decides the price."""

    request: _Request
    key: bytes


class Quotes:
    """Asks what steps would cost. `now_s` is a clock that never goes back."""

    def __init__(self, services: Services, now_s: Callable[[], float] = time.monotonic) -> None:
        self._services = services
        self._now_s = now_s
        self._known: OrderedDict[bytes, tuple[float, Spent]] = OrderedDict()

    async def of(self, step: Step, job: Job) -> Spent:
        """The estimate for a step.

        Raises:
            ServiceError: what the service answers.
        """
        question = _question(step, job)
        known = self._known.get(question.key)
        if known is not None and self._now_s() < known[0]:
            return known[1]
        spent = await self._ask(question.request)
        self._known[question.key] = (self._now_s() + KEPT_S, spent)
        self._known.move_to_end(question.key)
        if len(self._known) > KEPT:
            self._known.popitem(last=False)
        return spent

    async def first_picture(self, accepted: Accepted) -> Spent:
        """What an asset costs at least until it has a picture; nothing where nobody can tell now.

        A service that is away is no reason to refuse an asset: its job waits for it, and then each step is estimated.
        """
        job = imagined(accepted)
        try:
            costs = await asyncio.gather(*(self.of(step, job) for step in first_picture(job)))
        except ServiceError as error:
            log.info("a picture cannot be estimated now", error=str(error))
            return NOTHING
        return functools.reduce(Spent.plus, costs, NOTHING)

    async def _ask(self, request: _Request) -> Spent:
        match request:
            case prompt_pb2.GeneratePromptsRequest():
                return call_cost((await _unary(self._services.prompt.GeneratePrompts, request)).call)
            case moderation_pb2.ModerateTextRequest():
                return call_cost((await _unary(self._services.moderation.ModerateText, request)).call)
            case moderation_pb2.ModerateImageRequest():
                return call_cost((await _unary(self._services.moderation.ModerateImage, request)).call)
            case image_pb2.GenerateImageRequest():
                return call_cost((await _unary(self._services.image.GenerateImage, request)).call)


def _question(step: Step, job: Job) -> _Question:
    match step.method:
        case Method.GENERATE_PROMPTS | Method.REWRITE_PROMPT:
            prompts = prompts_request(job)
            if step.method is Method.REWRITE_PROMPT:
                # A rewrite reads the same content and writes one prompt.
                prompts.count = 1
            prompts.validate_only = True
            return _Question(prompts, _key(prompts))
        case Method.MODERATE_TEXT:
            text = text_request(job, step)
            text.validate_only = True
            measured = moderation_pb2.ModerateTextRequest(policy=text.policy, place=text.place)
            return _Question(text, _key(measured, len(text.text.encode())))
        case Method.MODERATE_IMAGE:
            look = moderation_pb2.ModerateImageRequest(policy=job.accepted.recipe.policy, validate_only=True)
            return _Question(look, _key(look))
        case Method.GENERATE_IMAGE:
            picture = image_request(job, step.variant or 0, step.rendition or 0)
            picture.validate_only = True
            return _Question(picture, _key(image_pb2.GenerateImageRequest(width=picture.width, height=picture.height)))


async def _unary(method: grpc.aio.UnaryUnaryMultiCallable[Asked, Reply], request: Asked) -> Reply:
    return await unary(method, request, timeout_s=TIMEOUT_S)


def _key(request: Message, length: int = 0) -> bytes:
    asked = f"{request.DESCRIPTOR.full_name} {length} ".encode() + request.SerializeToString(deterministic=True)
    return hashlib.blake2b(asked, digest_size=16).digest()
