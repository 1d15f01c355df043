"""The worker that reads one document: `python -m gateway.extract docx|pdf`, bytes on stdin, one JSON line on stdout.

A document from outside may be made to harm whoever parses it. So it is parsed here, in a process that lives for one
file, may use little memory and time, may write no file and start no process, and holds no credentials.

The answer is {"text": ...}, or {"problem": ..., "limit": ...} for a document that is at fault. A worker that dies says
nothing; `worker.py` knows what that means.
"""

from __future__ import annotations

import contextlib
import io
import json
import resource
import sys
import zipfile
from collections.abc import Iterator

MAX_TEXT = 100_000
MAX_PAGES = 500
MAX_ENTRIES = 2000
MAX_EXPANDED_BYTES = 64 * 1024 * 1024
MAX_RATIO = 200
MAX_MEMORY_BYTES = 512 * 1024 * 1024
MAX_CPU_S = 10


class DocumentError(Exception):
    """The document cannot be read; `limit` is what it would have to meet, where that can be said."""

    def __init__(self, problem: str, limit: str = "") -> None:
        super().__init__(problem)
        self.problem = problem
        self.limit = limit


def confine() -> None:
    """Give up what parsing does not need. Not undone: the process ends with its document."""
    limits = {
        resource.RLIMIT_AS: MAX_MEMORY_BYTES,
        resource.RLIMIT_CPU: MAX_CPU_S,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NPROC: 0,
        resource.RLIMIT_NOFILE: 64,
    }
    for kind, limit in limits.items():
        # Not every system has every limit; the parent's time limit holds on all of them.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (limit, limit))


def check_archive(data: bytes) -> None:
    """Refuse an archive that would expand to more than a document is worth.

    The sizes are those of its directory; the reader of the entries takes no byte more than those.
    """
    try:
        entries = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise DocumentError(f"is no readable archive: {error}") from None
    if len(entries) > MAX_ENTRIES:
        raise DocumentError(f"holds {len(entries)} entries", f"at most {MAX_ENTRIES} entries")
    expanded = sum(entry.file_size for entry in entries)
    if expanded > MAX_EXPANDED_BYTES:
        raise DocumentError(f"expands to {expanded} bytes", f"at most {MAX_EXPANDED_BYTES} bytes expanded")
    if expanded > MAX_RATIO * len(data):
        raise DocumentError(f"expands to {expanded // len(data)} times its size", f"at most {MAX_RATIO} times")


def docx_text(data: bytes) -> Iterator[str]:
    """The paragraphs and table cells of a Word document, in reading order."""
    check_archive(data)
    import docx
    from docx.document import Document
    from docx.table import Table, _Cell

    def blocks(parent: Document | _Cell, depth: int) -> Iterator[str]:
        for block in parent.iter_inner_content():
            if not isinstance(block, Table):
                yield block.text
            elif depth:
                for row in block.rows:
                    for cell in row.cells:
                        yield from blocks(cell, depth - 1)

    yield from blocks(docx.Document(io.BytesIO(data)), 8)


def pdf_text(data: bytes) -> Iterator[str]:
    """The text of a PDF's pages."""
    import pypdf

    reader = pypdf.PdfReader(io.BytesIO(data))
    if reader.is_encrypted:
        raise DocumentError("is encrypted", "a .pdf file without a password")
    count = len(reader.pages)
    if count > MAX_PAGES:
        raise DocumentError(f"has {count} pages", f"at most {MAX_PAGES} pages")
    for page in reader.pages:
        yield page.extract_text()


def collect(pieces: Iterator[str]) -> str:
    """The pieces as one text, blank lines between them; stops soon after MAX_TEXT code points."""
    kept: list[str] = []
    length = 0
    for piece in pieces:
        # What UTF-8 cannot carry is no text either.
        text = piece.encode("utf-8", "replace").decode("utf-8").replace("\0", "").strip()
        if text:
            kept.append(text)
            length += len(text) + 2
        if length > MAX_TEXT + 2:
            break
    return "\n\n".join(kept)[: MAX_TEXT + 1]


def answer(kind: str, data: bytes) -> dict[str, str]:
    """What the worker says about a document."""
    try:
        return {"text": collect((docx_text if kind == "docx" else pdf_text)(data))}
    except DocumentError as error:
        return {"problem": error.problem, "limit": error.limit}
    except (MemoryError, RecursionError):
        return {"problem": "takes too much memory to read", "limit": f"{MAX_MEMORY_BYTES >> 20} MiB"}
    except Exception as error:  # whatever a parser raises means one thing: the document is broken
        return {"problem": f"cannot be read ({type(error).__name__})", "limit": ""}


def main() -> None:
    """Read one document."""
    confine()
    result = answer(sys.argv[1], sys.stdin.buffer.read())
    sys.stdout.write(json.dumps(result))
    sys.stdout.flush()


if __name__ == "__main__":
    main()
