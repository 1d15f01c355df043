"""Which setting a brief is painted in: the one it names, where its main subject can be, or its subject's home."""

from __future__ import annotations

from services.local.illustrator.brief import Brief
from services.local.illustrator.mentions import PEOPLE
from services.local.illustrator.settings import SETTINGS
from services.local.illustrator.staging import from_above
from services.local.illustrator.subjects import SUBJECTS

_WET = {"sea", "deck", "coast", "cliff", "harbour", "lake", "river", "underwater", "polar"}
_ROOMS = {
    "office", "home", "kitchen", "classroom", "laboratory", "library", "workshop", "warehouse", "stage", "hospital",
    "museum", "shop",
    "cafe", "gym", "factory", "datacentre", "airport", "bakery", "hall", "observatory", "corridor",
}  # fmt: skip
_STAGED = {"still", "studio"}
# Rooms that a vehicle may stand in.
_HALLS = {"factory", "workshop", "warehouse", "museum", "airport"}
_DRY_TO_WET = {
    "mountains": "lake",
    "forest": "lake",
    "field": "lake",
    "garden": "lake",
    "snow": "lake",
    "desert": "sea",
    "street": "harbour",
    "city": "harbour",
}
_ROLE_HOME = {
    "doctor": "hospital", "nurse": "hospital", "chef": "kitchen", "baker": "bakery", "teacher": "classroom",
    "student": "classroom",
    "scientist": "laboratory", "engineer": "workshop", "worker": "warehouse", "musician": "stage", "singer": "stage",
    "dancer": "stage", "business": "office", "presenter": "office", "speaker": "stage", "firefighter": "street",
    "astronaut": "lunar", "hiker": "mountains", "climber": "mountains", "fisherman": "harbour", "barista": "cafe",
    "traveller": "street", "umbrella": "street", "runner": "garden", "photographer": "mountains", "judge": "library",
    "reader": "library", "skier": "snow", "diver": "underwater", "painter": "home", "winner": "stage",
    "walker": "street", "astronomer": "observatory", "archaeologist": "desert", "beekeeper": "field",
    "violinist": "stage", "trumpeter": "stage", "drummer": "stage", "conductor": "stage", "chorister": "stage",
    "puppeteer": "stage", "referee": "stadium", "goalkeeper": "stadium", "footballer": "stadium",
    "tennis": "stadium", "basketballer": "gym", "boxer": "gym", "judoka": "gym", "gymnast": "gym", "yogi": "gym",
    "carpenter": "workshop", "potter": "workshop", "tailor": "workshop", "shopkeeper": "shop", "waiter": "cafe",
    "librarian": "library", "postman": "street", "courier": "street", "police": "street", "driver": "street",
    "pilot": "airport", "miner": "mountains", "surfer": "coast", "swimmer": "coast", "skater": "snow",
    "hockey": "snow", "cleaner": "street", "politician": "hall", "captain": "deck", "watcher": "field",
    "biologist": "field", "staff": "office", "actor": "stage", "architect": "office", "artisan": "workshop",
    "cowboy": "field", "hunter": "forest", "monk": "temple",
}  # fmt: skip
_LAND_FOR = {"sea": "cliff", "sky": "mountains"}
# People who are in the water or on it by what they do; elsewhere they stand on land.
AFLOAT = {"swimmer", "rower", "paddler", "surf rider"}
_ABOARD = {"person", "child", "group", "team", "handshake"}


def choose_setting(brief: Brief) -> str:
    """The setting the brief names, changed where its main subject could not be there, or the subject's home."""
    place = _place_of(brief)
    if brief.framing == "aerial" and place not in ("abstract", "space", "sky"):
        return from_above(place)
    return place


def _place_of(brief: Brief) -> str:
    main = SUBJECTS[brief.subjects[0].name] if brief.subjects else None
    if not brief.setting:
        if main is None:
            return "abstract"
        own = (
            _ROLE_HOME.get(brief.subjects[0].role)
            or main.home
            or {"water": "sea", "air": "sky", "table": "kitchen", "emblem": "studio"}.get(main.habitat, "field")
        )
        if brief.indoors and own not in _ROOMS | _STAGED and not _stands_outdoors(brief):
            return "home"
        return own if own in SETTINGS else "field"
    # What does not open the prompt is left out rather than that it changes the place.
    if main is None or brief.setting in _STAGED or not brief.subjects[0].leading:
        return brief.setting
    if brief.subjects[0].name in AFLOAT:
        return brief.setting
    if main.habitat == "water" and brief.setting not in _WET | _ROOMS:
        return _DRY_TO_WET.get(brief.setting, "sea")
    if (
        main.home == "street"
        and brief.setting in _ROOMS - _HALLS
        and not (brief.setting == "hall" and brief.subjects[0].name == "courthouse")
    ):
        return "street"
    if brief.setting == "sea" and brief.subjects[0].name in _ABOARD:
        return "deck"
    if main.habitat in ("ground", "table") and brief.setting in _LAND_FOR:
        return _LAND_FOR[brief.setting]
    return brief.setting


def _stands_outdoors(brief: Brief) -> bool:
    """Whether a thing or an animal is named that belongs outdoors: no well in a living room."""
    homes = {SUBJECTS[mention.name].home for mention in brief.subjects if mention.name not in PEOPLE}
    return bool(homes - _ROOMS - _STAGED - {""})
