"""The policies of a server: shipped ones, the operator's, the default one, and files that change."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from services.kit.config import ConfigError
from services.kit.errors import Reason, ServiceError
from services.moderation.actions import Action, Ladder, Place
from services.moderation.library import Library
from services.workers_ai.hazards import HAZARDS


def write(folder: Path, name: str, more: str = "", version: int = 1) -> Path:
    path = folder / f"{name}.yaml"
    path.write_text(f"name: {name}\nversion: {version}\ndescription: Own.\n{more}\n")
    return path


def names(library: Library) -> list[str]:
    return [policy.name for policy in library.policies()]


def test_the_shipped_policies_are_there_and_balanced_is_the_default() -> None:
    library = Library()
    assert names(library) == ["balanced", "permissive", "strict"]
    assert library.policy("").name == library.policy("default").name == library.policy("balanced").name == "balanced"


def test_the_presets_differ_as_their_names_say() -> None:
    strict, balanced, permissive = (Library().policy(name) for name in ("strict", "balanced", "permissive"))
    assert strict.places == set(Place)
    assert balanced.places == permissive.places == {Place.PROMPT, Place.IMAGE}
    assert (strict.overlap, strict.required) == (False, True)
    for code in HAZARDS:
        tops = [policy.ladder(code, Place.PROMPT).top for policy in (strict, balanced, permissive)]
        assert tops == sorted(tops, reverse=True), code
        borderline = strict.ladder(code, Place.PROMPT).act(0.3, 0.5)[0]
        assert borderline >= Action.REVIEW, code
    blocked = {code for code in HAZARDS if permissive.ladder(code, Place.PROMPT).top is Action.BLOCK}
    assert blocked == {"S3", "S4", "S9", "S11"}
    assert all(policy.ladder("S4", Place.IMAGE).top is Action.BLOCK for policy in (strict, balanced, permissive))


def test_files_and_directories_add_policies_and_one_can_be_the_default(tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "notes.txt").write_text("no policy")
    sources = [write(tmp_path, "house"), tmp_path / "more"]
    write(tmp_path / "more", "school", "extends: strict")
    library = Library(sources, default="school")
    assert names(library) == ["school", "balanced", "house", "permissive", "strict"]
    assert library.policy("").name == "school"
    assert library.policy("school").required


def test_an_unknown_policy_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(ServiceError) as caught:
        Library().policy("lenient")
    assert (caught.value.reason, caught.value.field) == (Reason.POLICY_UNKNOWN, "policy")
    assert "balanced, permissive, strict" in caught.value.message


@pytest.mark.parametrize(
    ("documents", "problem"),
    [
        ({"house": "colour: red"}, "house.yaml: colour: is not known"),
        ({"house": "extends: home"}, "policy 'house': extends: 'home' is not known; it takes balanced, strict"),
        ({"house": "extends: home", "home": "extends: house"}, "extends: home -> house -> home has no end"),
        ({"strict": ""}, "name: the policy 'strict' ships with Atelier; choose another name"),
        ({"house": "rules: {a: {prompt: block}}"}, "policy 'house': rules.a.question: is missing"),
    ],
)
def test_documents_that_are_not_in_order_are_refused_at_start(
    tmp_path: Path, documents: dict[str, str], problem: str
) -> None:
    for name, more in documents.items():
        write(tmp_path, name, more)
    with pytest.raises(ConfigError) as caught:
        Library([tmp_path])
    assert problem in str(caught.value)


def test_a_source_that_is_not_there_and_a_default_that_is_not_there_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"none\.yaml"):
        Library([tmp_path / "none.yaml"])
    with pytest.raises(ConfigError, match="ATELIER_MODERATION_DEFAULT_POLICY is 'house'; it takes balanced"):
        Library(default="house")
    (tmp_path / "bytes.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match=r"bytes\.yaml: is no UTF-8"):
        Library([tmp_path])


def test_a_list_of_hazards_that_alone_block_is_a_policy_of_its_own() -> None:
    library = Library(block=("S9", "S1"))
    policy = library.policy("")
    assert names(library)[0] == policy.name == "configured"
    tops = {code: policy.ladder(code, Place.PROMPT) for code in HAZARDS}
    assert {code for code, ladder in tops.items() if ladder == Ladder.of(Action.BLOCK)} == {"S1", "S9"}
    assert {ladder for code, ladder in tops.items() if code not in ("S1", "S9")} == {Ladder.of(Action.FLAG)}


def test_a_changed_file_is_read_again_and_a_broken_one_changes_nothing(tmp_path: Path) -> None:
    path = write(tmp_path, "house")
    library = Library([tmp_path], default="house", recheck_s=0)
    before = library.policy("").version
    write(tmp_path, "house", "vote: all", version=2)
    changed = library.policy("")
    assert changed.version.startswith("2+sha256:")
    assert changed.version != before
    path.write_text("name: house\nversion: [")
    assert library.policy("") is changed
    path.unlink()
    assert library.policy("") is changed
    write(tmp_path, "house", version=3)
    write(tmp_path, "other")
    assert library.policy("").version.startswith("3+sha256:")
    assert library.policy("other").name == "other"


def test_a_file_that_is_replaced_by_another_of_the_same_age_and_size_is_noticed(tmp_path: Path) -> None:
    path = write(tmp_path, "house", "vote: any")
    library = Library([path], recheck_s=0)
    stat = path.stat()
    other = tmp_path / "other"
    other.write_text(path.read_text().replace("any", "all"))
    os.utime(other, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    other.replace(path)
    assert library.policy("house").vote == "all"
