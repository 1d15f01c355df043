"""A gRPC channel whose TLS files may change: calls begun after a change go over a new connection with the new files."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

import grpc

from services.kit.tls import Credentials, Identity, channel_credentials

CLOSE_AFTER_S = 600.0


class RenewingChannel(grpc.aio.Channel):
    """Looks like a channel to the stubs; behind it there is one for each set of files.

    Calls on an older one have `CLOSE_AFTER_S` to end.
    """

    def __init__(self, target: str, identity: Identity, options: Sequence[tuple[str, Any]]) -> None:
        self._target = target
        self._identity = identity
        self._options = options
        self._credentials: Credentials | None = None
        self._channel: grpc.aio.Channel | None = None
        self._closing: set[asyncio.Task[None]] = set()

    def now(self) -> grpc.aio.Channel:
        """The channel with the newest files."""
        credentials = self._identity.current()
        if self._channel is None or credentials is not self._credentials:
            if self._channel is not None:
                task = asyncio.create_task(self._channel.close(CLOSE_AFTER_S))
                self._closing.add(task)
                task.add_done_callback(self._closing.discard)
            self._credentials = credentials
            self._channel = grpc.aio.secure_channel(
                self._target, channel_credentials(credentials), options=self._options
            )
        return self._channel

    def unary_unary(self, *args: Any, **kwargs: Any) -> Any:
        """See `grpc.aio.Channel`."""
        return _Method(self, args[0], lambda channel: channel.unary_unary(*args, **kwargs))

    def unary_stream(self, *args: Any, **kwargs: Any) -> Any:
        """See `grpc.aio.Channel`."""
        return _Method(self, args[0], lambda channel: channel.unary_stream(*args, **kwargs))

    def stream_unary(self, *args: Any, **kwargs: Any) -> Any:
        """See `grpc.aio.Channel`."""
        return _Method(self, args[0], lambda channel: channel.stream_unary(*args, **kwargs))

    def stream_stream(self, *args: Any, **kwargs: Any) -> Any:
        """See `grpc.aio.Channel`."""
        return _Method(self, args[0], lambda channel: channel.stream_stream(*args, **kwargs))

    async def close(self, grace: float | None = None) -> None:
        """Close every connection."""
        for task in tuple(self._closing):
            task.cancel()
        await asyncio.gather(*self._closing, return_exceptions=True)
        if self._channel is not None:
            await self._channel.close(grace)

    def get_state(self, try_to_connect: bool = False) -> grpc.ChannelConnectivity:
        """See `grpc.aio.Channel`."""
        return self.now().get_state(try_to_connect)

    async def wait_for_state_change(self, last_observed_state: grpc.ChannelConnectivity) -> None:
        """See `grpc.aio.Channel`."""
        await self.now().wait_for_state_change(last_observed_state)

    async def channel_ready(self) -> None:
        """See `grpc.aio.Channel`."""
        await self.now().channel_ready()

    async def __aenter__(self) -> RenewingChannel:
        return self

    async def __aexit__(self, *exit: object) -> None:
        await self.close()


class _Method:
    """A method of a stub, on whichever channel is the newest when it is called."""

    def __init__(self, owner: RenewingChannel, path: str, make: Callable[[grpc.aio.Channel], Any]) -> None:
        # Under the name that gRPC's own methods have it.
        self._method = path.encode()
        self._owner = owner
        self._make = make
        self._channel: grpc.aio.Channel | None = None
        self._newest: Any = None

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        channel = self._owner.now()
        if channel is not self._channel:
            self._channel, self._newest = channel, self._make(channel)
        return self._newest(*args, **kwargs)
