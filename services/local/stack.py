"""All processes of Atelier on one machine: starting them together, knowing when they serve, stopping them in order.

The list of processes is a table; which addresses and credentials each one gets is decided in `plan`, without I/O.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from services.kit.config import ONE_PROCESS_ENV, ConfigError, is_on
from services.local import nats_server
from services.local.ports import find_ports

HOST = "127.0.0.1"
# Each process ends when its parent does.
ARGUMENTS = ("--with-parent",)
ACCOUNT_ID = "0" * 31 + "1"
TOKEN = "local"  # noqa: S105 - the stand-in takes any token; it guards nothing


@dataclass(frozen=True, slots=True)
class Process:
    """One process: the module that runs, the port of the design, the gRPC services whose health says that it serves.

    `ready` is what the process logs once it listens, where it prints no ready line of ours. `holds` names those that
    run in it together, on their own ports.
    """

    name: str
    module: str
    port: int
    services: tuple[str, ...] = ()
    ready: str = ""
    holds: tuple[str, ...] = ()

    @property
    def is_foreign(self) -> bool:
        """Whether it becomes a program that is not ours."""
        return bool(self.ready)

    @property
    def listen_env(self) -> str:
        """The variable that holds its address."""
        return "ATELIER_UP_NATS_LISTEN" if self.name == "nats" else f"ATELIER_{self.name.upper()}_LISTEN"


# In the order in which they stop: whoever calls goes before whoever is called.
PROCESSES = (
    Process("gateway", "gateway", 8080),
    Process("orchestrator", "services.orchestrator", 50050, ("atelier.orchestrator.v1.OrchestratorService",)),
    Process("nats", "services.local.nats_server", 4222, ready=nats_server.READY),
    Process("prompt", "services.prompt", 50051, ("atelier.prompt.v1.PromptService",)),
    Process("moderation", "services.moderation", 50052, ("atelier.moderation.v1.ModerationService",)),
    Process("image", "services.image", 50053, ("atelier.image.v1.ImageService",)),
    Process("local", "services.local", 8787),
)
# In place of those that it holds, where the operator wants one process.
ONEBOX = Process("onebox", "services.onebox", 0, holds=("gateway", "orchestrator", "prompt", "moderation", "image"))
# What Workers AI allows an account, calls a minute.
ACCOUNT_LIMITS = {"ATELIER_ORCHESTRATOR_TEXTS_PER_MINUTE": "300", "ATELIER_ORCHESTRATOR_IMAGES_PER_MINUTE": "720"}
LEAVES = ("prompt", "moderation", "image")
# The stand-in has an eye for pictures that costs nothing; an account pays for each look, so there the operator decides.
# So it is with a second model, for the sizes that the first does not make: those pictures are composed and not cut.
STAND_IN: Mapping[str, Mapping[str, str]] = {
    "moderation": {"ATELIER_MODERATION_IMAGE_MODEL": "@cf/cloudflare/clef-flash"},
    "image": {"ATELIER_IMAGE_MODEL": "@cf/black-forest-labs/flux-1-schnell,@cf/leonardo/phoenix-1.0"},
}
# What processes keep on disk, by the setting that says where; below the data directory unless the operator chose.
STORED: Mapping[str, Mapping[str, str]] = {
    "image": {"ATELIER_IMAGE_STORE": "images"},
    "gateway": {"ATELIER_GATEWAY_KEYS": "keys.json", "ATELIER_GATEWAY_WEBHOOKS": "webhooks.db"},
}


@dataclass(frozen=True, slots=True)
class Plan:
    """Which processes run, each with its address and its environment."""

    processes: tuple[Process, ...]
    addresses: Mapping[str, str]
    environments: Mapping[str, Mapping[str, str]]
    hosted: bool

    @property
    def url(self) -> str:
        """Where the gateway is."""
        secure = self.environments["gateway"].get("ATELIER_GATEWAY_HTTPS_CERTIFICATE")
        return f"{'https' if secure else 'http'}://{self.addresses['gateway']}"


def is_hosted(environ: Mapping[str, str]) -> bool:
    """Whether the hosted models are to be used: account and token are there.

    Raises:
        ConfigError: only one of the two is set; to fall back to the embedded engines would hide a mistake.
    """
    account, token = environ.get("CLOUDFLARE_ACCOUNT_ID", ""), environ.get("CLOUDFLARE_API_TOKEN", "")
    if bool(account) != bool(token):
        missing = "CLOUDFLARE_API_TOKEN" if account else "CLOUDFLARE_ACCOUNT_ID"
        raise ConfigError(f"{missing} is not set: set both for the hosted models, neither for the embedded engines")
    return bool(account)


def plan(environ: Mapping[str, str], data: Path, ports: Mapping[str, int] | None = None) -> Plan:
    """Decide what runs, where, with which environment.

    Args:
        environ: the operator's environment; `ATELIER_<PROCESS>_LISTEN` wins over the ports of the design.
        data: directory below which everything is stored.
        ports: ports to take instead, by process name.
    """
    hosted = is_hosted(environ)
    left_out = {name for name, out in (("local", hosted), ("nats", not needs_nats(environ))) if out}
    processes = tuple(process for process in PROCESSES if process.name not in left_out)
    addresses = {process.name: _address(process, environ, ports) for process in processes}
    nats = _nats(addresses, data) if "nats" in addresses else {}
    environments = {
        process.name: {
            **environ,
            **_settings(process.name, addresses, environ, data, hosted),
            **nats.get(process.name, {}),
        }
        for process in processes
    }
    if is_on(environ, ONE_PROCESS_ENV):
        together = {name: value for held in ONEBOX.holds for name, value in environments[held].items()}
        environments[ONEBOX.name] = together
        processes = (ONEBOX, *(process for process in processes if process.name not in ONEBOX.holds))
    return Plan(processes, addresses, environments, hosted)


def named(name: str) -> Process:
    """The process of that name in the table."""
    return next(process for process in PROCESSES if process.name == name)


def needs_nats(environ: Mapping[str, str]) -> bool:
    """Whether the stack has to run a nats-server: the operator names none, and events are to be kept in one."""
    return not environ.get("NATS_URL") and environ.get("ATELIER_ORCHESTRATOR_JOURNAL") != "memory"


def free_ports() -> dict[str, int]:
    """A free port for each process, no two the same."""
    names = [process.name for process in PROCESSES]
    return dict(zip(names, find_ports(len(names), host=HOST), strict=True))


def _address(process: Process, environ: Mapping[str, str], ports: Mapping[str, int] | None) -> str:
    if ports is not None:
        return f"{HOST}:{ports[process.name]}"
    return environ.get(process.listen_env) or f"{HOST}:{process.port}"


def _settings(
    name: str, addresses: Mapping[str, str], environ: Mapping[str, str], data: Path, hosted: bool
) -> dict[str, str]:
    """What one process is told: its address, those it calls, and where it stores."""
    settings = {f"ATELIER_{name.upper()}_LISTEN": addresses[name]}
    if name == "gateway":
        settings["ATELIER_GATEWAY_ORCHESTRATOR_TARGET"] = _target(addresses["orchestrator"])
    if name == "orchestrator":
        for leaf in LEAVES:
            settings[f"ATELIER_ORCHESTRATOR_{leaf.upper()}_TARGET"] = _target(addresses[leaf])
    if name == "orchestrator" and hosted:
        settings |= {key: limit for key, limit in ACCOUNT_LIMITS.items() if not environ.get(key)}
    settings |= {key: str(data / file) for key, file in STORED.get(name, {}).items() if not environ.get(key)}
    if name in LEAVES and not hosted:
        settings |= {key: value for key, value in STAND_IN.get(name, {}).items() if key not in environ}
        settings["CLOUDFLARE_BASE_URL"] = f"http://{_reachable(addresses['local'])}/client/v4"
        settings["CLOUDFLARE_ACCOUNT_ID"] = ACCOUNT_ID
        settings["CLOUDFLARE_API_TOKEN"] = TOKEN
    return settings


def _nats(addresses: Mapping[str, str], data: Path) -> Mapping[str, Mapping[str, str]]:
    """What the nats-server and its user are told; the token is new each time."""
    token = secrets.token_hex(24)
    return {
        "nats": {"NATS_LISTEN": addresses["nats"], "NATS_STORE": str(data / "nats"), "NATS_TOKEN": token},
        "orchestrator": {"NATS_URL": f"nats://{token}@{_reachable(addresses['nats'])}"},
    }


def _target(address: str) -> str:
    return f"dns:///{_reachable(address)}"


def _reachable(address: str) -> str:
    """The address that a process on this machine connects to; one that means every interface is reached by loopback."""
    host, _, port = address.rpartition(":")
    return f"{HOST}:{port}" if host in ("", "0.0.0.0", "[::]") else address  # noqa: S104 - compared, not bound
