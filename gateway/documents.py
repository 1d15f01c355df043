"""Which files can be content, how each is told from the others, and how large it may be."""

from __future__ import annotations

from enum import StrEnum

from services.kit.errors import Reason, ServiceError, invalid_field

MAX_FILE_BYTES = 10 * 1024 * 1024


class Format(StrEnum):
    """A kind of file."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    DOCX = "docx"
    PDF = "pdf"


DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

EXTENSIONS = {
    "txt": Format.TEXT,
    "text": Format.TEXT,
    "md": Format.MARKDOWN,
    "markdown": Format.MARKDOWN,
    "html": Format.HTML,
    "htm": Format.HTML,
    "docx": Format.DOCX,
    "pdf": Format.PDF,
}
MEDIA_TYPES = {
    "text/plain": Format.TEXT,
    "text/markdown": Format.MARKDOWN,
    "text/html": Format.HTML,
    DOCX_TYPE: Format.DOCX,
    "application/pdf": Format.PDF,
}
# What the content that comes out of a file is; documents come out as plain text.
CONTENT_TYPES = {Format.MARKDOWN: "text/markdown", Format.HTML: "text/html"}
# A file that begins otherwise is not worth a worker.
SIGNATURES = {Format.DOCX: b"PK\x03\x04", Format.PDF: b"%PDF-"}
SIGNATURE_WITHIN = 1024
KNOWN = ".txt, .md, .html, .docx, .pdf"


def format_of(filename: str, media_type: str) -> Format | None:
    """What a file says it is: its extension, else its media type; None for anything that is not read."""
    stem, dot, extension = filename.rpartition(".")
    if dot and stem and extension.lower() in EXTENSIONS:
        return EXTENSIONS[extension.lower()]
    return None if dot and stem else MEDIA_TYPES.get(media_type)


def content_type(kind: Format) -> str:
    """Media type of the content that a file of this kind becomes."""
    return CONTENT_TYPES.get(kind, "text/plain")


def check_signature(kind: Format, data: bytes) -> None:
    """Refuse a file that is not what it says.

    Raises:
        ServiceError: FIELD_INVALID.
    """
    mark = SIGNATURES.get(kind)
    if mark is not None and mark not in data[:SIGNATURE_WITHIN]:
        raise unreadable(kind, f"does not begin as a .{kind} file does")


def plain_text(data: bytes) -> str:
    """The text of a text file; a byte order mark is dropped.

    Raises:
        ServiceError: FIELD_INVALID for what is no UTF-8.
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise invalid_field("file", f"is no valid UTF-8 at byte {error.start}", "text in UTF-8") from None


def unreadable(kind: Format, why: str, limit: str = "") -> ServiceError:
    """FIELD_INVALID for a file that cannot be read."""
    return invalid_field("file", why, limit or f"a readable .{kind} file")


def without_text(kind: Format) -> ServiceError:
    """CONTENT_LENGTH for a file in which no text was found."""
    hint = "; a scanned page is a picture of text" if kind is Format.PDF else ""
    return ServiceError(Reason.CONTENT_LENGTH, f"the file holds no text{hint}", field="file", limit="1 to 100000")


def too_long(limit: int) -> ServiceError:
    """CONTENT_LENGTH for a file with more text than an asset takes."""
    message = f"the file holds more than {limit} Unicode code points of text"
    return ServiceError(Reason.CONTENT_LENGTH, message, field="file", limit=f"1 to {limit} Unicode code points")
