"""Which scope a request needs. No I/O.

read    look at its own assets, at policies and brand styles, at what its own assets cost; verify picture files
create  make, change, replay, cancel and delete its own assets
review  look at everybody's assets, held pictures included, and decide about what waits or was blocked
styles  make, change and delete brand styles
usage   look at what everybody's assets cost
admin   everything, with everybody's assets
"""

from __future__ import annotations

import re

from gateway.hygiene import SAFE_METHODS
from gateway.keys import Scope

_REVIEW = re.compile(r"/v1/assets/[^/:]+:review")


def needed(method: str, path: str) -> Scope:
    """The scope without which a request is turned away; handlers ask for more where that depends on the asset."""
    if path == "/v1/verify":
        return Scope.READ
    if method in SAFE_METHODS:
        return Scope.READ
    if path == "/v1/styles" or path.startswith("/v1/styles/"):
        return Scope.STYLES
    return Scope.REVIEW if _REVIEW.fullmatch(path) else Scope.CREATE
