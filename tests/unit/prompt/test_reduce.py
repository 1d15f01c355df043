"""Content of any type becomes plain text."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from services.prompt.reduce import CONTENT_TYPES, HTML, MARKDOWN, PLAIN, fold, media_type, one_line, sniff, to_text

MARKUP = st.text(alphabet=st.sampled_from(list("<>/!-=\"'&;[]()*_#`|~\\ \nabpi{}:.0é字\u202e\u200b")), max_size=300)


@given(content=st.text(max_size=300) | MARKUP, content_type=st.sampled_from(["", *CONTENT_TYPES]))
@example(content="<![CDATA[", content_type=HTML)
@example(content="<!doctype html><", content_type="")
@example(content="[" * 500, content_type=MARKDOWN)
def test_no_content_ever_fails(content: str, content_type: str) -> None:
    text = to_text(content, content_type)
    assert text == text.strip()
    assert "\n\n\n" not in text
    assert "  " not in text
    assert fold(text) == text


@given(st.text(alphabet=st.characters(categories=["L", "N"]), min_size=1, max_size=60))
def test_letters_of_plain_text_and_of_a_paragraph_are_kept(text: str) -> None:
    assert to_text(text, PLAIN) == text
    assert to_text(f"<p>{text}</p>", HTML) == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>one<p>two", "one\n\ntwo"),
        ("a<br>b", "a\nb"),
        ("<b>bo</b>ld", "bold"),
        ("Tom &amp; Anna &lt;3", "Tom & Anna <3"),
        ("x<script>y</script><style>z</style><!-- c --><nav>n</nav>", "x"),
        ('<img src="a.png" alt="a red boat"> sails', "a red boat sails"),
        ("<img alt>x", "x"),
        ("<ul><li>eggs<li>flour</ul>", "eggs\n\nflour"),
        ("<table><tr><td>1</td><td>2</td></tr></table>", "1 2"),
        ('<p style="DISPLAY : none">secret</p><p>open</p>', "open"),
        ('<p style="opacity:0">secret</p><p style="opacity:0.5">half</p>', "half"),
        ("<div hidden>secret</div>open", "open"),
        ("<p>on<noscript>off</noscript><template>t</template>", "on"),
        ("<p>one\nline</p>\n<p>two</p>", "one line\n\ntwo"),
        ("</div></p>stray<b", "stray"),
        ("<p>unclosed <em>deep", "unclosed deep"),
        ("<title>Harvest</title><p>text", "Harvest\n\ntext"),
        ("<pre>a   b</pre>", "a b"),
    ],
)
def test_html_is_read_like_a_reader_would(html: str, text: str) -> None:
    assert to_text(html, HTML) == text


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("# Title\n\nText *em* **strong**", "Title\n\nText em strong"),
        ("[label](https://example.org)", "label"),
        ("![a red boat](boat.png)", "a red boat"),
        ("- a\n- b", "a\n\nb"),
        ("> quoted", "quoted"),
        ("<div>html <b>inside</b></div>", "html inside"),
        ("a <script>bad</script> b", "a b"),
        ("| h | i |\n|---|---|\n| 1 | 2 |", "h i\n\n1 2"),
        ("~~old~~ new", "old new"),
        ("`code` and\n```\nblock\n```", "code and\n\nblock"),
    ],
)
def test_markdown_is_read_like_a_reader_would(markdown: str, text: str) -> None:
    assert to_text(markdown, MARKDOWN) == text


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ("A boat at sea.", PLAIN),
        ("5 < 6 and 7 > 6, std::vector<int>", PLAIN),
        ("Use a * b * c", PLAIN),
        ("<!DOCTYPE html><p>x", HTML),
        ("<p>x</p>", HTML),
        ("<p><a>", HTML),
        ("Hello<br>world<br/>", HTML),
        ("# Title\n\ntext", MARKDOWN),
        ("See [this](http://x.org)", MARKDOWN),
        ("- one\n- two", MARKDOWN),
        ("a **strong** word", MARKDOWN),
    ],
)
def test_an_empty_content_type_is_found_out(content: str, kind: str) -> None:
    assert sniff(content) == kind


@pytest.mark.parametrize("depth", [70, 5000])
def test_text_below_any_depth_of_nesting_is_kept(depth: int) -> None:
    assert to_text("<div>" * depth + "deep", HTML) == "deep"
    assert "deep" in to_text("> " * depth + "deep", MARKDOWN)
    assert "deep" in to_text("- " * depth + "deep", MARKDOWN)


def test_characters_that_nobody_sees_are_dropped() -> None:
    assert to_text("a\u200bb\u202ec\ufeff\U000e0041d\x07", PLAIN) == "abcd"
    assert to_text("می\u200cخواهم 👩\u200d🚀", PLAIN) == "می\u200cخواهم 👩\u200d🚀"


def test_white_space_is_folded_and_paragraphs_are_kept() -> None:
    assert to_text(" a \t b\r\n\r\n\r\n c\u00a0\u3000d\u2029e\n", PLAIN) == "a b\n\nc d\ne"
    assert one_line(" a\n\nb\tc ") == "a b c"


@pytest.mark.parametrize(
    ("given", "bare"), [("Text/HTML; charset=utf-8", "text/html"), ("", ""), (" text/plain ", "text/plain")]
)
def test_a_media_type_is_read_without_its_parameters(given: str, bare: str) -> None:
    assert media_type(given) == bare
