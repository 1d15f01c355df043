"""The handlers that give out pictures, links to them and whole exports, and that look into picture files."""

from __future__ import annotations

from collections.abc import AsyncIterator

from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from fastapi import Request, Response
from fastapi.responses import StreamingResponse

from gateway import archive, changes, intake, multipart, pictures, reading, spots
from gateway.access import require
from gateway.answers import proto_response
from gateway.config import Config
from gateway.keys import Scope
from gateway.owned import OwnedAssets
from gateway.reading import asset_name, principal
from gateway.upstream import Orchestrator, Spot
from services.kit.errors import Reason, ServiceError, invalid_field

MAX_VERIFY_BYTES = 32 * 1024 * 1024
# What does not say what it is may be a picture all the same.
VERIFY_TYPES = ("", "application/octet-stream")


class MediaRoutes:
    """The handlers of one gateway."""

    def __init__(self, config: Config, assets: OwnedAssets, orchestrator: Orchestrator) -> None:
        self._config = config
        self._assets = assets
        self._orchestrator = orchestrator

    async def image(self, request: Request) -> Response:
        """The bytes of a picture, a smaller preview of it, or for reviewers one that is held."""
        now, spot = await self._spot(request)
        if spot.held:
            require(principal(request), Scope.REVIEW)
            return await self._held(now.name, spot)
        image = spots.image_of(now, spot)
        if image is None:
            raise ServiceError(Reason.IMAGE_UNKNOWN, f"{now.name} has no picture at {request.url.path}")
        if spot.preview_side:
            return await self._preview(request, now.name, spot, image.blob.digest)
        tag = pictures.etag(image.blob.digest)
        headers = {"ETag": tag, "Cache-Control": pictures.CACHE_CONTROL, "Accept-Ranges": "bytes"}
        if pictures.matches(request.headers.get("if-none-match", ""), tag):
            return Response(status_code=304, headers=headers)
        span = reading.wanted_span(request, image.blob.size_bytes, tag)
        headers["Content-Length"] = str(span.length if span else image.blob.size_bytes)
        if span:
            headers["Content-Range"] = span.content_range(image.blob.size_bytes)
        status = 206 if span else 200
        if request.method == "HEAD":
            return Response(status_code=status, headers=headers, media_type=image.blob.media_type)
        pieces = self._assets.read_image(now.name, spot)
        # The first piece is awaited before the status goes out, so that a damaged picture is a problem and no 200.
        _, body = await opened(pictures.cut(pieces, span) if span else pieces)
        return StreamingResponse(body, status_code=status, headers=headers, media_type=image.blob.media_type)

    async def link(self, request: Request) -> Response:
        """A link under which anybody can read one picture for a while."""
        lifetime = changes.read_lifetime(reading.query_pairs(request))
        now = await self._assets.get(principal(request), asset_name(request))
        spot = spots.read_spot(now, request.path_params["variant"], request.path_params.get("rendition", ""), [])
        wanted = pb.SignImageUrlRequest(
            name=now.name, variant=spot.variant, rendition=spot.rendition, lifetime=lifetime
        )
        return proto_response(await self._assets.sign_url(wanted), 200, {"Cache-Control": "no-store"})

    async def export(self, request: Request) -> Response:
        """The asset as one zip file."""
        now = await self._assets.get(principal(request), asset_name(request))
        disposition = f'attachment; filename="{archive.stem(now)}.zip"'
        headers = {"Content-Disposition": disposition, "Cache-Control": "no-store"}
        if request.method == "HEAD":
            return Response(headers=headers, media_type=archive.MEDIA_TYPE)

        def read(spot: Spot) -> AsyncIterator[bytes]:
            return self._assets.read_image(now.name, spot)

        # As with a single picture: what cannot be read at all is a problem and no broken archive.
        _, body = await opened(archive.zipped(now, read))
        return StreamingResponse(body, headers=headers, media_type=archive.MEDIA_TYPE)

    async def verify(self, request: Request) -> Response:
        """What a picture file says about its origin, and whether it was changed."""
        verification = await self._orchestrator.verify(await self._picture_file(request))
        return proto_response(verification, 200, {"Cache-Control": "no-store"})

    async def _picture_file(self, request: Request) -> bytes:
        header = request.headers.get("content-type", "")
        kind = intake.content_type(header).media_type
        if intake.is_upload(header):
            limit = MAX_VERIFY_BYTES + 64 * 1024
            body = await reading.read_body(request, limit, self._config.body_timeout_s)
            files = [part for part in multipart.parse(body, multipart.boundary(header)) if part.name == "file"]
            if len(files) != 1:
                raise invalid_field("file", f"is there {len(files)} times", "exactly one part named file")
            return files[0].data
        if kind not in VERIFY_TYPES and not kind.startswith("image/"):
            raise intake.UnsupportedMediaTypeError(f"{kind} is not read here; send the picture, or a form with `file`")
        return await reading.read_body(request, MAX_VERIFY_BYTES, self._config.body_timeout_s)

    async def _spot(self, request: Request) -> tuple[pb.Asset, Spot]:
        now = await self._assets.get(principal(request), asset_name(request))
        path = request.path_params
        query = reading.query_pairs(request)
        return now, spots.read_spot(now, path["variant"], path.get("rendition", ""), query)

    async def _preview(self, request: Request, name: str, spot: Spot, digest: str) -> Response:
        tag = pictures.etag(f"{digest}-{spot.preview_side}")
        headers = {"ETag": tag, "Cache-Control": pictures.CACHE_CONTROL}
        if pictures.matches(request.headers.get("if-none-match", ""), tag):
            return Response(status_code=304, headers=headers)
        data = b"".join([piece async for piece in self._assets.read_image(name, spot)])
        return Response(data, headers=headers, media_type="image/jpeg")

    async def _held(self, name: str, spot: Spot) -> Response:
        first, body = await opened(self._assets.read_image(name, spot))
        kind = "image/jpeg" if spot.preview_side else spots.media_type(first)
        return StreamingResponse(body, headers={"Cache-Control": "no-store"}, media_type=kind)


async def opened(pieces: AsyncIterator[bytes]) -> tuple[bytes, AsyncIterator[bytes]]:
    """The first piece, and all of them with that one already there."""
    first = await anext(pieces, b"")

    async def chained() -> AsyncIterator[bytes]:
        yield first
        async for piece in pieces:
            yield piece

    return first, chained()
