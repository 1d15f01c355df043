"""What stored pictures say about themselves, read with tools that did not write it."""

from __future__ import annotations

import asyncio
import hashlib
import re
import shutil
import subprocess
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, TypeAlias

import encypher_c2pa
import pytest
from atelier.image.v1 import image_pb2, image_pb2_grpc
from atelier.type.v1 import provenance_pb2, verdict_pb2
from PIL import Image

from services.image.certificates import new_development_pem
from services.image.facts import Facts
from services.image.fitting import Wish, finish
from services.image.inspecting import inspect
from services.image.marking import Marker
from services.image.signing import Keys, Signatures, nobody
from services.kit.channel import stream, unary
from services.kit.errors import Reason, ServiceError

SDXL = "@cf/stabilityai/stable-diffusion-xl-base-1.0"
TYPES = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp", "image/avif": "avif"}
ALGORITHMIC = "http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicMedia"
PROMPT = "a red bicycle by the sea"
PROVENANCE = provenance_pb2.Provenance(
    alt_text="A red bicycle leans on a sea wall.",
    caption="Morning in the harbour",
    language="en",
    credit="The Harbour Press",
    asset="assets/x",
    content_digest="sha256:" + "a" * 64,
    policy=verdict_pb2.PolicyVersion(name="default", version="3"),
    decision=verdict_pb2.Verdict.DECISION_ALLOWED,
    prompt_model="local/scribe",
)

Stub: TypeAlias = "image_pb2_grpc.ImageServiceAsyncStub"
Serving: TypeAlias = Callable[..., AbstractAsyncContextManager[Stub]]
Verified: TypeAlias = "provenance_pb2.Verification"


@pytest.fixture
def keys(tmp_path: Path) -> Keys:
    return Keys(tmp_path / "signing")


@pytest.fixture
def marker(keys: Keys) -> Marker:
    return Marker(Signatures(keys), required=True, credit="Atelier", version="1.2.3")


@pytest.fixture
def root(keys: Keys, marker: Marker) -> Callable[[], str]:
    """The certificates of the development key's file, once it is made."""

    def certificates() -> str:
        return (keys.directory / "development.pem").read_text().partition("-----END PRIVATE KEY-----")[2]

    return certificates


async def generate(stub: Stub, **fields: object) -> image_pb2.GenerateImageResponse:
    wanted: dict[str, Any] = {"prompt": PROMPT, "provenance": PROVENANCE, "reference": "r", **fields}
    return await unary(stub.GenerateImage, image_pb2.GenerateImageRequest(**wanted), timeout_s=60)


async def read(stub: Stub, digest: str) -> bytes:
    request = image_pb2.ReadImageRequest(digest=digest)
    return b"".join([reply.data async for reply in stream(stub.ReadImage, request)])


async def verify(stub: Stub, data: bytes) -> Verified:
    pieces = [image_pb2.VerifyImageRequest(data=data[at : at + 250_000]) for at in range(0, len(data), 250_000)]
    return (await stub.VerifyImage(iter(pieces), timeout=60)).verification


def second_opinion(tmp_path: Path, data: bytes, suffix: str, certificates: str) -> Any:
    file = tmp_path / f"opinion.{suffix}"
    file.write_bytes(data)
    return encypher_c2pa.verify(str(file), trust_pem=certificates, no_default_trust=True, telemetry=False, online=False)


@pytest.mark.parametrize("media_type", TYPES)
@pytest.mark.parametrize("size", [{}, {"width": 640, "height": 300}])
async def test_every_type_is_signed_and_both_readers_agree(
    serving: Serving,
    marker: Marker,
    root: Callable[[], str],
    tmp_path: Path,
    media_type: str,
    size: dict[str, int],
) -> None:
    async with serving(marker=marker) as stub:
        made = await generate(stub, media_type=media_type, **size)
        data = await read(stub, made.image.blob.digest)
        verification = await verify(stub, data)
    assert made.image.blob.media_type == media_type
    assert made.image.marks.signed
    assert made.image.marks.development
    assert made.image.marks.signer == verification.signer == "Atelier development"
    assert verification.outcome == provenance_pb2.Verification.OUTCOME_INTACT
    assert (verification.development, verification.trusted) == (True, False)
    assert verification.claim_generator == "Atelier 1.2.3"
    assert verification.model == "local/instant"
    assert verification.provenance == PROVENANCE
    assert verification.prompt_digest == f"sha256:{hashlib.sha256(PROMPT.encode()).hexdigest()}"
    assert verification.digital_source_type == made.image.marks.digital_source_type == ALGORITHMIC
    assert verification.sign_time.seconds > 1_500_000_000
    opinion = second_opinion(tmp_path, data, TYPES[media_type], root())
    assert (opinion["present"], opinion["integrity"], opinion["signature"]) == (True, "valid", "valid")
    assert (opinion["hard_binding"], opinion["validation_state"]) == ("match", "Trusted")


