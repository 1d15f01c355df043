"""What a release says of itself is one version, and its list of packages is whole."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

from client.version import version as client_version
from gateway.openapi import document
from services.kit.version import version
from tests import checks
from tests.manifests import ROOT


def test_the_version_stands_in_one_place() -> None:
    written = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert re.fullmatch(r"\d+\.\d+\.\d+", written)
    assert metadata.version("atelier") == written, "install anew: pip install -e ."
    assert (version(), client_version()) == (written, written)
    assert document()["info"]["version"] == written  # type: ignore[index]
    command = [sys.executable, "-m", "client.command.app", "--version"]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == f"atelier {written}\n"
    assert "version" in tomllib.loads((ROOT / "client/pyproject.toml").read_text())["project"]["dynamic"]


def test_the_changelog_tells_of_this_version_first() -> None:
    written = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    text = (ROOT / "CHANGELOG.md").read_text()
    headings = re.findall(r"^## \[(.+?)\](.*)$", text, re.MULTILINE)
    assert headings[0][0] in ("Unreleased", written)
    kinds = set(re.findall(r"^### (.+)$", text, re.MULTILINE))
    assert kinds <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}


def test_the_list_of_packages_is_that_of_the_lock(tmp_path: Path) -> None:
    tool = Path(sys.executable).parent / "cyclonedx-py"
    if not tool.exists():
        pytest.skip("cyclonedx-bom is not installed")
    out = tmp_path / "sbom.json"
    # As `make sbom` does.
    command = [tool, "requirements", "requirements.txt", "--pyproject", "pyproject.toml", "--output-reproducible"]
    assert " ".join(map(str, command[1:])) in (ROOT / "Makefile").read_text()
    subprocess.run([*command, "-o", out], cwd=ROOT, check=True, capture_output=True)
    made = json.loads(out.read_text())
    assert made["bomFormat"] == "CycloneDX"
    assert made["metadata"]["component"]["name"] == "atelier"
    listed = {(one["name"], one["version"]) for one in made["components"]}
    pinned = set(re.findall(r"^([a-z0-9._-]+)==([^ ;\\]+)", (ROOT / "requirements.txt").read_text(), re.MULTILINE))
    assert len(pinned) > 30
    assert listed == pinned
    assert all(one["purl"].startswith("pkg:") for one in made["components"])


def test_links_that_lead_nowhere_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "ROOT", tmp_path)
    (tmp_path / "docs").mkdir()
    pages = {
        "README.md": "[a](docs/a.md) [b](docs/b.md#two-words) [c](docs/none.md) `[d](no)` [e](https://x.example)",
        "docs/a.md": "# A\n\n[up](../README.md) [no](b.md#other)\n\n```\n[x](y)\n```\n",
        "docs/b.md": "## Two words\n",
        "docs/c.md": "",
    }
    for name, text in pages.items():
        (tmp_path / name).write_text(text)
    files = [tmp_path / name for name in pages]
    assert list(checks.broken_links(files)) == [
        "README.md: links to docs/none.md, which is not there",
        "docs/a.md: links to b.md#other, which has no such heading",
    ]
    assert list(checks.unlisted_pages(files)) == ["README.md: does not link docs/c.md"]
