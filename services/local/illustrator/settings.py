"""Which painter paints which setting, and where its horizon lies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from services.local.illustrator import (
    abstract,
    aerial,
    city,
    coasts,
    cosmos,
    interior,
    landscapes,
    places,
    still,
    venues,
)
from services.local.illustrator.scene import Scene


@dataclass(frozen=True, slots=True)
class Setting:
    """A place: its painter, the horizon as a share of the height, whether the sky is painted first."""

    paint: Callable[[Scene, str], None]
    horizon: float = 0.56
    sky: bool = True


def _open(painter: Callable[[Scene], None]) -> Callable[[Scene, str], None]:
    return lambda scene, _outlook: painter(scene)


def _room(kind: str) -> Callable[[Scene, str], None]:
    return lambda scene, outlook: interior.room(scene, kind, outlook)


SETTINGS = {
    "sea": Setting(_open(coasts.sea), 0.52),
    "coast": Setting(_open(coasts.coast), 0.46),
    "cliff": Setting(_open(coasts.cliff), 0.44),
    "harbour": Setting(_open(coasts.harbour), 0.48),
    "lake": Setting(_open(coasts.lake), 0.48),
    "river": Setting(_open(coasts.river), 0.46),
    "walls": Setting(_open(places.old_walls), 0.6),
    "corridor": Setting(_room("corridor"), 0.6, sky=False),
    "mountains": Setting(_open(landscapes.mountains), 0.58),
    "forest": Setting(_open(landscapes.forest), 0.6),
    "field": Setting(_open(landscapes.field), 0.52),
    "desert": Setting(_open(landscapes.desert), 0.54),
    "garden": Setting(_open(landscapes.garden), 0.5),
    "snow": Setting(_open(landscapes.snow), 0.52),
    "city": Setting(_open(city.skyline), 0.64),
    "street": Setting(_open(city.street), 0.6),
    "sky": Setting(_open(cosmos.above_clouds), 0.86),
    "space": Setting(_open(cosmos.space), 0.9, sky=False),
    "lunar": Setting(_open(cosmos.lunar), 0.62, sky=False),
    "underwater": Setting(_open(cosmos.underwater), 0.8, sky=False),
    "stage": Setting(_open(cosmos.stage), 0.7, sky=False),
    "office": Setting(_room("office"), 0.6, sky=False),
    "home": Setting(_room("home"), 0.6, sky=False),
    "kitchen": Setting(_room("kitchen"), 0.6, sky=False),
    "classroom": Setting(_room("classroom"), 0.6, sky=False),
    "library": Setting(_room("library"), 0.6, sky=False),
    "laboratory": Setting(_room("laboratory"), 0.6, sky=False),
    "workshop": Setting(_room("workshop"), 0.6, sky=False),
    "warehouse": Setting(_room("warehouse"), 0.6, sky=False),
    "village": Setting(_open(places.village), 0.46),
    "savanna": Setting(_open(places.savanna), 0.5),
    "polar": Setting(_open(places.polar), 0.44),
    "vineyard": Setting(_open(places.vineyard), 0.4),
    "market": Setting(_open(places.market), 0.6),
    "square": Setting(_open(places.square), 0.6),
    "temple": Setting(_open(places.temple), 0.48),
    "railway": Setting(_open(places.railway), 0.46),
    "construction": Setting(_open(places.construction), 0.6),
    "road": Setting(_open(places.road), 0.5),
    "energy": Setting(_open(places.energy), 0.5),
    "wind farm": Setting(_open(places.wind_farm), 0.5),
    "solar farm": Setting(_open(places.solar_farm), 0.5),
    "stadium": Setting(_open(places.stadium), 0.4),
    "hospital": Setting(_room("hospital"), 0.6, sky=False),
    "museum": Setting(_room("museum"), 0.6, sky=False),
    "shop": Setting(_room("shop"), 0.6, sky=False),
    "cafe": Setting(_room("cafe"), 0.6, sky=False),
    "gym": Setting(_room("gym"), 0.6, sky=False),
    "factory": Setting(_room("factory"), 0.6, sky=False),
    "datacentre": Setting(_room("datacentre"), 0.6, sky=False),
    "airport": Setting(_room("airport"), 0.6, sky=False),
    "bakery": Setting(_room("bakery"), 0.6, sky=False),
    "hall": Setting(_room("hall"), 0.6, sky=False),
    "observatory": Setting(_room("observatory"), 0.6, sky=False),
    "deck": Setting(_open(venues.deck), 0.42),
    "course": Setting(_open(venues.course), 0.44),
    "aerial land": Setting(_open(aerial.land), 0.02, sky=False),
    "aerial town": Setting(_open(aerial.town), 0.02, sky=False),
    "aerial water": Setting(_open(aerial.water), 0.02, sky=False),
    "aerial woods": Setting(_open(aerial.woods), 0.02, sky=False),
    "aerial ice": Setting(_open(aerial.ice), 0.02, sky=False),
    "aerial sand": Setting(_open(aerial.sand), 0.02, sky=False),
    "aerial top": Setting(_open(aerial.top), 0.02, sky=False),
    "still": Setting(_open(still.table_top), 0.7, sky=False),
    "abstract": Setting(_open(abstract.forms), 0.7, sky=False),
    "studio": Setting(_open(abstract.backdrop), 0.7, sky=False),
}
