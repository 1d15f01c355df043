from __future__ import annotations

import orjson
import pytest

from services.kit.errors import Reason, ServiceError
from services.workers_ai.record import CallRecord
from services.workers_ai.sentiment import read_sentiment, sentiment_request
from services.workers_ai.values import Sentiment

POSITIVE, NEGATIVE = {"label": "POSITIVE", "score": 0.75}, {"label": "NEGATIVE", "score": 0.25}


def test_the_request_is_the_text() -> None:
    assert orjson.loads(sentiment_request("Lovely").body) == {"text": "Lovely"}
    with pytest.raises(ServiceError):
        sentiment_request("")


@pytest.mark.parametrize("result", [[POSITIVE, NEGATIVE], [NEGATIVE, POSITIVE]])
def test_labels_come_in_any_order(result: object) -> None:
    assert read_sentiment(result) == (0.75, 0.25)
    assert Sentiment(*read_sentiment(result), CallRecord("m")).label == "POSITIVE"


@pytest.mark.parametrize(
    "result",
    [None, [], {}, [POSITIVE], [POSITIVE, None], [POSITIVE, {"label": "NEGATIVE"}], [{"label": "x", "score": 2}]],
)
def test_anything_but_both_labels_is_unreadable(result: object) -> None:
    with pytest.raises(ServiceError) as caught:
        read_sentiment(result)
    assert caught.value.reason is Reason.MODEL_OUTPUT
