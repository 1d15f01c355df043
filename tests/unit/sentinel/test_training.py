"""The committed weights come from the committed data, and they are good enough."""

from __future__ import annotations

from importlib.resources import files

import numpy as np
import pytest

from services.local.embedding import MiniLM
from services.local.sentinel import Sentinel
from services.local.sentinel.dataset import read_evaluation, read_other_hand, read_seeds
from services.local.sentinel.evaluate import Outcome, figures, hidden, judge_all, report
from services.local.sentinel.features import COLUMNS, stem, wording, words
from services.local.sentinel.model import Model
from services.local.sentinel.policy import CATEGORIES, SAFE, THRESHOLDS
from services.local.sentinel.train import train


@pytest.fixture(scope="module")
def outcomes(sentinel: Sentinel) -> list[Outcome]:
    return judge_all(sentinel, read_evaluation())


def test_there_are_enough_seeds_of_each_label() -> None:
    labels = [seed.label for seed in read_seeds()]
    assert len(labels) >= 1500
    assert all(labels.count(code) >= 40 for code in CATEGORIES)
    assert labels.count(SAFE) >= 1000


def test_no_evaluation_text_is_a_seed() -> None:
    seeds = {seed.text.lower() for seed in read_seeds()}
    evaluation = [example.text.lower() for example in read_evaluation()]
    assert len(evaluation) >= 250
    assert not seeds & set(evaluation)


def test_every_category_has_a_threshold() -> None:
    assert set(THRESHOLDS) == set(CATEGORIES)


def test_the_weights_are_small() -> None:
    weights = files("services.local.sentinel") / "data" / "weights.npz"
    assert len(weights.read_bytes()) < 3_000_000


def test_recall_and_false_alarms_meet_the_aim(outcomes: list[Outcome]) -> None:
    result = figures(outcomes)
    assert result.recall >= 0.95
    assert result.false_positive_rate <= 0.03
    assert result.precision >= 0.95


def test_the_report_has_a_row_for_each_category(outcomes: list[Outcome]) -> None:
    lines = list(report(outcomes, errors=True))
    assert all(any(line.startswith(f"| {code} ") for line in lines) for code in CATEGORIES)


def test_a_stem_is_the_same_for_the_forms_of_a_word() -> None:
    assert len({stem(word) for word in ("kill", "kills", "killed", "killing")}) == 1


def test_wording_does_not_see_order_of_lines_or_case() -> None:
    rows = wording(["The Fox", "the fox", ""])
    assert rows.shape == (3, COLUMNS)
    assert np.array_equal(rows[0], rows[1])
    assert not rows[2].any()


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_training_again_gives_weights_that_predict_the_same(
    sentinel: Sentinel, embedder: MiniLM, outcomes: list[Outcome]
) -> None:
    again = Sentinel(embedder, model=Model.from_bytes(train(embedder).to_bytes()))
    for before, after in zip(outcomes, judge_all(again, read_evaluation()), strict=True):
        assert after.hazards.flagged == before.hazards.flagged, before.example.text
        assert after.score == pytest.approx(before.score, abs=0.02)


@pytest.mark.parametrize(("hand", "lines", "recall"), [("other_hand", 420, 0.97), ("third_hand", 490, 0.94)])
def test_lines_of_another_hand_are_judged_nearly_as_well(
    sentinel: Sentinel, hand: str, lines: int, recall: float
) -> None:
    found = read_other_hand(hand)
    assert len(found) > lines
    result = figures(judge_all(sentinel, found))
    assert result.recall >= recall
    assert result.false_positive_rate <= 0.03


@pytest.mark.parametrize(("hand", "recall"), [("", 0.92), ("other_hand", 0.95), ("third_hand", 0.86)])
def test_harm_between_the_sentences_of_a_prompt_is_found(sentinel: Sentinel, hand: str, recall: float) -> None:
    lines = read_other_hand(hand) if hand else read_evaluation()
    result = figures(judge_all(sentinel, hidden(lines)))
    assert result.recall >= recall
    assert result.false_positive_rate <= 0.02


@pytest.mark.parametrize("hand", ["other_hand", "third_hand"])
def test_no_line_of_another_hand_is_among_the_seeds(hand: str) -> None:
    seeds = {" ".join(words(seed.text)) for seed in read_seeds()}
    assert not {" ".join(words(line.text)) for line in read_other_hand(hand)} & seeds
