"""Asks servers whether they serve, for containers: `python -m services.kit.healthcheck grpc://127.0.0.1:50053`.

Takes one or more addresses: `grpc://host:port` asks grpc.health.v1, `grpc://host:port/service` about one service,
`http://host:port/path` wants a 2xx answer, `nats://host:port` the greeting of a nats-server. Exit code 0 where all
serve, 1 where one does not.
"""

from __future__ import annotations

import argparse
import socket
import sys
import urllib.error
import urllib.request
from urllib.parse import urlsplit


def main() -> None:
    """Parse the command line, ask, exit."""
    parser = argparse.ArgumentParser(prog="python -m services.kit.healthcheck", description=__doc__)
    parser.add_argument(
        "address", nargs="+", help="grpc://host:port[/service], http://host:port/path, nats://host:port"
    )
    parser.add_argument("--timeout", type=float, default=3.0, help="longest wait for one answer in seconds")
    options = parser.parse_args()
    problems = [problem for address in options.address if (problem := ask(address, options.timeout))]
    for problem in problems:
        sys.stderr.write(f"{problem}\n")
    sys.exit(bool(problems))


def ask(address: str, timeout_s: float) -> str:
    """What is wrong with the server at an address; empty where it serves."""
    scheme = urlsplit(address).scheme
    if scheme == "grpc":
        return _ask_grpc(address, timeout_s)
    if scheme == "http":
        return _ask_http(address, timeout_s)
    if scheme == "nats":
        return _ask_nats(address, timeout_s)
    return f"{address}: takes grpc://, http:// or nats://"


def _ask_grpc(address: str, timeout_s: float) -> str:
    # Imported here because a check over HTTP has no use for it, and a check runs every few seconds.
    import grpc
    from grpc_health.v1 import health_pb2, health_pb2_grpc

    parts = urlsplit(address)
    with grpc.insecure_channel(parts.netloc) as channel:
        request = health_pb2.HealthCheckRequest(service=parts.path.lstrip("/"))
        try:
            answer = health_pb2_grpc.HealthStub(channel).Check(request, timeout=timeout_s)  # type: ignore[attr-defined]
        except grpc.RpcError as error:
            return f"{address}: {error.code().name}"
    serves = answer.status == health_pb2.HealthCheckResponse.SERVING
    return "" if serves else f"{address}: {health_pb2.HealthCheckResponse.ServingStatus.Name(answer.status)}"


def _ask_http(address: str, timeout_s: float) -> str:
    try:
        with urllib.request.urlopen(address, timeout=timeout_s):  # noqa: S310 - the scheme was looked at
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
