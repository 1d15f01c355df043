"""The client's own wheel: built offline, installed into an empty directory, and used from there alone."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tests.e2e.harness import Stack
from tests.environment import clean_environ

ROOT = Path(__file__).parents[2]


def run(*command: str | Path, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*map(str, command)], capture_output=True, text=True, check=False, **options)  # type: ignore[call-overload,no-any-return]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    built = run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", out, cwd=ROOT / "client")
    assert built.returncode == 0, built.stderr
    (found,) = out.iterdir()
    return found


def needed(requirements: Iterable[str], extra: str = "") -> set[str]:
    """The distributions that requirements name, with those that these need in turn."""
    names: set[str] = set()
    for text in requirements:
        requirement = Requirement(text)
        if requirement.marker and not requirement.marker.evaluate({"extra": extra}):
            continue
        names.add(requirement.name)
        for own in ("", *requirement.extras):
            names |= needed(metadata.requires(requirement.name) or (), own)
    return names


def top_level(distribution: str) -> set[str]:
    """What a distribution puts into site-packages."""
    parts = {path.parts[0] for path in metadata.files(distribution) or ()}
    return {part for part in parts if part not in ("..", "__pycache__")}


class Install:
    """The wheel installed into a directory, beside links to what it says it needs."""

    def __init__(self, wheel: Path, target: Path, extra: str = "") -> None:
        self.target = target
        pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet")
        done = run(*pip, "--no-deps", "--no-index", "--target", target, wheel)
        assert done.returncode == 0, done.stderr
        site = Path(sysconfig.get_path("purelib"))
        (own,) = metadata.distributions(name="atelier-client", path=[str(target)])
        for distribution in needed(own.requires or (), extra):
            for name in top_level(distribution) - {path.name for path in target.iterdir()}:
                (target / name).symlink_to(site / name)

    def run(self, *arguments: str | Path, script: str = "", url: str = "") -> subprocess.CompletedProcess[str]:
        """Run the command, or a script, in a Python that sees the standard library and this directory only."""
        clean = clean_environ()
        environment = {**clean, "PYTHONPATH": str(self.target), "ATELIER_CLIENT_URL": url, "NO_COLOR": "1"}
        what = ("-c", script) if script else ("-m", "atelier_client.command.app")
        return run(sys.executable, "-S", *what, *arguments, cwd=self.target, env=environment)


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Install:
    return Install(wheel, tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="module")
def installed_with_grpc(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Install:
    return Install(wheel, tmp_path_factory.mktemp("site"), "grpc")


def test_the_wheel_has_the_version_of_the_repository(wheel: Path, installed: Install) -> None:
    assert wheel.name.startswith(f"atelier_client-{metadata.version('atelier')}-")
    shown = installed.run("--version")
    assert shown.stdout == f"atelier {metadata.version('atelier')}\n", shown.stderr


def test_the_wheel_holds_every_module_of_the_client_and_the_stubs_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
    wanted = {
        f"atelier_client/{path.relative_to(ROOT / 'client')}"
        for path in (ROOT / "client").rglob("*.py")
        if path.name != "demo.py"
    }
    stubs = {str(path.relative_to(ROOT / "protos/python")) for path in (ROOT / "protos/python").rglob("*.py")}
    assert {name for name in names if name.endswith(".py")} == wanted | stubs
    assert {name.partition("/")[0] for name in names} == {"atelier_client", "atelier"}
    assert "atelier_client/py.typed" in names


def test_the_command_runs_without_the_services_and_without_grpc(installed: Install) -> None:
    script = (
        "import importlib.util as u; print([n for n in ('grpc', 'aiohttp', 'services', 'client') if u.find_spec(n)])"
    )
    assert installed.run(script=script).stdout.strip() == "[]"
    shown = installed.run("--help")
    assert shown.returncode == 0, shown.stderr
    assert "batch" in shown.stdout


def test_a_picture_is_made_with_the_wheel_alone(installed: Install, stack: Stack, tmp_path: Path) -> None:
    (tmp_path / "fog.txt").write_text("Fog lifts from the harbour.")
    done = installed.run("create", tmp_path / "fog.txt", "--out", tmp_path / "out", url=stack.url)
    assert done.returncode == 0, done.stderr
    (path,) = done.stdout.split()
    assert Path(path).stat().st_size > 1000


def test_what_needs_grpc_says_what_to_install(installed: Install, stack: Stack) -> None:
    called = installed.run("call", stack.address("orchestrator"))
    assert called.returncode == 1
    assert "atelier-client[grpc]" in called.stderr
    checked = installed.run("doctor", url=stack.url)
    assert checked.returncode == 0, checked.stdout
    assert "atelier-client[grpc]" in checked.stdout
    asked = installed.run(script="import atelier_client; atelier_client.AsyncAtelier")
    assert "No module named 'grpc'" in asked.stderr


def test_with_its_extra_the_wheel_calls_the_services(installed_with_grpc: Install, stack: Stack) -> None:
    called = installed_with_grpc.run("call", stack.address("orchestrator"))
    assert called.returncode == 0, called.stderr
    assert "atelier.orchestrator.v1.OrchestratorService/CreateAsset" in called.stdout


def test_keys_are_made_where_the_gateway_is(installed: Install) -> None:
    done = installed.run("keys", "list")
    assert done.returncode == 1
    assert "only its client" in done.stderr
