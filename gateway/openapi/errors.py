"""The error answers of the OpenAPI document, with an example for every reason, from the gateway's own tables."""

from __future__ import annotations

from collections.abc import Mapping

from gateway import hygiene, openai_shape, problems
from gateway.openapi.schema import Schema, ref
from gateway.problems import HttpError, HttpReason, Problem
from services.kit.errors import Reason, ServiceError

TRACE_ID = "0af7651916cd43dd8448eb211c80319c"

# What the detail of a problem says, for example; the rest of each example is made as the gateway makes it.
DETAILS: Mapping[Reason, ServiceError] = {
    error.reason: error
    for error in (
        ServiceError(Reason.CONTENT_LENGTH, "is empty", field="asset.content", limit="1 to 100000 Unicode code points"),
        ServiceError(Reason.FIELD_INVALID, "is 9; it takes 0 to 8", field="asset.recipe.variant_count", limit="0 to 8"),
        ServiceError(Reason.REQUEST_ID_REUSED, "request_id was used before with another request", field="request_id"),
        ServiceError(Reason.ASSET_UNKNOWN, "there is no asset 'assets/0192f3c4'", field="name"),
        ServiceError(Reason.IMAGE_UNKNOWN, "assets/0192f3c4 has no image of variant 3"),
        ServiceError(Reason.ASSET_RUNNING, "assets/0192f3c4 is in work; cancel it first", field="name"),
        ServiceError(Reason.EVENTS_EXPIRED, "the oldest event that is left is 12", field="after_sequence"),
        ServiceError(
            Reason.BUDGET_EXCEEDED,
            "the owner's budget of the day, $2.50, has $0.00 left; it starts anew at 2026-11-27T00:00:00Z",
            retry_after_s=3600,
            metadata={
                "budget": "owner",
                "limit_usd": "2.50",
                "left_usd": "0.00",
                "needed_usd": "0.00",
                "reset_time": "2026-11-27T00:00:00Z",
            },
        ),
        ServiceError(Reason.STYLE_UNKNOWN, "there is no brand style 'styles/acme'", field="name"),
        ServiceError(Reason.STYLE_EXISTS, "styles/acme is there already; change it instead", field="style.name"),
        ServiceError(Reason.POLICY_UNKNOWN, "there is no policy 'strickt'", field="asset.recipe.policy"),
        ServiceError(Reason.NOT_REVIEWABLE, "variant 0 has its picture; there is nothing to decide", field="variant"),
        ServiceError(Reason.CHANGED_MEANWHILE, "styles/acme is at version 4, not 3", field="style.version"),
        ServiceError(Reason.SIGNING_FAILED, "the signing service does not answer", retry_after_s=5),
        ServiceError(Reason.LINKS_UNSUPPORTED, "pictures are kept in a folder, which gives out no links"),
        ServiceError(Reason.MODEL_REFUSED, "the policy refused every prompt (S1)", field="prompt"),
        ServiceError(Reason.MODEL_QUOTA, "the daily free allocation is used up", retry_after_s=3600),
        ServiceError(Reason.SERVER_BUSY, "all 32 slots of this replica are taken", retry_after_s=1),
        ServiceError(Reason.SERVICE_UNREACHABLE, "the orchestrator does not serve", retry_after_s=1),
        ServiceError(Reason.INTERNAL, f"the server's log has it under trace id {TRACE_ID}"),
    )
}
HTTP_DETAILS: Mapping[HttpReason, HttpError] = {
    error.reason: error
    for error in (
        HttpError(HttpReason.KEY_MISSING, "send it as Authorization: Bearer atl_..."),
        HttpError(HttpReason.KEY_REFUSED, "no good key has this token"),
        HttpError(HttpReason.SCOPE_MISSING, "this needs the scope create"),
        HttpError(HttpReason.ORIGIN_REFUSED, "pages of 'https://example.org' may not change anything here"),
        HttpError(HttpReason.HOST_REFUSED, "without API keys only loopback names are served"),
        HttpError(HttpReason.RATE_LIMITED, "the key made too many requests", retry_after_s=1),
        HttpError(HttpReason.JOBS_LIMITED, "the key has 8 assets in work; wait for one to end", retry_after_s=5),
        HttpError(HttpReason.HEADERS_AMBIGUOUS, "authorization is there 2 times"),
        hygiene.too_large(),
        HttpError(HttpReason.CONNECTIONS_LIMITED, "all 1000 connections are in use", retry_after_s=1),
    )
}
HEADERS: Mapping[int, tuple[str, ...]] = {
    401: ("WWW-Authenticate",),
    403: ("WWW-Authenticate",),
    429: ("Retry-After", "RateLimit", "RateLimit-Policy"),
    503: ("Retry-After",),
}


