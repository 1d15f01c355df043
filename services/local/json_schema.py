"""The library that checks JSON schemas, imported without its grammar of internationalised addresses.

Where that grammar's package happens to be installed, as it is for developers, the library compiles it on import, which
takes two seconds of CPU; nothing here checks such a format. Import `jsonschema` from here.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import cast

_GRAMMAR = "rfc3987_syntax"
_had = _GRAMMAR in sys.modules
if not _had:
    # An import of what stands as None in this table fails at once, and the library does without.
    sys.modules[_GRAMMAR] = cast(ModuleType, None)

import jsonschema  # noqa: E402

if not _had:
    del sys.modules[_GRAMMAR]

__all__ = ["jsonschema"]
