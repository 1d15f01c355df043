"""What a POST brings: body, query and headers as a CreateAssetRequest, or an error that names the field."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from atelier.orchestrator.v1 import orchestrator_pb2 as pb

from gateway import documents, multipart, recipes
from gateway.messages import JSON_TYPES, names_of, one_each, parse, read_object, refuse_unknown, truth
from services.kit.errors import invalid_field

UPLOAD_TYPES = (multipart.MEDIA_TYPE,)
TEXT_TYPES = ("text/plain", "text/markdown", "text/html")
# 100,000 code points are at most 1.2 MB even where JSON escapes each as a surrogate pair.
MAX_BODY_BYTES = 2 * 1024 * 1024
MAX_UPLOAD_BYTES = documents.MAX_FILE_BYTES + 64 * 1024

ASSET_FIELDS = {"content", "contentType", "content_type", "recipe"}
LIST_FIELDS = names_of(pb.ListAssetsRequest.DESCRIPTOR, without=("owner",))
VALIDATE_ONLY = ("validateOnly", "validate_only")


class UnsupportedMediaTypeError(Exception):
    """The body is of a type that this route does not read."""


@dataclass(frozen=True, slots=True)
class ContentType:
    """A parsed Content-Type header: the media type in lower case and its charset."""

    media_type: str
    charset: str


@dataclass(frozen=True, slots=True)
class Upload:
    """An uploaded file, what kind of file it says it is, and the recipe that came with it."""

    kind: documents.Format
    data: bytes
    recipe: pb.Recipe


def content_type(header: str) -> ContentType:
    """Parse a Content-Type header; without a charset it is UTF-8."""
    media_type, _, parameters = header.partition(";")
    charset = re.search(r'charset\s*=\s*"?([\w.:-]+)', parameters, re.IGNORECASE)
    return ContentType(media_type.strip().lower(), (charset[1] if charset else "utf-8").lower())


def read_request(
    header: str, body: bytes, query: Iterable[tuple[str, str]], idempotency_key: str
) -> pb.CreateAssetRequest:
    """The request that a POST to /v1/assets makes, without its `validateOnly`.

    Raises:
        ServiceError: FIELD_INVALID for what is no such request.
        UnsupportedMediaTypeError: for any other content type.
    """
    kind = content_type(header)
    if kind.charset not in ("utf-8", "utf8", "us-ascii"):
        raise UnsupportedMediaTypeError(f"charset {kind.charset} is not supported; send UTF-8")
    pairs = list(query)
    if kind.media_type in JSON_TYPES:
        if pairs:
            raise invalid_field(pairs[0][0], "stands in the query; with a JSON body the recipe belongs in the body")
        asset = _asset_from_json(body)
    elif kind.media_type in TEXT_TYPES:
        content = _decode(body)
        asset = pb.Asset(content=content, content_type=kind.media_type, recipe=recipes.from_pairs(pairs))
    else:
        known = ", ".join(JSON_TYPES + TEXT_TYPES + UPLOAD_TYPES)
        raise UnsupportedMediaTypeError(
            f"{kind.media_type or 'a body without Content-Type'} is not read here; send {known}"
        )
    return pb.CreateAssetRequest(asset=asset, request_id=idempotency_key)


def read_key(header: str | None) -> str:
    """The `request_id` that an Idempotency-Key header stands for; "" without one.

    Raises:
        ServiceError: FIELD_INVALID for an empty header, which its sender must have meant otherwise.
    """
    if header is not None and not header.strip():
        raise invalid_field("Idempotency-Key", "is empty", "1 to 64 printable ASCII characters")
    return header or ""


def is_upload(header: str) -> bool:
    """Whether a body of this type is an uploaded file."""
    return content_type(header).media_type in UPLOAD_TYPES


def read_upload(header: str, body: bytes, query: Iterable[tuple[str, str]]) -> Upload:
    """The file and the recipe of a `multipart/form-data` body.

    Raises:
        ServiceError: FIELD_INVALID for what is no such body.
        UnsupportedMediaTypeError: for a file of another kind.
    """
    parts = multipart.parse(body, multipart.boundary(header))
    files = [part for part in parts if part.name == "file"]
    if len(files) != 1:
        raise invalid_field("file", f"is there {len(files)} times", "exactly one part named file")
    fields = [(part.name, part.text()) for part in parts if part.name != "file"]
    recipe = recipes.from_pairs([*query, *fields])
    (file,) = files
    kind = documents.format_of(file.filename, file.media_type)
    if kind is None:
        raise UnsupportedMediaTypeError(f"a file like {file.filename[:100]!r} is not read; send {documents.KNOWN}")
    if len(file.data) > documents.MAX_FILE_BYTES:
        limit = f"at most {documents.MAX_FILE_BYTES} bytes"
        raise invalid_field("file", f"has {len(file.data)} bytes", limit)
    return Upload(kind, file.data, recipe)


def take_validate_only(query: Iterable[tuple[str, str]]) -> tuple[list[tuple[str, str]], bool]:
    """The query without `validateOnly`, and whether it was there and true.

    Raises:
        ServiceError: FIELD_INVALID.
    """
    pairs = list(query)
    rest = [pair for pair in pairs if pair[0] not in VALIDATE_ONLY]
    return rest, any(truth(name, value) for name, value in pairs if name in VALIDATE_ONLY)


def read_list(query: Iterable[tuple[str, str]]) -> pb.ListAssetsRequest:
    """The page and the filters that a query asks for.

    Raises:
        ServiceError: FIELD_INVALID.
    """
    values = one_each(query, ("states",))
    for name in values:
        if name not in LIST_FIELDS:
            raise invalid_field(name, "is not a parameter of this request", ", ".join(sorted(LIST_FIELDS)))
    given = {name: value for name, value in values.items() if value or name not in ("page_token", "pageToken")}
    request = pb.ListAssetsRequest()
    parse(given, request, "query")
    if 0 in request.states:
        raise invalid_field("states", "has STATE_UNSPECIFIED, which no asset has")
    return request


def _asset_from_json(body: bytes) -> pb.Asset:
    document = read_object(body, '{"content": "..."}')
    refuse_unknown(document, ASSET_FIELDS)
    if isinstance(recipe := document.get("recipe"), dict):
        document["recipe"] = recipes.from_json(recipe)
    asset = pb.Asset()
    parse(document, asset, "body")
    return asset


def _decode(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise invalid_field("content", f"is no valid UTF-8 at byte {error.start}", "UTF-8") from None
