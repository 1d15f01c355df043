from __future__ import annotations

import orjson
import pytest

from services.kit.errors import Reason, ServiceError
from services.workers_ai.catalogue import guard_model
from services.workers_ai.clef import HAZARD_QUESTIONS, decide_request, hazard_scores, read_decisions
from services.workers_ai.values import Choice, ChoiceAnswer, Noul, NoulAnswer, Question, Score, ScoreAnswer

FLASH = guard_model("@cf/cloudflare/clef-flash")
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 32
QUESTIONS: dict[str, Question] = {
    "bad": Noul("Is it bad?"),
    "what": Choice("What to do?", {"allow": None, "hold": "a person looks at it"}),
    "how": Score("How good?", ["poor", "fair", "fine"]),
}
ANSWERS = {
    "bad": {"type": "noul", "noul": 0.25},
    "what": {"type": "choice", "choice": "hold", "probabilities": {"allow": 0.4, "hold": 0.6}, "confidence": 0.2},
    "how": {
        "type": "score",
        "score": 1.5,
        "legend": {},
        "probabilities": {"0": 0.1, "1": 0.3, "2": 0.6},
        "confidence": 1,
    },
}


def test_questions_of_all_three_types_are_written() -> None:
    sent = orjson.loads(decide_request(FLASH, {"text": "x"}, QUESTIONS, [PNG]).body)
    assert sent["model"] == "clef-flash"
    assert sent["state"] == {"text": "x"}
    assert sent["questions"]["bad"] == {"type": "noul", "instructions": "Is it bad?"}
    assert sent["questions"]["what"]["criteria"] == {"allow": None, "hold": "a person looks at it"}
    assert sent["questions"]["how"]["criteria"] == ["poor", "fair", "fine"]
    assert sent["images"][0].startswith("data:image/png;base64,")


def test_there_is_a_question_for_every_hazard() -> None:
    sent = orjson.loads(decide_request(FLASH, "x", HAZARD_QUESTIONS).body)
    assert list(sent["questions"]) == [f"S{number}" for number in range(1, 15)]
    assert all(set(question["criteria"]) == {"true", "false"} for question in sent["questions"].values())
    assert "images" not in sent


@pytest.mark.parametrize(
    ("questions", "images"),
    [
        ({}, ()),
        ({f"q{number}": Noul("?") for number in range(65)}, ()),
        ({"a b": Noul("?")}, ()),
        ({"": Noul("?")}, ()),
        ({"a": Noul(" ")}, ()),
        ({"a": Choice("?", {"one": None})}, ()),
        ({"a": Choice("?", {str(number): None for number in range(256)})}, ()),
        ({"a": Score("?", ["one"])}, ()),
        ({"a": Score("?", [str(number) for number in range(11)])}, ()),
        ({"a": Noul("?")}, (PNG,) * 5),
        ({"a": Noul("?")}, (b"GIF89a",)),
        ({"a": Noul("?")}, (PNG + b"\0" * (4 << 20),)),
        ({"a": Noul("?")}, (PNG + b"\0" * (3 << 20),) * 3),
    ],
)
def test_requests_outside_the_published_limits_are_refused(
    questions: dict[str, Question], images: tuple[bytes, ...]
) -> None:
    with pytest.raises(ServiceError) as caught:
        decide_request(FLASH, "x", questions, images)
    assert caught.value.reason is Reason.FIELD_INVALID
    assert caught.value.field


def test_answers_are_read_by_the_type_of_their_question() -> None:
    assert read_decisions({"model": "clef-flash", "answers": ANSWERS}, QUESTIONS) == {
        "bad": NoulAnswer(0.25),
        "what": ChoiceAnswer("hold", {"allow": 0.4, "hold": 0.6}, 0.2),
        "how": ScoreAnswer(1.5, (0.1, 0.3, 0.6), 1.0),
    }


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("bad", None),
        ("bad", {"type": "noul"}),
        ("bad", {"type": "noul", "noul": "0.1"}),
        ("bad", {"type": "noul", "noul": True}),
        ("bad", {"type": "noul", "noul": 1.1}),
        ("bad", {"type": "noul", "noul": -0.1}),
        ("bad", {"type": "choice", "noul": 0.1}),
        ("what", {**ANSWERS["what"], "choice": "remove"}),
        ("what", {**ANSWERS["what"], "probabilities": {"allow": 1}}),
        ("what", {**ANSWERS["what"], "confidence": None}),
        ("how", {**ANSWERS["how"], "score": 3}),
        ("how", {**ANSWERS["how"], "probabilities": [0.1, 0.3, 0.6]}),
    ],
)
def test_an_answer_that_is_missing_or_not_of_its_type_is_unreadable(name: str, answer: object) -> None:
    with pytest.raises(ServiceError) as caught:
        read_decisions({"answers": {**ANSWERS, name: answer}}, QUESTIONS)
    assert caught.value.reason is Reason.MODEL_OUTPUT


@pytest.mark.parametrize("result", [None, [], {}, {"answers": []}, {"answers": {}}])
def test_a_result_without_answers_is_unreadable(result: object) -> None:
    with pytest.raises(ServiceError) as caught:
        read_decisions(result, QUESTIONS)
    assert caught.value.reason is Reason.MODEL_OUTPUT


def test_hazards_are_sorted_worst_first() -> None:
    assert hazard_scores({"S1": NoulAnswer(0.1), "S9": NoulAnswer(0.9)}) == (("S9", 0.9), ("S1", 0.1))
