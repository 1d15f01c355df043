"""Wiring of the image service: `python -m services.image`."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack
from importlib.metadata import version
from pathlib import Path

from atelier.image.v1 import image_pb2, image_pb2_grpc

from services.image.certificates import CertificateError
from services.image.config import Config
from services.image.counting import CountingStore
from services.image.filesystem import FilesystemStore
from services.image.inspector import Inspector
from services.image.locations import read_location
from services.image.marking import Marker
from services.image.s3 import Access, S3Store
from services.image.signers import read_setting
from services.image.signing import Keys, Signatures, nobody
from services.image.wiring import image_service
from services.kit.config import ConfigError
from services.kit.main import main
from services.kit.serve import GrpcServer, run
from services.kit.startup import checked
from services.workers_ai.client import WorkersAI

# A signing service or a token is waited for; the work itself needs no more threads than there are cores.
SIGNING_THREADS = 16


async def serve(config: Config) -> None:
    """Serve until told to stop; what the start-up checks find is logged, and calls say it again."""
    async with AsyncExitStack() as stack:
        client = WorkersAI(config, attempts=config.attempts)
        stack.push_async_callback(client.close)
        kept = store_of(config)
        store = CountingStore(kept)
        stack.push_async_callback(kept.close)
        workers = stack.enter_context(ThreadPoolExecutor(_threads(config), thread_name_prefix="pictures"))
        inspector = Inspector(_anchors(config))
        stack.push_async_callback(inspector.close)
        marker = marker_of(config)
        servicer = image_service(
            client,
            config.model,
            store,
            marker=marker,
            inspector=inspector,
            workers=workers,
            attempts=config.attempts,
            timeout_s=config.timeout_s,
            slots=config.slots,
            billed=config.billed,
        )
        server = GrpcServer("image", listen=config.listen, grace_s=config.grace_s, tls=config.tls, peers=config.peers)
        service = image_pb2.DESCRIPTOR.services_by_name["ImageService"]
        server.add(image_pb2_grpc.add_ImageServiceServicer_to_server, servicer, service)
        async with checked(store=kept.prepare(), model=client.check(config.model), signing=marker.check()):
            await run(server)


def store_of(config: Config) -> FilesystemStore | S3Store:
    """The store that the settings name; nothing is opened yet."""
    place = read_location(config.store)
    if isinstance(place, Path):
        return FilesystemStore(place)
    access = Access.of(
        config.s3_endpoint, config.s3_region, config.s3_access_key_id, config.s3_secret_access_key, os.environ
    )
    return S3Store(place, access)


def marker_of(config: Config) -> Marker:
    """The marker that the settings describe."""
    keys = Keys(
        config.development_directory,
        config.signing_certificate,
        config.signing_key,
        config.signing_url,
        config.signing_token,
        os.environ.get("SSL_CERT_FILE", ""),
    )
    return Marker(
        nobody if config.signing == "off" else Signatures(keys),
        required=config.signing == "required",
        credit=config.credit,
        version=version("atelier"),
    )


def _anchors(config: Config) -> str:
    try:
        return read_setting(config.trust_anchors) if config.trust_anchors else ""
    except CertificateError as error:
        raise ConfigError(f"ATELIER_IMAGE_TRUST_ANCHORS: {error}") from None


def _threads(config: Config) -> int:
    called_back = config.signing_url or config.signing_key.startswith("pkcs11:")
    return SIGNING_THREADS if called_back else os.cpu_count() or 1


if __name__ == "__main__":
    main("image", Config, serve)
