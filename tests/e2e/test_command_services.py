"""`atelier doctor`, `call` and `keys`: what asks the services themselves."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from client.command import exits
from tests.e2e.cli import CommandLine
from tests.e2e.harness import Stack


@pytest.fixture
def atelier(stack: Stack) -> CommandLine:
    return CommandLine(stack)


def findings(atelier: CommandLine, *arguments: str) -> dict[str, dict[str, object]]:
    return {row["what"]: row for row in map(json.loads, atelier("doctor", "--json", *arguments).lines)}


def test_a_healthy_stack_gets_a_clean_bill(atelier: CommandLine) -> None:
    done = atelier("doctor")
    assert done.code == exits.OK, done.out
    assert all(line.startswith("ok\t") for line in done.lines)
    for model in ("prompt model", "moderation model", "image model"):
        (line,) = [line for line in done.lines if f"\t{model}\t" in line]
        assert "@cf/" in line
        assert "answered by local/" in line
    shown = atelier.in_terminal("doctor", "--no-models").out
    assert shown.count("✓") == 7
    assert "✗" not in shown


def test_the_doctor_says_what_is_wrong_and_what_to_do(stack: Stack) -> None:
    away = CommandLine(stack, {"ATELIER_PROMPT_LISTEN": "127.0.0.1:1", "CLOUDFLARE_ACCOUNT_ID": "a"})
    done = away("doctor", "--no-models", "--url", "http://127.0.0.1:1")
    assert done.code == exits.FAILED
    found = findings(away, "--no-models", "--url", "http://127.0.0.1:1")
    assert {what for what, row in found.items() if not row["good"]} == {"credentials", "gateway", "prompt"}
    assert found["credentials"]["says"] == "CLOUDFLARE_API_TOKEN is not set"
    assert "make up" in str(found["gateway"]["advice"])
    assert "python -m services.prompt" in str(found["prompt"]["advice"])


def test_the_doctor_reads_the_numbers_of_the_processes(stack: Stack, atelier: CommandLine) -> None:
    assert "event loop" in str(findings(atelier, "--no-models")["gateway numbers"]["says"])
    # What serves no metrics is no process of ours.
    misled = CommandLine(stack, {"ATELIER_IMAGE_METRICS_LISTEN": "127.0.0.1:1"})
    found = findings(misled, "--no-models")["image numbers"]
    assert (found["good"], "ATELIER_IMAGE_METRICS_LISTEN" in str(found["advice"])) == (False, True)


def test_the_doctor_knows_a_service_at_the_wrong_address(stack: Stack) -> None:
    mixed = CommandLine(stack, {"ATELIER_PROMPT_LISTEN": stack.address("image")})
    assert "is another service" in str(findings(mixed, "--no-models")["prompt"]["says"])


@pytest.mark.parametrize(
    ("fault", "reason", "advice"),
    [
        ({"status": 401, "code": 10000}, "MODEL_CREDENTIALS", "CLOUDFLARE_API_TOKEN"),
        ({"status": 400, "code": 5007, "message": "No such model"}, "MODEL_UNSUPPORTED", "ATELIER_MODERATION_MODEL"),
        ({"status": 429, "code": 4006}, "MODEL_QUOTA", "allocation"),
    ],
)
def test_the_doctor_names_the_reason_of_a_model(
    stack: Stack, atelier: CommandLine, fault: dict[str, object], reason: str, advice: str
) -> None:
    stack.fault(model="@cf/meta/llama-guard-3-8b", **fault)
    found = findings(atelier)
    assert {what for what, row in found.items() if not row["good"]} == {"moderation model"}
    assert str(found["moderation model"]["says"]).startswith(reason)
    assert advice in str(found["moderation model"]["advice"])


def test_any_rpc_is_called_by_its_short_name(atelier: CommandLine, stack: Stack) -> None:
    listed = atelier("call", "moderation")
    assert "atelier.moderation.v1.ModerationService/ModerateText(ModerateTextRequest) -> ModerateTextResponse" in (
        listed.lines
    )
    judged = atelier("call", stack.address("moderation"), "ModerateText", '{"text": "A lamp"}')
    assert json.loads(judged.out)["verdict"]["decision"] == "DECISION_ALLOWED"
    content = json.dumps({"asset": {"content": "A lamp"}}).encode()
    streamed = atelier("call", "orchestrator", "OrchestratorService/CreateAsset", "-", stdin=content)
    assert [int(json.loads(line)["event"]["sequence"]) for line in streamed.lines] == list(
        range(1, len(streamed.lines) + 1)
    )


def test_calls_fail_with_a_reason_and_an_exit_code(atelier: CommandLine) -> None:
    unknown = atelier("call", "orchestrator", "GetAsset", '{"name": "assets/none"}')
    assert unknown.code == exits.NOT_FOUND
    assert unknown.err.startswith("atelier: NOT_FOUND ASSET_UNKNOWN: ")
    assert atelier("call", "orchestrator", "GetAsset", '{"nam": 1}').code == exits.USAGE
    assert atelier("call", "orchestrator", "Nothing").code == exits.USAGE
    assert atelier("call", "127.0.0.1:1").code == exits.UNREACHABLE


def test_a_key_is_made_shown_and_revoked(atelier: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "keys.json"
    made = json.loads(atelier("keys", "create", "--name", "press", "--scope", "read", "--file", file, "--json").out)
    assert made["token"].startswith("atl_")
    assert made["token"].encode() not in file.read_bytes()
    listed = atelier("keys", "list", "--file", file)
    assert made["id"] in listed.out
    assert made["token"] not in listed.out
    assert atelier("keys", "revoke", made["id"], "--file", file).code == exits.OK
    assert "revoked" in atelier("keys", "list", "--file", file).out
    assert atelier("keys", "create", "--name", "x", "--scope", "everything", "--file", file).code == exits.USAGE
