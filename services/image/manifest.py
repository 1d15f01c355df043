"""The C2PA manifest of a picture: one action, one assertion of our own, no thumbnail. Pure."""

from __future__ import annotations

import json

from services.image.facts import Facts, assertion_of

GENERATION = "atelier.generation"
GENERATOR = "Atelier"

# Nothing is fetched, neither manifests that a file says to lie elsewhere nor word on revoked certificates: a file may
# name any address. Thumbnails would add 60 to 120 KB.
NO_FETCHING = {"remote_manifest_fetch": False, "ocsp_fetch": False}
SIGNING_SETTINGS: dict[str, object] = {
    "builder": {"thumbnail": {"enabled": False}},
    # What was just signed is not read back: tests do, with two readers.
    "verify": {"verify_after_sign": False, **NO_FETCHING},
}


def manifest_of(facts: Facts, media_type: str, version: str, *, edited_at: str = "") -> str:
    """The definition of the manifest, as c2pa takes it; `edited_at` is when the texts were changed, or ""."""
    created: dict[str, object] = {
        "action": "c2pa.created",
        "when": facts.time,
        "digitalSourceType": facts.digital_source_type,
        "softwareAgent": {"name": facts.maker or GENERATOR},
    }
    actions = [created]
    if edited_at:
        actions.append({"action": "c2pa.edited.metadata", "when": edited_at})
    return json.dumps(
        {
            "claim_generator_info": [{"name": GENERATOR, "version": version}],
            "format": media_type,
            "assertions": [
                {"label": "c2pa.actions.v2", "data": {"actions": actions}},
                {"label": GENERATION, "data": assertion_of(facts)},
            ],
        }
    )
