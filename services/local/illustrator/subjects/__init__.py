"""Everything the illustrator can draw, by name, and the words that the sketches bring with them."""

from __future__ import annotations

from services.local.illustrator.subjects import (
    animals,
    birds,
    buildings,
    countryside,
    critters,
    culture,
    dishes,
    doing,
    flora,
    gear,
    household,
    ideas,
    larder,
    menagerie,
    people,
    plants,
    produce,
    quadrupeds,
    science,
    structures,
    symbols,
    tableware,
    traffic,
    transport,
    utensils,
    vehicles,
    wares,
    work,
)
from services.local.illustrator.subjects.brush import Brush, Subject

_ENTRIES = {
    **produce.ENTRIES,
    **dishes.ENTRIES,
    **utensils.ENTRIES,
    **wares.ENTRIES,
    **gear.ENTRIES,
    **transport.ENTRIES,
    **structures.ENTRIES,
    **symbols.ENTRIES,
    **quadrupeds.ENTRIES,
    **birds.ENTRIES,
    **flora.ENTRIES,
    **critters.ENTRIES,
    **household.ENTRIES,
    **traffic.ENTRIES,
    **larder.ENTRIES,
    **menagerie.ENTRIES,
    **countryside.ENTRIES,
}
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
    **doing.SUBJECTS,
    **{name: entry.subject for name, entry in _ENTRIES.items()},
}
WORDS: dict[str, str] = {name: entry.words for name, entry in _ENTRIES.items()}
ANIMALS = frozenset(
    {*quadrupeds.ENTRIES, *birds.ENTRIES, *critters.ENTRIES, *menagerie.ENTRIES, *animals.SUBJECTS}
    - {"shell", "nest", "mussels", "oysters"}
)

EDIBLE = frozenset(
    {*dishes.ENTRIES, *larder.ENTRIES, *produce.ENTRIES, *tableware.SUBJECTS, "mussels", "oysters", "bowl"}
)

__all__ = ["ANIMALS", "EDIBLE", "SUBJECTS", "WORDS", "Brush", "Subject"]
