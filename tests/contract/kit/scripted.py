"""Services for tests: one does as it is told, the other streams."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable

from atelier.image.v1 import image_pb2, image_pb2_grpc
from atelier.prompt.v1 import prompt_pb2, prompt_pb2_grpc

from services.kit.errors import Reason, ServiceError

Prompts = prompt_pb2.GeneratePromptsRequest
Behaviour = Callable[[Prompts], Awaitable[prompt_pb2.GeneratePromptsResponse]]


class Scripted(prompt_pb2_grpc.PromptServiceServicer):
    """Does what a test tells it to."""

    def __init__(self) -> None:
        self.behaviour: Behaviour = self._answer
        self.calls = 0

    async def _answer(self, request: Prompts) -> prompt_pb2.GeneratePromptsResponse:
        return prompt_pb2.GeneratePromptsResponse()

    async def GeneratePrompts(self, request: Prompts, context: object) -> prompt_pb2.GeneratePromptsResponse:
        self.calls += 1
        return await self.behaviour(request)


class Pieces(image_pb2_grpc.ImageServiceServicer):
    """Streams two pieces, then fails."""

    async def ReadImage(self, request: object, context: object) -> AsyncIterator[image_pb2.ReadImageResponse]:
        yield image_pb2.ReadImageResponse(data=b"one")
        yield image_pb2.ReadImageResponse(data=b"two")
        raise ServiceError(Reason.IMAGE_CORRUPT, "the stored bytes changed")

    async def VerifyImage(
        self, requests: AsyncIterator[image_pb2.VerifyImageRequest], context: object
    ) -> image_pb2.VerifyImageResponse:
        """Says how many bytes came; has enough of an empty piece."""
        size = 0
        async for request in requests:
            size += len(request.data)
            if not request.data:
                raise ServiceError(Reason.FIELD_INVALID, "data is empty", field="data")
        return image_pb2.VerifyImageResponse(verification={"model": f"{size} bytes"})
