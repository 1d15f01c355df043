"""RPCs that another service answers, so that callers need to know one address: policies, verification, links, bytes."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence

import grpc
from atelier.image.v1 import image_pb2, image_pb2_grpc
from atelier.moderation.v1 import moderation_pb2, moderation_pb2_grpc
from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from atelier.type.v1.image_pb2 import Image
from atelier.type.v1.policy_pb2 import Policy
from atelier.type.v1.provenance_pb2 import Provenance
from google.protobuf.duration_pb2 import Duration

from services.kit.channel import stream, unary, upload
from services.orchestrator import names
from services.orchestrator.job import Discarded
from services.orchestrator.sweeping import Kept

LIST_TIMEOUT_S = 10.0
LINK_TIMEOUT_S = 30.0
DELETE_TIMEOUT_S = 30.0
RELABEL_TIMEOUT_S = 60.0
VERIFY_TIMEOUT_S = 60.0


class Neighbours:
    """The services behind an orchestrator, for what it passes on. Every method may raise what they answer."""

    def __init__(self, moderation: grpc.aio.Channel, images: grpc.aio.Channel) -> None:
        self._moderation = moderation_pb2_grpc.ModerationServiceStub(moderation)
        self._images = image_pb2_grpc.ImageServiceStub(images)
        # These messages have the same wire format on both sides, so each is parsed once, as what is sent on.
        self._read_image = images.unary_stream(
            "/atelier.image.v1.ImageService/ReadImage",
            request_serializer=image_pb2.ReadImageRequest.SerializeToString,
            response_deserializer=pb.ReadImageResponse.FromString,
        )
        self._verify_image = images.stream_unary(
            "/atelier.image.v1.ImageService/VerifyImage",
            request_serializer=pb.VerifyImageRequest.SerializeToString,
            response_deserializer=pb.VerifyImageResponse.FromString,
        )

    async def policies(self) -> Sequence[Policy]:
        """The content policies of the moderation service, the default one first."""
        request = moderation_pb2.ListPoliciesRequest()
        reply = await unary(self._moderation.ListPolicies, request, timeout_s=LIST_TIMEOUT_S)
        return reply.policies

    async def read(self, digest: str, preview_side: int = 0) -> AsyncIterator[pb.ReadImageResponse]:
        """The bytes of an image, or of a preview."""
        request = image_pb2.ReadImageRequest(digest=digest, preview_side=preview_side)
        async for piece in stream(self._read_image, request):
            yield piece

    async def relabel(self, digest: str, reference: str, provenance: Provenance) -> Image:
        """A stored copy of an image that says something else about itself."""
        request = image_pb2.RelabelImageRequest(digest=digest, reference=reference, provenance=provenance)
        return (await unary(self._images.RelabelImage, request, timeout_s=RELABEL_TIMEOUT_S)).image

    async def drop(self, digest: str, reference: str) -> None:
        """Drop one reference to an image."""
        request = image_pb2.DeleteImageRequest(digest=digest, reference=reference)
        await unary(self._images.DeleteImage, request, timeout_s=DELETE_TIMEOUT_S)

    async def verify(self, pieces: AsyncIterator[pb.VerifyImageRequest]) -> pb.VerifyImageResponse:
        """What a file says about its origin."""
        return await upload(self._verify_image, pieces, timeout_s=VERIFY_TIMEOUT_S)

    async def link(self, digest: str, lifetime: Duration | None) -> pb.SignImageUrlResponse:
        """A link to an image."""
        request = image_pb2.SignImageUrlRequest(digest=digest, lifetime=lifetime)
        reply = await unary(self._images.SignImageUrl, request, timeout_s=LINK_TIMEOUT_S)
        return pb.SignImageUrlResponse(url=reply.url, expire_time=reply.expire_time)

    async def drop_images(self, asset: str, images: Iterable[Discarded]) -> None:
        """Drop pictures of an asset."""
        for image in images:
            await self.drop(image.digest, names.reference(asset, image.variant, image.rendition))

    async def stored(self) -> AsyncIterator[Kept]:
        """Everything in the picture store, in no particular order."""
        async for row in stream(self._images.ListImages, image_pb2.ListImagesRequest()):
            yield Kept(row.digest, row.reference, row.create_time.ToNanoseconds())

    async def drop_old(self, picture: Kept) -> None:
        """Drop one reference, unless it was stored anew since it was listed."""
        request = image_pb2.DeleteImageRequest(digest=picture.digest, reference=picture.reference)
        request.stored_until.FromNanoseconds(picture.stored_ns)
        await unary(self._images.DeleteImage, request, timeout_s=DELETE_TIMEOUT_S)
