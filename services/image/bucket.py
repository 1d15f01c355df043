"""A bucket of an S3-compatible service: objects in, objects out, typed errors, no secrets in them."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Awaitable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import obstore
from obstore import exceptions
from obstore.store import S3Store as Client

from services.image.locations import Bucket
from services.kit import telemetry
from services.kit.errors import Reason, ServiceError

log = telemetry.get_logger(__name__)

REQUEST_S = 10
_RETRIES = 2

# Python's own errors stand for some of the library's.
_ERRORS = (exceptions.BaseError, OSError)
_STATUS = re.compile(r"\bstatus:? (?:code:? )?([45]\d\d)\b", re.IGNORECASE)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Access:
    """How the service is reached; what is empty is left to the defaults of Amazon's own tools."""

    endpoint: str = ""
    region: str = ""
    access_key_id: str = ""
    secret_access_key: str = field(default="", repr=False)
    session_token: str = field(default="", repr=False)

    @classmethod
    def of(cls, endpoint: str, region: str, key_id: str, secret: str, environ: Mapping[str, str]) -> Access:
        """Our settings, or else the variables of Amazon's tools; a pair of keys is never mixed of both."""

        def standard(*names: str) -> str:
            return next((environ[name] for name in names if environ.get(name)), "")

        own = bool(key_id or secret)
        return cls(
            endpoint=endpoint or standard("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"),
            region=region or standard("AWS_REGION", "AWS_DEFAULT_REGION"),
            access_key_id=key_id if own else standard("AWS_ACCESS_KEY_ID"),
            secret_access_key=secret if own else standard("AWS_SECRET_ACCESS_KEY"),
            session_token="" if own else standard("AWS_SESSION_TOKEN"),
        )


@dataclass(frozen=True, slots=True)
class Object:
    """One object of a list: key without the prefix, length, and when it was written (Unix time in seconds)."""

    key: str
    size_bytes: int
    modified_s: float


class ObjectMissingError(Exception):
    """There is no such object."""


class ObjectExistsError(Exception):
    """There is one already, although it was to be a new one."""


class ObjectStore:
    """The objects below the prefix of a bucket."""

    def __init__(self, place: Bucket, access: Access) -> None:
        given = {
            "endpoint": access.endpoint,
            "access_key_id": access.access_key_id,
            "secret_access_key": access.secret_access_key,
            "session_token": access.session_token,
        }
        self._client = Client(
            place.name,
            prefix=place.prefix or None,
            region=access.region or "us-east-1",
            # Addressed by path, as every compatible service understands it.
            virtual_hosted_style_request=False,
            client_options={
                "timeout": timedelta(seconds=REQUEST_S),
                "connect_timeout": timedelta(seconds=3),
                "allow_http": access.endpoint.startswith("http://"),
            },
            retry_config={"max_retries": _RETRIES, "retry_timeout": timedelta(seconds=2 * REQUEST_S)},
            **{name: value for name, value in given.items() if value},  # type: ignore[arg-type]
        )

    async def put(self, key: str, data: bytes, media_type: str = "", *, new: bool = False) -> None:
        """Write an object; where it is to be `new`, ObjectExistsError if there is one."""
        attributes = {"Content-Type": media_type} if media_type else None
        written = obstore.put_async(
            self._client,
            key,
            data,
            attributes=attributes,
            mode="create" if new else "overwrite",
            use_multipart=False,
        )
        await _typed("written", written)

    async def get(self, key: str, start: int, end: int) -> bytes:
        """The bytes from `start` to before `end`, shorter only at the end of the object."""
        try:
            found = await obstore.get_async(self._client, key, options={"range": (start, end)})
            return bytes(await found.bytes_async())
        except _ERRORS as error:
            if "416" in str(error) or "InvalidRange" in str(error) or "range" in str(error).lower():
                # Nothing lies behind the end; whether the object is there at all is another question.
                await self.head(key)
                return b""
            raise _problem("read", error) from None

    async def head(self, key: str) -> Object:
        """Length and time of an object."""
        found = await _typed("read", obstore.head_async(self._client, key))
        return Object(key, found["size"], found["last_modified"].timestamp())

    async def delete(self, key: str) -> None:
        """Delete an object; nothing happens where there is none."""
        try:
            await _typed("written", obstore.delete_async(self._client, key))
        except ObjectMissingError:
            return

    async def list(self, prefix: str) -> AsyncIterator[Sequence[Object]]:
        """All objects below a prefix, in the order of their keys, some at a time."""
        chunks = obstore.list(self._client, prefix=prefix, chunk_size=500)
        try:
            async for chunk in chunks:
                yield [Object(item["path"], item["size"], item["last_modified"].timestamp()) for item in chunk]
        except _ERRORS as error:
            raise _problem("read", error) from None

    async def link(self, key: str, lifetime_s: float) -> str:
        """A URL that reads the object for so long."""
        return await _typed("read", obstore.sign_async(self._client, "GET", key, timedelta(seconds=lifetime_s)))


def age_s(found: Object) -> float:
    """How long ago an object was written."""
    return datetime.now(UTC).timestamp() - found.modified_s


async def _typed(verb: str, request: Awaitable[T]) -> T:
    try:
        return await request
    except _ERRORS as error:
        raise _problem(verb, error) from None


def _problem(verb: str, error: Exception) -> Exception:
    """Our words for what went wrong: the library's have addresses, headers and the service's whole answer in them."""
    if isinstance(error, exceptions.NotFoundError | FileNotFoundError):
        # A bucket that is missing says the same of each of its objects.
        return _unavailable(verb, "there is no such bucket") if "NoSuchBucket" in str(error) else ObjectMissingError()
    if isinstance(error, exceptions.AlreadyExistsError | exceptions.PreconditionError | FileExistsError):
        return ObjectExistsError()
    found = _STATUS.search(str(error))
    said = found.group(1) if found else ""
    if said in ("401", "403") or isinstance(error, exceptions.PermissionDeniedError | exceptions.UnauthenticatedError):
        return _unavailable(verb, "access is denied; check the access key, its secret and its rights")
    return _unavailable(verb, f"the service answered {said}" if said else "the service cannot be reached")


def _unavailable(verb: str, why: str) -> ServiceError:
    log.error("picture store failed", verb=verb, why=why)
    return ServiceError(Reason.STORE_UNAVAILABLE, f"the picture store cannot be {verb}: {why}")
