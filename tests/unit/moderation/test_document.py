"""Policy documents: what is taken, what is refused and with which words, and how one extends another."""

from __future__ import annotations

import contextlib
import hashlib
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from services.moderation.actions import Action, Ladder, Place
from services.moderation.document import extended, policy_of, read_document
from services.moderation.library import SHIPPED, shipped
from services.moderation.policy import Policy
from services.moderation.strict_yaml import PolicyError, write_yaml
from services.workers_ai.hazards import HAZARDS

HEAD = "name: own\nversion: 3\ndescription: Ours.\n"


def policy(text: str = "", base: str = "") -> Policy:
    return policy_of(extended(read_document(HEAD + text), extended(read_document(shipped(base))) if base else None))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("colour: red", "colour: is not known; a policy takes name, version, description, extends"),
        ("places: {prompts: on}", "places.prompts: is not known; places takes content, prompt, image"),
        ("places: {prompt: yess}", "places.prompt: is 'yess'; it takes on or off"),
        ("places: {content: {judge: on}}", "places.content: is a mapping; it takes on or off"),
        ("places: {image: {needed: on}}", "places.image.needed: is not known; places.image takes judge, required"),
        ("categories: {S15: block}", "categories.S15: is not known; categories takes others, S1, "),
        ("categories: {S1: refuse}", "categories.S1: is 'refuse'; it takes allow, flag, review, block"),
        ("categories: {S1: {text: block}}", "categories.S1.text: is not known; categories.S1 takes content, prompt"),
        ("categories: {S1: {prompt: {allow: 0.5}}}", "categories.S1.prompt.allow: is not known"),
        ("categories: {S1: {prompt: {}}}", "categories.S1.prompt: is empty"),
        (
            "categories: {S1: {prompt: {block: 1.5}}}",
            "categories.S1.prompt.block: is 1.5; it takes a threshold above 0",
        ),
        ("categories: {S1: {prompt: {block: 0}}}", "categories.S1.prompt.block: is 0; it takes a threshold above 0"),
        ("categories: {S1: {prompt: {block: on}}}", "categories.S1.prompt.block: is True; it takes a threshold"),
        (
            "categories: {S1: {prompt: {flag: 0.9, block: 0.5}}}",
            "categories.S1.prompt: flag from 0.9, block from 0.5: a",
        ),
        ("categories: {S1: {prompt: {flag: 0.5, block: 0.5}}}", "a graver action takes a higher threshold"),
        ("vote: most", "vote: is 'most'; it takes any, all"),
        ("overlap: maybe", "overlap: is 'maybe'; it takes on or off"),
        ("models: ['@cf/none/such']", "models[0]: @cf/none/such"),
        ("models: ['@hf/thebloke/llamaguard-7b-awq']", "models[0]: @hf/thebloke/llamaguard-7b-awq is retired; set"),
        ("models: [[]]", "models[0]: has 0 models; it takes 1 to 4"),
        ("image_models: ['@cf/meta/llama-guard-3-8b']", "image_models[0]: @cf/meta/llama-guard-3-8b sees no pictures"),
        ("rules: {Fish: {question: Fish}}", "rules: 'Fish' is no name of a rule"),
        ("rules: {fish: {prompt: block}}", "rules.fish.question: is missing"),
        ("rules: {fish: {question: '', prompt: block}}", "rules.fish.question: is ''; it takes a text of 1 to 500"),
        (
            "rules: {fish: {question: Fish, action: block}}",
            "rules.fish.action: is not known; rules.fish takes question",
        ),
        ("allow: naked mole rat", "allow: is 'naked mole rat'; it takes a list"),
        ("allow: [it]", "allow[0]: is 'it'; it takes a text of 3 to 100"),
        ("vote: any\nvote: all", "line 5, column 1: the key 'vote' is there twice"),
        ("categories: {S1: block, S1: flag}", "the key 'S1' is there twice"),
        ("categories: &all {S1: block}\nrules: *all", "an alias (*) is not taken"),
        ("1: 2", "the key 1 is no text"),
        ("places: [", "expected the node content"),
        ("x: !!python/object:os.system {}", "could not determine a constructor"),
        ("allow: [" + "x" * 70_000 + "]", "a policy takes at most 65536"),
    ],
)
def test_a_mistake_is_refused_with_its_path_and_what_may_stand_there(text: str, problem: str) -> None:
    with pytest.raises(PolicyError) as caught:
        policy(text)
    assert problem in str(caught.value)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "the document: is empty; it takes a mapping"),
        ("[]", "the document: is a list; it takes a mapping"),
        ("name: own\nversion: 1", "description: is missing"),
        ("name: Own\nversion: 1\ndescription: x", "name: 'Own' is no name of a policy; it takes lower case"),
        ("name: default\nversion: 1\ndescription: x", "name: 'default' means the server's default policy"),
        ("name: own\nversion: 1.5\ndescription: x", "version: is 1.5; it takes a number or a word"),
        ("name: own\nversion: on\ndescription: x", "version: is True; it takes a number or a word"),
        ("name: own\nversion: 1\ndescription: ''", "description: is ''; it takes a text of 1 to 300"),
    ],
)
def test_a_document_without_a_proper_head_is_refused(text: str, problem: str) -> None:
    with pytest.raises(PolicyError, match=problem.replace("(", r"\(")):
        read_document(text)


