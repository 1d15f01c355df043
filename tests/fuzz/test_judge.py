"""The fuzzer sees what it is there to see, and makes the same inputs from the same seed."""

from __future__ import annotations

from random import Random

import grpc
import pytest
from atelier.orchestrator.v1 import orchestrator_pb2 as pb

from services.kit import status
from services.kit.errors import Reason, ServiceError
from tests.fuzz.bytes import garbage, mutated
from tests.fuzz.judge import Judge
from tests.fuzz.values import Maker, Pool

PROBLEM = b'{"type": "/problems/FIELD_INVALID", "title": "A field", "status": 400, "reason": "FIELD_INVALID"}'


def failed(code: grpc.StatusCode, details: str, error: ServiceError | None = None) -> grpc.aio.AioRpcError:
    trailing = grpc.aio.Metadata(*(status.trailers(error) if error else ()))
    return grpc.aio.AioRpcError(code, grpc.aio.Metadata(), trailing, details)


@pytest.mark.parametrize(
    ("error", "found"),
    [
        (failed(grpc.StatusCode.INVALID_ARGUMENT, "no", ServiceError(Reason.FIELD_INVALID, "no")), False),
        (failed(grpc.StatusCode.INTERNAL, "oh", ServiceError(Reason.INTERNAL, "oh")), True),
        (failed(grpc.StatusCode.UNKNOWN, "Unexpected <class 'ValueError'>"), True),
        (failed(grpc.StatusCode.INVALID_ARGUMENT, "no reason"), True),
        (failed(grpc.StatusCode.DEADLINE_EXCEEDED, "Deadline Exceeded"), True),
        (failed(grpc.StatusCode.NOT_FOUND, 'File "/x.py"', ServiceError(Reason.ASSET_UNKNOWN, "no")), True),
        (failed(grpc.StatusCode.NOT_FOUND, "the t0ken", ServiceError(Reason.ASSET_UNKNOWN, "no")), True),
    ],
)
def test_an_answer_of_a_method_is_judged(error: grpc.aio.AioRpcError, *, found: bool) -> None:
    judge = Judge(("t0ken",))
    judge.rpc("a method", error, ours=True, gave_up=False, source="bytes")
    assert bool(judge.findings) is found


@pytest.mark.parametrize(
    ("code", "head", "body", "found"),
    [
        (400, "content-type: application/problem+json", PROBLEM, False),
        (400, "content-type: application/json", PROBLEM, True),
        (404, "content-type: application/problem+json", PROBLEM, True),
        (400, "content-type: application/problem+json", PROBLEM.replace(b"FIELD_INVALID", b"OTHER"), True),
        (500, "content-type: application/problem+json", PROBLEM.replace(b"400", b"500"), True),
        (404, "content-type: text/html", b"<html>", True),
        (200, "content-type: text/html", b"<html>", False),
    ],
)
def test_an_answer_of_the_http_door_is_judged(code: int, head: str, body: bytes, *, found: bool) -> None:
    judge = Judge()
    judge.http("a route", code, head, body, "bytes")
    assert bool(judge.findings) is found


def test_the_same_seed_makes_the_same_inputs() -> None:
    def inputs(seed: str) -> list[bytes]:
        dice = Random(seed)
        message = Maker(dice, Pool()).message(pb.CreateAssetRequest.DESCRIPTOR).SerializeToString(deterministic=True)
        return [message, mutated(message, dice), garbage(dice)]

    assert inputs("1:2") == inputs("1:2") != inputs("1:3")
