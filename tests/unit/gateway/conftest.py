"""Fixtures: documents of every kind, good and bad."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable

import docx
import pytest

DOCUMENT_XML = (
    b'<?xml version="1.0"?>%s<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    b"<w:body>%s</w:body></w:document>"
)


@pytest.fixture
def make_docx() -> Callable[..., bytes]:
    """A Word document of paragraphs and one table."""

    def make(*paragraphs: str, cells: tuple[str, ...] = ()) -> bytes:
        document = docx.Document()
        for text in paragraphs:
            document.add_paragraph(text)
        if cells:
            row = document.add_table(1, len(cells)).rows[0]
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
        data = io.BytesIO()
        document.save(data)
        return data.getvalue()

    return make


@pytest.fixture
def make_pdf() -> Callable[..., bytes]:
    """A PDF with one line of text a page."""

    def make(*lines: str) -> bytes:
        count = len(lines)
        kids = " ".join(f"{3 + 2 * number} 0 R" for number in range(count))
        objects = ["<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Kids[{kids}]/Count {count}>>"]
        font = 3 + 2 * count
        for number, line in enumerate(lines):
            stream = f"BT /F1 12 Tf 72 720 Td ({line}) Tj ET"
            page = f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents {4 + 2 * number} 0 R"
            objects += [f"{page}/Resources<</Font<</F1 {font} 0 R>>>>>>"]
            objects += [f"<</Length {len(stream)}>>stream\n{stream}\nendstream"]
        objects.append("<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
        out, offsets = b"%PDF-1.4\n", []
        for number, body in enumerate(objects, 1):
            offsets.append(len(out))
            out += f"{number} 0 obj\n{body}\nendobj\n".encode()
        table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
        size = len(objects) + 1
        trailer = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer<</Size {size}/Root 1 0 R>>\n"
        return out + f"{trailer}startxref\n{len(out)}\n%%EOF\n".encode()

    return make


@pytest.fixture
def tamper() -> Callable[..., bytes]:
    """A Word document whose text is XML of the test's own; `padding` is how many random bytes lie beside it."""

    def make(good: bytes, body: bytes, doctype: bytes = b"", padding: int = 0) -> bytes:
        data = io.BytesIO()
        with (
            zipfile.ZipFile(io.BytesIO(good)) as source,
            zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as target,
        ):
            for entry in source.infolist():
                own = entry.filename == "word/document.xml"
                target.writestr(entry.filename, DOCUMENT_XML % (doctype, body) if own else source.read(entry))
            target.writestr("padding.bin", os.urandom(padding))
        return data.getvalue()

    return make
