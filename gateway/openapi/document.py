"""The OpenAPI 3.1 document of the gateway."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from atelier.style.v1.style_pb2 import ListStylesResponse
from atelier.type.v1.provenance_pb2 import Verification

from gateway.openapi import schema, webhooks
from gateway.openapi.paths import PATHS
from gateway.openapi.shared import DESCRIPTION, HEADERS, PARAMETERS, SCHEMAS
from services.kit.version import version

Json = dict[str, object]
ROOTS = (
    pb.Asset.DESCRIPTOR,
    pb.AssetEvent.DESCRIPTOR,
    pb.ListAssetsResponse.DESCRIPTOR,
    pb.Preview.DESCRIPTOR,
    pb.GetUsageResponse.DESCRIPTOR,
    pb.ListPoliciesResponse.DESCRIPTOR,
    pb.SignImageUrlResponse.DESCRIPTOR,
    Verification.DESCRIPTOR,
    ListStylesResponse.DESCRIPTOR,
)


@cache
def document() -> Mapping[str, object]:
    """The whole document."""
    components = schema.schemas(*ROOTS)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Atelier",
            "version": version(),
            "description": DESCRIPTION,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "tags": [
            {"name": "assets", "description": "Content and the pictures made from it."},
            {
                "name": "pictures",
                "description": "Their bytes, links to them, and what picture files say of their origin.",
            },
            {"name": "styles", "description": "Brand styles: palette, words, look, room for a logo; in versions."},
            {"name": "books", "description": "What assets cost, and the policies that they are judged by."},
            {"name": "images", "description": "Pictures in the shape of OpenAI's image API."},
            {"name": "gateway", "description": "The gateway itself."},
        ],
        # An empty requirement first: where no key exists, on a loopback address, none is needed.
        "security": [{}, {"key": []}],
        "paths": PATHS,
        "webhooks": webhooks.RECEIVED,
        "components": {
            "schemas": {**components, **SCHEMAS, **webhooks.SCHEMAS},
            "parameters": PARAMETERS,
            "headers": HEADERS,
            "securitySchemes": {
                "key": {"type": "http", "scheme": "bearer", "description": "`Authorization: Bearer atl_...`"}
            },
        },
    }
