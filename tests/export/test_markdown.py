"""The Markdown that a teacher gets to see and mend."""

from __future__ import annotations

from reader.article.model import (
    Article,
    Block,
    BlockKind,
    ListItem,
    Mark,
    Metadata,
    Note,
    SetAside,
    Span,
    SpanKind,
    TableRow,
)
from reader.article.normal import normal
from reader.export.markdown import write
from reader.importers.markdown.importer import parse


def written(*blocks: Block) -> str:
    return write(Article(Metadata(), blocks))


def test_an_article_reads_as_a_person_would_write_it() -> None:
    article = normal(
        Article(
            Metadata(title="A title", authors=("A. Author",), date="1917-10"),
            (
                Block(BlockKind.LEAD, "The lead."),
                Block(BlockKind.HEADING, "Part", level=2),
                Block(BlockKind.PARAGRAPH, "Some words", (Span(5, 10, SpanKind.EMPHASIS),), (Mark(10, "1"),)),
                Block(BlockKind.QUOTATION, "Quoted", within=">"),
                Block(BlockKind.LIST_ITEM, "one", detail=ListItem(1)),
                Block(BlockKind.LIST_ITEM, "inner", within="-", detail=ListItem()),
                Block(BlockKind.LIST_ITEM, "two", detail=ListItem(2)),
                Block(BlockKind.TABLE_ROW, "a\tb", detail=TableRow(True, "-r")),
                Block(BlockKind.TABLE_ROW, "1\t2", detail=TableRow()),
            ),
            (Note("1", "1", (Block(BlockKind.PARAGRAPH, "First."), Block(BlockKind.PARAGRAPH, "Second."))),),
        )
    )

    text = write(article)

    assert (
        text
        == """---
title: A title
authors:
  - A. Author
date: 1917-10
---

The lead.
{: .lead}

## Part

Some _words_[^1]

> Quoted

1. one
   - inner
2. two

| a | b |
| --- | --: |
| 1 | 2 |

[^1]: First.

    Second.
"""
    )


def test_the_title_that_the_first_heading_says_is_not_said_twice() -> None:
    article = normal(Article(Metadata(title="T"), (Block(BlockKind.HEADING, "T", level=1),)))

    assert write(article) == "# T\n"


def test_only_what_must_be_escaped_is_escaped() -> None:
    text = written(Block(BlockKind.PARAGRAPH, "snake_case, 2 * 3, a & b, x < y, (c), d! 5% #1 e-mail 1.5 | f: g"))

    assert text == "snake_case, 2 * 3, a & b, x < y, (c), d! 5% #1 e-mail 1.5 | f: g\n"


def test_signs_that_would_begin_a_block_are_escaped() -> None:
    lines = ["# a", "> a", "- a", "1. a", "+ a", "===", "---", ": a", "~~~"]

    texts = [written(Block(BlockKind.PARAGRAPH, line)) for line in lines]

    assert texts == [
        "\\# a\n",
        "\\> a\n",
        "\\- a\n",
        "1\\. a\n",
        "\\+ a\n",
        "\\===\n",
        "\\---\n",
        "\\: a\n",
        "\\~\\~\\~\n",
    ]


def test_emphasis_across_two_links_that_touch_is_written_in_each() -> None:
    links = (Span(0, 1, SpanKind.LINK, "#a"), Span(1, 3, SpanKind.LINK, "#b"))
    text = written(Block(BlockKind.PARAGRAPH, "xyz", (Span(0, 2, SpanKind.EMPHASIS), *links)))

    assert text == "[_x_](#a)[<em>y</em>z](#b)\n"


def test_a_link_s_text_that_looks_like_a_mark_is_escaped() -> None:
    text = written(Block(BlockKind.PARAGRAPH, "[^1]", (Span(1, 3, SpanKind.LINK, "#a"),)))

    assert text == "\\[[\\^1](#a)]\n"


def test_what_was_set_aside_stands_as_a_comment_at_its_place() -> None:
    article = Article(
        Metadata(),
        (Block(BlockKind.PARAGRAPH, "a"), Block(BlockKind.PARAGRAPH, "b")),
        set_aside=(SetAside(7, "Share -- this -->", "a button (of a page)", 1),),
    )

    text = write(article)

    assert text == "a\n\n<!-- set aside, line 7 (a button \\(of a page\\)): Share -\\- this -\\-> -->\n\nb\n"
    assert parse(text).article == article


def test_a_comment_without_its_signs_is_text_again() -> None:
    text = "a\n\n<!-- set aside, line 7 (clutter): Words -->\n"

    article = parse(text.replace("<!-- set aside, line 7 (clutter): ", "").replace(" -->", "")).article

    assert [block.text for block in article.blocks] == ["a", "Words"]


def test_a_warning_that_is_not_derived_is_kept_as_a_comment() -> None:
    article = normal(Article(Metadata(), (Block(BlockKind.PARAGRAPH, "a"),), warnings=("Look here.",)))

    assert write(article) == "a\n\n<!-- noticed: Look here. -->\n"
    assert parse(write(article)).article == article
