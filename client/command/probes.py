"""Questions to the services themselves; the part of `atelier doctor` that needs gRPC."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping

import grpc
from atelier.image.v1 import image_pb2, image_pb2_grpc
from atelier.moderation.v1 import moderation_pb2, moderation_pb2_grpc
from atelier.prompt.v1 import prompt_pb2, prompt_pb2_grpc
from atelier.type.v1.model_call_pb2 import ModelCall
from grpc_health.v1 import health_pb2, health_pb2_grpc

from .channels import channel_to
from .finding import Finding
from .places import PLACES, address_of
from .reflection import reason_of

TIMEOUT_S = 10.0
MODEL_TIMEOUT_S = 60.0
TEXT = "A lighthouse on a calm evening"
# What to do about a reason; {0} is the name of the service in capitals.
ADVICE = {
    "MODEL_CREDENTIALS": "set CLOUDFLARE_ACCOUNT_ID and CLOUDFLARE_API_TOKEN of the service; the token needs the"
    " permission Workers AI: Read",
    "MODEL_UNSUPPORTED": "set ATELIER_{0}_MODEL of the service to a model that there is",
    "MODEL_QUOTA": "the account's daily allocation is used up, or it asks too fast; wait, or take a paid plan",
    "MODEL_UNREACHABLE": "look at the network of the service and at its CLOUDFLARE_BASE_URL; it tries again by itself",
    "SERVER_BUSY": "it has as much to do as it takes; ask again later",
    "STORE_UNAVAILABLE": "look at the disk and the rights of ATELIER_IMAGE_STORE",
}


def check_service(name: str) -> Finding:
    """A service says SERVING."""
    address = address_of(name)
    with channel_to(name) as channel:
        stub = health_pb2_grpc.HealthStub(channel)
        request = health_pb2.HealthCheckRequest(service=PLACES[name].service)
        try:
            answer = stub.Check(request, timeout=TIMEOUT_S)  # type: ignore[attr-defined]
        except grpc.RpcError as error:
            if isinstance(error, grpc.Call) and error.code() is grpc.StatusCode.NOT_FOUND:
                return Finding(name, False, f"{address} is another service", f"set ATELIER_{name.upper()}_LISTEN")
            if reason_of(error) == "PEER_REFUSED":
                says = f"{address} does not take this certificate's name"
                return Finding(
                    name, False, says, f"show another, or add the name to ATELIER_{name.upper()}_PEERS there"
                )
            advice = f"start it with `python -m services.{name}`, or set ATELIER_{name.upper()}_LISTEN to where it is"
            return Finding(name, False, f"nothing answers at {address}", advice)
    if answer.status == health_pb2.HealthCheckResponse.SERVING:
        return Finding(name, True, f"serving at {address}")
    return Finding(name, False, f"not serving at {address}", "it starts or stops; its log says why if that lasts")


def check_model(name: str) -> Finding:
    """The model of a service answers; its error says what to do where it does not."""
    what = f"{name} model"
    try:
        with channel_to(name) as channel:
            answered = QUESTIONS[name](channel)
    except grpc.RpcError as error:
        message = error.details() if isinstance(error, grpc.Call) else str(error)
        reason = reason_of(error)
        advice = ADVICE.get(reason, "the log of the service says more").format(name.upper())
        return Finding(what, False, f"{reason}: {message}" if reason else str(message), advice)
    by = f"{answered.model}, answered by {answered.engine}" if answered.engine else answered.model
    return Finding(what, True, f"{by} in {answered.duration.ToMilliseconds()} ms")


def _ask_prompt(channel: grpc.Channel) -> ModelCall:
    request = prompt_pb2.GeneratePromptsRequest(content=TEXT)
    return prompt_pb2_grpc.PromptServiceStub(channel).GeneratePrompts(request, timeout=MODEL_TIMEOUT_S).call


def _ask_moderation(channel: grpc.Channel) -> ModelCall:
    request = moderation_pb2.ModerateTextRequest(text=TEXT)
    return moderation_pb2_grpc.ModerationServiceStub(channel).ModerateText(request, timeout=MODEL_TIMEOUT_S).call


def _ask_image(channel: grpc.Channel) -> ModelCall:
    """Paint a small picture, and delete it again."""
    stub = image_pb2_grpc.ImageServiceStub(channel)
    reference = f"doctor-{secrets.token_hex(8)}"
    seed = secrets.randbelow(2**31 - 8)
    request = image_pb2.GenerateImageRequest(prompt=TEXT, width=256, height=256, seed=seed, reference=reference)
    made = stub.GenerateImage(request, timeout=MODEL_TIMEOUT_S)
    unwanted = image_pb2.DeleteImageRequest(digest=made.image.blob.digest, reference=reference)
    stub.DeleteImage(unwanted, timeout=TIMEOUT_S)
    return made.call


QUESTIONS: Mapping[str, Callable[[grpc.Channel], ModelCall]] = {
    "prompt": _ask_prompt,
    "moderation": _ask_moderation,
    "image": _ask_image,
}
