"""The RPCs of PromptService in terms of briefs and drafts."""

from __future__ import annotations

from atelier.prompt.v1 import prompt_pb2, prompt_pb2_grpc
from atelier.type.v1 import prompt_pb2 as type_pb2

from services.kit import telemetry
from services.kit.errors import Reason, ServiceError, invalid_field
from services.kit.limits import check_range, check_text
from services.kit.slots import Slots
from services.prompt.aside import beside
from services.prompt.draft import MAX_PROMPT_LENGTH, Draft
from services.prompt.reduce import to_text
from services.prompt.requests import MAX_CONTENT_LENGTH, brief_of, check, reasons_of
from services.prompt.words import has_words
from services.prompt.writer import Writer

MAX_COUNT = 8
MAX_FINDINGS = 64

log = telemetry.get_logger(__name__)


class PromptService(prompt_pb2_grpc.PromptServiceServicer):
    """Writes and rewrites prompts; `slots` bounds how many calls are served at once."""

    def __init__(self, writer: Writer, *, slots: int) -> None:
        self._writer = writer
        self._slots = Slots(slots)

    async def GeneratePrompts(  # noqa: N802
        self, request: prompt_pb2.GeneratePromptsRequest, context: object
    ) -> prompt_pb2.GeneratePromptsResponse:
        """Write one prompt for each variant."""
        check_range("count", request.count, at_least=1, at_most=MAX_COUNT)
        check(request)
        async with self._slots.take():
            content = await _reduced(request.content, request.content_type)
            brief = brief_of(request, content, request.count or 1)
            if request.validate_only:
                expected = await beside(len(content), self._writer.expect, brief)
                return prompt_pb2.GeneratePromptsResponse(call=expected.to_proto())
            written = await self._writer.write(brief)
        log.info("prompts written", count=len(written.drafts), content_length=len(content), model=written.call.model)
        prompts = [_to_proto(draft) for draft in written.drafts]
        return prompt_pb2.GeneratePromptsResponse(prompts=prompts, call=written.call.to_proto())

    async def RewritePrompt(  # noqa: N802
        self, request: prompt_pb2.RewritePromptRequest, context: object
    ) -> prompt_pb2.RewritePromptResponse:
        """Write another prompt in place of a refused one."""
        check_text("refused.text", request.refused.text, max_length=MAX_PROMPT_LENGTH, reason=Reason.FIELD_INVALID)
        if len(request.findings) > MAX_FINDINGS:
            raise invalid_field("findings", f"has more than {MAX_FINDINGS} entries", f"0 to {MAX_FINDINGS} entries")
        check(request)
        async with self._slots.take():
            content = await _reduced(request.content, request.content_type)
            findings = reasons_of(request.findings)
            written = await self._writer.rewrite(brief_of(request, content, 1), request.refused.text, findings)
        log.info("prompt rewritten", findings=",".join(findings), model=written.call.model)
        return prompt_pb2.RewritePromptResponse(prompt=_to_proto(written.drafts[0]), call=written.call.to_proto())


async def _reduced(content: str, content_type: str) -> str:
    """The content as plain text."""
    text = await beside(len(content), to_text, content, content_type)
    if not has_words(text):
        limit = f"1 to {MAX_CONTENT_LENGTH} Unicode code points"
        message = f"content has no text in it that a reader could see; it takes {limit}"
        raise ServiceError(Reason.CONTENT_LENGTH, message, field="content", limit=limit)
    return text


def _to_proto(draft: Draft) -> type_pb2.Prompt:
    return type_pb2.Prompt(
        text=draft.text,
        negative_text=draft.negative_text,
        alt_text=draft.alt_text,
        caption=draft.caption,
        language=draft.language,
    )
