"""Everything the illustrator can draw, by name."""

from __future__ import annotations

from services.local.illustrator.subjects import (
    animals,
    buildings,
    culture,
    ideas,
    people,
    plants,
    science,
    tableware,
    vehicles,
    work,
)
from services.local.illustrator.subjects.brush import Brush, Subject

SUBJECTS: dict[str, Subject] = {
    **people.SUBJECTS,
    **plants.SUBJECTS,
    **animals.SUBJECTS,
    **buildings.SUBJECTS,
    **vehicles.SUBJECTS,
    **tableware.SUBJECTS,
    **science.SUBJECTS,
    **work.SUBJECTS,
    **ideas.SUBJECTS,
    **culture.SUBJECTS,
}

__all__ = ["SUBJECTS", "Brush", "Subject"]
