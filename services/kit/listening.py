"""Why a process cannot listen where it was told to."""

from __future__ import annotations


class ListenError(Exception):
    """The address cannot be listened on; most often another process has the port."""
