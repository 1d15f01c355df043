"""The description of the HTTP API, made from the protos and the tables that the gateway itself works with."""

from __future__ import annotations

from gateway.openapi.document import document

__all__ = ["document"]
