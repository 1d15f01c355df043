from __future__ import annotations

import pytest

from services.kit.errors import Reason, ServiceError
from services.workers_ai import catalogue


def test_all_eleven_text_to_image_models_have_a_row() -> None:
    assert len(catalogue.IMAGE_MODELS) == 11


def test_the_defaults_of_the_services_are_in_the_catalogue() -> None:
    assert catalogue.text_model("@cf/meta/llama-3.3-70b-instruct-fp8-fast").context_tokens == 24_000
    assert catalogue.guard_model("@cf/meta/llama-guard-3-8b").dialect == "llama-guard"
    assert catalogue.image_model("@cf/black-forest-labs/flux-1-schnell").max_prompt_length == 2048


@pytest.mark.parametrize("name", catalogue.RETIRED)
def test_a_retired_model_is_refused_with_a_replacement_that_is_in_the_catalogue(name: str) -> None:
    lookup = catalogue.guard_model if "guard" in name else catalogue.text_model
    with pytest.raises(ServiceError) as caught:
        lookup(name)
    assert caught.value.reason is Reason.MODEL_UNSUPPORTED
    replacement = caught.value.metadata["replacement"]
    assert replacement in caught.value.message
    assert lookup(replacement).name == replacement


def test_no_row_is_retired() -> None:
    rows = {*catalogue.TEXT_MODELS, *catalogue.GUARD_MODELS, *catalogue.IMAGE_MODELS, *catalogue.SENTIMENT_MODELS}
    assert not rows & set(catalogue.RETIRED)


def test_a_misspelt_name_is_answered_with_the_likeliest_one() -> None:
    with pytest.raises(ServiceError, match="did you mean @cf/black-forest-labs/flux-1-schnell") as caught:
        catalogue.image_model("@cf/black-forest-labs/flux-1-schnel")
    assert caught.value.reason is Reason.MODEL_UNSUPPORTED


def test_a_model_of_another_kind_is_called_that() -> None:
    with pytest.raises(ServiceError, match="is a text-to-image model, not a text-generation model"):
        catalogue.text_model("@cf/black-forest-labs/flux-1-schnell")


@pytest.mark.parametrize("name", ["", "gpt-5", "local/scribe"])
def test_a_name_that_nobody_knows_is_unsupported(name: str) -> None:
    with pytest.raises(ServiceError) as caught:
        catalogue.known(name)
    assert caught.value.reason is Reason.MODEL_UNSUPPORTED


def test_a_known_name_of_any_kind_passes() -> None:
    for name in (*catalogue.TEXT_MODELS, *catalogue.GUARD_MODELS, *catalogue.IMAGE_MODELS):
        catalogue.known(name)
