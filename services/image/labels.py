"""What a picture file is to say about itself: the checked form of `atelier.type.v1.Provenance`. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from atelier.type.v1 import provenance_pb2, verdict_pb2

from services.image.store import DIGEST_LIMIT, is_digest
from services.kit.errors import Reason, invalid_field
from services.kit.limits import check_text

MAX_TEXT = 500
MAX_NAME = 200
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,5}", re.ASCII)
_PREFIX = "DECISION_"


@dataclass(frozen=True, slots=True)
class Label:
    """Texts, whose picture it is, and what was decided about it; `decision` is "" or a word like "allowed"."""

    alt_text: str = ""
    caption: str = ""
    language: str = ""
    credit: str = ""
    asset: str = ""
    content_digest: str = ""
    policy_name: str = ""
    policy_version: str = ""
    decision: str = ""
    prompt_model: str = ""

    def edited(self, other: Label) -> Label:
        """The label with what an editor may change taken from another, where that says anything."""
        fields = ("alt_text", "caption", "language", "credit", "decision")
        return replace(self, **{field: value for field in fields if (value := getattr(other, field))})

    def to_proto(self) -> provenance_pb2.Provenance:
        """The label as the services publish it."""
        decision = _PREFIX + (self.decision.upper() or "UNSPECIFIED")
        known = verdict_pb2.Verdict.Decision.keys()
        return provenance_pb2.Provenance(
            alt_text=self.alt_text,
            caption=self.caption,
            language=self.language,
            credit=self.credit,
            asset=self.asset,
            content_digest=self.content_digest,
            policy=verdict_pb2.PolicyVersion(name=self.policy_name, version=self.policy_version)
            if self.policy_name
            else None,
            decision=verdict_pb2.Verdict.Decision.Value(decision if decision in known else known[0]),
            prompt_model=self.prompt_model,
        )


def read_label(message: provenance_pb2.Provenance) -> Label:
    """The label that a request holds.

    Raises:
        ServiceError: FIELD_INVALID with the field and its limit.
    """
    for field in ("alt_text", "caption"):
        _check(field, getattr(message, field), MAX_TEXT)
    for field in ("credit", "asset", "prompt_model"):
        _check(field, getattr(message, field), MAX_NAME)
    for field in ("name", "version"):
        _check(f"policy.{field}", getattr(message.policy, field), MAX_NAME)
    if message.language and not _LANGUAGE.fullmatch(message.language):
        raise invalid_field("provenance.language", "is no BCP 47 language tag", 'a tag like "en" or "pt-BR"')
    if message.content_digest and not is_digest(message.content_digest):
        raise invalid_field("provenance.content_digest", f"is no digest; it takes {DIGEST_LIMIT}", DIGEST_LIMIT)
    return Label(
        alt_text=message.alt_text,
        caption=message.caption,
        language=message.language,
        credit=message.credit,
        asset=message.asset,
        content_digest=message.content_digest,
        policy_name=message.policy.name,
        policy_version=message.policy.version,
        decision=_decision(message.decision),
        prompt_model=message.prompt_model,
    )


def _decision(value: verdict_pb2.Verdict.Decision.ValueType) -> str:
    if value not in verdict_pb2.Verdict.Decision.values():
        raise invalid_field("provenance.decision", f"is {value}, which is no decision")
    return verdict_pb2.Verdict.Decision.Name(value).removeprefix(_PREFIX).lower() if value else ""


def _check(field: str, text: str, max_length: int) -> None:
    name = f"provenance.{field}"
    check_text(name, text, max_length=max_length, reason=Reason.FIELD_INVALID, required=False)
    if any(ord(char) < 32 and char not in "\t\n\r" for char in text):
        raise invalid_field(name, "has control characters", "text without control characters")
