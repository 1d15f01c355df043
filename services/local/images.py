"""Text-to-image: the request in each model's own form, the picture in each model's own wrapping."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pybase64

from services.local import pictures
from services.local.catalogue import PictureForm
from services.local.engine import Engines, PaintRequest
from services.local.errors import CloudflareError
from services.local.fields import integer_of, text_of
from services.local.pricing import picture_neurons
from services.local.work import FAULT_ENGINE, Answer, Work, enveloped

_FILTERED = frozenset({"S4", "S12"})
_TONES = {"black": 0, "blank": 255}
_MAX_SEED = 2**63 - 1


async def paint(work: Work) -> Answer:
    """Paint one picture.

    Raises:
        CloudflareError: 3030 where the model's own filter refuses the prompt, 5004 for an unreadable input picture.
    """
    form = work.model.picture
    assert form is not None
    _check_inputs(work)
    request = _request(work, form)
    if form.filtered:
        await _filter(work, request.prompt)
    data, engine = await _picture(work, form, request)
    # A reference picture is no larger than one tile.
    price, input_tiles = work.model.price, len(work.references)
    neurons = picture_neurons(price, request.width, request.height, request.steps, input_tiles)
    if form.raw:
        return Answer(data, form.declared, engine, neurons, picture=True)
    wrapped = enveloped({"image": pybase64.b64encode(data).decode("ascii")}, engine, neurons)
    return replace(wrapped, picture=True)


async def _picture(work: Work, form: PictureForm, request: PaintRequest) -> tuple[bytes, str]:
    how = work.fault.body
    if how == "garbage":
        return pictures.GARBAGE, FAULT_ENGINE
    if how in _TONES:
        spoiled = partial(pictures.plain, request.width, request.height, _TONES[how], form.encoding)
        return await work.host.paint(lambda _: spoiled()), FAULT_ENGINE
    data, engine = await work.host.paint(lambda engines: _painted(engines, request, form.encoding))
    return (data[: len(data) // 2] if how == "truncated" else data), engine


def _painted(engines: Engines, request: PaintRequest, encoding: str) -> tuple[bytes, str]:
    return pictures.render(engines.paint, request, encoding), engines.paint.name


def _request(work: Work, form: PictureForm) -> PaintRequest:
    body = work.body
    steps = integer_of(body, "num_steps", integer_of(body, "steps", form.steps))
    return PaintRequest(
        prompt=text_of(body, "prompt"),
        negative_prompt=text_of(body, "negative_prompt"),
        width=integer_of(body, "width", 0) or form.width,
        height=integer_of(body, "height", 0) or form.height,
        seed=min(abs(integer_of(body, "seed", 0)), _MAX_SEED),
        steps=max(1, steps),
    )


async def _filter(work: Work, prompt: str) -> None:
    flagged = await work.host.words(lambda engines: engines.judge.judge(prompt).flagged)
    if _FILTERED.intersection(flagged):
        raise CloudflareError(3030)


def _check_inputs(work: Work) -> None:
    given = text_of(work.body, "image_b64")
    if given:
        try:
            pybase64.b64decode(given, validate=True)
        except ValueError:
            raise CloudflareError(5004) from None
    for reference in work.references:
        if problem := pictures.reference_problem(reference):
            raise CloudflareError(3030, f"Model input is not valid: {problem}")
