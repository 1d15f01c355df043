"""Files that the gateway serves itself: pages that load nothing from elsewhere."""

from __future__ import annotations

import hashlib
import mimetypes
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

from fastapi import Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.routing import Route

from gateway import pictures

# Scripts, styles and data come from this server alone; pictures may also be made by the page itself.
PAGE_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' blob: data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
    )
)
HEADERS = {"Content-Security-Policy": PAGE_POLICY, "Cache-Control": "no-cache"}
TYPES = {
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".woff2": "font/woff2",
    ".webmanifest": "application/json",
}


def mount(prefix: str, directory: Path) -> list[Route]:
    """Routes for every file below a directory, `index.html` at the prefix itself; none where there is no such file.

    The files are listed once, at start: no path of a request ever becomes a path on disk.
    """
    return [Route(path, _serve(file), methods=["GET"]) for path, file in _files(prefix, directory)]


def _files(prefix: str, directory: Path) -> Iterator[tuple[str, Path]]:
    for file in sorted(directory.rglob("*")):
        name = file.relative_to(directory).as_posix()
        if file.is_file() and file.suffix not in (".py", ".pyc", ".md"):
            if name == "index.html":
                yield prefix or "/", file
            yield f"{prefix.rstrip('/')}/{name}", file


def _serve(file: Path) -> Callable[[Request], Awaitable[Response]]:
    media_type = TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"

    async def handler(request: Request) -> Response:
        data = await run_in_threadpool(file.read_bytes)
        tag = pictures.etag(hashlib.sha256(data).hexdigest())
        headers = {**HEADERS, "ETag": tag}
        if pictures.matches(request.headers.get("if-none-match", ""), tag):
            return Response(status_code=304, headers=headers)
        return Response(data, headers=headers, media_type=media_type)

    return handler
