"""The routes of the stand-in: Cloudflare's below /client/v4, its own below /local/v1."""

from __future__ import annotations

import hmac
import re
from collections.abc import Awaitable, Callable

from aiohttp import web

from services.kit import telemetry
from services.local import control, envelope, listing, schemas
from services.local.config import Config
from services.local.desk import CHAT_KINDS, EMBED_KINDS, Desk
from services.local.errors import CloudflareError, bad_object, no_route, wrong_method

log = telemetry.get_logger(__name__)

API = "/client/v4"
DESK: web.AppKey[Desk] = web.AppKey("desk", Desk)
CONFIG: web.AppKey[Config] = web.AppKey("config", Config)

_ACCOUNT = f"{API}/accounts/{{account}}/ai"
_HEX = re.compile(r"[0-9a-fA-F]{32}")

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def create_app(config: Config, desk: Desk) -> web.Application:
    """The application, ready to be served."""
    middlewares = [answer_errors, check_caller]
    app = web.Application(client_max_size=config.max_body_mib * 1024 * 1024, middlewares=middlewares)
    app[DESK] = desk
    app[CONFIG] = config
    app.router.add_post(f"{_ACCOUNT}/run/{{model:.+}}", run)
    app.router.add_post(f"{_ACCOUNT}/run", run_body)
    app.router.add_post(f"{_ACCOUNT}/v1/chat/completions", chat_completions)
    app.router.add_post(f"{_ACCOUNT}/v1/embeddings", openai_embeddings)
    app.router.add_post(f"{_ACCOUNT}/v1/{{rest:responses|messages}}", not_served)
    app.router.add_get(f"{_ACCOUNT}/v1/models", no_model_list, allow_head=False)
    app.router.add_get(f"{_ACCOUNT}/models/search", models_search, allow_head=False)
    app.router.add_get(f"{_ACCOUNT}/models/schema", models_schema, allow_head=False)
    app.router.add_get(f"{_ACCOUNT}/tasks/search", tasks_search, allow_head=False)
    app.router.add_get(f"{_ACCOUNT}/authors/search", authors_search, allow_head=False)
    control.add_routes(app, desk)
    return app


@web.middleware
async def answer_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Put every refusal into Cloudflare's shape."""
    try:
        return await handler(request)
    except CloudflareError as error:
        return refusal(error)
    except web.HTTPRequestEntityTooLarge:
        return refusal(CloudflareError(3006))
    except web.HTTPMethodNotAllowed as error:
        response = refusal(wrong_method(request.method))
        response.headers["Allow"] = ", ".join(sorted(error.allowed_methods))
        return response
    except web.HTTPException:
        return refusal(no_route())
    except Exception:
        log.exception("a request failed in the stand-in", path=request.path)
        return refusal(CloudflareError(3043))


@web.middleware
async def check_caller(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Let nobody without a token into Cloudflare's part, nor with an account id that cannot be one."""
    if request.path.startswith(API):
        config = request.app[CONFIG]
        if not _authorized(request, config.token):
            raise CloudflareError(10000)
        account = request.match_info.get("account", config.account_id)
        if account and account != config.account_id and not _HEX.fullmatch(account):
            raise bad_object(request.path.removeprefix(API))
    return await handler(request)


def _authorized(request: web.Request, token: str) -> bool:
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    given = given.strip()
    if scheme.lower() != "bearer" or not given:
        return False
    return not token or hmac.compare_digest(given.encode(), token.encode())


def refusal(error: CloudflareError) -> web.Response:
    """The response for an error."""
    response = web.Response(body=envelope.failure(error), status=error.status, content_type="application/json")
    if error.retry_after_s:
        response.headers["Retry-After"] = f"{error.retry_after_s:g}"
    return response


def _good(result: object, **more: object) -> web.Response:
    return web.Response(body=envelope.success(result, **more), content_type="application/json")


async def run(request: web.Request) -> web.StreamResponse:
    """Answer `POST .../ai/run/{model}`; the slashes of the model's name may be percent-encoded."""
    return await request.app[DESK].run(request, request.match_info["model"])


async def run_body(request: web.Request) -> web.StreamResponse:
    """Answer `POST .../ai/run` with the model in the body."""
    return await request.app[DESK].run_body(request)


async def chat_completions(request: web.Request) -> web.StreamResponse:
    """Answer `POST .../ai/v1/chat/completions`."""
    return await request.app[DESK].openai(request, schemas.OPENAI_CHAT, CHAT_KINDS)


async def openai_embeddings(request: web.Request) -> web.StreamResponse:
    """Answer `POST .../ai/v1/embeddings`."""
    return await request.app[DESK].openai(request, schemas.OPENAI_EMBEDDINGS, EMBED_KINDS)


async def not_served(request: web.Request) -> web.StreamResponse:
    """Say that the stand-in lacks a route which Cloudflare has."""
    words = f"/ai/v1/{request.match_info['rest']} is not served here; use /ai/v1/chat/completions"
    raise CloudflareError(7000, words, status=501)


async def no_model_list(request: web.Request) -> web.StreamResponse:
    """Refuse OpenAI's list of models, as Cloudflare does."""
    raise wrong_method(request.method)


async def models_search(request: web.Request) -> web.StreamResponse:
    """Answer `GET .../ai/models/search`."""
    found, info = listing.search(request.app[DESK].catalogue, request.query)
    return _good(found, result_info=info)


async def models_schema(request: web.Request) -> web.StreamResponse:
    """Answer `GET .../ai/models/schema?model=`."""
    return _good(listing.schema(request.app[DESK].catalogue, request.query.get("model", "")))


async def tasks_search(request: web.Request) -> web.StreamResponse:
    """Answer `GET .../ai/tasks/search`."""
    return _good(listing.tasks())


async def authors_search(request: web.Request) -> web.StreamResponse:
    """Answer `GET .../ai/authors/search`."""
    return _good(listing.authors(request.app[DESK].catalogue))
