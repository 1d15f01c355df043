"""The application: which path takes which method, what stands around the handlers, what errors become."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from fastapi import FastAPI, Request, Response
from prometheus_client import REGISTRY
from prometheus_client.exposition import choose_encoder
from starlette.convertors import Convertor, register_url_convertor
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import Route

from gateway import intake, openapi, pictures, problems, static
from gateway.access import AccessMiddleware, Guard
from gateway.answers import json_response, on_error
from gateway.assets import AssetRoutes
from gateway.books import BookRoutes
from gateway.config import Config
from gateway.edge import ROUTE, EdgeMiddleware
from gateway.images import ImageRoutes
from gateway.media import MediaRoutes
from gateway.owned import OwnedAssets
from gateway.styles import StyleRoutes
from gateway.upstream import Orchestrator, Styles
from gateway.webhooks.service import Webhooks
from services.kit.errors import Reason, ServiceError

Handler = Callable[[Request], Awaitable[Response]]

HERE = Path(__file__).parent
EXPOSED = ("ETag", "Location", "Preference-Applied", "RateLimit", "RateLimit-Policy", "Retry-After", "Content-Range")


class NameConvertor(Convertor[str]):
    """A resource id in a path: it ends before the colon of a custom method."""

    regex = "[^/:]+"

    def convert(self, value: str) -> str:
        """The id as it stands in the path."""
        return value

    def to_string(self, value: str) -> str:
        """The id as it stands in a path."""
        return value


register_url_convertor("name", NameConvertor())


@dataclass(frozen=True, slots=True)
class Services:
    """What the handlers call."""

    orchestrator: Orchestrator
    styles: Styles


class StatusRoutes:
    """The handlers that tell of the gateway itself."""

    def __init__(self, orchestrator: Orchestrator, draining: asyncio.Event) -> None:
        self._orchestrator = orchestrator
        self._draining = draining
        self._document = openapi.document()

    async def problem(self, request: Request) -> Response:
        """What a problem's type means."""
        reason: str = request.path_params["reason"]
        try:
            return json_response(problems.explain(reason))
        except KeyError:
            raise HTTPException(404, f"there is no problem type {reason[:100]!r}") from None

    async def openapi(self, request: Request) -> Response:
        """The description of this API."""
        return json_response(self._document, 200, {"Cache-Control": "no-cache"})

    async def healthz(self, request: Request) -> Response:
        """Whether the gateway runs."""
        return json_response({"status": "ok"})

    async def metrics(self, request: Request) -> Response:
        """What this process has counted, as Prometheus reads it."""
        page, media_type = choose_encoder(request.headers.get("accept", ""))
        return Response(page(REGISTRY), media_type=media_type)

    async def readyz(self, request: Request) -> Response:
        """Whether the gateway can do its work: it is not draining, and the orchestrator serves."""
        if self._draining.is_set() or not await self._orchestrator.ready():
            raise ServiceError(Reason.SERVICE_UNREACHABLE, "the orchestrator does not serve", retry_after_s=1)
        return json_response({"status": "ready"})


def create_app(
    config: Config, services: Services, guard: Guard, draining: asyncio.Event, webhooks: Webhooks
) -> FastAPI:
    """The application: routes, problems, guard, trace context."""
    app = FastAPI(title="Atelier", openapi_url=None, redirect_slashes=False)
    table = _table(config, services, draining, webhooks)
    app.router.routes += [_route(path, handlers) for path, handlers in table.items()]
    app.router.routes += static.mount("/docs", HERE / "docs")
    app.router.routes += static.mount("/", HERE / "studio")
    errors = (ServiceError, problems.HttpError, HTTPException)
    for kind in (*errors, intake.UnsupportedMediaTypeError, pictures.RangeNotSatisfiableError):
        app.add_exception_handler(kind, on_error)
    app.add_middleware(AccessMiddleware, guard=guard)
    if config.cors_origins:
        methods, headers = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"], ["*"]
        app.add_middleware(
            CORSMiddleware,
            allow_origins=config.cors_origins,
            allow_methods=methods,
            allow_headers=headers,
            expose_headers=EXPOSED,
        )
    app.add_middleware(EdgeMiddleware)
    return app


def _table(
    config: Config, services: Services, draining: asyncio.Event, webhooks: Webhooks
) -> Mapping[str, Mapping[str, Handler]]:
    orchestrator = services.orchestrator
    owned = OwnedAssets(orchestrator, config.concurrent_jobs)
    assets = AssetRoutes(config, owned, draining, webhooks)
    media = MediaRoutes(config, owned, orchestrator)
    images = ImageRoutes(config, owned, draining)
    books = BookRoutes(orchestrator)
    styles = StyleRoutes(config, services.styles)
    status = StatusRoutes(orchestrator, draining)
    asset, variant = "/v1/assets/{asset:name}", "/v1/assets/{asset:name}/variants/{variant:name}"
    return {
        "/v1/assets": {"GET": assets.list, "POST": assets.create},
        f"{asset}:watch": {"GET": assets.watch},
        f"{asset}:cancel": {"POST": assets.cancel},
        f"{asset}:review": {"POST": assets.review},
        f"{asset}:replay": {"POST": assets.replay},
        f"{asset}:export": {"GET": media.export},
        asset: {"GET": assets.get, "PATCH": assets.update, "DELETE": assets.delete},
        f"{asset}/webhook": {"GET": assets.webhook},
        f"{variant}/image": {"GET": media.image},
        f"{variant}/image:link": {"GET": media.link},
        f"{variant}/renditions/{{rendition:name}}/image": {"GET": media.image},
        f"{variant}/renditions/{{rendition:name}}/image:link": {"GET": media.link},
        "/v1/images/generations": {"POST": images.generate},
        "/v1/verify": {"POST": media.verify},
        "/v1/usage": {"GET": books.usage},
        "/v1/policies": {"GET": books.policies},
        "/v1/styles": {"GET": styles.list, "POST": styles.create},
        "/v1/styles/{style:name}": {"GET": styles.get, "PUT": styles.update, "DELETE": styles.delete},
        "/problems/{reason}": {"GET": status.problem},
        "/openapi.json": {"GET": status.openapi},
        "/healthz": {"GET": status.healthz},
        "/readyz": {"GET": status.readyz},
        "/metrics": {"GET": status.metrics},
    }


def _route(path: str, handlers: Mapping[str, Handler]) -> Route:
    """One route for all methods of a path, so that the Allow header of a 405 names them all."""

    async def dispatch(request: Request) -> Response:
        request.scope[ROUTE] = path
        return await handlers["GET" if request.method == "HEAD" else request.method](request)

    return Route(path, dispatch, methods=list(handlers))
