"""Files as content, from the form to the picture."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
import requests

from tests.e2e.harness import Stack


def word_document(text: str) -> bytes:
    document = docx.Document()
    document.add_paragraph(text)
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def pdf_document(text: str) -> bytes:
    stream = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET"
    page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>"
    objects = (
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        page,
        f"<</Length {len(stream)}>>stream\n{stream}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    out, table = "%PDF-1.4\n", "0000000000 65535 f \n"
    for number, content in enumerate(objects, 1):
        table += f"{len(out):010d} 00000 n \n"
        out += f"{number} 0 obj\n{content}\nendobj\n"
    return f"{out}xref\n0 6\n{table}trailer<</Size 6/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF\n".encode()


def upload(stack: Stack, name: str, data: bytes, **fields: str) -> requests.Response:
    headers = {"Prefer": "wait=60"}
    return requests.post(
        f"{stack.url}/v1/assets", files={"file": (name, data)}, data=fields, headers=headers, timeout=90
    )


@pytest.mark.parametrize(
    ("name", "data", "content_type"),
    [
        ("a.txt", b"\xef\xbb\xbfPuffins return", "text/plain"),
        ("a.md", b"Puffins return", "text/markdown"),
        ("A.HTML", b"Puffins return", "text/html"),
        ("a.docx", word_document("Puffins return"), "text/plain"),
        ("a.pdf", pdf_document("Puffins return"), "text/plain"),
    ],
)
def test_a_file_becomes_pictures(stack: Stack, name: str, data: bytes, content_type: str) -> None:
    answer = upload(stack, name, data, variantCount="2", style="ink", seed="7")
    assert answer.status_code == 200, answer.text
    asset = answer.json()
    assert (asset["content"], asset["contentType"]) == ("Puffins return", content_type)
    assert (asset["state"], len(asset["variants"])) == ("STATE_SUCCEEDED", 2)
    assert (asset["recipe"]["style"], asset["recipe"]["seed"]) == ("ink", "7")


def test_a_file_of_another_kind_is_no_content(stack: Stack) -> None:
    answer = upload(stack, "a.exe", b"MZ")
    assert (answer.status_code, ".docx" in answer.json()["detail"]) == (415, True)


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"caf\xe9", "FIELD_INVALID"),
        ("a.docx", b"PK\x03\x04 no archive", "FIELD_INVALID"),
        ("a.pdf", b"GIF89a", "FIELD_INVALID"),
        ("a.docx", word_document(" "), "CONTENT_LENGTH"),
        ("a.docx", word_document("x" * 100_001), "CONTENT_LENGTH"),
        ("a.txt", b"", "CONTENT_LENGTH"),
    ],
)
def test_a_bad_file_is_the_callers_mistake(stack: Stack, name: str, data: bytes, reason: str) -> None:
    before = len(stack.calls())
    answer = upload(stack, name, data)
    assert (answer.status_code, answer.json()["reason"]) == (400, reason)
    assert answer.json()["field"]
    assert len(stack.calls()) == before


def test_a_bomb_is_refused_and_the_gateway_lives_on(stack: Stack) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"\0" * 100_000_000)
    answer = upload(stack, "bomb.docx", data.getvalue())
    assert (answer.status_code, answer.json()["field"]) == (400, "file")
    assert stack.get("/healthz").status_code == 200


def test_a_file_that_is_too_large_is_not_read_to_its_end(stack: Stack) -> None:
    answer = upload(stack, "a.txt", b"x" * 11_000_000)
    assert answer.status_code == 413


def test_fields_beside_the_file_are_checked_like_any_recipe(stack: Stack) -> None:
    for fields, name in (({"variantCount": "9"}, "variant_count"), ({"colour": "red"}, "colour")):
        answer = upload(stack, "a.txt", b"Puffins", **fields)
        assert (answer.status_code, answer.json()["field"].rpartition(".")[2]) == (400, name)
    two = [("file", ("a.txt", b"a")), ("file", ("b.txt", b"b"))]
    answer = requests.post(f"{stack.url}/v1/assets", files=two, timeout=90)
    assert (answer.status_code, answer.json()["field"]) == (400, "file")


def test_the_same_upload_with_the_same_key_is_one_asset(stack: Stack, word: str) -> None:
    names = [
        requests.post(
            f"{stack.url}/v1/assets",
            files={"file": ("a.docx", word_document(word))},
            headers={"Idempotency-Key": word},
            timeout=90,
        ).json()["name"]
        for _ in range(2)
    ]
    assert names[0] == names[1]
