from __future__ import annotations

import orjson
import pytest

from services.kit.errors import Reason, ServiceError
from services.workers_ai.llama_guard import guard_request, read_verdict


def test_the_request_has_one_user_message_and_no_system_message() -> None:
    sent = orjson.loads(guard_request("Hello").body)
    assert sent["messages"] == [{"role": "user", "content": "Hello"}]
    assert sent["temperature"] == 0


@pytest.mark.parametrize(
    ("response", "safe", "codes"),
    [
        ("safe", True, ()),
        ("\n\nsafe", True, ()),
        ("safe\n", True, ()),
        ("unsafe\nS1", False, ("S1",)),
        ("\n\nunsafe\nS1,S9", False, ("S1", "S9")),
        ("unsafe\nS14, S10\n", False, ("S14", "S10")),
        ("unsafe\nS1,S1", False, ("S1",)),
        ("unsafe", False, ()),
        ({"safe": True, "categories": []}, True, ()),
        ({"safe": True}, True, ()),
        ({"safe": True, "categories": None}, True, ()),
        ({"safe": False, "categories": ["S10"]}, False, ("S10",)),
        ({"safe": False, "categories": []}, False, ()),
    ],
)
def test_the_three_shapes_are_read(response: object, safe: bool, codes: tuple[str, ...]) -> None:
    assert read_verdict({"response": response, "usage": {}}) == (safe, codes)
    if isinstance(response, str):
        assert read_verdict({"choices": [{"message": {"content": response}}]}) == (safe, codes)


@pytest.mark.parametrize(
    "result",
    [
        {"response": text}
        for text in (
            "",
            "Safe",
            "SAFE",
            "safe.",
            "safe\nS1",
            "safe unsafe",
            "unsafe S1",
            "unsafe\nS15",
            "unsafe\nS0",
            "unsafe\nS1,",
            "unsafe\nviolence",
            "The text is safe",
            "not safe",
            "<think>hm</think>safe",
            '{"safe": true}',
            "s a f e",
            "\u2003safe",
            {"safe": "true"},
            {"safe": 1},
            {"safe": None},
            {},
            {"safe": True, "categories": ["S1"]},
            {"safe": False, "categories": ["S99"]},
            {"safe": False, "categories": [1]},
            {"safe": False, "categories": [["S1"]]},
            {"safe": True, "categories": "S1"},
            {"safe": True, "categories": {}},
            [],
            ["safe"],
            True,
            None,
        )
    ]
    + [None, [], "safe", True, {}, {"safe": True}, {"result": {"response": "safe"}}, {"choices": []}],
)
def test_anything_else_is_no_verdict(result: object) -> None:
    with pytest.raises(ServiceError) as caught:
        read_verdict(result)
    assert caught.value.reason is Reason.MODEL_OUTPUT
