"""The Workers AI client: a method for each thing that models do for Atelier."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import aclosing
from functools import partial

from services.kit import telemetry
from services.kit.errors import Reason, ServiceError
from services.kit.limits import check_text
from services.workers_ai import catalogue, clef, counting, llama_guard
from services.workers_ai.breaker import Breaker
from services.workers_ai.calls import Caller, all_of
from services.workers_ai.estimates import decision_use, image_use, judgement_use, text_use, tokens_of
from services.workers_ai.images import image_request, read_image, sends_seed
from services.workers_ai.models import GuardModel
from services.workers_ai.pieces import cut, worst
from services.workers_ai.prices import Use
from services.workers_ai.record import CallRecord
from services.workers_ai.sentiment import read_sentiment, sentiment_request
from services.workers_ai.settings import WorkersAISettings
from services.workers_ai.streaming import open_text, texts_of
from services.workers_ai.text_answers import read_data, read_text
from services.workers_ai.text_requests import text_request
from services.workers_ai.transport import Transport
from services.workers_ai.values import (
    Choice,
    ChoiceAnswer,
    Decisions,
    ImageRequest,
    ImageResult,
    Judgement,
    Message,
    Noul,
    NoulAnswer,
    Question,
    Score,
    ScoreAnswer,
    Sentiment,
    TextResult,
)
from services.workers_ai.wire import Answer, result_of

__all__ = [
    "CallRecord",
    "Choice",
    "ChoiceAnswer",
    "Decisions",
    "ImageRequest",
    "ImageResult",
    "Judgement",
    "Message",
    "Noul",
    "NoulAnswer",
    "Question",
    "Score",
    "ScoreAnswer",
    "Sentiment",
    "TextResult",
    "WorkersAI",
]

_LONGEST_JUDGED = 1_000_000
_PIECES_AT_ONCE = 4
_CHECK_S = 10.0
# The stand-in starts beside those that ask it, and listens a moment later than they do.
_STAND_IN_STARTS_S, _LOOK_AGAIN_S = 60.0, 0.2
_PROVIDER = "Workers AI"
_MODEL_LIST = "/ai/models/search?per_page=1"

log = telemetry.get_logger(__name__)


class WorkersAI:
    """Speaks to one account.

    `attempts` bounds the requests of a call where its caller does not (see `services.kit.call.model_attempts`). Every
    method stays within `timeout_s` and the caller's deadline, and raises ServiceError (`errors.py` says which, when).
    `breaker` is for those who have fallbacks: which models to pass over for now.
    """

    def __init__(
        self, settings: WorkersAISettings, *, attempts: int = 3, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.breaker = Breaker(clock)
        self._settings = settings
        self._transport = Transport(settings)
        self._caller = Caller(settings, self._transport, attempts)

    async def close(self) -> None:
        """Close all connections; no call may be running."""
        await self._transport.close()

    async def check(self, models: Sequence[str]) -> None:
        """Whether the models are known and the account answers; for the start of a process.

        Raises:
            ServiceError: MODEL_UNSUPPORTED, MODEL_CREDENTIALS or MODEL_UNREACHABLE.
        """
        for model in models:
            catalogue.known(model)
        counting.expect(models)

        async def once(remaining_s: float) -> None:
            answer = await self._transport.get(_MODEL_LIST, timeout_s=remaining_s)
            result_of(_PROVIDER, answer, now_s=time.time())

        if not self._settings.billed:
            await self._until_it_listens()
        try:
            await self._caller.keep_trying(_PROVIDER, once, timeout_s=_CHECK_S)
        except ServiceError as error:
            if error.reason in (Reason.MODEL_CREDENTIALS, Reason.MODEL_UNREACHABLE):
                raise
            # It is reachable and takes the token; not every proxy in front of it knows this route.
            log.info("model list not read", reason=error.reason, error=error.message)

    async def _until_it_listens(self) -> None:
        """Wait for a stand-in that is being started; one that never listens is not waited for long."""
        ends_s = time.monotonic() + _STAND_IN_STARTS_S
        while time.monotonic() < ends_s:
            try:
                await self._transport.get(_MODEL_LIST, timeout_s=_CHECK_S)
            except ServiceError:
                await asyncio.sleep(_LOOK_AGAIN_S)
            else:
                return

    async def generate_text(
        self,
        model: str,
        messages: Sequence[Message],
        *,
        max_tokens: int,
        temperature: float = 0.6,
        seed: int | None = None,
        json_schema: Mapping[str, object] | None = None,
        timeout_s: float,
    ) -> TextResult:
        """What the model writes; with a schema, a JSON value whose outer shape meets it."""
        request = text_request(
            catalogue.text_model(model),
            messages,
            max_tokens=max_tokens,
            temperature=temperature,
            seed=seed,
            json_schema=json_schema,
        )
        use = text_use(messages, max_tokens)
        if json_schema is None:
            text, record = await self._caller.ask(model, request, timeout_s, read_text, use)
            return TextResult(text, None, record)
        read = partial(read_data, schema=json_schema)
        (text, data), record = await self._caller.ask(model, request, timeout_s, read, use)
        return TextResult(text, data, record)

    async def stream_text(
        self,
        model: str,
        messages: Sequence[Message],
        *,
        max_tokens: int,
        temperature: float = 0.6,
        timeout_s: float,
    ) -> AsyncGenerator[str, None]:
        """What the model writes, as it writes it; nothing is repeated once the first piece is out.

        Close the iterator (`contextlib.aclosing`) to stop early: the connection is then closed at once.
        """
        row = catalogue.text_model(model)
        ends = time.monotonic() + timeout_s
        request = text_request(row, messages, max_tokens=max_tokens, temperature=temperature, stream=True)
        once = partial(open_text, self._transport, model, request)
        opened = (await self._caller.keep_trying(model, once, timeout_s=timeout_s)).value
        if opened == "":
            # Some models answer nothing where a stream is asked for, and properly where it is not.
            left_s = max(0.0, ends - time.monotonic())
            opened = (
                await self.generate_text(
                    model, messages, max_tokens=max_tokens, temperature=temperature, timeout_s=left_s
                )
            ).text
        if isinstance(opened, str):
            yield opened
            return
        try:
            async with aclosing(texts_of(model, opened)) as texts:
                async for text in texts:
                    yield text
        finally:
            opened.close()

    async def judge(
        self, model: str, text: str, *, questions: Mapping[str, Noul] | None = None, timeout_s: float
    ) -> Judgement:
        """Whether a text is safe; a long one is judged piece by piece and is as bad as its worst piece.

        `questions` are asked instead of those about hazards, of Clef alone; yes is a finding. An answer that is no
        clear verdict is MODEL_OUTPUT, never safe.
        """
        row = catalogue.guard_model(model)
        check_text("text", text, max_length=_LONGEST_JUDGED)
        free = asyncio.Semaphore(_PIECES_AT_ONCE)
        ends = time.monotonic() + timeout_s

        async def judge_piece(piece: str) -> Judgement:
            async with free:
                return await self._judge_piece(row, piece, questions, max(0.0, ends - time.monotonic()))

        return worst(await all_of([judge_piece(piece) for piece in cut(text, row.max_text_bytes)]))

    async def look(
        self, model: str, image: bytes, *, questions: Mapping[str, Noul] | None = None, timeout_s: float
    ) -> Judgement:
        """Whether a picture is safe, by the eyes of Clef; `questions` are asked instead of those about hazards."""
        asked = clef.PICTURE_QUESTIONS if questions is None else questions
        decisions = await self.decide(model, clef.PICTURE_STATE, asked, images=(image,), timeout_s=timeout_s)
        return _by_threshold(catalogue.guard_model(model), decisions)

    async def _judge_piece(
        self, row: GuardModel, text: str, questions: Mapping[str, Noul] | None, timeout_s: float
    ) -> Judgement:
        if row.dialect == "clef" or questions is not None:
            asked = clef.HAZARD_QUESTIONS if questions is None else questions
            return _by_threshold(row, await self.decide(row.name, text, asked, timeout_s=timeout_s))
        request, use = llama_guard.guard_request(text), judgement_use(row, text)
        (safe, codes), record = await self._caller.ask(row.name, request, timeout_s, llama_guard.read_verdict, use)
        return Judgement(safe, tuple((code, 0.0) for code in codes), record)

    async def decide(
        self,
        model: str,
        state: object,
        questions: Mapping[str, Question],
        *,
        images: Sequence[bytes] = (),
        timeout_s: float,
    ) -> Decisions:
        """Clef's answers to questions about `state`, a text or a JSON value, and pictures.

        Clef reads about 2,048 tokens of a text and leaves out the rest without a word.
        """
        row = catalogue.guard_model(model)
        if row.dialect != "clef":
            raise ServiceError(Reason.MODEL_UNSUPPORTED, f"{model} takes no questions; set @cf/cloudflare/clef-flash")
        request = clef.decide_request(row, state, questions, images)
        read = partial(clef.read_decisions, questions=questions)
        use = decision_use(request, images)
        answers, record = await self._caller.ask(model, request, timeout_s, read, use)
        return Decisions(answers, record)

    async def sentiment(self, model: str, text: str, *, timeout_s: float) -> Sentiment:
        """Whether a text sounds positive or negative."""
        row = catalogue.sentiment_model(model)
        request = sentiment_request(text)
        use = Use(tokens_of(text))
        (positive, negative), record = await self._caller.ask(row.name, request, timeout_s, read_sentiment, use)
        return Sentiment(positive, negative, record)

    async def generate_image(self, model: str, request: ImageRequest, *, timeout_s: float) -> ImageResult:
        """A picture; its bytes are the model's and may be of any format, or broken."""
        row = catalogue.image_model(model)

        def read(answer: Answer) -> tuple[tuple[bytes, str], object]:
            data, media_type, result = read_image(model, answer, now_s=time.time())
            return (data, media_type), result

        sent = image_request(row, request)
        (data, media_type), record = await self._caller.ask_raw(model, sent, timeout_s, read, image_use(row, request))
        return ImageResult(data, media_type, record, sends_seed(row, request))


def _by_threshold(model: GuardModel, decisions: Decisions) -> Judgement:
    """The judgement that Clef's probabilities stand for."""
    scores = clef.hazard_scores(decisions.answers)
    found = tuple(item for item in scores if item[1] >= model.threshold)
    return Judgement(not found, found, decisions.call, scores)
