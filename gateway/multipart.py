"""`multipart/form-data` (RFC 7578): a body in memory as its parts, in time linear in its length."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote

from services.kit.errors import invalid_field

MEDIA_TYPE = "multipart/form-data"
MAX_PARTS = 32
MAX_HEADER_BYTES = 4096

_BOUNDARY = re.compile(r';\s*boundary\s*=\s*(?:"([^"\r\n]{1,70})"|([^\s";,]{1,70}))', re.IGNORECASE)
_PARAMETER = re.compile(r';\s*([a-z]+\*?)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]*))', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """One part: the form field's name, the file's name where it is a file, its media type and its bytes."""

    name: str
    filename: str
    media_type: str
    data: bytes

    def text(self) -> str:
        """The part as text.

        Raises:
            ServiceError: FIELD_INVALID where it is no UTF-8.
        """
        try:
            return self.data.decode("utf-8")
        except UnicodeDecodeError as error:
            raise invalid_field(self.name, f"is no valid UTF-8 at byte {error.start}", "UTF-8") from None


def boundary(content_type: str) -> str:
    """The boundary that a Content-Type header names.

    Raises:
        ServiceError: FIELD_INVALID where there is none, or none that RFC 2046 allows.
    """
    found = _BOUNDARY.search(content_type)
    if found is None:
        raise invalid_field("Content-Type", "has no boundary", "multipart/form-data; boundary=...")
    return str(found[1] or found[2])


def parse(body: bytes, mark: str) -> list[Part]:
    """The parts of a body, in order.

    Raises:
        ServiceError: FIELD_INVALID for a body that is cut off, has too many parts or a part without a name.
    """
    # The first delimiter has no line break before it; with one in front all delimiters look alike.
    pieces = (b"\r\n" + body).split(b"\r\n--" + mark.encode("latin-1", "replace"), MAX_PARTS + 2)
    if len(pieces) > MAX_PARTS + 2:
        raise invalid_field("body", f"has more than {MAX_PARTS} parts", f"at most {MAX_PARTS} parts")
    if len(pieces) < 2 or not pieces[-1].startswith(b"--"):
        raise invalid_field("body", "does not end with its boundary", "multipart/form-data as in RFC 7578")
    return [_part(piece) for piece in pieces[1:-1]]


def _part(piece: bytes) -> Part:
    padding, _, rest = piece.partition(b"\r\n")
    head, blank, data = rest.partition(b"\r\n\r\n")
    if padding.strip() or not blank or len(head) > MAX_HEADER_BYTES:
        raise invalid_field("body", "has a part without headers of its own", "Content-Disposition for each part")
    headers = _headers(head)
    disposition = headers.get("content-disposition", "")
    values = {name.lower(): _unescape(quoted) or plain for name, quoted, plain in _PARAMETER.findall(disposition)}
    if not disposition.lower().startswith("form-data") or not values.get("name"):
        raise invalid_field("body", "has a part without a name", 'Content-Disposition: form-data; name="..."')
    if headers.get("content-transfer-encoding", "binary").strip().lower() not in ("binary", "8bit", "7bit"):
        raise invalid_field(values["name"], "has a Content-Transfer-Encoding, which RFC 7578 forbids", "plain bytes")
    filename = _extended(values.get("filename*", "")) or values.get("filename", "")
    media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
    return Part(values["name"], filename, media_type, data)


def _headers(head: bytes) -> dict[str, str]:
    try:
        lines = head.decode("utf-8").split("\r\n")
    except UnicodeDecodeError:
        raise invalid_field("body", "has a part whose headers are no UTF-8", "UTF-8") from None
    pairs = (line.partition(":") for line in lines)
    return {name.strip().lower(): value.strip() for name, _, value in pairs}


def _unescape(quoted: str) -> str:
    # Browsers write %22 for a quotation mark in a name, other clients a backslash before it.
    return re.sub(r"\\(.)", r"\1", quoted).replace("%22", '"')


def _extended(value: str) -> str:
    """A file name in the form of RFC 8187, `UTF-8''na%C3%AFve.txt`."""
    charset, _, rest = value.partition("'")
    return unquote(rest.partition("'")[2]) if charset.lower() == "utf-8" else ""
