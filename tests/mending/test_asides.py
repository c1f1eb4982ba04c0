"""What was set aside is found in the Markdown, with its reason, and can be put back as words."""

from __future__ import annotations

from reader.article.asides import write_set_aside
from reader.article.model import SetAside
from reader.importers.markdown.importer import parse
from reader.mending.asides import Aside, as_markdown, asides


def test_what_is_set_aside_is_told_with_its_reason() -> None:
    text = "One.\n\n<!-- set aside, line 3 (a share button): Share this -->\n\n<!-- a plain comment -->\n"

    (found,) = asides(text)

    assert (found.text, found.reason) == ("Share this", "a share button")
    assert text[found.start : found.end] == "<!-- set aside, line 3 (a share button): Share this -->"


def test_words_with_signs_come_back_as_they_were() -> None:
    words = "1. A *star* -- and > more"
    text = write_set_aside(SetAside(3, words, "a (strange) line", 0))

    (found,) = asides(text)

    (block,) = parse(as_markdown(found)).article.blocks
    assert block.text == words
    assert found.reason == "a (strange) line"


def test_paragraphs_come_back_as_paragraphs() -> None:
    assert as_markdown(Aside(0, 0, "One.\n\nTwo.", "furniture")) == "One.\n\nTwo."


def test_a_comment_without_an_end_is_none() -> None:
    assert list(asides("<!-- set aside (x): a" + "<!--" * 1000)) == []
