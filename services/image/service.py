"""The RPCs of ImageService in terms of orders, paintings and the store."""

from __future__ import annotations

from collections.abc import AsyncIterator

from atelier.image.v1 import image_pb2, image_pb2_grpc
from atelier.type.v1 import blob_pb2
from atelier.type.v1 import image_pb2 as type_pb2

from services.image.fitting import Finished
from services.image.orders import check_reference, read_order
from services.image.painting import Painter
from services.image.reading import verified_pieces
from services.image.store import ImageStore, StoredBlob, check_digest
from services.kit import telemetry
from services.kit.errors import Reason, ServiceError
from services.kit.slots import Slots

log = telemetry.get_logger(__name__)

# A reader holds two chunks of 4 MiB at most, so all of them together stay below half a gigabyte.
READERS = 64


class ImageService(image_pb2_grpc.ImageServiceServicer):
    """Makes, reads and deletes pictures; `slots` bounds how many are made at once."""

    def __init__(self, painter: Painter, store: ImageStore, *, slots: int) -> None:
        self._painter = painter
        self._store = store
        self._painting = Slots(slots)
        self._reading = Slots(READERS)

    async def GenerateImage(  # noqa: N802
        self, request: image_pb2.GenerateImageRequest, context: object
    ) -> image_pb2.GenerateImageResponse:
        """Make one picture and keep it."""
        order = read_order(request)
        async with self._painting.take():
            painting = await self._painter.paint(order)
            picture = painting.picture
            blob = await self._store.put(picture.data, picture.media_type, order.reference)
        log.info("picture stored", digest=blob.digest, size_bytes=blob.size_bytes, model=painting.call.model)
        return image_pb2.GenerateImageResponse(image=_image(blob, picture), call=painting.call.to_proto())

    async def ReadImage(  # noqa: N802
        self, request: image_pb2.ReadImageRequest, context: object
    ) -> AsyncIterator[image_pb2.ReadImageResponse]:
        """Stream the bytes of a picture, verified."""
        check_digest(request.digest)
        async with self._reading.take():
            async for piece in verified_pieces(self._store, request.digest):
                yield image_pb2.ReadImageResponse(data=piece)

    async def DeleteImage(  # noqa: N802
        self, request: image_pb2.DeleteImageRequest, context: object
    ) -> image_pb2.DeleteImageResponse:
        """Drop one reference to a picture."""
        check_digest(request.digest)
        check_reference(request.reference, required=True)
        await self._store.delete_reference(request.digest, request.reference)
        log.info("reference deleted", digest=request.digest, reference=request.reference)
        return image_pb2.DeleteImageResponse()

    async def RelabelImage(  # noqa: N802
        self, request: image_pb2.RelabelImageRequest, context: object
    ) -> image_pb2.RelabelImageResponse:
        """Store a copy of an image that says something else about itself."""
        raise _not_yet("RelabelImage")

    async def VerifyImage(  # noqa: N802
        self, requests: AsyncIterator[image_pb2.VerifyImageRequest], context: object
    ) -> image_pb2.VerifyImageResponse:
        """Say what a file tells about its origin."""
        raise _not_yet("VerifyImage")

    async def ListImages(  # noqa: N802
        self, request: image_pb2.ListImagesRequest, context: object
    ) -> AsyncIterator[image_pb2.ListImagesResponse]:
        """Stream what is in the store."""
        raise _not_yet("ListImages")
        yield image_pb2.ListImagesResponse()

    async def SignImageUrl(  # noqa: N802
        self, request: image_pb2.SignImageUrlRequest, context: object
    ) -> image_pb2.SignImageUrlResponse:
        """Give out a link to an image."""
        raise _not_yet("SignImageUrl")


def _not_yet(method: str) -> ServiceError:
    return ServiceError(Reason.METHOD_UNKNOWN, f"{method} is not implemented yet")


def _image(blob: StoredBlob, picture: Finished) -> type_pb2.Image:
    return type_pb2.Image(
        blob=blob_pb2.Blob(digest=blob.digest, size_bytes=blob.size_bytes, media_type=blob.media_type),
        width=picture.size.width,
        height=picture.size.height,
    )
