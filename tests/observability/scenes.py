"""What a stack goes through so that its numbers move: work, refusals, failures, an outage, a kill, an empty purse."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import grpc
import pytest
import requests
from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from atelier.orchestrator.v1 import orchestrator_pb2_grpc

from tests.e2e.harness import WAIT_S, Stack, eventually
from tests.observability.prometheus import Prometheus

GUARD_MODEL = "@cf/meta/llama-guard-3-8b"
IMAGE_MODEL = "@cf/black-forest-labs/flux-1-schnell"
SMALL: dict[str, object] = {"width": 256, "height": 256}
PAUSE_S = 0.4
SETTINGS = {
    "ATELIER_LOCAL_ENGINES": "instant",
    "ATELIER_LOCAL_FAULTS": "on",
    "ATELIER_IMAGE_SLOTS": "2",
    "ATELIER_ORCHESTRATOR_BUDGET_COUNTS": "listed",
    "ATELIER_ORCHESTRATOR_DAY_BUDGET_USD": "10",
    # A model that is out of reach is given up sooner than an operator would.
    "ATELIER_ORCHESTRATOR_ATTEMPTS": "3",
    "ATELIER_ORCHESTRATOR_MAX_DELAY_S": "0.5",
    "ATELIER_GATEWAY_REQUESTS_PER_MINUTE": "1000000",
    "ATELIER_GATEWAY_CONCURRENT_JOBS": "1000",
}


class Play:
    """The scenes; `began_s` is the Unix time of the first one."""

    def __init__(self, stack: Stack, prometheus: Prometheus) -> None:
        self._stack = stack
        self._prometheus = prometheus
        self.began_s = time.time()

    def all(self) -> None:
        """One scene after the other, each until Prometheus has seen it, with everyday work beside them."""
        with self._everyday_work():
            eventually(lambda: self._seen("sum(rate(atelier_assets_ended_total[20s])) > 0"), "assets end")
            self._refusals_and_failures()
            self._model_out_of_reach()
            self._all_slots_taken()
            self._service_killed()
        self._money_spent()

    def fired(self) -> set[str]:
        """The alerts that fired so far."""
        return self._prometheus.fired(self.began_s, time.time())

    def _seen(self, expression: str) -> bool:
        return bool(self._prometheus.series(expression, self.began_s, time.time()))

    def _await_alerts(self, *names: str) -> None:
        eventually(lambda: set(names) <= self.fired(), f"{names} fire")

    @contextmanager
    def _everyday_work(self) -> Iterator[None]:
        """Somebody makes pictures, looks at them, and asks for what there is not."""
        stop = threading.Event()

        def work() -> None:
            session, number = requests.Session(), 0
            while not stop.wait(PAUSE_S):
                number += 1
                made = session.post(
                    f"{self._stack.url}/v1/assets",
                    json={"content": f"A lighthouse at dusk, {number}", "recipe": SMALL},
                    headers={"Prefer": "wait=3"},
                    timeout=WAIT_S,
                )
                if made.status_code == 200:
                    session.get(f"{self._stack.url}/v1/{made.json()['name']}/variants/0/image", timeout=WAIT_S)
                session.get(f"{self._stack.url}/v1/assets/{number:032x}", timeout=WAIT_S)

        worker = threading.Thread(target=work)
        worker.start()
        try:
            yield
        finally:
            stop.set()
            worker.join()

    def _create(self, content: str, count: int, **recipe: object) -> list[str]:
        return [self._stack.create(f"{content} {number}", SMALL | recipe) for number in range(count)]

    def _refusals_and_failures(self) -> None:
        self._stack.fault(model=GUARD_MODEL, contains="forbidden", text="unsafe\nS1")
        self._stack.fault(model=IMAGE_MODEL, contains="expensive", code=4006)
        self._stack.fault(model=IMAGE_MODEL, contains="spoilt", body="garbage")
        expected = {"AtelierAssetsFail", "AtelierManyBlocked", "AtelierQuotaUsedUp"}

        def fired() -> bool:
            # Once is not always enough: until it is noticed, everyday assets may outnumber these.
            self._refuse_and_fail()
            return expected <= self.fired()

        eventually(fired, f"{expected} fire")
        self._stack.clear_faults()

    def _refuse_and_fail(self) -> None:
        names = self._create("forbidden harbour", 20) + self._create("expensive harbour", 4)
        names += self._create("spoilt harbour", 2) + self._create("harbour", 2, maxCostUsd=1e-6)
        for name in names:
            assert self._stack.final(name).state in (pb.Asset.STATE_BLOCKED, pb.Asset.STATE_FAILED)

    def _model_out_of_reach(self) -> None:
        self._stack.fault(model=IMAGE_MODEL, status=500)
        names = self._create("far harbour", 6)
        self._await_alerts("AtelierModelPassedOver", "AtelierModelOutOfReach")
        self._stack.clear_faults()
        for name in names:
            self._stack.final(name)
        eventually(self._paints, "a picture is painted again")

    def _paints(self) -> bool:
        (name,) = self._create("near harbour", 1)
        return self._stack.final(name).state == pb.Asset.STATE_SUCCEEDED

    def _all_slots_taken(self) -> None:
        self._stack.fault(model=IMAGE_MODEL, contains="slow", latency_ms=4000)
        names = self._create("slow harbour", 4)
        self._await_alerts("AtelierImageSlotsFull")
        self._stack.clear_faults()
        for name in names:
            assert self._stack.final(name).state == pb.Asset.STATE_SUCCEEDED

    def _service_killed(self) -> None:
        self._stack.runner.children["moderation"].kill()
        (name,) = self._create("unjudged harbour", 1)
        self._await_alerts("AtelierProcessDown")
        self._stack.runner.restart("moderation")
        assert self._stack.final(name).state == pb.Asset.STATE_SUCCEEDED
        eventually(lambda: all(self._prometheus.up().values()), "all processes answer again")

    def _money_spent(self) -> None:
        """An owner spends until nothing is left for another picture, which is then less than a twelfth."""
        asset = pb.Asset(content="A harbour", recipe=pb.Recipe(variant_count=1, width=256, height=256))
        request = pb.CreateAssetRequest(asset=asset, owner="ann", owner_budget_usd=0.04)
        with grpc.insecure_channel(self._stack.address("orchestrator")) as channel:
            stub = orchestrator_pb2_grpc.OrchestratorServiceStub(channel)
            with pytest.raises(grpc.RpcError, match="a picture may cost") as refused:
                while True:
                    *_, last = stub.CreateAsset(request, timeout=WAIT_S)
                    assert last.event.finished.asset.state == pb.Asset.STATE_SUCCEEDED
        assert refused.value.code() == grpc.StatusCode.RESOURCE_EXHAUSTED
        self._await_alerts("AtelierBudgetNearlySpent")
