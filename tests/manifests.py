"""`python -m tests.manifests`: what kustomize makes of deploy/kubernetes is valid, confined and budgeted."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import kubernetes_validate
import yaml

ROOT = Path(__file__).parents[1]
OVERLAYS = ROOT / "deploy" / "kubernetes" / "overlays"
KUBECTL = Path(sys.executable).parent / "kubectl"
KUBERNETES = "1.37"
# Kinds whose schemas belong to what an operator installs beside Kubernetes.
FOREIGN = ("keda.sh/",)
MAY_LEAVE = {"prompt", "moderation", "image"}

Document = dict[str, Any]


def rendered(overlay: Path) -> list[Document]:
    """The documents of an overlay.

    Raises:
        subprocess.CalledProcessError: kustomize refused it.
    """
    command = [str(KUBECTL), "kustomize", str(overlay)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return [document for document in yaml.safe_load_all(done.stdout) if document]


def problems(documents: list[Document]) -> Iterator[str]:
    """What is wrong with the documents of one overlay."""
    for document in documents:
        label = f"{document['kind']}/{document['metadata']['name']}"
        if not document["apiVersion"].startswith(FOREIGN):
            try:
                kubernetes_validate.validate(document, KUBERNETES, strict=True)
            except kubernetes_validate.ValidationError as error:
                yield f"{label}: {error.message} at {'.'.join(str(part) for part in error.path)}"
        if document["kind"] in ("Deployment", "StatefulSet"):
            yield from (f"{label}: {problem}" for problem in _unconfined(document["spec"]["template"]["spec"]))
        if document["kind"] == "NetworkPolicy" and _leaves(document) and document["metadata"]["name"] not in MAY_LEAVE:
            yield f"{label}: lets pods out of the cluster"
    yield from _unbudgeted(documents)


def _unconfined(pod: Document) -> Iterator[str]:
    """What keeps a pod from the restricted profile, or from ending calmly."""
    security = pod.get("securityContext", {})
    if not security.get("runAsNonRoot") or security.get("seccompProfile", {}).get("type") != "RuntimeDefault":
        yield "runs as root or without seccomp"
    if pod.get("automountServiceAccountToken") is not False:
        yield "has a service account token"
    for container in pod["containers"]:
        inner = container.get("securityContext", {})
        if not inner.get("readOnlyRootFilesystem") or inner.get("allowPrivilegeEscalation") is not False:
            yield f"{container['name']} can write its root or gain privileges"
        if inner.get("capabilities", {}).get("drop") != ["ALL"]:
            yield f"{container['name']} keeps capabilities"
        if "readinessProbe" not in container or "memory" not in container["resources"].get("limits", {}):
            yield f"{container['name']} has no readiness probe or no memory limit"
        grace = [row["value"] for row in container.get("env", ()) if row["name"].endswith("_GRACE_S")]
        if grace and pod.get("terminationGracePeriodSeconds", 30) <= int(grace[0]):
            yield f"{container['name']} is killed before its own grace is over"


def _leaves(policy: Document) -> bool:
    peers = (peer for rule in policy["spec"].get("egress", ()) for peer in rule.get("to", ({"ipBlock": {}},)))
    return any("ipBlock" in peer for peer in peers)


def _unbudgeted(documents: list[Document]) -> Iterator[str]:
    budgets = {row["metadata"]["name"] for row in documents if row["kind"] == "PodDisruptionBudget"}
    for document in documents:
        name = document["metadata"]["name"]
        several = document.get("spec", {}).get("replicas", 2) > 1
        if document["kind"] in ("Deployment", "StatefulSet") and several and name not in budgets:
            yield f"{document['kind']}/{name}: has several replicas and no PodDisruptionBudget"


def main() -> None:
    """Print what is wrong; exit code 1 if anything is."""
    found = []
    for overlay in sorted(path for path in OVERLAYS.iterdir() if path.is_dir()):
        documents = rendered(overlay)
        found += [f"{overlay.name}: {problem}" for problem in problems(documents)]
        sys.stdout.write(f"{overlay.name}: {len(documents)} documents\n")
    for problem in found:
        sys.stderr.write(f"{problem}\n")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
