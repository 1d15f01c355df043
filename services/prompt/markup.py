"""HTML and Markdown become the text that a reader would see, with the alt texts of their pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser, LexborNode

# What is code, navigation or a control, and not the content.
DROPPED = frozenset(
    re.findall(r"\w+", "script style nav template noscript iframe object embed canvas svg button select input textarea")
)
# Elements that end the paragraph before them and begin one of their own.
BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer "
        "form h1 h2 h3 h4 h5 h6 header hgroup hr li main ol p pre section summary table tbody tfoot thead title tr ul",
    )
)
CELLS = frozenset(("td", "th"))

# In HTML a line break is a blank like any other.
_SPACE = re.compile(r"[ \t\r\n\f]+")

MAX_NESTING = 60
HIDDEN_STYLE = re.compile(
    r"(?<![\w-])(?:display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?![.\d])|font-size\s*:\s*0(?![.\d]))",
    re.IGNORECASE,
)


def html_text(html: str) -> str:
    """The readable text of an HTML document or fragment, however broken; a blank line parts the blocks."""
    root = LexborHTMLParser(html).root
    return "" if root is None else "".join(_walk(root))


def markdown_text(markdown: str) -> str:
    """The readable text of a Markdown document; HTML in it is read as HTML.

    A document nested deeper than MAX_NESTING is taken as it stands, because the parser would lose what is below.
    """
    parser = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING}).enable(["table", "strikethrough"])
    tokens = parser.parse(markdown)
    if any(token.level >= MAX_NESTING - 1 for token in tokens):
        return markdown
    return html_text(str(parser.renderer.render(tokens, parser.options, {})))


def _walk(root: LexborNode) -> Iterator[str]:
    """The texts of a tree in reading order, without recursion: a document may be nested as deep as it is long."""
    stack: list[LexborNode | str] = [root]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            yield node
            continue
        if node.next is not None and node is not root:
            stack.append(node.next)
        if node.tag == "-text":
            yield _SPACE.sub(" ", node.text_content or "")
        elif node.tag and not node.tag.startswith("-") and not _is_dropped(node):
            before, after = _borders(node)
            yield before
            stack.append(after)
            if node.child is not None:
                stack.append(node.child)


def _is_dropped(node: LexborNode) -> bool:
    """Whether a reader never sees the element: hidden text is a favourite place for hidden instructions."""
    attributes = node.attributes
    return node.tag in DROPPED or "hidden" in attributes or bool(HIDDEN_STYLE.search(attributes.get("style") or ""))


def _borders(node: LexborNode) -> tuple[str, str]:
    """What stands before and after an element's own text."""
    if node.tag in BLOCKS:
        return "\n\n", "\n\n"
    if node.tag in CELLS:
        return " ", " "
    if node.tag == "br":
        return "\n", ""
    if node.tag == "img":
        alt = node.attributes.get("alt") or ""
        return f" {alt} ", ""
    return "", ""
