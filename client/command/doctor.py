"""`atelier doctor`: asks every service whether it can do its work, and says what to do where one cannot."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from typing import Annotated
from urllib.parse import urlsplit

import requests
import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ..http import DEFAULT_URL, BearerAuth
from . import exits
from .finding import Finding
from .numbers import check_numbers, page_of
from .options import AsJson, Key, Url
from .output import print_line
from .places import PLACES

TIMEOUT_S = 10.0
LOOPBACK = ("127.0.0.1", "localhost", "::1")


def doctor(
    ask_models: Annotated[
        bool,
        typer.Option(
            "--models/--no-models", help="Also ask each model one small question; hosted models charge for it."
        ),
    ] = True,
    as_json: AsJson = False,
    url: Url = DEFAULT_URL,
    api_key: Key = "",
) -> None:
    """Check gateway, services, credentials, engines and models; exit code 1 where something is wrong.

    Services are asked where ATELIER_<SERVICE>_LISTEN says, else on the usual ports of this machine; over mutual TLS
    where ATELIER_TLS_CERTIFICATE, _KEY and _CA are set. Numbers are read where ATELIER_<SERVICE>_METRICS_LISTEN says.
    """
    good = True
    with exits.errors_exit():
        for finding in findings(url.rstrip("/"), api_key, ask_models=ask_models):
            good = good and finding.good
            if as_json:
                print_line(finding.to_dict())
            else:
                _show(finding)
    sys.exit(exits.OK if good else exits.FAILED)


def findings(url: str, api_key: str, *, ask_models: bool) -> Iterator[Finding]:
    """All checks, one after the other, each when it is done."""
    yield check_credentials(os.environ)
    gateway = check_gateway(url, api_key)
    yield gateway
    if gateway.good:
        yield check_numbers("gateway", f"{url}/metrics", api_key)
    named = any(f"ATELIER_{name.upper()}_LISTEN" in os.environ for name in PLACES)
    if not named and (urlsplit(url).hostname or "") not in LOOPBACK:
        says = f"not asked: {urlsplit(url).hostname} is another machine"
        yield Finding("services", True, says, "run `atelier doctor` there, or set ATELIER_<SERVICE>_LISTEN")
        return
    try:
        from . import probes
    except ImportError:
        yield Finding("services", True, "not asked: gRPC is not installed", "pip install 'atelier-client[grpc]'")
        return
    for name in PLACES:
        found = probes.check_service(name)
        yield found
        if page := page_of(name):
            yield check_numbers(name, page)
        if found.good and ask_models and name in probes.QUESTIONS:
            yield probes.check_model(name)


def check_credentials(environ: Mapping[str, str]) -> Finding:
    """Both of account and token, or neither."""
    account, token = environ.get("CLOUDFLARE_ACCOUNT_ID"), environ.get("CLOUDFLARE_API_TOKEN")
    if bool(account) != bool(token):
        missing = "CLOUDFLARE_API_TOKEN" if account else "CLOUDFLARE_ACCOUNT_ID"
        return Finding("credentials", False, f"{missing} is not set", "set both for the hosted models, or neither")
    says = "set here: hosted models" if account else "not set here: embedded engines, unless the services have others"
    return Finding("credentials", True, says)


def check_gateway(url: str, api_key: str) -> Finding:
    """The gateway answers, is ready, and takes the key."""
    try:
        ready = requests.get(f"{url}/readyz", timeout=TIMEOUT_S)
        listed = requests.get(f"{url}/v1/assets?page_size=1", auth=BearerAuth(api_key), timeout=TIMEOUT_S)
    except requests.RequestException as error:
        advice = "start the stack with `make up`, or say where it is with --url or ATELIER_CLIENT_URL"
        return Finding("gateway", False, f"nothing answers at {url} ({type(error).__name__})", advice)
    if ready.status_code == 404:
        return Finding("gateway", False, f"what answers at {url} is no gateway", "give another --url")
    if listed.status_code == 401:
        advice = exits.ADVICE["KEY_REFUSED" if api_key else "KEY_MISSING"]
        return Finding("gateway", False, "the API key is missing, unknown or revoked", advice)
    if listed.status_code == 403:
        return Finding("gateway", False, "the API key lacks the scope read", "make one with --scope read")
    if ready.status_code != 200:
        return Finding("gateway", False, f"{url} is not ready", "the orchestrator below says why")
    return Finding("gateway", listed.ok, f"ready at {url}" if listed.ok else f"answers HTTP {listed.status_code}")


def _show(finding: Finding) -> None:
    if not sys.stdout.isatty():
        advice = f"; {finding.advice}" if finding.advice else ""
        sys.stdout.write(f"{'ok' if finding.good else 'BAD'}\t{finding.what}\t{finding.says}{advice}\n")
        sys.stdout.flush()
        return
    table = Table.grid(padding=(0, 1))
    table.add_column(width=1)
    table.add_column(width=17, no_wrap=True)
    table.add_column(overflow="fold")
    mark = Text("✓", style="green") if finding.good else Text("✗", style="red")
    table.add_row(mark, finding.what, Text(finding.says))
    if finding.advice:
        table.add_row("", "", Text(finding.advice, style="dim"))
    Console().print(table)
