"""The handlers of /v1/styles: brand styles, each change a new version; `ETag` and `If-Match` hold its number."""

from __future__ import annotations

from fastapi import Request, Response

from gateway import changes, pictures, reading
from gateway.answers import proto_response
from gateway.config import Config
from gateway.reading import principal
from gateway.upstream import Styles
from services.kit.errors import Reason, ServiceError

MAX_BODY_BYTES = 64 * 1024


class StyleRoutes:
    """The handlers of one gateway. Styles belong to the house: whoever may read sees all."""

    def __init__(self, config: Config, styles: Styles) -> None:
        self._config = config
        self._styles = styles

    async def list(self, request: Request) -> Response:
        """The newest version of every style."""
        return proto_response(await self._styles.list())

    async def create(self, request: Request) -> Response:
        """Make a style."""
        style = changes.read_style(await self._body(request))
        made = await self._styles.create(style, principal(request).key_id)
        return proto_response(made, 201, {"Location": f"/v1/{made.name}", "ETag": changes.version_tag(made)})

    async def get(self, request: Request) -> Response:
        """A style: its newest version, or the one that the query names."""
        version = changes.read_style_version(reading.query_pairs(request))
        style = await self._styles.get(style_name(request), version)
        headers = {"ETag": changes.version_tag(style), "Cache-Control": "no-cache"}
        if pictures.matches(request.headers.get("if-none-match", ""), headers["ETag"]):
            return Response(status_code=304, headers=headers)
        return proto_response(style, 200, headers)

    async def update(self, request: Request) -> Response:
        """Make the next version of a style."""
        style = changes.read_style(await self._body(request), style_name(request))
        style.version = changes.read_version(request.headers.get("if-match", "")) or style.version
        made = await self._styles.update(style, principal(request).key_id)
        return proto_response(made, 200, {"ETag": changes.version_tag(made)})

    async def delete(self, request: Request) -> Response:
        """End a style; assets that were made with it keep what it was."""
        name = style_name(request)
        wanted = changes.read_version(request.headers.get("if-match", ""))
        if wanted and (await self._styles.get(name, 0)).version != wanted:
            raise ServiceError(
                Reason.CHANGED_MEANWHILE, f"{name} is not at version {wanted} any more", field="If-Match"
            )
        await self._styles.delete(name)
        return Response(status_code=204)

    async def _body(self, request: Request) -> bytes:
        return await reading.json_body(request, MAX_BODY_BYTES, self._config.body_timeout_s)


def style_name(request: Request) -> str:
    """The resource name that stands in the path."""
    return f"styles/{request.path_params['style']}"