def test_what_a_document_leaves_out_is_the_careful_choice() -> None:
    bare = policy()
    assert bare.places == {Place.PROMPT, Place.IMAGE}
    assert (bare.vote, bare.overlap, bare.required, bare.models, bare.allow) == ("any", False, False, (), ())
    assert all(bare.ladder(code, place) == Ladder.of(Action.BLOCK) for code in HAZARDS for place in Place)


def test_a_full_document_means_what_it_says() -> None:
    own = policy(
        """
overlap: on
models: [server, [ "@cf/cloudflare/clef-flash", "@cf/cloudflare/clef" ]]
image_models: ["@cf/cloudflare/clef-omni"]
vote: all
places: {content: on, prompt: off, image: {required: on}}
categories:
  others: flag
  S6: {prompt: allow}
  S12: {prompt: {review: 0.25, block: 0.5}, image: {block: 0.75}}
rules:
  rivals: {question: "Does it show another maker's shoe?", image: {review: 0.5}, prompt: block}
allow: [shoot the  moon]
"""
    )
    assert (own.name, own.description, own.overlap, own.vote) == ("own", "Ours.", True, "all")
    assert own.models == (("server",), ("@cf/cloudflare/clef-flash", "@cf/cloudflare/clef"))
    assert own.image_models == (("@cf/cloudflare/clef-omni",),)
    assert (own.places, own.required) == ({Place.CONTENT, Place.IMAGE}, True)
    assert own.ladder("S1", Place.IMAGE) == Ladder.of(Action.FLAG)
    assert own.ladder("S6", Place.PROMPT) == Ladder.of(Action.ALLOW)
    assert own.ladder("S6", Place.IMAGE) == Ladder.of(Action.FLAG)
    assert own.ladder("S12", Place.PROMPT) == Ladder(((Action.REVIEW, 0.25), (Action.BLOCK, 0.5)))
    assert own.questions(Place.IMAGE) == {"rivals": "Does it show another maker's shoe?"}
    assert own.questions(Place.CONTENT) == {}
    assert own.allow == ("shoot the moon",)


def test_a_document_is_laid_over_the_one_that_it_extends_key_by_key() -> None:
    own = policy("categories: {S12: {image: review}, S1: {prompt: flag}}\nplaces: {content: off}", "strict")
    strict = policy_of(extended(read_document(shipped("strict"))))
    assert own.ladder("S12", Place.IMAGE) == Ladder.of(Action.REVIEW)
    assert own.ladder("S1", Place.PROMPT) == Ladder.of(Action.FLAG)
    assert own.ladder("S1", Place.IMAGE) == strict.ladder("S1", Place.IMAGE)
    assert own.places == strict.places - {Place.CONTENT}
    assert own.required is strict.required is True


