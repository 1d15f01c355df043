"""`atelier batch`: interrupted and resumed without a second asset, failures told and tried anew."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from client import Atelier
from client.command import exits
from tests.e2e.cli import CommandLine
from tests.e2e.harness import Stack

PAINTER = "@cf/black-forest-labs/flux-1-schnell"


@pytest.fixture
def atelier(stack: Stack) -> CommandLine:
    return CommandLine(stack)


@pytest.fixture
def texts(tmp_path: Path, word: str) -> Path:
    folder = tmp_path / "texts"
    (folder / "more").mkdir(parents=True)
    for name in ("a.txt", "b.md", "c.html", "more/d.txt"):
        (folder / name).write_text(f"Boats named {name[0]} in the {word}")
    (folder / "notes.json").write_text("{}")
    (folder / ".hidden.txt").write_text("hidden")
    return folder


def made(stack: Stack, word: str) -> list[str]:
    with Atelier(stack.url) as client:
        return [asset.name for asset in client.list() if word in asset.content]


def ledger(out: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (out / "batch.jsonl").read_text().splitlines()]


def test_a_directory_becomes_pictures_named_after_its_files(atelier: CommandLine, texts: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    planned = atelier("batch", texts, "--out", out, "--dry-run")
    assert [line.split("\t")[0] for line in planned.lines] == ["a", "b", "c", "more-d"]
    assert not out.exists()
    done = atelier("batch", texts, "--out", out, "-n", "2", "-j", "2")
    assert done.code == exits.OK, done.err
    stems = {path.stem for path in out.iterdir() if path.suffix != ".jsonl"}
    assert stems == {f"{key}-{number}" for key in ("a", "b", "c", "more-d") for number in (1, 2)}
    assert "4 items: 4 succeeded; 0 were done before" in done.out
    again = atelier("batch", texts, "--out", out, "-n", "2")
    assert again.code == exits.OK
    assert "4 were done before" in again.out


def test_an_interrupted_batch_goes_on_without_a_second_asset(
    atelier: CommandLine, stack: Stack, texts: Path, tmp_path: Path, word: str
) -> None:
    out = tmp_path / "out"
    stack.fault(contains=word, latency_ms=5000)
    stopped = atelier.interrupted("batch", texts, "--out", out, "-j", "2", when=lambda: len(made(stack, word)) >= 2)
    assert stopped.code == exits.INTERRUPTED
    assert "the same command again takes it up" in stopped.err
    stack.clear_faults()
    done = atelier("batch", texts, "--out", out, "-j", "2")
    assert done.code == exits.OK, done.err
    assert len(made(stack, word)) == 4


def test_at_most_so_many_are_in_work_at_once(
    atelier: CommandLine, stack: Stack, texts: Path, tmp_path: Path, word: str
) -> None:
    stack.fault(contains=word, latency_ms=5000)
    atelier.interrupted("batch", texts, "--out", tmp_path, "-j", "1", when=lambda: made(stack, word))
    assert len(made(stack, word)) == 1


def test_a_failed_item_is_told_and_made_anew_the_next_time(
    atelier: CommandLine, stack: Stack, texts: Path, tmp_path: Path, word: str
) -> None:
    out = tmp_path / "out"
    stack.fault(model=PAINTER, status=400, code=3030, message="filtered")
    failed = atelier("batch", texts, "--out", out, "--json")
    assert failed.code == exits.FAILED
    assert {json.loads(line)["state"] for line in failed.lines} == {"failed"}
    assert all(json.loads(line)["error"] for line in failed.lines)
    stack.clear_faults()
    done = atelier("batch", texts, "--out", out, "--json")
    assert done.code == exits.OK, done.err
    assert {(row["attempt"], row["state"]) for row in ledger(out)[-4:]} == {(2, "succeeded")}
    assert len(made(stack, word)) == 8


def test_a_lost_ledger_costs_no_second_asset_and_a_torn_one_no_item(
    atelier: CommandLine, stack: Stack, texts: Path, tmp_path: Path, word: str
) -> None:
    out = tmp_path / "out"
    assert atelier("batch", texts, "--out", out).code == exits.OK
    rows = (out / "batch.jsonl").read_bytes()
    (out / "batch.jsonl").unlink()
    assert atelier("batch", texts, "--out", out).code == exits.OK
    assert len(made(stack, word)) == 4
    (out / "batch.jsonl").write_bytes(rows[:-20])
    assert atelier("batch", texts, "--out", out).code == exits.OK
    assert "4 were done before" in atelier("batch", texts, "--out", out).out
    (texts / "a.txt").write_text(f"Something else in the {word}")
    assert "3 were done before" in atelier("batch", texts, "--out", out).out
    assert len(made(stack, word)) == 5


def test_a_table_gives_each_row_its_own_options(atelier: CommandLine, texts: Path, tmp_path: Path, word: str) -> None:
    table = texts / "table.csv"
    table.write_text(
        "id,file,content,variants,size\n"
        f"one,,Rain over the {word},2,open-graph\n"
        "two,a.txt,,,\n"
        "three,none.txt,,,\n"
        "four,,Snow,many,\n"
        "five,,,,\n"
    )
    done = atelier("batch", table, "--out", tmp_path / "out", "--json")
    assert done.code == exits.FAILED
    rows = {row["key"]: row for row in map(json.loads, done.lines)}
    assert {key: (row["state"], len(row["pictures"])) for key, row in rows.items()} == {
        "one": ("succeeded", 2),
        "two": ("succeeded", 1),
        "three": ("error", 0),
        "four": ("error", 0),
        "five": ("error", 0),
    }
    assert "none.txt" in rows["three"]["error"]


def test_a_batch_that_only_the_policy_held_up_says_so(
    atelier: CommandLine, stack: Stack, texts: Path, tmp_path: Path
) -> None:
    stack.fault(model="@cf/meta/llama-guard-3-8b", text="unsafe\nS10")
    assert atelier("batch", texts, "--out", tmp_path).code == exits.BLOCKED


def test_what_is_no_batch_is_wrong_usage(atelier: CommandLine, texts: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    odd = tmp_path / "odd.csv"
    odd.write_text("titel,inhalt\na,b\n")
    (texts / "a.md").write_text("another a")
    for source in (tmp_path / "none", empty, odd, texts):
        assert atelier("batch", source, "--out", tmp_path / "out").code == exits.USAGE


def test_without_a_server_every_item_says_why(atelier: CommandLine, texts: Path, tmp_path: Path) -> None:
    done = atelier("batch", texts, "--out", tmp_path, "--url", "http://127.0.0.1:1")
    assert done.code == exits.FAILED
    assert done.err.count("nothing answers at http://127.0.0.1:1") == 4
