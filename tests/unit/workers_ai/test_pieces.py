from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from services.workers_ai.pieces import cut, worst
from services.workers_ai.record import CallRecord
from services.workers_ai.values import Judgement

CALL = CallRecord("m", 1.0)


def test_a_text_that_fits_is_one_piece() -> None:
    assert cut("a short text", 100) == ["a short text"]


@given(st.text(max_size=400), st.integers(40, 120))
@settings(deadline=None, database=None)
def test_pieces_are_short_enough_and_leave_nothing_out(text: str, at_most_bytes: int) -> None:
    rest = text
    end = 0
    for piece in cut(text, at_most_bytes):
        assert len(piece.encode()) <= at_most_bytes
        at = text.index(piece, max(0, end - len(piece))) if piece else end
        assert at <= end
        end = max(end, at + len(piece))
    assert end == len(rest)


def test_a_word_at_a_cut_is_whole_in_one_piece() -> None:
    text = " ".join(f"word{number:04}" for number in range(500))
    pieces = cut(text, 200)
    for number in range(500):
        assert any(f"word{number:04}" in piece.split() for piece in pieces)


def test_a_text_is_as_bad_as_its_worst_piece() -> None:
    whole = worst(
        [
            Judgement(True, (), CALL, (("S1", 0.1), ("S2", 0.2))),
            Judgement(False, (("S10", 0.7),), CALL, (("S10", 0.7), ("S1", 0.3))),
            Judgement(False, (("S1", 0.9), ("S10", 0.8)), CALL),
        ]
    )
    assert not whole.safe
    assert whole.categories == (("S1", 0.9), ("S10", 0.8))
    assert whole.scores == (("S10", 0.7), ("S1", 0.3), ("S2", 0.2))
    assert whole.call.attempts == 3
