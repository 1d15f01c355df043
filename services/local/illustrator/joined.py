"""Joins people with what they are busy with: a book, an umbrella, binoculars, an instrument, an armchair, a bus."""

from __future__ import annotations

from dataclasses import replace

from services.local.illustrator.grammar import Reading
from services.local.illustrator.mention import Mention

_EMPTY_HANDED = {"", "business", "walker", "waver", "speaker", "traveller", "elder"}
# The player of an instrument.
_PLAYERS = {"guitar": "musician", "violin": "violinist", "trumpet": "trumpeter", "drum": "drummer"}
_OTHER_INSTRUMENTS = {"piano", "cello", "harp", "accordion", "saxophone", "flute", "banjo", "trombone"}
# What a driver drives, by the word before.
_DRIVEN = {
    "bus": "bus", "tram": "tram", "train": "train", "taxi": "taxi", "lorry": "lorry", "truck": "lorry",
    "tractor": "tractor", "metro": "train", "coach": "bus", "lighthouse": "lighthouse",
}  # fmt: skip


def joined(reading: Reading, mentions: list[Mention]) -> list[Mention]:
    """The mentions, with what belongs to somebody in the hands or beside the one who is busy with it."""
    return _in_armchairs(
        _with_vehicle(reading, _with_instrument(_with_binoculars(_with_book(_with_umbrella(mentions)))))
    )


def _with_book(mentions: list[Mention]) -> list[Mention]:
    """Puts a book into the hands of a person of no other calling, or of a child."""
    if not any(m.name == "book" for m in mentions):
        return mentions
    return [replace(m, role="reader") if m.name in ("person", "child") and not m.role else m for m in mentions]


def _with_umbrella(mentions: list[Mention]) -> list[Mention]:
    """Puts an umbrella into the hands of the person beside it."""
    umbrella = next((m for m in mentions if m.name == "umbrella"), None)
    holder = next((m for m in mentions if m.name == "person" and m.role in _EMPTY_HANDED), None)
    if umbrella is None or holder is None:
        return mentions
    held = replace(holder, role="umbrella", colour=umbrella.colour or holder.colour)
    return [held if m is holder else m for m in mentions if m is not umbrella]


def _with_binoculars(mentions: list[Mention]) -> list[Mention]:
    """Lets the first person behind whom binoculars are named look through them."""
    glasses = next((m for m in mentions if m.name == "binoculars"), None)
    holder = next((m for m in mentions if m.name == "person" and m.role in (*_EMPTY_HANDED, "biologist")), None)
    if glasses is None or holder is None or holder.position > glasses.position:
        return mentions
    held = replace(holder, role=holder.role if holder.role == "biologist" else "watcher")
    return [held if m is holder else m for m in mentions if m is not glasses]


def _with_instrument(mentions: list[Mention]) -> list[Mention]:
    """Gives a musician the instrument that is named, or none where there is no pose for it."""
    player = next((m for m in mentions if m.role == "musician"), None)
    if player is None:
        return mentions
    named = next((m for m in mentions if m.name in _PLAYERS), None)
    if named is not None:
        role = _PLAYERS[named.name]
        return [replace(player, role=role) if m is player else m for m in mentions if m is not named]
    if any(m.name in _OTHER_INSTRUMENTS for m in mentions):
        return [replace(player, role="") if m is player else m for m in mentions]
    return mentions


def _with_vehicle(reading: Reading, mentions: list[Mention]) -> list[Mention]:
    """Puts beside a driver or keeper what the words name before: the bus of a bus driver."""
    for place, mention in enumerate(mentions):
        vehicle = _DRIVEN.get(reading.lemmas[mention.position], "") if mention.role in ("driver", "keeper") else ""
        if vehicle and not any(m.name == vehicle for m in mentions):
            beside = replace(
                mention, name=vehicle, role="", count=1, colour="", leading=False, position=mention.end - 1
            )
            return [*mentions[: place + 1], beside, *mentions[place + 1 :]]
    return mentions


def _in_armchairs(mentions: list[Mention]) -> list[Mention]:
    """Seats readers in the armchairs that are named behind them."""
    reader = next((m for m in mentions if m.name == "person" and m.role == "reader"), None)
    chair = next((m for m in mentions if m.name == "armchair"), None)
    if reader is None or chair is None or chair.position < reader.position:
        return mentions
    seated = replace(reader, name="armchair reader", role="")
    return [seated if m is reader else m for m in mentions if m is not chair]
