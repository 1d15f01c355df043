"""StyleService on the wire."""

from __future__ import annotations

from atelier.style.v1 import style_pb2 as pb
from atelier.style.v1 import style_pb2_grpc

from services.kit.handlers import Context
from services.kit.limits import check_range
from services.orchestrator.intake import check_owner
from services.orchestrator.style_checks import MAX_VERSION, check_name
from services.orchestrator.styles import Styles


class StyleService(style_pb2_grpc.StyleServiceServicer):
    """Keeps brand styles."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles

    async def CreateStyle(self, request: pb.CreateStyleRequest, context: Context) -> pb.CreateStyleResponse:  # noqa: N802
        """Make the first version of a style."""
        check_owner(request.owner)
        return pb.CreateStyleResponse(style=await self._styles.create(request.style, request.owner))

    async def GetStyle(self, request: pb.GetStyleRequest, context: Context) -> pb.GetStyleResponse:  # noqa: N802
        """One version of a style."""
        check_range("version", request.version, at_least=0, at_most=MAX_VERSION)
        return pb.GetStyleResponse(style=await self._styles.get(check_name("name", request.name), request.version))

    async def ListStyles(self, request: pb.ListStylesRequest, context: Context) -> pb.ListStylesResponse:  # noqa: N802
        """The newest version of every style."""
        return pb.ListStylesResponse(styles=await self._styles.list())

    async def UpdateStyle(self, request: pb.UpdateStyleRequest, context: Context) -> pb.UpdateStyleResponse:  # noqa: N802
        """Make the next version of a style."""
        check_owner(request.owner)
        return pb.UpdateStyleResponse(style=await self._styles.update(request.style, request.owner))

    async def DeleteStyle(self, request: pb.DeleteStyleRequest, context: Context) -> pb.DeleteStyleResponse:  # noqa: N802
        """End a style."""
        await self._styles.delete(check_name("name", request.name))
        return pb.DeleteStyleResponse()
