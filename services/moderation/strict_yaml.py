"""YAML read strictly: plain data only, each key once, no aliases, of bounded size."""

from __future__ import annotations

from typing import Any

import yaml
from yaml.constructor import ConstructorError
from yaml.events import AliasEvent
from yaml.nodes import MappingNode, Node

MAX_DOCUMENT_LENGTH = 65_536


class PolicyError(Exception):
    """A policy that cannot be used: where in it, and why; the message is for whoever wrote it."""


def read_yaml(text: str) -> object:
    """The value of a YAML document.

    Raises:
        PolicyError: the text is no YAML of the kind above.
    """
    if len(text) > MAX_DOCUMENT_LENGTH:
        raise PolicyError(f"has {len(text)} characters; a policy takes at most {MAX_DOCUMENT_LENGTH}")
    try:
        return yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe loader, made stricter
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        where = f"line {mark.line + 1}, column {mark.column + 1}: " if mark else ""
        raise PolicyError(f"{where}{error.problem or 'is no YAML'}") from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise PolicyError(f"is no YAML: {' '.join(str(error).split())[:200]}") from None


def write_yaml(value: object) -> str:
    """A value as YAML, its keys in the order they have."""
    return yaml.safe_dump(value, sort_keys=False, allow_unicode=True, width=1000)


class _Loader(yaml.SafeLoader):
    """PyYAML's safe loader, which would take the last of several equal keys and expand aliases without end."""

    def compose_node(self, parent: Node | None, index: int) -> Node | None:
        if self.check_event(AliasEvent):
            raise ConstructorError(None, None, "an alias (*) is not taken; write it out", self.get_mark())
        return super().compose_node(parent, index)

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        if not isinstance(node, MappingNode):
            return super().construct_mapping(node, deep)
        mapping: dict[str, object] = {}
        for key_node, value_node in node.value:
            key = self.construct_object(key_node, deep=True)
            if not isinstance(key, str):
                raise ConstructorError(None, None, f"the key {key!r} is no text; put it in quotes", key_node.start_mark)
            if key in mapping:
                raise ConstructorError(None, None, f"the key {key!r} is there twice", key_node.start_mark)
            mapping[key] = self.construct_object(value_node, deep=True)
        return mapping
