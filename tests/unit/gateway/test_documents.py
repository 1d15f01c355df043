"""Files become text in a worker that they cannot harm."""

from __future__ import annotations

import errno
import io
import json
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway import documents, extract
from gateway.documents import Format, format_of
from gateway.worker import Documents
from services.kit.errors import Reason, ServiceError

Make = Callable[..., bytes]


async def refused(kind: Format, data: bytes, reader: Documents | None = None) -> ServiceError:
    with pytest.raises(ServiceError) as caught:
        await (reader or Documents()).read(kind, data)
    assert caught.value.field == "file"
    return caught.value


@pytest.mark.parametrize(
    ("filename", "media_type", "kind"),
    [
        ("a.txt", "", Format.TEXT),
        ("A.MD", "text/plain", Format.MARKDOWN),
        ("a.b.html", "", Format.HTML),
        ("a.docx", "application/octet-stream", Format.DOCX),
        ("a.pdf", "", Format.PDF),
        ("", "text/markdown", Format.MARKDOWN),
        ("notes", "application/pdf", Format.PDF),
        ("a.exe", "text/plain", None),
        ("a.doc", documents.DOCX_TYPE, None),
        ("", "", None),
        (".txt", "", None),
    ],
)
def test_a_file_is_what_its_extension_says_and_else_its_type(
    filename: str, media_type: str, kind: Format | None
) -> None:
    assert format_of(filename, media_type) is kind


async def test_text_files_keep_their_kind() -> None:
    reader = Documents()
    assert await reader.read(Format.TEXT, "\ufeffMöwe".encode()) == ("Möwe", "text/plain")
    assert await reader.read(Format.MARKDOWN, b"# a") == ("# a", "text/markdown")
    assert await reader.read(Format.HTML, b"<p>a") == ("<p>a", "text/html")
    assert (await refused(Format.TEXT, b"caf\xe9")).reason is Reason.FIELD_INVALID


async def test_a_word_document_gives_paragraphs_and_cells_in_order(make_docx: Make) -> None:
    data = make_docx("Puffins return", "", "to the cliffs.", cells=("left", "right"))
    expected = "Puffins return\n\nto the cliffs.\n\nleft\n\nright"
    assert await Documents().read(Format.DOCX, data) == (expected, "text/plain")


async def test_a_pdf_gives_the_text_of_its_pages(make_pdf: Make) -> None:
    assert await Documents().read(Format.PDF, make_pdf("Puffins", "return")) == ("Puffins\n\nreturn", "text/plain")


async def test_a_document_without_text_is_content_of_no_length(make_docx: Make, make_pdf: Make) -> None:
    assert (await refused(Format.DOCX, make_docx(" "))).reason is Reason.CONTENT_LENGTH
    assert (await refused(Format.PDF, make_pdf(""))).reason is Reason.CONTENT_LENGTH


async def test_a_document_with_more_text_than_an_asset_takes_is_refused(make_docx: Make) -> None:
    error = await refused(Format.DOCX, make_docx("x" * 60_000, "y" * 60_000))
    assert (error.reason, "100000" in error.limit) == (Reason.CONTENT_LENGTH, True)


async def test_what_is_not_what_it_says_starts_no_worker() -> None:
    for kind in (Format.DOCX, Format.PDF):
        assert "begin" in (await refused(kind, b"GIF89a")).message


