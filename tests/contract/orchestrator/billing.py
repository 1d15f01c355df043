"""Calls that cost something: each its price, counted as it is made."""

from __future__ import annotations

from collections import Counter
from typing import Any

from atelier.image.v1 import image_pb2
from atelier.moderation.v1 import moderation_pb2
from atelier.prompt.v1 import prompt_pb2
from atelier.type.v1.cost_pb2 import COST_SOURCE_ESTIMATED, COST_SOURCE_PRICE_LIST, Cost

from tests.contract.orchestrator.scripted_leaves import Leaves

PRICES = {"GeneratePrompts": 0.01, "RewritePrompt": 0.01, "ModerateText": 0.002, "GenerateImage": 0.03}
# An estimate is rather too high than too low.
MARGIN = 1.25
REPLIES = {
    "GeneratePrompts": prompt_pb2.GeneratePromptsResponse,
    "ModerateText": moderation_pb2.ModerateTextResponse,
    "GenerateImage": image_pb2.GenerateImageResponse,
}
ONE_VARIANT = PRICES["GeneratePrompts"] + PRICES["ModerateText"] + PRICES["GenerateImage"]


def cost(usd: float, source: Any = COST_SOURCE_PRICE_LIST) -> Cost:
    return Cost(neurons=usd * 1000, usd=usd, billed_usd=usd, source=source)


class Bill:
    """The calls that were made, and the prices that were asked for, by method."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()
        self.made: Counter[str] = Counter()

    @property
    def usd(self) -> float:
        return sum(PRICES[method] * count for method, count in self.made.items())


def bill_of(leaves: Leaves) -> Bill:
    """Makes each call cost its price; counts the calls that were made and the prices that were asked for."""
    bill, answer = Bill(), leaves.answer

    async def priced(method: str, request: Any, context: Any, ordinary: Any) -> Any:
        if getattr(request, "validate_only", False):
            bill.asked[method] += 1
            reply = REPLIES[method]()
            reply.call.cost.CopyFrom(cost(PRICES[method] * MARGIN, COST_SOURCE_ESTIMATED))
            return reply
        if method in PRICES:
            bill.made[method] += 1
        reply = await answer(method, request, context, ordinary)
        if method in PRICES:
            reply.call.cost.CopyFrom(cost(PRICES[method]))
        return reply

    leaves.answer = priced  # type: ignore[method-assign]
    return bill
