"""The client over gRPC, asynchronous: for services of the same house. The interface is that of `http`.

async with Atelier("dns:///127.0.0.1:50050") as atelier:
    job = atelier.create("Fishermen mend their nets on a misty harbour at dawn.", variants=2)
    async for event in job:
        print(event.sequence, event.WhichOneof("kind"))
    async for picture in job.images():
        Path(f"harbour-{picture.variant}{picture.suffix}").write_bytes(picture.data)
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from types import TracebackType
from typing import Self, Unpack

from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from atelier.style.v1 import style_pb2
from atelier.type.v1.provenance_pb2 import Verification
from google.protobuf.duration_pb2 import Duration

from .aio_job import Job, request_for
from .connection import Connection
from .order import Options, Order, Picture, decision_value, format_at, image_at, new_request_id
from .tls import TlsFiles, tls_from

__all__ = ["DEFAULT_TARGET", "Atelier", "Job"]

DEFAULT_TARGET = "dns:///127.0.0.1:50050"
TIMEOUT_S = 30.0
# Pictures are encoded and signed again before this answers.
UPDATE_TIMEOUT_S = 120.0
PIECE_BYTES = 256 * 1024


class Atelier:
    """An orchestrator at a gRPC target, with mutual TLS by `tls` or the ATELIER_TLS_ variables, as the services have.

    Methods try again by themselves where that may help, and else raise the errors of `errors`.
    """

    def __init__(self, target: str = DEFAULT_TARGET, *, tls: TlsFiles | None = None) -> None:
        self.target = target
        self.connection = Connection(target, tls or tls_from())
        self._again, self._once = self.connection.again, self.connection.once

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.connection.close()

    def create(self, content: str, **options: Unpack[Options]) -> Job:
        """Make an asset; `Order` explains the options. Nothing is sent before the job is used."""
        return self.create_order(Order(content, **options))

    def create_order(self, order: Order) -> Job:
        """Make the asset that an order describes."""
        return Job(self, order=order)

    async def submit(self, order: Order) -> pb.Asset:
        """Make an asset and return it at once, as it then is; the work goes on."""
        request = request_for(order)
        request.detach = True

        async def accepted() -> str:
            call = self.connection.stub.CreateAsset(request, timeout=TIMEOUT_S)
            return await anext(created.event.asset async for created in call)

        return await self.get(await self._again(accepted))

    async def preview(self, content: str, **options: Unpack[Options]) -> pb.Preview:
        """What `create` would lead to and cost; nothing is made."""
        return await self.preview_order(Order(content, **options))

    async def preview_order(self, order: Order) -> pb.Preview:
        """What an order would lead to and cost; nothing is made."""
        request = request_for(order)
        request.validate_only = True

        async def previewed() -> pb.Preview:
            call = self.connection.stub.CreateAsset(request, timeout=TIMEOUT_S)
            return await anext(answer.preview async for answer in call)

        return await self._again(previewed)

    def replay(self, name: str, request_id: str = "") -> Job:
        """Run an asset again as a new one; `replay` of the result says whether the pictures came out the same."""
        return Job(self, replay=pb.ReplayAssetRequest(name=name, request_id=request_id or new_request_id()))

    def watch(self, name: str, after: int = 0) -> Job:
        """The events of an asset after a sequence number, until nothing goes on by itself."""
        return Job(self, name=name, after=after)

    async def get(self, name: str) -> pb.Asset:
        """The asset as it is now."""
        request = pb.GetAssetRequest(name=name)
        return (await self._again(lambda: self.connection.stub.GetAsset(request, timeout=TIMEOUT_S))).asset

    async def list(self, page_size: int = 50, states: tuple[str, ...] = ()) -> AsyncIterator[pb.Asset]:
        """All assets, newest first; pages are fetched as they are needed. `states` such as "STATE_FAILED" select."""
        numbers = [pb.Asset.State.Value(state) for state in states]
        request = pb.ListAssetsRequest(page_size=page_size, states=numbers)
        while True:
            page = await self._again(lambda: self.connection.stub.ListAssets(request, timeout=TIMEOUT_S))
            for asset in page.assets:
                yield asset
            if not page.next_page_token:
                return
            request.page_token = page.next_page_token

    async def cancel(self, name: str) -> pb.Asset:
        """Ask for the work to stop."""
        request = pb.CancelAssetRequest(name=name)
        return (await self._again(lambda: self.connection.stub.CancelAsset(request, timeout=TIMEOUT_S))).asset

    async def delete(self, name: str) -> None:
        """Forget an asset that is final."""
        request = pb.DeleteAssetRequest(name=name)
        await self._again(lambda: self.connection.stub.DeleteAsset(request, timeout=TIMEOUT_S))

    async def review(
        self, name: str, decision: str, *, reviewer: str, variant: int | None = None, note: str = ""
    ) -> pb.Asset:
        """Decide, "approve" or "reject", about a variant that waits or was blocked; without one, about the content."""
        request = pb.ReviewVariantRequest(
            name=name, decision=decision_value(decision), variant=variant, reviewer=reviewer, note=note
        )
        return (await self._again(lambda: self.connection.stub.ReviewVariant(request, timeout=TIMEOUT_S))).asset

    async def update(
        self,
        name: str,
        variant: int = 0,
        *,
        alt_text: str | None = None,
        caption: str | None = None,
        language: str | None = None,
    ) -> pb.Asset:
        """Change texts of a variant; its pictures are stored and signed anew. What is None stays."""
        texts = {"alt_text": alt_text, "caption": caption, "language": language}
        request = pb.UpdateAssetRequest(name=name, variant=variant, **texts)
        return (await self._again(lambda: self.connection.stub.UpdateAsset(request, timeout=UPDATE_TIMEOUT_S))).asset

    async def picture(
        self, asset: pb.Asset, variant: int, rendition: int = 0, *, held: bool = False, preview: int = 0
    ) -> Picture:
        """One picture; `preview` asks for a JPEG with at most so many pixels a side, `held` for one under review."""
        request = pb.ReadImageRequest(
            name=asset.name, variant=variant, rendition=rendition, held=held, preview_side=preview
        )

        async def read() -> bytes:
            return b"".join([reply.data async for reply in self.connection.stub.ReadImage(request, timeout=TIMEOUT_S)])

        kind = "image/jpeg" if preview else image_at(asset, variant, rendition).blob.media_type
        alt_text, form = asset.variants[variant].prompt.alt_text, format_at(asset, variant, rendition)
        return Picture(variant, kind, await self._again(read), alt_text, rendition, form)

    async def link(
        self, name: str, variant: int, rendition: int = 0, lifetime_s: int = 3600
    ) -> pb.SignImageUrlResponse:
        """A link under which anybody can read a picture for a while."""
        request = pb.SignImageUrlRequest(
            name=name, variant=variant, rendition=rendition, lifetime=Duration(seconds=lifetime_s)
        )
        return await self._again(lambda: self.connection.stub.SignImageUrl(request, timeout=TIMEOUT_S))

    async def verify(self, data: bytes) -> Verification:
        """What a picture file says about its origin, and whether it was changed."""

        def pieces() -> Iterator[pb.VerifyImageRequest]:
            for start in range(0, max(1, len(data)), PIECE_BYTES):
                yield pb.VerifyImageRequest(data=data[start : start + PIECE_BYTES])

        return (await self._again(lambda: self.connection.stub.VerifyImage(pieces(), timeout=TIMEOUT_S))).verification

    async def usage(self, from_day: str = "", until_day: str = "", owner: str = "") -> pb.GetUsageResponse:
        """What assets cost, by owner and day; days are "YYYY-MM-DD", UTC, the last 30 if left out."""
        request = pb.GetUsageRequest(from_day=from_day, until_day=until_day, owner=owner)
        return await self._again(lambda: self.connection.stub.GetUsage(request, timeout=TIMEOUT_S))

    async def policies(self) -> pb.ListPoliciesResponse:
        """The content policies, the default one first."""
        return await self._again(lambda: self.connection.stub.ListPolicies(pb.ListPoliciesRequest(), timeout=TIMEOUT_S))

    async def styles(self) -> style_pb2.ListStylesResponse:
        """The newest version of every brand style."""
        return await self._again(
            lambda: self.connection.styles.ListStyles(style_pb2.ListStylesRequest(), timeout=TIMEOUT_S)
        )

    async def style(self, name: str, version: int = 0) -> style_pb2.Style:
        """A brand style; 0 is its newest version."""
        request = style_pb2.GetStyleRequest(name=name, version=version)
        return (await self._again(lambda: self.connection.styles.GetStyle(request, timeout=TIMEOUT_S))).style

    async def create_style(self, style: style_pb2.Style) -> style_pb2.Style:
        """Make a brand style. Sent once only: a second try could not tell its own first from somebody else's."""
        request = style_pb2.CreateStyleRequest(style=style)
        return (await self._once(lambda: self.connection.styles.CreateStyle(request, timeout=TIMEOUT_S))).style

    async def update_style(self, style: style_pb2.Style) -> style_pb2.Style:
        """Make the next version of a brand style, from `style.version` where that is set."""
        request = style_pb2.UpdateStyleRequest(style=style)
        return (await self._once(lambda: self.connection.styles.UpdateStyle(request, timeout=TIMEOUT_S))).style

    async def delete_style(self, name: str) -> None:
        """End a brand style; what was made with it stays as it is."""
        request = style_pb2.DeleteStyleRequest(name=name)
        await self._again(lambda: self.connection.styles.DeleteStyle(request, timeout=TIMEOUT_S))
