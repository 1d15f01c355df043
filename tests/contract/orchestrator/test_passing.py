"""What the orchestrator passes on to its neighbours: policies, verification, links."""

from __future__ import annotations

import pytest
from atelier.image.v1 import image_pb2, image_pb2_grpc
from atelier.moderation.v1 import moderation_pb2, moderation_pb2_grpc
from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from atelier.type.v1.policy_pb2 import Policy
from atelier.type.v1.provenance_pb2 import Verification

from services.kit.channel import unary, upload
from services.kit.errors import Reason, ServiceError
from services.kit.serve import GrpcServer
from services.orchestrator import events, names


class Moderation(moderation_pb2_grpc.ModerationServiceServicer):
    async def ListPolicies(self, request, context):
        policies = [Policy(version={"name": name, "version": "1"}) for name in ("default", "press")]
        return moderation_pb2.ListPoliciesResponse(policies=policies)


class Images(image_pb2_grpc.ImageServiceServicer):
    def __init__(self):
        self.seen = b""
        self.links = []

    async def VerifyImage(self, requests, context):
        async for request in requests:
            self.seen += request.data
            if self.seen.startswith(b"no picture"):
                raise ServiceError(Reason.FIELD_INVALID, "data is no picture", field="data")
        return image_pb2.VerifyImageResponse(verification=Verification(signer="Atelier"))

    async def SignImageUrl(self, request, context):
        self.links.append(request)
        reply = image_pb2.SignImageUrlResponse(url=f"https://store/{request.digest}")
        reply.expire_time.seconds = 1_800_000_000
        return reply


@pytest.fixture
async def images():
    return Images()


@pytest.fixture
async def passing(memory_stack, leaves, images):
    """An orchestrator before neighbours that answer what it passes on."""
    servers = []
    for name, register, servicer, descriptor in (
        ("moderation", moderation_pb2_grpc.add_ModerationServiceServicer_to_server, Moderation(), moderation_pb2),
        ("image", image_pb2_grpc.add_ImageServiceServicer_to_server, images, image_pb2),
    ):
        server = GrpcServer(name, listen="127.0.0.1:0", grace_s=0.0)
        server.add(register, servicer, descriptor.DESCRIPTOR.services_by_name[f"{name.capitalize()}Service"])
        await server.start()
        servers.append(server)
    targets = {f"{server.process}_target": f"ipv4:{server.address}" for server in servers}
    async with memory_stack.replica(**targets) as client:
        yield client
    for server in servers:
        await server.stop()


async def file(*pieces):
    for piece in pieces:
        yield pb.VerifyImageRequest(data=piece)


async def test_policies_are_those_of_the_moderation_service(passing):
    reply = await unary(passing.stub.ListPolicies, pb.ListPoliciesRequest(), timeout_s=30)
    assert [policy.version.name for policy in reply.policies] == ["default", "press"]


async def test_a_file_is_verified_piece_by_piece(passing, images):
    reply = await upload(passing.stub.VerifyImage, file(b"one ", b"two ", b"three"), timeout_s=30)
    assert reply.verification.signer == "Atelier"
    assert images.seen == b"one two three"


async def test_what_the_image_service_refuses_is_refused_in_the_middle_of_the_file(passing):
    with pytest.raises(ServiceError) as caught:
        await upload(passing.stub.VerifyImage, file(b"no picture", *[b"x" * 65536] * 100), timeout_s=30)
    assert (caught.value.reason, caught.value.field) == (Reason.FIELD_INVALID, "data")


@pytest.fixture
async def asset(memory_stack):
    """An asset with two pictures."""
    asset = pb.Asset(name=names.asset_name(1, 1), state=pb.Asset.STATE_SUCCEEDED)
    for variant in range(2):
        asset.variants.add().image.blob.digest = f"sha256:{variant:064x}"
    event = events.stamp(pb.AssetEvent(finished=pb.Finished(asset=asset)), asset.name, 1, 1)
    await memory_stack.journal.append(asset.name, [event], 0)
    return asset


async def test_a_link_is_given_out_for_a_picture_that_an_asset_has(passing, images, asset):
    request = pb.SignImageUrlRequest(name=asset.name, variant=1)
    request.lifetime.seconds = 60
    reply = await unary(passing.stub.SignImageUrl, request, timeout_s=30)
    digest = asset.variants[1].image.blob.digest
    assert reply.url == f"https://store/{digest}"
    assert reply.expire_time.seconds == 1_800_000_000
    assert (images.links[0].digest, images.links[0].lifetime.seconds) == (digest, 60)


@pytest.mark.parametrize(("variant", "rendition"), [(2, 0), (-1, 0), (0, 1), (0, -1)])
async def test_no_link_is_given_out_for_a_picture_that_is_not_there(passing, asset, variant, rendition):
    request = pb.SignImageUrlRequest(name=asset.name, variant=variant, rendition=rendition)
    with pytest.raises(ServiceError, match="IMAGE_UNKNOWN"):
        await unary(passing.stub.SignImageUrl, request, timeout_s=30)
