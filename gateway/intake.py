"""What a POST brings: body, query and headers as a CreateAssetRequest, or an error that names the field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import orjson
from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from google.protobuf import json_format
from google.protobuf.message import Message

from gateway import documents, multipart
from services.kit.errors import ServiceError, invalid_field

JSON_TYPES = ("application/json",)
UPLOAD_TYPES = (multipart.MEDIA_TYPE,)
TEXT_TYPES = ("text/plain", "text/markdown", "text/html")
# 100,000 code points are at most 1.2 MB even where JSON escapes each as a surrogate pair.
MAX_BODY_BYTES = 2 * 1024 * 1024
MAX_UPLOAD_BYTES = documents.MAX_FILE_BYTES + 64 * 1024
MAX_JSON_DEPTH = 16

ASSET_FIELDS = {"content", "contentType", "content_type", "recipe"}
RECIPE_FIELDS = {field.name for field in pb.Recipe.DESCRIPTOR.fields}
RECIPE_NAMES = RECIPE_FIELDS | {field.json_name for field in pb.Recipe.DESCRIPTOR.fields}
LIST_FIELDS = {
    name
    for field in pb.ListAssetsRequest.DESCRIPTOR.fields
    if field.name != "owner"
    for name in (field.name, field.json_name)
}


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
    """The request that a POST to /v1/assets makes.

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
        asset = pb.Asset(content=content, content_type=kind.media_type, recipe=_recipe_from_query(pairs))
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
    recipe = _recipe_from_query([*query, *fields])
    (file,) = files
    kind = documents.format_of(file.filename, file.media_type)
    if kind is None:
        raise UnsupportedMediaTypeError(f"a file like {file.filename[:100]!r} is not read; send {documents.KNOWN}")
    if len(file.data) > documents.MAX_FILE_BYTES:
        limit = f"at most {documents.MAX_FILE_BYTES} bytes"
        raise invalid_field("file", f"has {len(file.data)} bytes", limit)
    return Upload(kind, file.data, recipe)


def read_list(query: Iterable[tuple[str, str]]) -> pb.ListAssetsRequest:
    """The page and the filters that a query asks for.

    Raises:
        ServiceError: FIELD_INVALID.
    """
    values: dict[str, object] = {}
    states: list[str] = []
    for name, value in query:
        if name not in LIST_FIELDS:
            raise invalid_field(name, "is not a parameter of this request", ", ".join(sorted(LIST_FIELDS)))
        if name == "states":
            states += value.split(",")
        elif name in values:
            raise invalid_field(name, "stands in the query more than once")
        elif value or name not in ("page_token", "pageToken"):
            values[name] = value
    request = pb.ListAssetsRequest()
    _parse({**values, "states": states}, request, "query")
    if 0 in request.states:
        raise invalid_field("states", "has STATE_UNSPECIFIED, which no asset has")
    return request


def _asset_from_json(body: bytes) -> pb.Asset:
    try:
        document = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise invalid_field("body", f"is no valid JSON: {error}", "a JSON object in UTF-8") from None
    if not isinstance(document, dict):
        raise invalid_field("body", "is no JSON object", 'an object such as {"content": "..."}')
    _refuse_unknown(document, ASSET_FIELDS, "")
    recipe = document.get("recipe")
    if isinstance(recipe, dict):
        _refuse_unknown(recipe, RECIPE_NAMES, "recipe.")
    asset = pb.Asset()
    _parse(document, asset, "body")
    return asset


def _recipe_from_query(pairs: list[tuple[str, str]]) -> pb.Recipe:
    values: dict[str, object] = {}
    for name, value in pairs:
        if name in values:
            raise invalid_field(name, "stands in the query more than once")
        values[name] = value
    _refuse_unknown(values, RECIPE_NAMES, "")
    recipe = pb.Recipe()
    _parse(values, recipe, "query")
    return recipe


def _refuse_unknown(document: Mapping[str, object], known: set[str], path: str) -> None:
    for name in document:
        if name not in known:
            raise invalid_field(f"{path}{name}", "is not a field of this request", ", ".join(sorted(known)))


def _parse(document: dict[str, object], message: Message, place: str) -> None:
    try:
        json_format.ParseDict(document, message, max_recursion_depth=MAX_JSON_DEPTH)
    except json_format.ParseError as error:
        raise _field_error(str(error), place) from None


def _field_error(problem: str, place: str) -> ServiceError:
    """FIELD_INVALID that names the field which protobuf's parser stumbled over."""
    path = re.findall(r"Failed to parse (\S+) field: ", problem)
    why = problem.rpartition(" field: ")[2].strip(" .")
    return invalid_field(".".join(path) or place, f"cannot be read: {why}")


def _decode(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise invalid_field("content", f"is no valid UTF-8 at byte {error.start}", "UTF-8") from None
