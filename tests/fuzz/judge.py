"""What an answer may be: never an internal error, never an untyped one, never a look inside."""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import grpc
from google.rpc import error_details_pb2, status_pb2

from gateway.problems import HttpReason
from services.kit.errors import DOMAIN, Reason
from services.kit.status import DETAILS_KEY

HERE = Path(__file__).resolve().parents[2]
MARKS = ("Traceback (most recent", 'File "/', "site-packages", str(HERE), sys.prefix, "root:x:0:0")
REASONS = {*Reason.__members__, *HttpReason.__members__}
BROKEN = (grpc.StatusCode.INTERNAL, grpc.StatusCode.UNKNOWN, grpc.StatusCode.DATA_LOSS, grpc.StatusCode.UNAVAILABLE)
# What gRPC itself says before a handler could: a message over the limit, metadata over the limit.
OF_GRPC = ("larger than max", "metadata", "Metadata")
# What the client's own gRPC says: it wrote into a call that had ended, or its connection had grown too old meanwhile.
OF_CLIENT = ("Internal error from Core", "max_age", "Stream removed", "stream closure")
# A model that answers nothing of use is the provider's fault, and typed as that.
OF_PROVIDER = ("MODEL_OUTPUT",)
KEPT = 2


@dataclass
class Judge:
    """Counts what came back and keeps what must not. No answer may hold `secrets` or `inner`, such as paths."""

    secrets: tuple[str, ...] = ()
    inner: tuple[str, ...] = ()
    counts: dict[str, Counter[str]] = field(default_factory=dict)
    findings: list[str] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)

    def count(self, target: str, outcome: str) -> None:
        self.counts.setdefault(target, Counter())[outcome] += 1

    def find(self, what: str) -> None:
        """Keep a finding, of each kind a few; what differs only in its input or in numbers is of one kind."""
        kind = re.sub(r"[0-9a-f]{6,}|\d+", "#", what.split(" after ")[0])[:120]
        self.kinds[kind] += 1
        if self.kinds[kind] <= KEPT:
            self.findings.append(what[:1500])

    def text(self, target: str, text: str, source: str) -> None:
        """No answer shows what is inside."""
        for mark in (*MARKS, *self.secrets, *self.inner):
            if mark in text:
                at = text.index(mark)
                self.find(f"{target}: an answer holds {mark!r}: {text[max(0, at - 100) : at + 200]!r} after {source}")

    def rpc(self, target: str, error: grpc.aio.AioRpcError, *, ours: bool, gave_up: bool, source: str) -> None:
        """One failed call; `ours` for services that type their errors, `gave_up` where the client set a short limit."""
        code, details = error.code(), error.details() or ""
        trailing = [(str(key), value) for key, value in error.trailing_metadata() or ()]
        reason = _reason(trailing)
        of_client = any(word in details for word in OF_CLIENT)
        self.count(target, "cut" if of_client else f"{code.name} {reason}".strip())
        self.text(target, f"{details} {trailing}", source)
        limited = code in (grpc.StatusCode.CANCELLED, grpc.StatusCode.DEADLINE_EXCEEDED)
        if of_client:
            return
        if reason in OF_PROVIDER:
            return
        if code in BROKEN:
            self.find(f"{target}: {code.name} {reason} {details!r} after {source}")
        elif limited and not reason:
            if not gave_up:
                self.find(f"{target}: {code.name} {details!r}, although there was time, after {source}")
        elif ours and reason not in REASONS and not any(word in details for word in OF_GRPC):
            self.find(f"{target}: untyped {code.name} {details!r} after {source}")

    def http(self, target: str, status: int, head: str, body: bytes, source: str) -> None:
        """One answer of the HTTP door."""
        self.count(target, str(status))
        shown = body.decode(errors="replace")
        self.text(target, head, source)
        if status >= 400:
            self.text(target, shown, source)
            if status in (500, 502, 504):
                self.find(f"{target}: {status} {shown[:300]} after {source}")
            elif body and not _is_problem(status, head, shown):
                self.find(f"{target}: {status} is no problem: {head[:200]!r} {shown[:300]!r} after {source}")


def _reason(trailing: list[tuple[str, str | bytes]]) -> str:
    for key, value in trailing:
        if key == DETAILS_KEY and isinstance(value, bytes):
            for detail in status_pb2.Status.FromString(value).details:
                info = error_details_pb2.ErrorInfo()
                if detail.Unpack(info) and info.domain == DOMAIN:
                    return str(info.reason)
    return ""


def _is_problem(status: int, head: str, body: str) -> bool:
    try:
        problem = json.loads(body)
    except ValueError:
        return False
    if "application/problem+json" in head.lower():
        known = problem.get("reason", "") in {*REASONS, ""}
        return problem.get("status") == status and bool(problem.get("title")) and "type" in problem and known
    # The door for clients of another API answers in that API's shape.
    return isinstance(problem.get("error"), dict) and bool(problem["error"].get("message"))
