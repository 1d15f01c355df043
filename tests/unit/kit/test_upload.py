"""Uploads whose connection breaks: the answer of the call says why, and no defect is made of it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Generator

import grpc
import pytest
from grpc.aio import InternalError, Metadata

from services.kit import channel, status
from services.kit.errors import Reason, ServiceError


class Broken:
    """A client-streaming call, and its method, whose connection breaks at the end of what is sent."""

    _method = b"/atelier.none.v1.NoService/Upload"

    def __init__(self, code: grpc.StatusCode, details: str) -> None:
        self._error = grpc.aio.AioRpcError(code, Metadata(), Metadata(), details)
        self.cancelled = False

    def __call__(self, **options: object) -> Broken:
        return self

    async def write(self, request: object) -> None:
        """Takes everything."""

    async def done_writing(self) -> None:
        raise InternalError('Failed "execute_batch"')

    def __await__(self) -> Generator[None, None, None]:
        raise self._error
        yield

    def cancel(self) -> None:
        self.cancelled = True


@pytest.mark.parametrize(
    ("code", "details"),
    [(grpc.StatusCode.UNAVAILABLE, "Socket closed"), (grpc.StatusCode.UNKNOWN, "Stream removed (Unwrap failed)")],
)
async def test_an_upload_whose_connection_breaks_at_its_end_is_a_service_out_of_reach(
    code: grpc.StatusCode, details: str
) -> None:
    async def parts() -> AsyncIterator[bytes]:
        yield b"x"

    broken = Broken(code, details)
    with pytest.raises(ServiceError) as caught:
        await channel.upload(broken, parts(), timeout_s=1.0)  # type: ignore[arg-type]
    assert caught.value.reason is Reason.SERVICE_UNREACHABLE
    assert broken.cancelled


def test_an_unknown_error_that_is_no_broken_connection_stays_a_defect() -> None:
    assert status.to_error(grpc.StatusCode.UNKNOWN, "Unexpected <class>", ()).reason is Reason.INTERNAL