def test_allowed_phrases_are_added_and_a_rule_can_be_changed_at_one_place() -> None:
    rule = 'flag: {question: "A flag?", prompt: block, image: flag}'
    base = extended(read_document(HEAD + f"allow: [one two]\nrules: {{{rule}}}"))
    over = read_document("name: b\nversion: 1\ndescription: x\nallow: [three]\nrules: {flag: {image: {block: 0.5}}}")
    own = policy_of(extended(over, base))
    assert own.allow == ("one two", "three")
    assert own.rules["flag"].question == "A flag?"
    assert own.ladder("flag", Place.IMAGE) == Ladder(((Action.BLOCK, 0.5),))
    assert own.ladder("flag", Place.PROMPT) == Ladder.of(Action.BLOCK)


def test_the_example_in_the_documentation_is_a_policy() -> None:
    page = (Path(__file__).parents[3] / "docs" / "policy.md").read_text()
    example = read_document(page.partition("```yaml\n")[2].partition("```")[0])
    house = policy_of(extended(example, extended(read_document(shipped(str(example["extends"]))))))
    assert (house.name, house.places, house.required) == ("house", set(Place), True)
    assert house.ladder("S12", Place.IMAGE) == Ladder(((Action.FLAG, 0.2), (Action.REVIEW, 0.4), (Action.BLOCK, 0.6)))
    assert set(house.questions(Place.PROMPT)) == {"rivals", "alcohol"}
    assert "naked mole rat" in house.allow


@pytest.mark.parametrize("name", SHIPPED)
def test_the_version_is_that_of_the_document_with_its_digest(name: str) -> None:
    shipped_policy = policy_of(extended(read_document(shipped(name))))
    digest = hashlib.sha256(shipped_policy.document.encode()).hexdigest()
    assert shipped_policy.version == f"1+sha256:{digest[:12]}"
    assert shipped_policy.name == name


@pytest.mark.parametrize("name", SHIPPED)
def test_a_published_document_is_a_document_for_the_same_policy(name: str) -> None:
    shipped_policy = policy_of(extended(read_document(shipped(name))))
    assert policy_of(extended(read_document(shipped_policy.document))) == shipped_policy


def test_words_beside_the_rules_do_not_change_the_digest_and_each_rule_does() -> None:
    assert policy("# a remark\nvote: any").version == policy("vote:   any  ").version
    changed = ["vote: all", "overlap: on", "categories: {S1: flag}", "allow: [a phrase]", "places: {content: on}"]
    assert len({policy(text).version for text in ["", *changed]}) == len(changed) + 1


THRESHOLDS = st.lists(st.floats(0.01, 1), min_size=1, max_size=3, unique=True).map(sorted)
STEPS = st.one_of(
    st.sampled_from(["allow", "flag", "review", "block"]),
    THRESHOLDS.map(lambda values: dict(zip(("flag", "review", "block")[-len(values) :], values, strict=True))),
)
ACTIONS = st.one_of(STEPS, st.dictionaries(st.sampled_from(list(Place)).map(str), STEPS))
DOCUMENTS = st.fixed_dictionaries(
    {"name": st.just("own"), "version": st.integers(0, 99), "description": st.just("x")},
    optional={
        "vote": st.sampled_from(["any", "all"]),
        "overlap": st.booleans(),
        "categories": st.dictionaries(
            st.sampled_from(["others", *HAZARDS]),
            ACTIONS.filter(lambda value: not isinstance(value, dict) or value.keys() <= {*map(str, Place)}),
        ),
        "places": st.dictionaries(st.sampled_from(list(Place)).map(str), st.booleans()),
        "allow": st.lists(
            st.text("abc de", min_size=5, max_size=20).filter(lambda text: len(text.split()) > 1), max_size=3
        ),
    },
)


@given(document=DOCUMENTS, base=st.sampled_from(["", *SHIPPED]))
@settings(deadline=None, max_examples=60)
def test_whatever_can_be_written_is_published_as_a_document_for_the_same_policy(document: dict, base: str) -> None:
    under = extended(read_document(shipped(base))) if base else None
    own = policy_of(extended(read_document(write_yaml(document)), under))
    assert policy_of(extended(read_document(own.document))) == own
    assert yaml.safe_load(own.document)["name"] == "own"


@given(text=st.text(max_size=300) | st.text("abc:{}[]&*!-\n 1", max_size=100))
@settings(deadline=None)
def test_any_text_is_a_document_or_refused_with_a_reason(text: str) -> None:
    with contextlib.suppress(PolicyError):
        assert read_document(text)["name"]
