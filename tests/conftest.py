"""What holds for every test."""

from __future__ import annotations

from hypothesis import settings

# No example has a deadline: how long one takes depends on what else the machine does.
settings.register_profile("atelier", deadline=None)
settings.load_profile("atelier")
