"""Content of any accepted type becomes plain text with folded white space."""

from __future__ import annotations

import re
import unicodedata

from services.prompt.markup import html_text, markdown_text

PLAIN, MARKDOWN, HTML = "text/plain", "text/markdown", "text/html"
CONTENT_TYPES = (PLAIN, MARKDOWN, HTML)

# Every repetition is bounded, so that no content can make these slow.
_HTML_START = re.compile(r"\s{0,99}(?:<\?xml[^>]{0,199}>\s{0,99})?(?:<!doctype\s{1,9}html|<html[\s>])", re.IGNORECASE)
_HTML_ELEMENT = re.compile(
    r"</?(?:p|div|span|h[1-6]|ul|ol|li|table|tr|td|article|section|main|header|footer|body|head|title|a|b|i|em|strong"
    r"|script|style|figure|blockquote|nav|font|center|pre|code|br|hr|img)(?:\s[^<>]{0,999})?/?>",
    re.IGNORECASE,
)
_MARKDOWN_SIGN = re.compile(
    r"^#{1,6}[ \t]{1,9}\S|^(?:```|~~~)|!?\[[^\[\]\n]{1,199}\]\([^()\s]{1,499}\)|\*\*[^*\s][^*\n]{0,199}\*\*"
    r"|^[-*+][ \t]\S[^\n]{0,499}\n[-*+][ \t]\S|^>[ \t]\S|^\|[^\n]{1,499}\|[ \t]*\n\|[ \t:|-]{1,499}\|",
    re.MULTILINE,
)
# No sign of Markdown is without one of these, and they are found much sooner.
_MARKDOWN_MARKS = ("#", "```", "~~~", "](", "**", "- ", "-\t", "* ", "*\t", "+ ", "+\t", "> ", ">\t", "|")
_SNIFFED_LENGTH = 20_000

# Format characters that carry meaning in scripts and emoji: zero width non-joiner and joiner.
_KEPT_FORMATS = frozenset("\u200c\u200d")
# All but a single blank, which is most of them and stays what it is.
_BLANKS = re.compile(r"[^\S\n ][^\S\n]*| [^\S\n]+")
_LINE_BORDERS = re.compile(r" ?\n ?")
_BLANK_LINES = re.compile(r"\n{3,}")


def media_type(content_type: str) -> str:
    """The bare media type in lower case: "Text/HTML; charset=utf-8" is "text/html"."""
    return content_type.partition(";")[0].strip().lower()


def sniff(content: str) -> str:
    """The content type that content without a declared one has."""
    start = content[:_SNIFFED_LENGTH]
    if _HTML_START.match(start):
        return HTML
    elements = len(_HTML_ELEMENT.findall(start))
    marked = any(mark in start for mark in _MARKDOWN_MARKS) and _MARKDOWN_SIGN.search(start)
    if marked and not (elements and start.lstrip().startswith("<")):
        return MARKDOWN
    return HTML if elements >= 2 else PLAIN


def to_text(content: str, content_type: str = "") -> str:
    """The content as plain text; "" where it has none.

    `content_type` is one of CONTENT_TYPES, or empty to find out from the content. Markup never fails: what cannot be
    read as markup is read as text.
    """
    kind = media_type(content_type) or sniff(content)
    if kind == HTML:
        return fold(html_text(content))
    return fold(markdown_text(content) if kind == MARKDOWN else content)


def fold(text: str) -> str:
    """Text without invisible characters, with one blank between words and at most one blank line between paragraphs."""
    visible = visible_text(text.replace("\r\n", "\n").replace("\r", "\n"))
    lines = _BLANKS.sub(" ", visible)
    if "\n" not in lines:
        return lines.strip()
    return _BLANK_LINES.sub("\n\n", _LINE_BORDERS.sub("\n", lines)).strip()


def one_line(text: str) -> str:
    """The text on one line, without invisible characters."""
    return " ".join(visible_text(text).split())


def visible_text(text: str) -> str:
    """The text without control and format characters, which readers do not see and models do."""
    if text.isascii() and text.isprintable():
        return text
    hidden = {ord(char): _replacement(char) for char in set(text) if _is_invisible(char)}
    return text.translate(hidden) if hidden else text


def _is_invisible(char: str) -> bool:
    category = unicodedata.category(char)
    return category in ("Cs", "Co", "Cn") or (
        category in ("Cc", "Cf", "Zl", "Zp") and char != "\n" and char not in _KEPT_FORMATS
    )


def _replacement(char: str) -> str | None:
    """A separator stays a separator; the rest vanishes."""
    if char in "\u2028\u2029\u0085\u000b\u000c":
        return "\n"
    return " " if char in "\t\x00" else None