def answers(
    *reasons: Reason,
    body: bool = False,
    guarded: bool = False,
    jobs: bool = False,
    ranges: bool = False,
    missing: bool = False,
    openai: bool = False,
) -> dict[str, Schema]:
    """The error answers of one operation, by status.

    Args:
        reasons: errors of services that it may end in.
        body: it reads a body.
        guarded: it needs a key and calls the orchestrator.
        jobs: it starts work.
        ranges: it serves ranges.
        missing: it is 404 where there is nothing.
        openai: its errors have OpenAI's shape.
    """
    named: list[Reason | HttpReason] = [*reasons, HttpReason.HEADERS_AMBIGUOUS, HttpReason.HOST_REFUSED]
    named += [HttpReason.HEADERS_TOO_LARGE, Reason.INTERNAL, HttpReason.CONNECTIONS_LIMITED]
    if guarded:
        named += [HttpReason.KEY_MISSING, HttpReason.KEY_REFUSED, HttpReason.SCOPE_MISSING, HttpReason.ORIGIN_REFUSED]
        named += [HttpReason.RATE_LIMITED, Reason.SERVER_BUSY, Reason.SERVICE_UNREACHABLE, Reason.STORE_UNAVAILABLE]
        named += [Reason.DEADLINE_EXCEEDED]
    if jobs:
        named += [HttpReason.JOBS_LIMITED]
    statuses = [408] + ([413, 415] if body else []) + ([416] if ranges else []) + ([404] if missing else [])
    examples = {str(reason): _example(reason) for reason in dict.fromkeys(named)}
    examples |= {f"HTTP {status}": problems.from_http(status, problems.HTTP_TITLES[status]) for status in statuses}
    found = sorted({problem.status for problem in examples.values()})
    return {str(status): _answer(status, _of(examples, status), openai) for status in found}


def _of(examples: Mapping[str, Problem], status: int) -> dict[str, Problem]:
    return {name: problem for name, problem in examples.items() if problem.status == status}


def _example(reason: Reason | HttpReason) -> Problem:
    if isinstance(reason, HttpReason):
        return problems.from_http_error(HTTP_DETAILS[reason], trace_id=TRACE_ID)
    error = DETAILS.get(reason) or ServiceError(reason, problems.KINDS[reason].title.lower())
    return problems.from_error(error, trace_id=TRACE_ID)


def _answer(status: int, examples: Mapping[str, Problem], openai: bool) -> Schema:
    values = {name: {"value": openai_shape.error(item) if openai else item.body} for name, item in examples.items()}
    media: Schema = {"schema": ref("OpenAIError" if openai else "Problem"), "examples": values}
    # What is wrong with HTTP itself is found before anything knows which shape the client reads.
    plain: Schema = {problems.MEDIA_TYPE: {"schema": ref("Problem")}} if openai else {}
    titles = dict.fromkeys(str(item.body["title"]) for item in examples.values())
    return {
        "description": "; ".join(titles) + ".",
        "headers": {name: {"$ref": f"#/components/headers/{name}"} for name in HEADERS.get(status, ())},
        "content": {"application/json" if openai else problems.MEDIA_TYPE: media, **plain},
    }
