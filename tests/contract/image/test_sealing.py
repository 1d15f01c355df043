"""A JPEG that is signed by its hash, and one that the C2PA library is given: readers see no difference."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import c2pa
import encypher_c2pa
import pytest
from PIL import Image

from services.image import marking, sealing
from services.image.facts import Facts
from services.image.marking import Marker
from services.image.signing import Keys, Signatures

FACTS = Facts(model="@cf/black-forest-labs/flux-1-schnell", prompt_digest="sha256:" + "a" * 64)


@pytest.fixture
def marker(tmp_path: Path) -> Marker:
    return Marker(Signatures(Keys(tmp_path / "signing")), required=True, credit="Atelier", version="1.2.3")


def jpeg(**options: object) -> bytes:
    output = BytesIO()
    Image.effect_noise((96, 96), 40).convert("RGB").save(output, "JPEG", **options)
    return output.getvalue()


def without_jfif(data: bytes) -> bytes:
    return data[:2] + data[4 + int.from_bytes(data[4:6], "big") :]


def findings(data: bytes) -> tuple[str, dict[str, object]]:
    """Whether a reader finds all in order, and what the manifest says that is the same each time."""
    report = json.loads(c2pa.Reader("image/jpeg", BytesIO(data)).json())
    manifest = report["manifests"][report["active_manifest"]]
    told = {key: manifest.get(key) for key in ("claim_generator_info", "title", "format", "claim_version")}
    told["assertions"] = [(entry["label"], entry["data"]) for entry in manifest["assertions"]]
    return report["validation_state"], told


@pytest.mark.parametrize("source", [jpeg(), jpeg(progressive=True), without_jfif(jpeg()), jpeg(exif=Image.Exif())])
def test_both_ways_of_signing_say_the_same_and_add_as_much(
    marker: Marker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: bytes
) -> None:
    facts = marker.dated(FACTS)
    assert sealing.can_seal()
    by_hash = marker.mark(source, "image/jpeg", facts).data
    monkeypatch.setattr(marking, "can_seal", lambda: False)
    usual = marker.mark(source, "image/jpeg", facts).data
    assert findings(by_hash) == findings(usual)
    assert findings(by_hash)[0] == "Valid"
    assert abs(len(by_hash) - len(usual)) < 200
    root = (tmp_path / "signing" / "development.pem").read_text().partition("-----END PRIVATE KEY-----")[2]
    (tmp_path / "picture.jpg").write_bytes(by_hash)
    opinion: Any = encypher_c2pa.verify(
        str(tmp_path / "picture.jpg"), trust_pem=root, no_default_trust=True, telemetry=False, online=False
    )
    assert (opinion["integrity"], opinion["hard_binding"]) == ("valid", "match")
    with Image.open(BytesIO(by_hash)) as first, Image.open(BytesIO(source)) as second:
        assert first.tobytes() == second.tobytes()


@pytest.mark.parametrize("where", [0.4, 0.6, 0.9, 1.0])
def test_a_byte_that_changes_after_signing_is_noticed(marker: Marker, where: float) -> None:
    signed = bytearray(marker.mark(jpeg(), "image/jpeg", marker.dated(FACTS)).data)
    signed[int((len(signed) - 1) * where)] ^= 1
    try:
        state = findings(bytes(signed))[0]
    except c2pa.C2paError:
        return
    assert state == "Invalid"


def test_a_picture_that_has_a_manifest_gets_another_one_in_the_usual_way(marker: Marker) -> None:
    once = marker.mark(jpeg(), "image/jpeg", marker.dated(FACTS)).data
    assert sealing.place_in(once) == 0
    again = marker.mark(once, "image/jpeg", marker.dated(FACTS), edited=True).data
    assert findings(again)[0] == "Valid"
    assert len(again) < len(once) + 4000


def test_what_the_library_refuses_is_its_error(marker: Marker, tmp_path: Path) -> None:
    signature = Signatures(Keys(tmp_path / "signing"))()
    with pytest.raises(c2pa.C2paError):
        sealing.sealed('{"assertions": 7}', c2pa.Context.from_dict({}), signature[1], jpeg(), 2)
    signature[1].close()
    with pytest.raises(c2pa.C2paError):
        sealing.sealed("{}", c2pa.Context.from_dict({}), signature[1], jpeg(), 2)
