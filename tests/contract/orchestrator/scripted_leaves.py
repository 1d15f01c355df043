"""Leaf servers on real gRPC whose answers a test can script, and what they were asked."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from atelier.image.v1 import image_pb2, image_pb2_grpc
from atelier.moderation.v1 import moderation_pb2, moderation_pb2_grpc
from atelier.prompt.v1 import prompt_pb2, prompt_pb2_grpc
from atelier.type.v1.blob_pb2 import Blob
from atelier.type.v1.image_pb2 import Image
from atelier.type.v1.model_call_pb2 import ModelCall
from atelier.type.v1.policy_pb2 import Policy
from atelier.type.v1.prompt_pb2 import Prompt
from atelier.type.v1.verdict_pb2 import (
    PLACE_CONTENT,
    PLACE_IMAGE,
    PLACE_PROMPT,
    Finding,
    PolicyVersion,
    Verdict,
)

from services.kit.errors import Reason, ServiceError
from services.kit.serve import GrpcServer

Behaviour = Callable[[Any], Awaitable[Any]]

MODEL = ModelCall(model="scripted", attempts=1)


PLACES = {"content": PLACE_CONTENT, "prompt": PLACE_PROMPT, "image": PLACE_IMAGE}
DECISIONS = {
    "allowed": Verdict.DECISION_ALLOWED,
    "blocked": Verdict.DECISION_BLOCKED,
    "review": Verdict.DECISION_REVIEW,
}


def policy(name: str, *places: str, overlap: bool = False) -> Policy:
    version = PolicyVersion(name=name, version="1+sha256:0123456789ab")
    return Policy(version=version, places=[PLACES[place] for place in places], overlap=overlap)


@dataclass
class Call:
    """One RPC that a leaf received."""

    method: str
    request: Any
    metadata: Mapping[str, str]
    cancelled: asyncio.Event = field(default_factory=asyncio.Event)
    ended: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass
class Rule:
    """What a test scripted: `behave` returns the reply, or None for the ordinary one, or raises."""

    method: str
    behave: Behaviour
    match: Callable[[Any], bool]
    times: int


class Leaves:
    """The three leaf servers. Ordinarily each answers at once; what is scripted first comes first."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.arrived = asyncio.Condition()
        self.rules: list[Rule] = []
        self.pictures: dict[str, bytes] = {}
        self.answers_previews = True
        self.policies = [policy("balanced", "prompt")]
        self.servers: dict[str, GrpcServer] = {}

    def target(self, name: str) -> str:
        return f"ipv4:{self.servers[name].address}"

    async def start(self, name: str, listen: str = "127.0.0.1:0") -> None:
        server = GrpcServer(name, listen=listen, grace_s=0.0)
        match name:
            case "prompt":
                service = prompt_pb2.DESCRIPTOR.services_by_name["PromptService"]
                server.add(prompt_pb2_grpc.add_PromptServiceServicer_to_server, PromptLeaf(self), service)
            case "moderation":
                service = moderation_pb2.DESCRIPTOR.services_by_name["ModerationService"]
                server.add(moderation_pb2_grpc.add_ModerationServiceServicer_to_server, ModerationLeaf(self), service)
            case "image":
                service = image_pb2.DESCRIPTOR.services_by_name["ImageService"]
                server.add(image_pb2_grpc.add_ImageServiceServicer_to_server, ImageLeaf(self), service)
        await server.start()
        self.servers[name] = server

    async def kill(self, name: str) -> str:
        address = self.servers[name].address
        await self.servers.pop(name).stop()
        return address

    async def stop(self) -> None:
        for name in tuple(self.servers):
            await self.kill(name)

    def when(
        self, method: str, behave: Behaviour, *, match: Callable[[Any], bool] = lambda _: True, times: int = 1_000_000
    ) -> None:
        self.rules.append(Rule(method, behave, match, times))

    def fail(self, method: str, reason: Reason, *, retry_after_s: float | None = None, **rule: Any) -> None:
        async def behave(request: Any) -> Any:
            raise ServiceError(reason, "scripted", retry_after_s=retry_after_s)

        self.when(method, behave, **rule)

    def hang(self, method: str, **rule: Any) -> asyncio.Event:
        """Answers are held back until the event that is returned is set."""
        release = asyncio.Event()

        async def behave(request: Any) -> Any:
            await release.wait()

        self.when(method, behave, **rule)
        return release

    def block(self, **rule: Any) -> None:
        """Verdicts are BLOCKED."""

        async def behave(request: Any) -> Any:
            verdict = Verdict(decision=Verdict.DECISION_BLOCKED, findings=[Finding(category="S1", score=0.9)])
            return moderation_pb2.ModerateTextResponse(verdict=verdict, call=MODEL)

        self.when("ModerateText", behave, **rule)

    def judge(self, method: str, decision: str, **rule: Any) -> None:
        """Verdicts of ModerateText or ModerateImage are this one."""

        async def behave(request: Any) -> Any:
            verdict = Verdict(decision=DECISIONS[decision], findings=[Finding(category="S1", score=0.9)])
            return getattr(moderation_pb2, f"{method}Response")(verdict=verdict, call=MODEL)

        self.when(method, behave, **rule)

    def of(self, method: str) -> list[Call]:
        return [call for call in self.calls if call.method == method]

    async def wait_for(self, method: str, count: int = 1) -> list[Call]:
        async with self.arrived:
            await self.arrived.wait_for(lambda: len(self.of(method)) >= count)
        return self.of(method)

    async def note(self, method: str, request: Any, context: Any) -> Call:
        """Keep what was asked."""
        metadata = {key: str(value) for key, value in context.invocation_metadata()}
        call = Call(method, request, metadata)
        self.calls.append(call)
        async with self.arrived:
            self.arrived.notify_all()
        return call

    async def answer(self, method: str, request: Any, context: Any, ordinary: Callable[[], Any]) -> Any:
        call = await self.note(method, request, context)
        try:
            for rule in self.rules:
                if rule.method == method and rule.times > 0 and rule.match(request):
                    rule.times -= 1
                    return await rule.behave(request) or ordinary()
            return ordinary()
        except asyncio.CancelledError:
            call.cancelled.set()
            raise
        finally:
            call.ended.set()


