"""A plain chain of four grpc.aio services without our features: `python -m tests.bench.side.chain ROLE PORT ...`.

prompt, moderation and image each forward one call to the model; the orchestrator calls them one after the other and
streams what came. Nothing is checked, kept, retried or logged, but for the picture, which is written to a file.
"""

from __future__ import annotations

import asyncio
import hashlib
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import grpc
import orjson
import pybase64
import uvloop
from atelier.image.v1 import image_pb2, image_pb2_grpc
from atelier.moderation.v1 import moderation_pb2, moderation_pb2_grpc
from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from atelier.orchestrator.v1 import orchestrator_pb2_grpc
from atelier.prompt.v1 import prompt_pb2, prompt_pb2_grpc
from atelier.type.v1.blob_pb2 import Blob
from atelier.type.v1.image_pb2 import Image
from atelier.type.v1.prompt_pb2 import Prompt
from atelier.type.v1.verdict_pb2 import Verdict

from tests.bench.side.fake import GUARD, IMAGE, TEXT


class Model:
    """One model behind one connection pool."""

    def __init__(self, base: str, session: aiohttp.ClientSession) -> None:
        self._base, self._session = base, session

    async def ask(self, model: str, body: dict[str, object]) -> dict[str, object]:
        async with self._session.post(f"{self._base}/{model}", data=orjson.dumps(body)) as answer:
            result: dict[str, object] = orjson.loads(await answer.read())["result"]
            return result


class Prompts(prompt_pb2_grpc.PromptServiceServicer):
    def __init__(self, model: Model) -> None:
        self._model = model

    async def GeneratePrompts(self, request, context):  # type: ignore[no-untyped-def]
        said = {"messages": [{"role": "user", "content": request.content}], "max_tokens": 1024}
        result = await self._model.ask(TEXT, said)
        written = result["response"]["prompts"][0]  # type: ignore[index, call-overload]
        prompt = Prompt(text=written["prompt"], alt_text=written["alt_text"])
        return prompt_pb2.GeneratePromptsResponse(prompts=[prompt])


class Moderation(moderation_pb2_grpc.ModerationServiceServicer):
    def __init__(self, model: Model) -> None:
        self._model = model

    async def ModerateText(self, request, context):  # type: ignore[no-untyped-def]
        result = await self._model.ask(GUARD, {"messages": [{"role": "user", "content": request.text}]})
        decision = Verdict.DECISION_ALLOWED if result["response"] == "safe" else Verdict.DECISION_BLOCKED
        return moderation_pb2.ModerateTextResponse(verdict=Verdict(decision=decision))


class Images(image_pb2_grpc.ImageServiceServicer):
    def __init__(self, model: Model, folder: Path) -> None:
        self._model, self._folder = model, folder

    async def GenerateImage(self, request, context):  # type: ignore[no-untyped-def]
        result = await self._model.ask(IMAGE, {"prompt": request.prompt, "steps": 4})
        data = pybase64.b64decode(result["image"])  # type: ignore[arg-type]
        digest = hashlib.sha256(data).hexdigest()
        (self._folder / digest).write_bytes(data)
        blob = Blob(digest=f"sha256:{digest}", size_bytes=len(data), media_type="image/jpeg")
        return image_pb2.GenerateImageResponse(image=Image(blob=blob))


class Orchestrator(orchestrator_pb2_grpc.OrchestratorServiceServicer):
    def __init__(self, targets: list[str]) -> None:
        prompt, moderation, image = (grpc.aio.insecure_channel(target) for target in targets)
        self._prompt = prompt_pb2_grpc.PromptServiceStub(prompt)
        self._moderation = moderation_pb2_grpc.ModerationServiceStub(moderation)
        self._image = image_pb2_grpc.ImageServiceStub(image)

    async def CreateAsset(self, request, context) -> AsyncIterator[pb.CreateAssetResponse]:  # type: ignore[no-untyped-def]
        asset = request.asset
        yield pb.CreateAssetResponse(event=pb.AssetEvent(accepted=pb.Accepted(content=asset.content)))
        written = await self._prompt.GeneratePrompts(prompt_pb2.GeneratePromptsRequest(content=asset.content))
        yield pb.CreateAssetResponse(
            event=pb.AssetEvent(prompts_generated=pb.PromptsGenerated(prompts=written.prompts))
        )
        text = written.prompts[0].text
        judged = await self._moderation.ModerateText(moderation_pb2.ModerateTextRequest(text=text))
        yield pb.CreateAssetResponse(event=pb.AssetEvent(variant_moderated=pb.VariantModerated(verdict=judged.verdict)))
        made = await self._image.GenerateImage(image_pb2.GenerateImageRequest(prompt=text))
        done = pb.Asset(state=pb.Asset.STATE_SUCCEEDED, variants=[pb.Variant(image=made.image)])
        yield pb.CreateAssetResponse(event=pb.AssetEvent(finished=pb.Finished(asset=done)))


async def serve(role: str, port: str, rest: list[str]) -> None:
    server = grpc.aio.server()
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=512)) as session:
        if role == "orchestrator":
            orchestrator_pb2_grpc.add_OrchestratorServiceServicer_to_server(Orchestrator(rest), server)
        elif role == "prompt":
            prompt_pb2_grpc.add_PromptServiceServicer_to_server(Prompts(Model(rest[0], session)), server)
        elif role == "moderation":
            moderation_pb2_grpc.add_ModerationServiceServicer_to_server(Moderation(Model(rest[0], session)), server)
        else:
            image_pb2_grpc.add_ImageServiceServicer_to_server(Images(Model(rest[0], session), Path(rest[1])), server)
        server.add_insecure_port(f"127.0.0.1:{port}")
        await server.start()
        await server.wait_for_termination()


if __name__ == "__main__":
    uvloop.install()
    asyncio.run(serve(sys.argv[1], sys.argv[2], sys.argv[3:]))
