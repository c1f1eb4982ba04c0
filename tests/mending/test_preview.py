"""The article that a text is, and the lines that its passages stand on."""

from __future__ import annotations

from reader.article.codec import encode
from reader.export.markdown import write
from reader.importers.markdown.importer import parse
from reader.mending.preview import preview, unchanged

TEXT = """---
title: The ferry
---

# Spring

The *ice* on the river
broke.[^1]

> Somebody said so.

- an item
- another [item](https://example.org/a)

A boat
{: .caption}

The *ice* on the river froze again.

[^1]: In March.
"""


def test_each_passage_has_the_line_it_begins_on() -> None:
    shown = preview(TEXT)

    assert list(shown.lines) == [4, 6, 9, 11, 12, 14, 17, 19]


def test_a_line_leads_to_its_passage_and_a_line_between_to_the_one_before() -> None:
    shown = preview(TEXT)

    assert [shown.passage_at(line) for line in (0, 4, 6, 7, 9, 12, 18, 19)] == [0, 0, 1, 1, 2, 4, 6, 7]


def test_a_text_that_nobody_touched_is_not_parsed_again() -> None:
    article = parse(TEXT).article
    text = write(article)

    shown = unchanged(text, encode(article))

    assert list(shown.lines) == list(preview(text).lines)
    assert shown.compiled.article() == article
