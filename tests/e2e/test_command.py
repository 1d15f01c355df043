"""The `atelier` command about single assets, in pipes and in a terminal, with its exit codes."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path

import docx
import pytest
from PIL import Image

from client.command import exits
from services.local.ports import find_ports
from tests.e2e.cli import COMMAND, CommandLine
from tests.e2e.harness import Stack

DOCS = Path(__file__).parents[2] / "docs" / "command.md"


@pytest.fixture
def atelier(stack: Stack) -> CommandLine:
    return CommandLine(stack)


@pytest.fixture
def text(tmp_path: Path, word: str) -> Path:
    path = tmp_path / "fog.md"
    path.write_text(f"# Fog\n\nFog lifts from the {word}.")
    return path


def test_in_a_pipe_stdout_has_the_pictures_and_stderr_the_steps(
    atelier: CommandLine, text: Path, tmp_path: Path
) -> None:
    done = atelier("create", text, "-n", "2", "--size", "300x260", "--out", tmp_path / "out")
    assert done.code == exits.OK, done.err
    assert len(done.lines) == 2
    for line in done.lines:
        with Image.open(line) as picture:
            assert picture.size == (300, 260)
    assert all(re.fullmatch(r"fog-[0-9a-f]{8}-[12]\.\w+", Path(line).name) for line in done.lines)
    assert "... write prompts" in done.err
    assert " ok variant 2: paint picture: 300x260" in done.err
    assert re.search(r"^succeeded assets/\S+ in ", done.err, re.MULTILINE)
    assert "\x1b" not in done.out + done.err


def test_json_is_the_events_one_a_line(atelier: CommandLine, stack: Stack, tmp_path: Path) -> None:
    done = atelier("create", "-", "--json", "--out", tmp_path, stdin=b"Ein stiller Kanal im Schnee")
    events = [json.loads(line) for line in done.lines]
    assert [int(event["sequence"]) for event in events] == list(range(1, len(events) + 1))
    asset = events[-1]["finished"]["asset"]
    assert asset["content"] == "Ein stiller Kanal im Schnee"
    assert Path(done.err.strip()).parent == tmp_path
    again = atelier("watch", asset["name"], "--json", "--after", "2")
    assert [json.loads(line) for line in again.lines] == events[2:]


def test_a_word_document_becomes_a_picture(atelier: CommandLine, tmp_path: Path, word: str) -> None:
    document = docx.Document()
    document.add_paragraph(f"Cranes over the {word}")
    document.save(str(tmp_path / "report.docx"))
    name = atelier("create", tmp_path / "report.docx", "--detach").out.strip()
    assert json.loads(atelier("get", name).out)["content"].strip() == f"Cranes over the {word}"
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 and nothing more")
    refused = atelier("create", broken)
    assert (refused.code, refused.out) == (exits.REFUSED, ""), refused.err


def test_a_terminal_shows_a_line_for_each_variant_and_the_result(
    atelier: CommandLine, text: Path, tmp_path: Path
) -> None:
    done = atelier.in_terminal("create", text, "-n", "3", "--out", tmp_path)
    assert done.code == exits.OK, done.out
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", done.out)
    assert all(re.search(rf"✓  variant {number}  .*allowed › 1024x1024", plain) for number in (1, 2, 3))
    assert "SUCCEEDED  assets/" in plain
    assert "local/instant" in plain
    assert "alt text" in plain


def test_retries_are_shown_while_they_are_waited_for(atelier: CommandLine, stack: Stack, text: Path) -> None:
    stack.fault(model="@cf/black-forest-labs/flux-1-schnell", times=1, status=503, code=3040)
    done = atelier("create", text, "--out", text.parent)
    assert done.code == exits.OK, done.err
    assert "RETRY variant 1: paint picture: again in " in done.err
    assert "... variant 1: paint picture, try 2" in done.err


def test_detached_work_is_found_watched_opened_and_deleted(
    atelier: CommandLine, text: Path, word: str, tmp_path: Path
) -> None:
    name = atelier("create", text, "--detach").out.strip()
    identifier = name.removeprefix("assets/")
    assert atelier("watch", identifier, "--out", tmp_path / "seen").code == exits.OK
    assert json.loads(atelier("get", identifier).out)["state"] == "STATE_SUCCEEDED"
    rows = [line.split("\t") for line in atelier("list", "--state", "succeeded").lines]
    (row,) = [row for row in rows if row[0] == name]
    assert row[1] == "succeeded"
    assert row[3:] == ["1/1", f"Fog Fog lifts from the {word}."]
    assert name not in atelier("list", "--state", "failed", "--state", "queued").out
    assert atelier("cancel", name).out == f"{name}\tsucceeded\n"
    opened = atelier("open", name, "--out", tmp_path / "opened")
    assert Path(opened.out.strip()).read_bytes() == next((tmp_path / "seen").iterdir()).read_bytes()
    removed = atelier("rm", "none", name)
    assert (removed.code, removed.out) == (exits.NOT_FOUND, f"{name}\tdeleted\n")
    assert atelier("get", name).code == exits.NOT_FOUND


def test_the_same_request_id_again_joins_the_first_asset(atelier: CommandLine, text: Path, word: str) -> None:
    names = {atelier("create", text, "--detach", "--request-id", word).out for _ in range(2)}
    assert len(names) == 1


def test_each_way_to_fail_has_its_exit_code(atelier: CommandLine, stack: Stack, text: Path, word: str) -> None:
    bad = text.with_name("bad.txt")
    bad.write_bytes(b"\xff\xfe")
    for arguments in (
        ["create", text, "-n", "9"],
        ["create", "/none"],
        ["create", bad],
        ["create", text, "--size", "x"],
    ):
        assert atelier(*arguments).code == exits.USAGE
    refused = atelier("create", "-", stdin=b"")
    assert refused.code == exits.REFUSED
    assert refused.err.startswith("atelier: CONTENT_LENGTH: ")
    assert atelier("watch", "none").code == exits.NOT_FOUND
    (port,) = find_ports(1)
    away = f"http://127.0.0.1:{port}"
    lost = atelier("list", "--url", away)
    assert lost.code == exits.UNREACHABLE
    assert "atelier doctor" in lost.err
    stack.fault(model="@cf/meta/llama-guard-3-8b", text="unsafe\nS1")
    blocked = atelier("create", text, "--out", text.parent)
    assert (blocked.code, blocked.out) == (exits.BLOCKED, "")
    assert "BLOCKED variant 1: check prompt: blocked (S1 violent crimes)" in blocked.err
    stack.clear_faults()
    stack.fault(model="@cf/black-forest-labs/flux-1-schnell", status=400, code=3030, message="filtered")
    failed = atelier("create", text, "--out", text.parent)
    assert (failed.code, failed.out) == (exits.FAILED, "")
    assert "FAILED variant 1: paint picture" in failed.err


def test_ctrl_c_leaves_the_work_going_on_and_says_how_to_see_it(
    atelier: CommandLine, stack: Stack, text: Path, word: str
) -> None:
    stack.fault(contains=word, latency_ms=5000)
    stopped = atelier.interrupted("create", text, when=lambda: word in stack.get("/v1/assets").text)
    assert stopped.code == exits.INTERRUPTED
    name = re.search(r"atelier watch (assets/\S+)", stopped.err)
    if name is not None:
        assert atelier("watch", name[1]).code == exits.OK
    else:
        assert stopped.err == "atelier: interrupted\n"


def test_without_an_output_help_is_no_error(atelier: CommandLine) -> None:
    words = ["sh", "-c", 'exec "$@" >&-', "sh", *COMMAND, "--help"]
    done = subprocess.run(words, stderr=subprocess.PIPE, env=atelier.environment, check=False)
    assert (done.returncode, done.stderr) == (exits.OK, b"")


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_reader_that_has_seen_enough_is_no_error(atelier: CommandLine, text: Path, unbuffered: str) -> None:
    atelier("create", text)
    ours, theirs = os.pipe()
    os.close(ours)
    environment = atelier.environment | {"PYTHONUNBUFFERED": unbuffered}
    done = subprocess.run([*COMMAND, "list"], stdout=theirs, stderr=subprocess.PIPE, env=environment, check=False)
    os.close(theirs)
    assert (done.returncode, done.stderr) == (exits.OK, b"")


def test_asset_names_states_and_sizes_are_completed(atelier: CommandLine, text: Path) -> None:
    name = atelier("create", text, "--detach").out.strip()

    def complete(line: str) -> list[str]:
        words = {"_ATELIER_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": str(line.count(" "))}
        return CommandLine(atelier.stack, words)().lines

    assert name in complete("atelier get assets/")
    assert name.removeprefix("assets/") in complete("atelier cancel ")
    assert complete("atelier list --state suc") == ["succeeded"]
    assert complete("atelier create fog.md --size open") == ["open-graph"]


def test_help_and_the_documentation_name_every_exit_code(atelier: CommandLine) -> None:
    shown = atelier("--help")
    documented = DOCS.read_text(encoding="utf-8")
    for line in (exits.__doc__ or "").splitlines()[2:]:
        code, meaning = line.split(maxsplit=1)
        assert re.search(rf"{code}\s+{re.escape(meaning)}", shown.out), line
        assert f"| {code} | {meaning} |" in documented, line
    assert atelier("--version").out.startswith("atelier ")


def test_the_documentation_names_every_command_and_option(atelier: CommandLine) -> None:
    documented = DOCS.read_text(encoding="utf-8")
    commands = re.findall(r"^│ (\w+)\s", atelier("--help").out, re.MULTILINE)
    assert {"create", "watch", "batch", "doctor", "call", "keys"} <= set(commands)
    for command in commands:
        assert f"## atelier {command}" in documented, command
        for option in re.findall(r"^│ \*?\s*(--[a-z-]+)", atelier(command, "--help").out, re.MULTILINE):
            assert option == "--help" or option in documented, (command, option)
