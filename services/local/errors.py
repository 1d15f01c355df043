"""Cloudflare's error codes as data: number, HTTP status, and the words that go with it.

Sources: the documented Workers AI table (5007 to 3040), and answers seen in the field (4006, 5006, 5012, 5021 to 5028,
8007, 7000 to 7009, 10000).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ErrorRow:
    """One code: its HTTP status, its default message, and whether inference (not the API's edge) answers it.

    Inference errors carry `"result": {}` and a request id behind the message; those of the edge `"result": null`.
    """

    http_status: int
    message: str
    inference: bool = True


CAPACITY = "Capacity temporarily exceeded, please try again."
DAILY_QUOTA = (
    "you have used up your daily free allocation of 10,000 neurons, please upgrade to Cloudflare's Workers Paid plan "
    "if you would like to continue usage."
)

ERRORS: dict[int, ErrorRow] = {
    2016: ErrorRow(422, "Prompt blocked due to security configurations", inference=False),
    2017: ErrorRow(422, "Response blocked due to security configurations", inference=False),
    3003: ErrorRow(400, "Missing headers or body"),
    3006: ErrorRow(413, "Request is too large"),
    3007: ErrorRow(408, "Request timeout"),
    3008: ErrorRow(408, "Request was aborted"),
    3010: ErrorRow(400, "Invalid request"),
    3021: ErrorRow(429, "AiError: rate limiting: inference request per min rate reached"),
    3023: ErrorRow(403, "Service unavailable for account"),
    3030: ErrorRow(400, "Input prompt contains NSFW content"),
    3036: ErrorRow(429, "You have used up your daily free allocation of 10,000 neurons."),
    3039: ErrorRow(400, "Finetune is missing required files"),
    3040: ErrorRow(429, CAPACITY),
    3041: ErrorRow(403, "Account is not allowed to access this private model"),
    3042: ErrorRow(404, "Invalid model ID"),
    3043: ErrorRow(500, "Internal server error"),
    3046: ErrorRow(408, "Request timeout"),
    4006: ErrorRow(429, DAILY_QUOTA),
    5004: ErrorRow(400, "Invalid data type for base64 input"),
    5005: ErrorRow(405, "This model does not support LoRA"),
    5006: ErrorRow(400, "Bad input"),
    5007: ErrorRow(400, "No such model: No such model or task"),
    5012: ErrorRow(422, "Request body failed validation"),
    5016: ErrorRow(403, "Model agreement: the terms of this model were not agreed to"),
    5018: ErrorRow(403, "Account is not allowed to access this private model"),
    5019: ErrorRow(405, "Deprecated SDK version"),
    5021: ErrorRow(
        413, "Ai: The estimated number of input and maximum output tokens exceeded this model context window limit"
    ),
    5023: ErrorRow(400, "JSON Mode: JSON Schema mode is not supported with stream mode."),
    5024: ErrorRow(400, "JSON Mode couldn't be met"),
    5025: ErrorRow(400, "This model doesn't support JSON Schema"),
    5028: ErrorRow(400, "Model has been deprecated: This model was deprecated. Please use an alternative model."),
    5035: ErrorRow(403, "This model requires the Workers Paid plan"),
    7000: ErrorRow(404, "No route for that URI", inference=False),
    7001: ErrorRow(405, "Method not supported for requested URI.", inference=False),
    7003: ErrorRow(404, "Could not route, perhaps your object identifier is invalid?", inference=False),
    7009: ErrorRow(504, "Upstream service unavailable", inference=False),
    7013: ErrorRow(503, "Guardrails are unavailable", inference=False),
    8001: ErrorRow(400, "Invalid input"),
    8002: ErrorRow(400, "Invalid input"),
    8007: ErrorRow(400, "Upstream model refused the request"),
    8008: ErrorRow(500, "Internal error"),
    10000: ErrorRow(401, "Authentication error", inference=False),
}

CODE_OF_STATUS = {
    401: 10000,
    403: 10000,
    404: 7000,
    405: 7001,
    408: 3046,
    413: 3006,
    422: 5012,
    429: 3040,
    500: 3043,
    502: 7009,
    503: 7009,
    504: 7009,
}
"""What an answer with only an HTTP status most likely means."""


class CloudflareError(Exception):
    """A request that is answered with Cloudflare's error body.

    `status` 0 and an empty `message` take the table's; `also` are further (code, message) pairs of the same answer.
    `retry_after_s` 0 sends no Retry-After header.
    """

    def __init__(
        self,
        code: int,
        message: str = "",
        *,
        status: int = 0,
        also: tuple[tuple[int, str], ...] = (),
        retry_after_s: float = 0,
    ) -> None:
        row = ERRORS.get(code, ErrorRow(400, "Unknown error"))
        self.code = code
        self.message = message or row.message
        self.status = status or row.http_status
        self.inference = row.inference
        self.also = also
        self.retry_after_s = retry_after_s
        super().__init__(f"{code}: {self.message}")


def bad_input(problem: str) -> CloudflareError:
    """5006: the request body breaks the model's schema; `problem` in Cloudflare's words."""
    return CloudflareError(5006, f"Bad input: Error: {problem}")


def no_such_model(name: str) -> CloudflareError:
    """5007: nothing is hosted under this name."""
    return CloudflareError(5007, f"No such model: No such model {name} or task")


def deprecated_model(day: str) -> CloudflareError:
    """5028: the model was taken away on `day` (ISO 8601)."""
    words = f"This model was deprecated on {day}. Please use an alternative model."
    return CloudflareError(5028, f"Model has been deprecated: {words}")


def no_route() -> CloudflareError:
    """7000: the API has no such path."""
    return CloudflareError(7000)


def bad_object(path: str) -> CloudflareError:
    """7003 and 7000: an identifier in the path, such as the account, is malformed."""
    words = f"Could not route to {path}, perhaps your object identifier is invalid?"
    return CloudflareError(7003, words, also=((7000, ERRORS[7000].message),))


def wrong_method(method: str) -> CloudflareError:
    """7001: the path exists, but not for this method."""
    return CloudflareError(7001, f"{method} not supported for requested URI.")
