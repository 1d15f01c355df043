"""The Python client of Atelier: `Atelier` over HTTP, `AsyncAtelier` over gRPC, one interface.

Names are loaded when they are first used, so that to import this package costs nothing and each transport needs
only its own libraries.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .aio import Atelier as AsyncAtelier
    from .aio_job import Job as AsyncJob
    from .errors import AtelierError, Conflict, Invalid, KeyRefused, Limited, NotFound, OverBudget, Refused, Unreachable
    from .http import Atelier, Job
    from .order import Document, Options, Order, Picture
    from .tls import TlsFiles

__all__ = [
    "AsyncAtelier",
    "AsyncJob",
    "Atelier",
    "AtelierError",
    "Conflict",
    "Document",
    "Invalid",
    "Job",
    "KeyRefused",
    "Limited",
    "NotFound",
    "Options",
    "Order",
    "OverBudget",
    "Picture",
    "Refused",
    "TlsFiles",
    "Unreachable",
]

_PLACES = {
    "AsyncAtelier": ("aio", "Atelier"),
    "AsyncJob": ("aio_job", "Job"),
    "Atelier": ("http", "Atelier"),
    "Document": ("order", "Document"),
    "Job": ("http", "Job"),
    "Options": ("order", "Options"),
    "Order": ("order", "Order"),
    "Picture": ("order", "Picture"),
    "TlsFiles": ("tls", "TlsFiles"),
}


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, attribute = _PLACES.get(name, ("errors", name))
    return getattr(import_module(f"{__name__}.{module}"), attribute)


def __dir__() -> list[str]:
    return __all__