async def test_a_server_that_was_given_the_root_trusts_it(
    serving: Serving, marker: Marker, root: Callable[[], str]
) -> None:
    async with serving(marker=marker) as stub:
        data = await read(stub, (await generate(stub)).image.blob.digest)
    async with serving(anchors=root()) as stub:
        assert (await verify(stub, data)).trusted


@pytest.mark.skipif(shutil.which("exiftool") is None, reason="exiftool is not installed")
@pytest.mark.parametrize("media_type", TYPES)
async def test_exiftool_finds_texts_and_origin(
    serving: Serving, marker: Marker, tmp_path: Path, media_type: str
) -> None:
    async with serving(marker=marker) as stub:
        made = await generate(stub, media_type=media_type)
        file = tmp_path / f"picture.{TYPES[media_type]}"
        file.write_bytes(await read(stub, made.image.blob.digest))
    wanted = ["-XMP:DigitalSourceType", "-XMP:AltTextAccessibility", "-XMP:Description", "-XMP:Credit", "-XMP:Language"]
    command = ["exiftool", "-s3", "-n", *wanted, str(file)]
    said = await asyncio.to_thread(subprocess.run, command, capture_output=True, text=True, timeout=60)
    expected = [ALGORITHMIC, PROVENANCE.alt_text, PROVENANCE.caption, PROVENANCE.credit, "en"]
    assert (said.stdout.splitlines(), said.stderr) == (expected, "")


@pytest.mark.parametrize("media_type", TYPES)
async def test_marks_are_small(serving: Serving, marker: Marker, media_type: str) -> None:
    bare = Marker(nobody, required=False, credit="", version="1.2.3")
    sizes = []
    for with_marks in (marker, bare):
        async with serving(SDXL, marker=with_marks) as stub:
            made = await generate(stub, media_type=media_type, seed=5, width=512, height=512)
            sizes.append(made.image.blob.size_bytes)
    assert sizes[0] - sizes[1] < 5_000


