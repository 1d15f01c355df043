"""The API description against the running gateway: schemathesis finds nothing, and Chromium shows it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from gateway.openapi import document
from tests.e2e.browser import ARGUMENTS, CHROMIUM, page_errors
from tests.e2e.gateways import run_gateway
from tests.e2e.harness import Stack

SCHEMATHESIS = Path(sys.executable).parent / "schemathesis"
# Whether a picture can be made of any valid text, or a text body is valid, no schema can say; so the two checks that
# hold a schema for the whole truth about a request are left out. All about answers are in.
CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "unsupported_method",
    "missing_required_header",
    "use_after_free",
    "ensure_resource_availability",
)
# A store that gives out no links says so, which is an answer of its own and no defect.
CONFIG = """
[checks.not_a_server_error]
expected-statuses = ["2xx", "3xx", "4xx", "501"]
"""


def schemathesis(url: str, folder: Path, *options: str) -> None:
    config = folder / "schemathesis.toml"
    config.write_text(CONFIG)
    command = [str(SCHEMATHESIS), "--config-file", str(config), "run", f"{url}/openapi.json"]
    command += ["--seed", "1", "--checks", ",".join(CHECKS), *options]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=280)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert "Tested: " in done.stdout


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_schemathesis_finds_no_server_error_and_no_undeclared_answer(stack: Stack, tmp_path: Path) -> None:
    schemathesis(stack.url, tmp_path, "--max-examples", "10", "--max-time", "30")


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_schemathesis_finds_nothing_where_keys_and_limits_are_in_force(stack: Stack, tmp_path: Path) -> None:
    with run_gateway(stack, tmp_path, requests_per_minute="300", concurrent_jobs="2") as gateway:
        _, token = gateway.make_key("schemathesis")
        header = f"Authorization: Bearer {token}"
        phases = ("--phases", "examples,coverage,fuzzing")
        schemathesis(gateway.url, tmp_path, "--max-examples", "5", "--max-time", "20", *phases, "--header", header)


def test_the_description_is_the_one_that_is_served(stack: Stack) -> None:
    assert stack.get("/openapi.json").json() == document()


def test_the_description_can_be_browsed_without_asking_anybody_else(stack: Stack) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = browser.new_page()
        errors = page_errors(page)
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{stack.url}/docs")
        page.wait_for_selector("#createAsset")
        paths = document()["paths"]
        assert isinstance(paths, dict)
        for item in paths.values():
            for operation in item.values():
                assert page.locator(f"#{operation['operationId']}").count() == 1
        answer = page.locator("#createAsset details", has_text="The content is empty or too long").first
        answer.locator("summary").first.click()
        assert answer.locator("pre").count() > 0
        page.locator("nav a", has_text="Stop the work").click()
        assert page.url.endswith("#cancelAsset")
        browser.close()
    assert errors == []
    assert all(url.startswith(stack.url) for url in asked)
