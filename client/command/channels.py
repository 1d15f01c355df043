"""Channels to services for the command line: with mutual TLS where the ATELIER_TLS_ variables are set."""

from __future__ import annotations

import grpc

from ..tls import TlsFiles, tls_from
from .places import PLACES, address_of

READY_S = 3.0


def channel_to(place: str) -> grpc.Channel:
    """A channel to a service by its name or address.

    With mutual TLS the server's certificate must have the name in its address. One on this machine is reached by an
    address that its certificate may not have, so there the service's own name will do as well.

    Raises:
        Invalid: only some of the three variables are set, or a file cannot be read.
    """
    address, files = address_of(place), tls_from()
    if files is None:
        return grpc.insecure_channel(address)
    channel = _secure(address, files)
    if place not in PLACES or _is_ready(channel):
        return channel
    channel.close()
    return _secure(address, files, place)


def _secure(address: str, files: TlsFiles, name: str = "") -> grpc.Channel:
    certificate, key, ca = files.read()
    options = [("grpc.ssl_target_name_override", name)] if name else []
    return grpc.secure_channel(address, grpc.ssl_channel_credentials(ca, key, certificate), options)


def _is_ready(channel: grpc.Channel) -> bool:
    try:
        grpc.channel_ready_future(channel).result(READY_S)
    except grpc.FutureTimeoutError:
        return False
    return True
