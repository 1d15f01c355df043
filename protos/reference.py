"""Write docs/api.md, the reference of every RPC and message, from the comments of the protos.

python protos/reference.py            write it
python protos/reference.py --check    exit 1 if it is not what the protos say
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from google.protobuf.descriptor_pb2 import (
    DescriptorProto,
    EnumDescriptorProto,
    FieldDescriptorProto,
    FileDescriptorProto,
    FileDescriptorSet,
)

sys.path.insert(0, str(Path(__file__).parent))
from generate import PROTOS, run

TARGET = PROTOS.parent / "docs" / "api.md"
HEAD = """# API reference

Written by `make protos` from the comments in [protos](../protos/atelier); do not edit. Over HTTP the messages are
proto3's canonical JSON (`lowerCamelCase`), see [http.md](http.md).
"""
MESSAGE, ENUM, SERVICE = 4, 5, 6
Place = tuple[int, ...]


class Comments:
    """The comments of one file, by where they stand in its descriptor."""

    def __init__(self, file: FileDescriptorProto) -> None:
        self._by_path = {tuple(row.path): row.leading_comments for row in file.source_code_info.location}

    def at(self, path: Place) -> list[str]:
        """The paragraphs of one comment, each on one line."""
        text = self._by_path.get(path, "").strip()
        return [" ".join(part.split()) for part in text.split("\n\n") if part.strip()]


def reference() -> str:
    """The whole document."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "set"
        run("--include_imports", "--include_source_info", f"--descriptor_set_out={target}")
        files = FileDescriptorSet.FromString(target.read_bytes()).file
    own = sorted((file for file in files if file.package.startswith("atelier.")), key=lambda file: file.package)
    return HEAD + "".join(line for file in own for line in _file(file))


def _file(file: FileDescriptorProto) -> Iterator[str]:
    comments = Comments(file)
    for index, service in enumerate(file.service):
        yield f"\n## {file.package}.{service.name}\n\n"
        yield _text(comments.at((SERVICE, index)))
        for number, method in enumerate(service.method):
            streams = "stream " if method.server_streaming else ""
            asks = "stream " if method.client_streaming else ""
            takes, gives = _short(method.input_type), _short(method.output_type)
            yield f"\n### {method.name}\n\n`{method.name}({asks}{takes}) returns ({streams}{gives})`\n\n"
            yield _text(comments.at((SERVICE, index, 2, number)))
    for index, message in enumerate(file.message_type):
        yield from _message(message, f"{file.package}.{message.name}", comments, (MESSAGE, index))
    for index, enum in enumerate(file.enum_type):
        yield from _enum(enum, f"{file.package}.{enum.name}", comments, (ENUM, index))


def _message(message: DescriptorProto, name: str, comments: Comments, path: Place) -> Iterator[str]:
    yield f"\n### {name}\n\n"
    yield _text(comments.at(path))
    if message.field:
        yield "\n| field | type | |\n|---|---|---|\n"
        for index, field in enumerate(message.field):
            yield _row(f"`{field.name}`", _type(field), comments.at((*path, 2, index)))
    for index, inner in enumerate(message.nested_type):
        yield from _message(inner, f"{name}.{inner.name}", comments, (*path, 3, index))
    for index, enum in enumerate(message.enum_type):
        yield from _enum(enum, f"{name}.{enum.name}", comments, (*path, 4, index))


def _enum(enum: EnumDescriptorProto, name: str, comments: Comments, path: Place) -> Iterator[str]:
    yield f"\n### {name}\n\n"
    yield _text(comments.at(path))
    yield "\n| value | number | |\n|---|---|---|\n"
    for index, value in enumerate(enum.value):
        yield _row(f"`{value.name}`", str(value.number), comments.at((*path, 2, index)))


def _type(field: FieldDescriptorProto) -> str:
    name = _short(field.type_name) or FieldDescriptorProto.Type.Name(field.type).removeprefix("TYPE_").lower()
    many = "repeated " if field.label == FieldDescriptorProto.LABEL_REPEATED else ""
    return many + ("optional " if field.proto3_optional else "") + name


def _row(*cells: str | Sequence[str]) -> str:
    texts = (cell if isinstance(cell, str) else " ".join(cell) for cell in cells)
    return "| " + " | ".join(text.replace("|", "\\|") for text in texts) + " |\n"


def _text(paragraphs: Sequence[str]) -> str:
    return "".join(f"{paragraph}\n" for paragraph in "\n\n".join(paragraphs).split("\n"))


def _short(type_name: str) -> str:
    return type_name.removeprefix(".").removeprefix("atelier.")


def main() -> None:
    """Write the document, or compare it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    fresh = reference()
    if not parser.parse_args().check:
        TARGET.write_text(fresh)
    elif not TARGET.exists() or TARGET.read_text() != fresh:
        sys.exit("docs/api.md is not what the protos say; run `make protos`")


if __name__ == "__main__":
    main()
