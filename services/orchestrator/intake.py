"""What requests must be, and what they become: a first event and its digest, a selection of assets."""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from atelier.orchestrator.v1.orchestrator_pb2 import Accepted, Asset, CreateAssetRequest, ListAssetsRequest
from google.protobuf.timestamp_pb2 import Timestamp

from services.kit.errors import invalid_field
from services.kit.limits import check_text
from services.orchestrator.recipes import check_amount, check_choice, check_recipe
from services.orchestrator.summary import Selection

MAX_CONTENT = 100_000
MAX_REQUEST_ID = MAX_OWNER = 64
MAX_TIME_S = 253_402_300_799
CONTENT_TYPES = ("", "text/plain", "text/markdown", "text/html")


class Identity(NamedTuple):
    """Who makes a request under which id, and a digest of what it asks for."""

    owner: str
    request_id: str
    digest: str

    @property
    def key(self) -> str:
        """What the request id is unique under; empty where there is none."""
        return claim_key(self.owner, self.request_id)


def check_request(request: CreateAssetRequest) -> None:
    """Check everything that is read of a request.

    Raises:
        ServiceError: CONTENT_LENGTH or FIELD_INVALID with the field and its limit.
    """
    check_text("asset.content", request.asset.content, max_length=MAX_CONTENT)
    check_choice("asset.content_type", request.asset.content_type, CONTENT_TYPES)
    check_recipe(request.asset.recipe)
    check_identity(request.owner, request.request_id)
    check_amount("owner_budget_usd", request.owner_budget_usd)


def accepted(request: CreateAssetRequest, *, random_seed: int, traceparent: str) -> Accepted:
    """The request as it will be carried out; `random_seed`, 1 to `recipes.MAX_SEED`, is taken where it names none."""
    asset = request.asset
    event = Accepted(
        recipe=asset.recipe,
        content=asset.content,
        content_type=asset.content_type,
        request_id=request.request_id,
        traceparent=traceparent,
        owner=request.owner,
        owner_budget_usd=request.owner_budget_usd,
    )
    event.recipe.variant_count = event.recipe.variant_count or 1
    event.recipe.seed = event.recipe.seed or random_seed
    return event


def identity(request: CreateAssetRequest) -> Identity:
    """What tells a request from another one under the same id: all that it chooses."""
    asset = request.asset
    chosen = Asset(content=asset.content, content_type=asset.content_type, recipe=asset.recipe)
    digest = hashlib.sha256(chosen.SerializeToString(deterministic=True)).hexdigest()
    return Identity(request.owner, request.request_id, digest)


def claim_key(owner: str, request_id: str) -> str:
    """What a request id is unique under: its owner. Empty where there is no request id."""
    # Neither part can hold the separator, so no two pairs have the same key.
    return f"{owner}\n{request_id}" if request_id else ""


def selection(request: ListAssetsRequest) -> Selection:
    """Which assets a list is to hold.

    Raises:
        ServiceError: FIELD_INVALID.
    """
    known = set(Asset.State.values()) - {Asset.STATE_UNSPECIFIED}
    if not known.issuperset(request.states):
        raise invalid_field("states", "names a state that no asset can be in", "states of Asset.State")
    _check_printable("owner", request.owner, MAX_OWNER)
    return Selection(
        states=frozenset(request.states),
        after_ns=_nanoseconds("created_after", request.created_after),
        before_ns=_nanoseconds("created_before", request.created_before),
        owner=request.owner,
    )


def _nanoseconds(field: str, time: Timestamp) -> int:
    if not 0 <= time.seconds <= MAX_TIME_S or not 0 <= time.nanos < 1_000_000_000:
        raise invalid_field(field, "is no time from 1970 to 9999", "1970-01-01 to 9999-12-31")
    return time.ToNanoseconds()


def check_identity(owner: str, request_id: str) -> None:
    """Raise FIELD_INVALID unless an owner and a request id can be called so."""
    _check_printable("request_id", request_id, MAX_REQUEST_ID)
    check_owner(owner)


def check_owner(owner: str) -> None:
    """Raise FIELD_INVALID unless somebody can be called so."""
    _check_printable("owner", owner, MAX_OWNER)


def _check_printable(field: str, value: str, max_length: int) -> None:
    if len(value) > max_length or not all(" " <= sign <= "~" for sign in value):
        limit = f"at most {max_length} printable ASCII characters"
        raise invalid_field(field, f"does not consist of {limit}", limit)
