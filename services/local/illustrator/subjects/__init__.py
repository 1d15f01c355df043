"""Everything the illustrator can draw, by name."""

from __future__ import annotations

from services.local.illustrator.subjects import culture, people, vehicles
from services.local.illustrator.subjects.brush import Brush, Subject

SUBJECTS: dict[str, Subject] = {
    **people.SUBJECTS,
    **vehicles.SUBJECTS,
    **culture.SUBJECTS,
}

__all__ = ["SUBJECTS", "Brush", "Subject"]
