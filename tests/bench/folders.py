"""Folders for what a benchmark keeps, removed together when it has ended and not one by one while it runs.

An ext4 without a journal gives out no inode that was freed in the last minute, or in the last five where that is not
yet written back, and looks at each of them whenever a file is made (`recently_deleted` in Linux' fs/ext4/ialloc.c). So
what one turn deleted was paid for by the next one's pictures, with up to a fifth of the image service's CPU.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path


def new_folder() -> Path:
    """An empty folder that stays until this process ends."""
    return Path(tempfile.mkdtemp(dir=_parent()))


@cache
def _parent() -> Path:
    parent = Path(tempfile.mkdtemp(prefix="bench-"))
    atexit.register(shutil.rmtree, parent, ignore_errors=True)
    return parent
