"""Costs in words. No I/O."""

from __future__ import annotations

from atelier.type.v1.cost_pb2 import COST_SOURCE_ESTIMATED, COST_SOURCE_PRICE_LIST, Cost

SOURCES = {COST_SOURCE_PRICE_LIST: "by the price list", COST_SOURCE_ESTIMATED: "estimated"}


def dollars(usd: float) -> str:
    """An amount of US dollars with as many digits as say something: pictures cost fractions of a cent."""
    if usd == 0:
        return "$0"
    return f"${usd:,.2f}" if usd >= 0.995 else f"${usd:.4f}" if usd >= 0.0001 else "<$0.0001"


def cost_text(cost: Cost) -> str:
    """A cost in words; empty for none."""
    if not cost.usd and not cost.neurons:
        return ""
    parts = [dollars(cost.usd), f"{cost.neurons:,.1f} neurons"]
    if cost.source in SOURCES:
        parts.append(SOURCES[cost.source])
    if cost.billed_usd < cost.usd and cost.source != COST_SOURCE_ESTIMATED:
        parts.append(
            f"billed {dollars(cost.billed_usd)}: embedded engines"
            if not cost.billed_usd
            else f"billed {dollars(cost.billed_usd)}"
        )
    return ", ".join(parts)
