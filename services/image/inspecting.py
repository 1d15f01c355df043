"""What a picture file says about its origin and whether it can be believed. Blocking, and not to be trusted with time:
files come from anybody, so `inspector.py` runs this in a process that may be killed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

import c2pa
from atelier.type.v1 import provenance_pb2
from google.protobuf.timestamp_pb2 import Timestamp

from services.image.certificates import is_development
from services.image.containers import xmp_of
from services.image.facts import UNKNOWN_TIME, Facts, facts_from
from services.image.labels import Label
from services.image.manifest import GENERATION, NO_FETCHING
from services.image.xmp import Description, read_packet
from services.workers_ai.media import media_type_of

Outcome = provenance_pb2.Verification.Outcome
MOST_FINDINGS = 100
# Failures that speak of the certificate, not of the bytes.
_ABOUT_THE_SIGNER = ("signingCredential.", "timeStamp.", "claimSignature.outsideValidity")


def inspect(data: bytes, anchors: str) -> tuple[provenance_pb2.Verification, Facts]:
    """What was found, and the facts in it as far as there are any; `anchors` are trusted certificates as PEM."""
    media_type = media_type_of(data)
    description = read_packet(xmp_of(data, media_type)) or Description()
    found = provenance_pb2.Verification(media_type=media_type)
    facts = facts_from({"model": description.system}, _label(description))
    found.digital_source_type = description.digital_source_type
    try:
        read = _read(data, media_type, anchors)
    except (c2pa.C2paError, KeyError, ValueError) as error:
        # The library also trips over manifests whose parts do not name each other.
        found.outcome = Outcome.OUTCOME_UNREADABLE
        found.findings.append(str(error)[:300])
        return _told(found, facts), facts
    if read is None:
        found.outcome = Outcome.OUTCOME_UNSIGNED
        return _told(found, facts), facts
    manifest, results, trusted = read
    failures = _codes(results.get("failure"))
    changed = [code for code in failures if not code.startswith(_ABOUT_THE_SIGNER)]
    found.outcome = Outcome.OUTCOME_CHANGED if changed else Outcome.OUTCOME_INTACT
    found.trusted = trusted and not changed
    found.findings.extend(failures + _codes(results.get("informational")) + _codes(results.get("success")))
    del found.findings[MOST_FINDINGS:]
    facts = _read_manifest(found, manifest, description)
    return _told(found, facts), facts


def _read(data: bytes, media_type: str, anchors: str) -> tuple[Mapping[str, Any], Mapping[str, Any], bool] | None:
    """The active manifest, the results of its validation and whether it is trusted; None where there is none."""
    settings: dict[str, object] = {"verify": {"verify_trust": True, **NO_FETCHING}}
    if anchors:
        settings["trust"] = {"trust_anchors": anchors}
    with c2pa.Context.from_dict(settings) as context:
        reader = c2pa.Reader.try_create(media_type, BytesIO(data), context=context)
        if reader is None:
            return None
        with reader:
            results = _mapping(_mapping(reader.get_validation_results()).get("activeManifest"))
            return _mapping(reader.get_active_manifest()), results, reader.get_validation_state() == "Trusted"


def _read_manifest(found: provenance_pb2.Verification, manifest: Mapping[str, Any], description: Description) -> Facts:
    signature = _mapping(manifest.get("signature_info"))
    found.signer = _text(signature.get("common_name"))
    found.issuer = _text(signature.get("issuer"))
    found.development = is_development(found.issuer)
    for generator in _items(manifest.get("claim_generator_info"))[:1]:
        found.claim_generator = f"{_text(generator.get('name'))} {_text(generator.get('version'))}".strip()
    facts = facts_from({}, _label(description))
    for assertion in _items(manifest.get("assertions")):
        label, content = _text(assertion.get("label")), _mapping(assertion.get("data"))
        if label == GENERATION:
            facts = facts_from(content, _label(description))
        elif label.startswith("c2pa.actions"):
            for action in _items(content.get("actions")):
                if source_type := _text(action.get("digitalSourceType")):
                    found.digital_source_type = source_type
                found.model = found.model or _text(_mapping(action.get("softwareAgent")).get("name"))
    _set_time(found.sign_time, _text(signature.get("time")), facts)
    return facts


def _set_time(timestamp: Timestamp, signed_at: str, facts: Facts) -> None:
    """The time of a time-stamping authority, or else the one that the signer claims."""
    moment = facts_from({"time": signed_at}, Label()).made_at if signed_at else facts.made_at
    if moment != UNKNOWN_TIME:
        timestamp.FromDatetime(moment)


def _told(found: provenance_pb2.Verification, facts: Facts) -> provenance_pb2.Verification:
    """The verification with what the file says about itself."""
    found.provenance.CopyFrom(facts.label.to_proto())
    found.model = facts.maker or found.model
    found.prompt_digest = facts.prompt_digest
    return found


def _label(description: Description) -> Label:
    return Label(
        alt_text=description.alt_text[:1000],
        caption=description.caption[:1000],
        language=description.language[:100],
        credit=description.credit[:1000],
    )


def _codes(statuses: object) -> list[str]:
    codes = [_text(status.get("code")) for status in _items(statuses)]
    return list(dict.fromkeys(code for code in codes if code))


def _items(value: object) -> Sequence[Mapping[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str:
    return value[:1000] if isinstance(value, str) else ""