async def test_broken_documents_are_the_callers_mistake(make_docx: Make, make_pdf: Make, tamper: Make) -> None:
    good = make_docx("a")
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("readme.txt", "no document")
    cases = [
        (Format.DOCX, good[: len(good) // 2]),
        (Format.DOCX, b"PK\x03\x04" + b"\0" * 100),
        (Format.DOCX, other.getvalue()),
        (Format.DOCX, tamper(good, b"<w:p>never closed")),
        (Format.PDF, b"%PDF-1.7\n" + b"\xff" * 200),
    ]
    for kind, data in cases:
        assert (await refused(kind, data)).reason in (Reason.FIELD_INVALID, Reason.CONTENT_LENGTH)


async def test_an_encrypted_pdf_is_refused(make_pdf: Make) -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(make_pdf("secret")))
    writer.encrypt("password", algorithm="RC4-128")
    data = io.BytesIO()
    writer.write(data)
    assert "encrypted" in (await refused(Format.PDF, data.getvalue())).message


async def test_a_pdf_of_too_many_pages_is_refused(make_pdf: Make) -> None:
    error = await refused(Format.PDF, make_pdf(*["x"] * (extract.MAX_PAGES + 1)))
    assert str(extract.MAX_PAGES) in error.limit


async def test_an_archive_that_expands_too_far_is_never_expanded(make_docx: Make, tamper: Make) -> None:
    bomb = tamper(make_docx("a"), b"<w:p/>" * 12_000_000)
    assert len(bomb) < 1_000_000
    assert "expand" in (await refused(Format.DOCX, bomb)).message
    flat = tamper(make_docx("a"), b"<w:p/>" * 5_000_000)
    assert "times" in (await refused(Format.DOCX, flat)).message


async def test_an_archive_of_too_many_entries_is_refused() -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for number in range(extract.MAX_ENTRIES + 1):
            archive.writestr(str(number), b"")
    assert str(extract.MAX_ENTRIES) in (await refused(Format.DOCX, data.getvalue())).limit


async def test_an_archive_that_lies_about_its_sizes_gains_nothing(make_docx: Make, tamper: Make) -> None:
    bomb = bytearray(tamper(make_docx("a"), b"<w:p/>" * 12_000_000))
    # The sizes in the central directory, behind its signature: all entries claim 1000 bytes.
    at = bomb.find(b"PK\x01\x02")
    while at >= 0:
        bomb[at + 24 : at + 28] = struct.pack("<I", 1000)
        at = bomb.find(b"PK\x01\x02", at + 4)
    assert (await refused(Format.DOCX, bytes(bomb))).reason is Reason.FIELD_INVALID


async def test_entities_are_not_expanded(make_docx: Make, tamper: Make) -> None:
    laughs = b"<!DOCTYPE w [<!ENTITY a 'ha'>" + b"".join(
        b"<!ENTITY %c '%s'>" % (98 + n, b"&%c;" % (97 + n) * 20) for n in range(9)
    )
    body = b"<w:p><w:r><w:t>start &j; end</w:t></w:r></w:p>"
    stolen = b"<!DOCTYPE w [<!ENTITY j SYSTEM 'file:///etc/passwd'>]>"
    for doctype in (laughs + b"]>", stolen):
        data = tamper(make_docx("a"), body, doctype)
        try:
            text, _ = await Documents().read(Format.DOCX, data)
        except ServiceError as error:
            assert error.reason in (Reason.FIELD_INVALID, Reason.CONTENT_LENGTH)  # noqa: PT017
        else:
            assert "haha" not in text
            assert "root:" not in text


async def test_a_document_that_eats_memory_ends_only_its_worker(make_docx: Make, tamper: Make) -> None:
    # Small enough for the checks of the archive; as a tree it is larger than the worker may be.
    hungry = tamper(make_docx("a"), b"<w:p/>" * 9_000_000, padding=400_000)
    assert (await refused(Format.DOCX, hungry)).reason is Reason.FIELD_INVALID
    assert (await Documents().read(Format.DOCX, make_docx("still here")))[0] == "still here"


async def test_a_document_that_takes_too_long_ends_only_its_worker(make_docx: Make) -> None:
    error = await refused(Format.DOCX, make_docx("a"), Documents(timeout_s=0.001))
    assert "too long" in error.message


def test_the_worker_can_write_no_file_and_take_no_more_memory_than_its_share(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom gateway import extract\nextract.confine()\n"
        "try:\n    open(sys.argv[1], 'wb', buffering=0).write(b'x')\nexcept OSError as error:\n    print(error.errno)\n"
        "try:\n    bytearray(extract.MAX_MEMORY_BYTES)\nexcept MemoryError:\n    print('no memory')\n"
    )
    target = tmp_path / "written"
    run = subprocess.run([sys.executable, "-c", code, str(target)], capture_output=True, text=True, check=True)
    assert run.stdout.split("\n")[:2] == [str(errno.EFBIG), "no memory"]
    assert target.stat().st_size == 0


@given(st.lists(st.text()))
def test_whatever_a_parser_yields_is_text_that_json_can_carry(pieces: list[str]) -> None:
    text = extract.collect(iter([*pieces, "\ud800"]))
    assert len(text) <= extract.MAX_TEXT + 1
    assert json.loads(json.dumps(text)) == text
    text.encode("utf-8")
