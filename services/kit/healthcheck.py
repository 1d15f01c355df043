"""Asks servers whether they serve, for containers: `python -m services.kit.healthcheck grpc://127.0.0.1:50053`.

Takes one or more addresses: `grpc://host:port` asks grpc.health.v1, `grpc://host:port/service` about one service,
`http://host:port/path` and `https://...` want a 2xx answer, `nats://host:port` the greeting of a nats-server. Exit code
0 where all serve, 1 where one does not. The ATELIER_TLS_ settings count as for the services.
"""

from __future__ import annotations

import argparse
import os
import socket
import ssl
import sys
import urllib.error
import urllib.request
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from services.kit.config import TlsFiles, tls_files

if TYPE_CHECKING:
    import grpc


def main() -> None:
    """Parse the command line, ask, exit."""
    parser = argparse.ArgumentParser(prog="python -m services.kit.healthcheck", description=__doc__)
    parser.add_argument(
        "address", nargs="+", help="grpc://host:port[/service], http://host:port/path, nats://host:port"
    )
    parser.add_argument("--timeout", type=float, default=3.0, help="longest wait for one answer in seconds")
    options = parser.parse_args()
    tls = tls_files(os.environ)
    problems = [problem for address in options.address if (problem := ask(address, options.timeout, tls))]
    for problem in problems:
        sys.stderr.write(f"{problem}\n")
    sys.exit(bool(problems))


def ask(address: str, timeout_s: float, tls: TlsFiles | None = None) -> str:
    """What is wrong with the server at an address, empty where it serves; gRPC servers are asked over `tls`."""
    scheme = urlsplit(address).scheme
    if scheme == "grpc":
        return _ask_grpc(address, timeout_s, tls)
    if scheme in ("http", "https"):
        return _ask_http(address, timeout_s)
    if scheme == "nats":
        return _ask_nats(address, timeout_s)
    return f"{address}: takes grpc://, http://, https:// or nats://"


def _ask_grpc(address: str, timeout_s: float, tls: TlsFiles | None) -> str:
    # Imported here because a check over HTTP has no use for it, and a check runs every few seconds.
    import grpc
    from grpc_health.v1 import health_pb2, health_pb2_grpc

    parts = urlsplit(address)
    with _channel(parts.netloc, tls) as channel:
        request = health_pb2.HealthCheckRequest(service=parts.path.lstrip("/"))
        try:
            answer = health_pb2_grpc.HealthStub(channel).Check(request, timeout=timeout_s)  # type: ignore[attr-defined]
        except grpc.RpcError as error:
            return f"{address}: {error.code().name}"
    serves = answer.status == health_pb2.HealthCheckResponse.SERVING
    return "" if serves else f"{address}: {health_pb2.HealthCheckResponse.ServingStatus.Name(answer.status)}"


def _channel(target: str, tls: TlsFiles | None) -> grpc.Channel:
    import grpc

    if tls is None:
        return grpc.insecure_channel(target)
    from services.kit.tls import channel_credentials, read

    credentials = read(tls)
    # The server is this container's own, whatever name its certificate has: it is the one we show ourselves.
    options = [("grpc.ssl_target_name_override", own_name(credentials.certificate))]
    return grpc.secure_channel(target, channel_credentials(credentials), options)


def own_name(certificate: bytes) -> str:
    """The first DNS name in a PEM certificate."""
    from cryptography import x509

    leaf = x509.load_pem_x509_certificates(certificate)[0]
    names = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return str(names.get_values_for_type(x509.DNSName)[0])


def _ask_http(address: str, timeout_s: float) -> str:
    try:
        # Whether the server serves is the question, and not who it is: it is asked at its own address.
        unchecked = ssl._create_unverified_context()  # noqa: S323
        with urllib.request.urlopen(address, timeout=timeout_s, context=unchecked):  # noqa: S310 - the scheme was looked at
            return ""
    except (urllib.error.URLError, TimeoutError, OSError) as error:
        return f"{address}: {error}"


def _ask_nats(address: str, timeout_s: float) -> str:
    parts = urlsplit(address)
    try:
        with socket.create_connection((parts.hostname or "", parts.port or 4222), timeout_s) as connection:
            greeting = connection.recv(5)
    except OSError as error:
        return f"{address}: {error}"
    return "" if greeting.startswith(b"INFO") else f"{address}: does not greet like a nats-server"


if __name__ == "__main__":
    main()
