"""The handlers of /v1/usage and /v1/policies: what things cost, and what may be made."""

from __future__ import annotations

from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from fastapi import Request, Response

from gateway import changes, reading
from gateway.access import require
from gateway.answers import proto_response
from gateway.keys import Scope
from gateway.reading import principal
from gateway.upstream import Orchestrator


class BookRoutes:
    """The handlers of one gateway."""

    def __init__(self, orchestrator: Orchestrator) -> None:
        self._orchestrator = orchestrator

    async def usage(self, request: Request) -> Response:
        """What assets cost: its own to any key, everybody's to those with the scope."""
        who = principal(request)
        wanted = changes.read_usage(reading.query_pairs(request))
        if who.may(Scope.USAGE):
            return self._answer(await self._orchestrator.usage(wanted))
        if wanted.owner not in ("", who.key_id):
            require(who, Scope.USAGE)
        wanted.owner = who.key_id
        found = await self._orchestrator.usage(wanted)
        # The orchestrator selects; that no stranger's figures leave is certain only where it is checked last.
        mine = pb.GetUsageResponse(total=found.total)
        mine.rows.extend(row for row in found.rows if row.owner == who.key_id)
        mine.budgets.extend(budget for budget in found.budgets if budget.owner == who.key_id)
        return self._answer(mine)

    async def policies(self, request: Request) -> Response:
        """The content policies that a recipe can name."""
        return proto_response(await self._orchestrator.policies())

    def _answer(self, usage: pb.GetUsageResponse) -> Response:
        return proto_response(usage, 200, {"Cache-Control": "no-store"})
