"""`atelier doctor`: asks every service whether it can do its work, and says what to do where one cannot."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated

import grpc
import requests
import typer
from atelier.moderation.v1 import moderation_pb2, moderation_pb2_grpc
from atelier.prompt.v1 import prompt_pb2, prompt_pb2_grpc
from atelier.type.v1.model_call_pb2 import ModelCall
from grpc_health.v1 import health_pb2, health_pb2_grpc
from rich.console import Console
from rich.table import Table

from ..http import DEFAULT_URL
from . import exits
from .options import AsJson, Key, Url
from .output import print_json

TIMEOUT_S = 20.0
SERVICES = {
    "orchestrator": ("ATELIER_ORCHESTRATOR_LISTEN", "127.0.0.1:50050", "atelier.orchestrator.v1.OrchestratorService"),
    "prompt": ("ATELIER_PROMPT_LISTEN", "127.0.0.1:50051", "atelier.prompt.v1.PromptService"),
    "moderation": ("ATELIER_MODERATION_LISTEN", "127.0.0.1:50052", "atelier.moderation.v1.ModerationService"),
    "image": ("ATELIER_IMAGE_LISTEN", "127.0.0.1:50053", "atelier.image.v1.ImageService"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of one check, and what to do where it is not good."""

    what: str
    good: bool
    says: str
    advice: str = ""


def doctor(
    ask_models: Annotated[
        bool, typer.Option("--models/--no-models", help="Also ask the text and moderation models one small question.")
    ] = True,
    as_json: AsJson = False,
    url: Url = DEFAULT_URL,
    api_key: Key = "",
) -> None:
    """Check gateway, services, credentials, engines and models; exit code 1 where something is wrong."""
    findings = [check_credentials(os.environ), check_gateway(url, api_key)]
    for name, (variable, default, service) in SERVICES.items():
        findings.append(check_service(name, os.environ.get(variable) or default, service))
    if ask_models:
        findings += [check_model("prompt", ask_prompt), check_model("moderation", ask_moderation)]
    if as_json:
        for finding in findings:
            print_json({name: getattr(finding, name) for name in ("what", "good", "says", "advice")})
    else:
        _show(findings)
    sys.exit(exits.OK if all(finding.good for finding in findings) else exits.FAILED)


def check_credentials(environ: Mapping[str, str]) -> Finding:
    """Both of account and token, or neither."""
    account, token = environ.get("CLOUDFLARE_ACCOUNT_ID"), environ.get("CLOUDFLARE_API_TOKEN")
    if bool(account) != bool(token):
        missing = "CLOUDFLARE_API_TOKEN" if account else "CLOUDFLARE_ACCOUNT_ID"
        return Finding("credentials", False, f"{missing} is not set", "set both for the hosted models, or neither")
    says = "set: the hosted models are used" if account else "not set: the embedded engines are used"
    return Finding("credentials", True, says)


def check_gateway(url: str, api_key: str) -> Finding:
    """The gateway answers, is ready, and takes the key."""
    headers = {"Authorization": f"Bearer {api_key}"} if api_key else {}
    try:
        ready = requests.get(f"{url}/readyz", headers=headers, timeout=TIMEOUT_S)
        listed = requests.get(f"{url}/v1/assets?page_size=1", headers=headers, timeout=TIMEOUT_S)
    except requests.RequestException:
        return Finding("gateway", False, f"nothing answers at {url}", "start the stack with `make up`, or give --url")
    if ready.status_code != 200:
        return Finding("gateway", False, f"{url} is not ready", "look at the orchestrator below")
    if listed.status_code in (401, 403):
        return Finding("gateway", False, "the API key is missing or refused", "give --api-key, see `atelier keys`")
    return Finding("gateway", listed.ok, f"ready at {url}")


def check_service(name: str, address: str, service: str) -> Finding:
    """A service says SERVING."""
    with grpc.insecure_channel(address) as channel:
        stub = health_pb2_grpc.HealthStub(channel)
        try:
            answer = stub.Check(health_pb2.HealthCheckRequest(service=service), timeout=TIMEOUT_S)  # type: ignore[attr-defined]
        except grpc.RpcError:
            advice = f"start it with `python -m services.{name}`, or set ATELIER_{name.upper()}_LISTEN to where it is"
            return Finding(name, False, f"nothing answers at {address}", advice)
    serving = answer.status == health_pb2.HealthCheckResponse.SERVING
    return Finding(name, serving, f"{'serving' if serving else 'not serving'} at {address}")


def ask_prompt() -> ModelCall:
    """One prompt about a few words."""
    address = os.environ.get(SERVICES["prompt"][0]) or SERVICES["prompt"][1]
    with grpc.insecure_channel(address) as channel:
        stub = prompt_pb2_grpc.PromptServiceStub(channel)
        return stub.GeneratePrompts(prompt_pb2.GeneratePromptsRequest(content="A lighthouse"), timeout=TIMEOUT_S).call


def ask_moderation() -> ModelCall:
    """One verdict about a few words."""
    address = os.environ.get(SERVICES["moderation"][0]) or SERVICES["moderation"][1]
    with grpc.insecure_channel(address) as channel:
        stub = moderation_pb2_grpc.ModerationServiceStub(channel)
        return stub.ModerateText(moderation_pb2.ModerateTextRequest(text="A lighthouse"), timeout=TIMEOUT_S).call


def check_model(name: str, ask: Callable[[], ModelCall]) -> Finding:
    """A model answers; the error of the service says what to do where it does not."""
    what = f"{name} model"
    try:
        answered = ask()
    except grpc.RpcError as error:
        message = error.details() if isinstance(error, grpc.Call) else str(error)
        variable = f"ATELIER_{name.upper()}_MODEL"
        return Finding(what, False, str(message), f"the message says what to set; the model is chosen by {variable}")
    by = f"{answered.model}, answered by {answered.engine}" if answered.engine else answered.model
    return Finding(what, True, f"{by} in {answered.duration.ToMilliseconds()} ms")


def _show(findings: list[Finding]) -> None:
    table = Table.grid(padding=(0, 2))
    for finding in findings:
        mark = "[green]ok[/]" if finding.good else "[red]!![/]"
        table.add_row(mark, finding.what, finding.says)
        if finding.advice:
            table.add_row("", "", f"[dim]{finding.advice}[/]")
    Console().print(table)
