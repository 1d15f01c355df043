"""A client of brand styles, with the styles that tests need."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import grpc
from atelier.style.v1 import style_pb2, style_pb2_grpc
from atelier.type.v1.recipe_pb2 import BrandGuide

from services.kit.channel import open_channel, unary

Style = style_pb2.Style


class StyleClient:
    """Calls the brand styles of one orchestrator."""

    def __init__(self, channel: grpc.aio.Channel) -> None:
        self.stub = style_pb2_grpc.StyleServiceStub(channel)

    async def create(self, name: str = "styles/acme", look: str = "calm", owner: str = "") -> Any:
        request = style_pb2.CreateStyleRequest(style=Style(name=name, guide=BrandGuide(look=look)), owner=owner)
        return (await unary(self.stub.CreateStyle, request, timeout_s=30)).style

    async def get(self, name: str = "styles/acme", version: int = 0) -> Any:
        request = style_pb2.GetStyleRequest(name=name, version=version)
        return (await unary(self.stub.GetStyle, request, timeout_s=30)).style

    async def list(self) -> list[Any]:
        return list((await unary(self.stub.ListStyles, style_pb2.ListStylesRequest(), timeout_s=30)).styles)

    async def update(self, name: str = "styles/acme", look: str = "bold", version: int = 0, owner: str = "") -> Any:
        style = Style(name=name, guide=BrandGuide(look=look), version=version)
        request = style_pb2.UpdateStyleRequest(style=style, owner=owner)
        return (await unary(self.stub.UpdateStyle, request, timeout_s=30)).style

    async def delete(self, name: str = "styles/acme") -> None:
        await unary(self.stub.DeleteStyle, style_pb2.DeleteStyleRequest(name=name), timeout_s=30)


@asynccontextmanager
async def style_client(address: str) -> AsyncIterator[StyleClient]:
    """A client of the orchestrator at an address."""
    async with open_channel(f"ipv4:{address}") as channel:
        yield StyleClient(channel)
