"""The check of the Kubernetes manifests sees what it is there to see."""

from __future__ import annotations

import copy
from collections.abc import Callable

import pytest

from tests.manifests import OVERLAYS, Document, problems, rendered


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    return rendered(OVERLAYS / "production")


def named(documents: list[Document], kind: str, name: str) -> Document:
    return next(row for row in documents if row["kind"] == kind and row["metadata"]["name"] == name)


def test_both_overlays_are_in_order() -> None:
    assert {overlay.name: list(problems(rendered(overlay))) for overlay in OVERLAYS.iterdir()} == {
        "embedded": [],
        "production": [],
    }


def unknown_field(documents: list[Document]) -> None:
    named(documents, "Service", "image")["spec"]["loadbalancing"] = "round_robin"


def root(documents: list[Document]) -> None:
    named(documents, "Deployment", "prompt")["spec"]["template"]["spec"]["securityContext"]["runAsNonRoot"] = False


def short_grace(documents: list[Document]) -> None:
    named(documents, "Deployment", "image")["spec"]["template"]["spec"]["terminationGracePeriodSeconds"] = 30


def way_out(documents: list[Document]) -> None:
    named(documents, "NetworkPolicy", "gateway")["spec"]["egress"].append({"to": [{"ipBlock": {"cidr": "0.0.0.0/0"}}]})


def no_budget(documents: list[Document]) -> None:
    documents.remove(named(documents, "PodDisruptionBudget", "nats"))


@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        (unknown_field, "Service/image"),
        (root, "Deployment/prompt: runs as root"),
        (short_grace, "Deployment/image: image is killed before"),
        (way_out, "NetworkPolicy/gateway: lets pods out"),
        (no_budget, "StatefulSet/nats: has several replicas"),
    ],
)
def test_a_spoiled_document_is_named(
    documents: list[Document], spoil: Callable[[list[Document]], None], problem: str
) -> None:
    spoiled = copy.deepcopy(documents)
    spoil(spoiled)
    (found,) = problems(spoiled)
    assert found.startswith(problem)