@pytest.mark.parametrize("media_type", TYPES)
async def test_what_was_changed_or_stripped_is_told(serving: Serving, marker: Marker, media_type: str) -> None:
    async with serving(marker=marker) as stub:
        data = await read(stub, (await generate(stub, media_type=media_type)).image.blob.digest)
        changed = bytearray(data)
        changed[len(data) * 2 // 3] ^= 1
        verification = await verify(stub, bytes(changed))
        assert verification.outcome == provenance_pb2.Verification.OUTCOME_CHANGED
        assert any("mismatch" in finding.lower() for finding in verification.findings[:3])
        assert not verification.trusted
        output = BytesIO()
        with Image.open(BytesIO(data)) as image:
            image.save(output, image.format)
        stripped = await verify(stub, output.getvalue())
    assert stripped.outcome == provenance_pb2.Verification.OUTCOME_UNSIGNED
    assert stripped.signer == ""


async def test_a_changed_text_is_a_change_as_well(serving: Serving, marker: Marker) -> None:
    async with serving(marker=marker) as stub:
        data = await read(stub, (await generate(stub)).image.blob.digest)
        assert data.count(b"Morning in the harbour") == 2
        verification = await verify(stub, data.replace(b"Morning in the harbour", b"Evening in the harbour"))
    assert verification.outcome == provenance_pb2.Verification.OUTCOME_CHANGED


@pytest.mark.parametrize("media_type", TYPES)
@pytest.mark.parametrize("name", [b"urn:c2pa:", b"c2pa.claim", b"c2pa.assertions", b"atelier.generation", b"jumb"])
@pytest.mark.parametrize("which", [0, 1, -1])
async def test_a_manifest_whose_parts_do_not_name_each_other_never_tells_anything_new(
    marker: Marker, media_type: str, name: bytes, which: int
) -> None:
    output = BytesIO()
    Image.effect_noise((96, 96), 40).convert("RGB").save(output, "PNG")
    facts = marker.dated(Facts(model="m"))
    picture = finish(output.getvalue(), Wish(media_type=media_type), marker.xmp(facts))
    data = marker.mark(picture.data, media_type, facts).data
    places = [found.start() for found in re.finditer(re.escape(name), data)]
    place = places[which if which < len(places) else 0]
    broken = data[:place] + b"X" + data[place + 1 :]
    (found, facts), (honest, honest_facts) = inspect(broken, ""), inspect(data, "")
    # The names of some boxes are under no signature; the readers pass over a wrong one.
    if found.outcome == provenance_pb2.Verification.OUTCOME_INTACT:
        assert (found.signer, found.model, facts) == (honest.signer, honest.model, honest_facts)
    else:
        assert found.findings
        assert not found.trusted


async def test_an_unsigned_picture_still_says_what_its_metadata_say(serving: Serving) -> None:
    async with serving() as stub:
        made = await generate(stub)
        verification = await verify(stub, await read(stub, made.image.blob.digest))
    assert (made.image.marks.signed, made.image.marks.digital_source_type) == (False, ALGORITHMIC)
    assert verification.outcome == provenance_pb2.Verification.OUTCOME_UNSIGNED
    assert verification.provenance.alt_text == PROVENANCE.alt_text
    assert verification.digital_source_type == ALGORITHMIC


async def test_where_signing_is_required_nothing_unsigned_is_kept(
    serving: Serving, tmp_path: Path, stored: Callable[[], list[Path]]
) -> None:
    file = tmp_path / "signing.pem"
    signatures = Signatures(Keys(tmp_path, certificate=str(file), key=str(file)))
    async with serving(marker=Marker(signatures, required=True, credit="", version="1")) as stub:
        with pytest.raises(ServiceError) as caught:
            await generate(stub)
        assert caught.value.reason is Reason.SIGNING_FAILED
        assert caught.value.retryable
        assert stored() == []
        # The model was paid for all the same.
        assert caught.value.metadata["cost_source"] == "PRICE_LIST"
    async with serving(marker=Marker(signatures, required=False, credit="", version="1")) as stub:
        assert not (await generate(stub)).image.marks.signed
        file.write_text(new_development_pem(datetime.now(UTC)))
        assert (await generate(stub)).image.marks.signed


async def test_where_the_development_certificate_cannot_be_kept_a_process_has_one_of_its_own(
    serving: Serving, tmp_path: Path
) -> None:
    (tmp_path / "signing").write_text("a file where a directory has to be")
    marker = Marker(Signatures(Keys(tmp_path / "signing")), required=True, credit="", version="1")
    async with serving(marker=marker) as stub:
        marks = (await generate(stub)).image.marks
    assert (marks.signed, marks.development) == (True, True)


@pytest.mark.parametrize("media_type", TYPES)
async def test_a_relabelled_copy_shows_the_same_pixels_and_says_something_else(
    serving: Serving, marker: Marker, root: Callable[[], str], tmp_path: Path, media_type: str
) -> None:
    async with serving(marker=marker) as stub:
        made = await generate(stub, media_type=media_type)
        edit = provenance_pb2.Provenance(
            alt_text="Ein rotes Rad", language="de", decision=verdict_pb2.Verdict.DECISION_REVIEW, asset="assets/other"
        )
        request = image_pb2.RelabelImageRequest(digest=made.image.blob.digest, reference="copy", provenance=edit)
        copy = (await unary(stub.RelabelImage, request, timeout_s=60)).image
        before, after = await read(stub, made.image.blob.digest), await read(stub, copy.blob.digest)
        verification = await verify(stub, after)
    assert verification.outcome == provenance_pb2.Verification.OUTCOME_INTACT
    expected = provenance_pb2.Provenance()
    expected.CopyFrom(PROVENANCE)
    expected.alt_text, expected.language, expected.decision = edit.alt_text, edit.language, edit.decision
    assert verification.provenance == expected
    assert verification.model == "local/instant"
    assert (copy.source_digest, copy.width, copy.height) == (made.image.source_digest, 1024, 1024)
    assert copy.reproducible == made.image.reproducible
    assert copy.marks == made.image.marks
    with Image.open(BytesIO(before)) as first, Image.open(BytesIO(after)) as second:
        assert first.convert("RGB").tobytes() == second.convert("RGB").tobytes()
    opinion = second_opinion(tmp_path, after, TYPES[media_type], root())
    assert (opinion["integrity"], opinion["hard_binding"]) == ("valid", "match")


async def test_relabelling_an_unknown_picture_or_with_a_bad_label_is_refused(serving: Serving, marker: Marker) -> None:
    async with serving(marker=marker) as stub:
        unknown = image_pb2.RelabelImageRequest(digest=f"sha256:{'0' * 64}", reference="r")
        with pytest.raises(ServiceError) as caught:
            await unary(stub.RelabelImage, unknown, timeout_s=60)
        assert caught.value.reason is Reason.IMAGE_UNKNOWN
        long = image_pb2.RelabelImageRequest(
            digest=f"sha256:{'0' * 64}", provenance=provenance_pb2.Provenance(alt_text="x" * 501)
        )
        with pytest.raises(ServiceError) as caught:
            await unary(stub.RelabelImage, long, timeout_s=60)
        assert caught.value.field == "provenance.alt_text"


async def test_the_credit_line_of_the_settings_is_used_where_there_is_no_other(
    serving: Serving, marker: Marker
) -> None:
    async with serving(marker=marker) as stub:
        made = await generate(stub, provenance=provenance_pb2.Provenance(alt_text="x"))
        verification = await verify(stub, await read(stub, made.image.blob.digest))
    assert verification.provenance.credit == "Atelier"
