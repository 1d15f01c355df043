"""The RPCs of ImageService in terms of orders, paintings, labels and the store."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

from atelier.image.v1 import image_pb2, image_pb2_grpc
from atelier.type.v1 import blob_pb2
from atelier.type.v1 import image_pb2 as type_pb2

from services.image.checking import MAX_BYTES
from services.image.fitting import Cut
from services.image.inspector import Inspector
from services.image.labels import read_label
from services.image.marking import Marked
from services.image.orders import check_reference, read_lifetime, read_order, read_stored_until
from services.image.painting import Painter, Painting, Plan
from services.image.previews import Previews, check_side
from services.image.reading import PIECE_BYTES, verified_pieces
from services.image.relabelling import Relabeller
from services.image.sizing import Size
from services.image.store import ImageStore, StoredBlob, check_digest
from services.kit import telemetry
from services.kit.errors import invalid_field
from services.kit.slots import Slots
from services.workers_ai.media import media_type_of

log = telemetry.get_logger(__name__)

# A reader holds two chunks of 4 MiB at most, so all of them together stay below half a gigabyte.
READERS = 64
# A preview, a copy or a check holds a whole picture.
WHOLE_PICTURES = 16


class ImageService(image_pb2_grpc.ImageServiceServicer):
    """Makes, reads, relabels, checks and deletes pictures; `slots` bounds how many are made at once."""

    def __init__(
        self,
        painter: Painter,
        store: ImageStore,
        *,
        relabeller: Relabeller,
        previews: Previews,
        inspector: Inspector,
        slots: int,
    ) -> None:
        self._painter = painter
        self._store = store
        self._relabeller = relabeller
        self._previews = previews
        self._inspector = inspector
        self._painting = Slots(slots, "painting")
        self._reading = Slots(READERS, "reading", weighs=False)
        self._whole = Slots(WHOLE_PICTURES, "whole pictures", weighs=False)

    async def GenerateImage(  # noqa: N802
        self, request: image_pb2.GenerateImageRequest, context: object
    ) -> image_pb2.GenerateImageResponse:
        """Make one picture and keep it, or say what it would cost."""
        order = read_order(request)
        if request.validate_only:
            return image_pb2.GenerateImageResponse(
                image=_planned(self._painter.plan(order)), call=self._painter.estimate(order).to_proto()
            )
        async with self._painting.take():
            painting = await self._painter.paint(order)
            blob = await self._store.put(painting.marked.data, painting.picture.media_type, order.reference)
        log.info("picture stored", digest=blob.digest, size_bytes=blob.size_bytes, model=painting.call.model)
        return image_pb2.GenerateImageResponse(
            image=_made(blob, painting), call=painting.call.to_proto(), preview=painting.picture.preview
        )

    async def ReadImage(  # noqa: N802
        self, request: image_pb2.ReadImageRequest, context: object
    ) -> AsyncIterator[image_pb2.ReadImageResponse]:
        """Stream the bytes of a picture, verified, or of a small JPEG of it."""
        check_digest(request.digest)
        if request.preview_side:
            check_side(request.preview_side)
            async with self._whole.take():
                data = await self._previews.get(request.digest, request.preview_side)
            for start in range(0, len(data), PIECE_BYTES):
                yield image_pb2.ReadImageResponse(data=data[start : start + PIECE_BYTES])
            return
        async with self._reading.take():
            async for piece in verified_pieces(self._store, request.digest):
                yield image_pb2.ReadImageResponse(data=piece)

    async def DeleteImage(  # noqa: N802
        self, request: image_pb2.DeleteImageRequest, context: object
    ) -> image_pb2.DeleteImageResponse:
        """Drop one reference to a picture."""
        check_digest(request.digest)
        check_reference(request.reference, required=True)
        await self._store.delete_reference(request.digest, request.reference, read_stored_until(request))
        self._previews.forget(request.digest)
        log.info("reference deleted", digest=request.digest, reference=request.reference)
        return image_pb2.DeleteImageResponse()

    async def RelabelImage(  # noqa: N802
        self, request: image_pb2.RelabelImageRequest, context: object
    ) -> image_pb2.RelabelImageResponse:
        """Keep a copy of a picture that says something else about itself."""
        check_digest(request.digest)
        check_reference(request.reference, required=False)
        label = read_label(request.provenance)
        async with self._whole.take():
            copy = await self._relabeller.relabel(request.digest, label)
            blob = await self._store.put(copy.marked.data, copy.media_type, request.reference)
        log.info("picture relabelled", digest=blob.digest, before=request.digest)
        image = _image(blob, copy.size, copy.marked)
        image.source_digest, image.reproducible = copy.source_digest, copy.reproducible
        return image_pb2.RelabelImageResponse(image=image)

    async def VerifyImage(  # noqa: N802
        self, request: AsyncIterator[image_pb2.VerifyImageRequest], context: object
    ) -> image_pb2.VerifyImageResponse:
        """Say what a file tells about its origin and whether it can be believed."""
        async with self._whole.take():
            data = await _whole_file(request)
            if not media_type_of(data):
                raise invalid_field("data", "is no picture; it takes PNG, JPEG, WebP, AVIF or GIF", "a picture")
            verification = await self._inspector.inspect(data)
        return image_pb2.VerifyImageResponse(verification=verification)

    async def ListImages(  # noqa: N802
        self, request: image_pb2.ListImagesRequest, context: object
    ) -> AsyncIterator[image_pb2.ListImagesResponse]:
        """Stream what is in the store."""
        async for entry in self._store.entries():
            held = [(reference.name, reference.since_s) for reference in entry.references]
            for name, since_s in held or [("", entry.modified_s)]:
                # The empty reference keeps a picture for good; nobody is to take it for one without any.
                if name or not held:
                    row = image_pb2.ListImagesResponse(
                        digest=entry.blob.digest, reference=name, size_bytes=entry.blob.size_bytes
                    )
                    row.create_time.FromNanoseconds(int(since_s * 1e9))
                    yield row

    async def SignImageUrl(  # noqa: N802
        self, request: image_pb2.SignImageUrlRequest, context: object
    ) -> image_pb2.SignImageUrlResponse:
        """Give out a link to a picture."""
        check_digest(request.digest)
        lifetime_s = read_lifetime(request)
        expires = datetime.now(UTC) + timedelta(seconds=lifetime_s)
        url = await self._store.link(request.digest, lifetime_s)
        response = image_pb2.SignImageUrlResponse(url=url)
        response.expire_time.FromDatetime(expires)
        return response


async def _whole_file(requests: AsyncIterator[image_pb2.VerifyImageRequest]) -> bytes:
    pieces, size_bytes = [], 0
    async for request in requests:
        size_bytes += len(request.data)
        if size_bytes > MAX_BYTES:
            raise invalid_field("data", f"has more than {MAX_BYTES} bytes", f"{MAX_BYTES} bytes")
        pieces.append(request.data)
    return b"".join(pieces)


def _made(blob: StoredBlob, painting: Painting) -> type_pb2.Image:
    image = _image(blob, painting.picture.size, painting.marked)
    image.source_digest, image.reproducible = painting.source_digest, painting.reproducible
    if painting.picture.cut is not None:
        image.fitting.CopyFrom(_fitting(painting.picture.cut))
    return image


def _planned(plan: Plan | None) -> type_pb2.Image | None:
    if plan is None:
        return None
    fitting = _fitting(plan.cut) if plan.cut is not None else None
    return type_pb2.Image(width=plan.size.width, height=plan.size.height, fitting=fitting)


def _image(blob: StoredBlob, size: Size, marked: Marked) -> type_pb2.Image:
    return type_pb2.Image(
        blob=blob_pb2.Blob(digest=blob.digest, size_bytes=blob.size_bytes, media_type=blob.media_type),
        width=size.width,
        height=size.height,
        marks=type_pb2.Marks(
            signed=bool(marked.signer),
            signer=marked.signer,
            development=marked.development,
            digital_source_type=marked.digital_source_type,
        ),
    )


def _fitting(cut: Cut) -> type_pb2.Fitting:
    kept = cut.kept
    return type_pb2.Fitting(
        made_width=cut.made.width,
        made_height=cut.made.height,
        left=int(kept.left),
        top=int(kept.top),
        width=int(kept.right - kept.left),
        height=int(kept.bottom - kept.top),
    )