class PromptLeaf(prompt_pb2_grpc.PromptServiceServicer):
    def __init__(self, leaves: Leaves) -> None:
        self.leaves = leaves

    async def GeneratePrompts(self, request: Any, context: Any) -> Any:
        def ordinary() -> Any:
            prompts = [Prompt(text=f"{request.content[:50]} {n}", alt_text=f"alt {n}") for n in range(request.count)]
            return prompt_pb2.GeneratePromptsResponse(prompts=prompts, call=MODEL)

        return await self.leaves.answer("GeneratePrompts", request, context, ordinary)

    async def RewritePrompt(self, request: Any, context: Any) -> Any:
        def ordinary() -> Any:
            prompt = Prompt(text=f"{request.refused.text} safer", alt_text=request.refused.alt_text)
            return prompt_pb2.RewritePromptResponse(prompt=prompt, call=MODEL)

        return await self.leaves.answer("RewritePrompt", request, context, ordinary)


class ModerationLeaf(moderation_pb2_grpc.ModerationServiceServicer):
    def __init__(self, leaves: Leaves) -> None:
        self.leaves = leaves

    async def ModerateText(self, request: Any, context: Any) -> Any:
        def ordinary() -> Any:
            return moderation_pb2.ModerateTextResponse(verdict=Verdict(decision=Verdict.DECISION_ALLOWED), call=MODEL)

        return await self.leaves.answer("ModerateText", request, context, ordinary)

    async def ModerateImage(self, request: Any, context: Any) -> Any:
        def ordinary() -> Any:
            return moderation_pb2.ModerateImageResponse(verdict=Verdict(decision=Verdict.DECISION_ALLOWED), call=MODEL)

        return await self.leaves.answer("ModerateImage", request, context, ordinary)

    async def ListPolicies(self, request: Any, context: Any) -> Any:
        return moderation_pb2.ListPoliciesResponse(policies=self.leaves.policies)


class ImageLeaf(image_pb2_grpc.ImageServiceServicer):
    def __init__(self, leaves: Leaves) -> None:
        self.leaves = leaves

    async def GenerateImage(self, request: Any, context: Any) -> Any:
        def ordinary() -> Any:
            data = hashlib.sha512(request.SerializeToString()).digest() * 3000
            digest = f"sha256:{hashlib.sha256(data).hexdigest()}"
            self.leaves.pictures[digest] = data
            blob = Blob(digest=digest, size_bytes=len(data), media_type="image/png")
            shown = request.preview_side and self.leaves.answers_previews
            return image_pb2.GenerateImageResponse(
                image=Image(blob=blob, width=512, height=512),
                call=MODEL,
                preview=f"preview {request.preview_side} of {digest}".encode() if shown else b"",
            )

        return await self.leaves.answer("GenerateImage", request, context, ordinary)

    async def RelabelImage(self, request: Any, context: Any) -> Any:
        def ordinary() -> Any:
            data = self.leaves.pictures[request.digest] + request.provenance.SerializeToString()
            digest = f"sha256:{hashlib.sha256(data).hexdigest()}"
            self.leaves.pictures[digest] = data
            blob = Blob(digest=digest, size_bytes=len(data), media_type="image/png")
            return image_pb2.RelabelImageResponse(image=Image(blob=blob, width=512, height=512))

        return await self.leaves.answer("RelabelImage", request, context, ordinary)

    async def ReadImage(self, request: Any, context: Any) -> Any:
        await self.leaves.note("ReadImage", request, context)
        data = self.leaves.pictures.get(request.digest)
        if data is None:
            raise ServiceError(Reason.IMAGE_UNKNOWN, "no such image")
        if request.preview_side:
            data = f"preview {request.preview_side} of {request.digest}".encode()
        for start in range(0, len(data), 65536):
            yield image_pb2.ReadImageResponse(data=data[start : start + 65536])

    async def DeleteImage(self, request: Any, context: Any) -> Any:
        def ordinary() -> Any:
            self.leaves.pictures.pop(request.digest, None)
            return image_pb2.DeleteImageResponse()

        return await self.leaves.answer("DeleteImage", request, context, ordinary)
