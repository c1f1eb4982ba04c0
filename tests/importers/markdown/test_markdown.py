"""What the Markdown importer understands, where other programs disagree or go wrong."""

from __future__ import annotations

import pytest

from reader.article.model import Article, Block, BlockKind, Code, Mark, Span, SpanKind
from reader.article.normal import normal
from reader.importers.markdown.importer import parse


def article(text: str) -> Article:
    return parse(text).article


def shown(text: str) -> list[tuple[str, str]]:
    return [(block.kind.name, block.text) for block in article(text).blocks]


def headings(text: str) -> list[tuple[int, str]]:
    return [(block.level, block.text) for block in article(text).blocks if block.kind is BlockKind.HEADING]


# Title and header


def test_the_first_heading_is_the_title_and_stays_a_block() -> None:
    found = article("# The title\n\nText\n\n## Part")

    assert found.metadata.title == "The title"
    assert [block.text for block in found.blocks] == ["The title", "Text", "Part"]


def test_a_header_says_the_title_before_any_heading() -> None:
    found = article("---\ntitle: Said\n---\n# Another\n")

    assert found.metadata.title == "Said"


def test_one_of_several_chapters_below_a_text_is_no_title() -> None:
    found = article("Foreword.\n\n# One\n\n# Two\n")

    assert found.metadata.title == ""


@pytest.mark.parametrize(
    "header",
    [
        "---\ntitle: T\nauthors: [A, 'B']\n...\n",
        "+++\ntitle = 'T'\nauthors = ['A', \"B\"]\n+++\n",
        "% T\n% A; B\n\n",
        "Title: T\nAuthor: A\nAuthors: B\n\n",
        "---\ntitle: >\n  T\nauthor:\n- A\n- name: B\n---\n",
    ],
)
def test_a_header_of_any_custom_is_understood(header: str) -> None:
    found = article(header + "Text")

    assert (found.metadata.title, found.metadata.authors) == ("T", ("A", "B"))
    assert [block.text for block in found.blocks] == ["Text"]


def test_two_rules_around_a_text_are_no_header() -> None:
    assert shown("---\nJust a line\n---\n\nText")[-1] == ("PARAGRAPH", "Text")
    assert any("Just a line" in text for _, text in shown("---\nJust a line\n---\n\nText"))


def test_a_header_that_holds_only_a_mapping_is_no_heading() -> None:
    found = article("---\nkernel:\n  name: K\n  language: tcl\n---\n\n# Values\n\nText")

    assert [block.text for block in found.blocks] == ["Values", "Text"]
    assert [(item.line, item.text) for item in found.set_aside] == [(2, "kernel:\nname: K\nlanguage: tcl")]


def test_an_unknown_entry_of_the_header_is_set_aside() -> None:
    found = article("---\ntitle: T\nodd: [1, {a: b}]\n---\nText")

    assert [(item.line, item.text) for item in found.set_aside] == [(3, "odd: [1, {a: b}]")]


# Headings


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Text\n# Right below\nText", [(1, "Right below")]),
        ("## Closed ##\n", [(2, "Closed")]),
        ("## C#\n", [(2, "C#")]),
        ("#hashtag\n\n#5 is no heading", []),
        ("####### seven\n", []),
        ("Under *lined*\n===\n\nTwice\n---\n", [(1, "Under lined"), (2, "Twice")]),
        ("    # code\n", []),
        ("- # in a list\n", [(1, "in a list")]),
        ("a | b\n--|--\n1 | 2\n---\n", []),
        ("# `code` &amp; <b>more</b> \\# {#anchor}\n", [(1, "code & more #")]),
    ],
)
def test_headings(text: str, expected: list[tuple[int, str]]) -> None:
    assert headings(text) == expected


def test_a_link_to_a_heading_s_slug_gives_the_heading_an_anchor() -> None:
    found = article("[go](#the-end-of-it)\n\n## The end, of it!\n")

    assert found.blocks[1].anchor == "the-end-of-it"


# Fences


@pytest.mark.parametrize(
    "opening", ["```{r, echo=FALSE}", '```python title="a"', "~~~", "`````", "``` {.python #x}", "~~~ a`b"]
)
def test_nothing_in_a_fence_is_read_and_all_behind_it_is(opening: str) -> None:
    closing = opening[0] * max(3, len(opening) - len(opening.lstrip("`~")))
    found = article(f"{opening}\n# no [^1]\n{closing}\n\n## Yes[^1]\n\n[^1]: Note\n")

    assert [block.kind for block in found.blocks] == [BlockKind.CODE, BlockKind.HEADING]
    assert found.notes[0].blocks[0].text == "Note"
    assert found.warnings == ()


def test_the_language_of_a_chunk_is_told_without_its_options() -> None:
    assert article("```{r, echo=FALSE}\nx\n```").blocks[0].detail == Code("r")


# Notes


def test_a_note_used_twice_has_two_marks() -> None:
    found = article("a[^n] b[^n]\n\n[^n]: Note")

    assert found.blocks[0].marks == (Mark(1, "n"), Mark(3, "n"))
    assert [note.label for note in found.notes] == ["n"]


def test_orphans_of_both_kinds_are_kept_and_reported() -> None:
    found = article("a[^4]\n\n[^5]: Lonely")

    assert found.blocks[0].marks == (Mark(1, "4"),)
    assert [note.key for note in found.notes] == ["5"]
    assert found.warnings == ("Note 5 is marked nowhere in the text.", "Mark 4 has no note.")


def test_sets_of_characters_are_no_marks() -> None:
    found = article(r"Match [^a-z]+ and [^0-9] and `[^x]` and \[^1].")

    assert found.blocks[0].marks == ()
    assert found.blocks[0].text == "Match [^a-z]+ and [^0-9] and [^x] and [^1]."


def test_both_texts_of_a_note_that_is_defined_twice_are_kept() -> None:
    found = article("a[^1]\n\n[^1]: One\n[^1]: Two")

    assert [block.text for block in found.notes[0].blocks] == ["One", "Two"]
    assert found.warnings == ("Note 1 is defined more than once; all its texts are kept.",)


def test_a_raised_link_is_no_inline_note() -> None:
    found = article("CSS^[†](#note)^ and a note^[indeed]")

    assert found.blocks[0].text == "CSS^†^ and a note"
    assert [note.blocks[0].text for note in found.notes] == ["indeed"]


# Text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("f(*args, **kwargs)", "f(*args, **kwargs)"),
        ("snake_case_name and 2 * 3 * 4", "snake_case_name and 2 * 3 * 4"),
        (r"\*not\* &lt;this&gt; &copy; &unknown;", "*not* <this> © &unknown;"),
        ("a  \nb\\\nc\nd", "a\nb\nc d"),
        ("a <!-- gone --> b", "a b"),
        ("List<String> and <https://example.org>", "List<String> and https://example.org"),
        ("e\u0301", "é"),
    ],
)
def test_text(text: str, expected: str) -> None:
    assert article(text).blocks[0].text == expected


def test_emphasis_nests_as_in_commonmark() -> None:
    (block,) = article("**a *b* c** ***d***").blocks

    assert block.text == "a b c d"
    assert block.spans == (
        Span(0, 5, SpanKind.STRONG),
        Span(2, 3, SpanKind.EMPHASIS),
        Span(6, 7, SpanKind.EMPHASIS),
        Span(6, 7, SpanKind.STRONG),
    )


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ('[a](https://x.org/b_(c) "t")', "https://x.org/b_(c)"),
        ("[a](<b c>)", "b c"),
        ("[a][Ref]\n\n[ref]: /x 'T'", "/x"),
        ("[a]\n\n[a]: #y", "#y"),
        ("see https://x.org/b.", "https://x.org/b"),
        ("see (www.x.org)", "http://www.x.org"),
        ("<me@x.org>", "mailto:me@x.org"),
        ("[a `]` b](/z)", "/z"),
    ],
)
def test_links(text: str, address: str) -> None:
    (block,) = article(text).blocks

    assert [(span.kind, span.value) for span in block.spans if span.kind is SpanKind.LINK] == [(SpanKind.LINK, address)]


def test_every_kind_of_block_can_be_written() -> None:
    text = """# H

L
{: .lead}

P

> Q

- I

T
: D

![A](a.png)

C
{: .caption}

|a|
|-|

```
c
```

V\\
w
{: .verse}

* * *

R
{: .reference}
"""
    assert {block.kind for block in article(text).blocks} == set(BlockKind)


def test_an_abbreviation_is_told_at_each_place_but_in_code() -> None:
    (block,) = article("*[UN]: United Nations\n*[EU]: European Union\n\nUN, `UN`, UNO, EU").blocks

    assert block.spans == (
        Span(0, 2, SpanKind.ABBREVIATION, "United Nations"),
        Span(4, 6, SpanKind.CODE),
        Span(13, 15, SpanKind.ABBREVIATION, "European Union"),
    )


def test_nothing_of_raw_html_is_text_but_its_text() -> None:
    found = article('<div onclick="x()"><p>One <b>two</b></p></div>\n\n<script>evil()</script>\n')

    assert found.blocks == (Block(BlockKind.PARAGRAPH, "One two", (Span(4, 7, SpanKind.STRONG),)),)
    assert [item.text for item in found.set_aside] == ["evil()"]


# Whatever comes


@pytest.mark.parametrize(
    "text",
    [
        ">" * 10_000 + " x",
        "[" * 10_000 + "x",
        "- " * 10_000 + "x",
        "[a](b" * 10_000,
        "*a **b " * 10_000,
        "|" * 50_000 + "\n" + "|-" * 25_000,
        "<div>" * 10_000,
        "<b>" * 5_000 + "x" + "</b>" * 5_000,
        "".join("`" * width + " " for width in range(300)),
        '<a b="' * 10_000,
        "<!--" * 10_000,
        "# a" + " " * 100_000 + "b",
        "^[" * 10_000 + "]" * 10_000,
    ],
    ids=lambda text: text[:6],
)
def test_hostile_texts_are_read(text: str) -> None:
    found = article(text)

    assert normal(found) == found


@pytest.mark.parametrize("text", ["", "\n", "\ufeff", "---", "[^1]:", "\x00", "-", "|", "<"])
def test_next_to_nothing_is_read(text: str) -> None:
    found = article(text)

    assert normal(found) == found


def test_a_paragraph_of_nothing_but_emphasis_keeps_its_words_and_says_so():
    text = "*a* " * 60_000 + "the end"

    article = parse(text).article

    (paragraph,) = article.blocks
    assert len(paragraph.text) < len(text)
    assert paragraph.text.startswith("a a a")
    assert paragraph.text.endswith("*a* the end")
    assert len(article.warnings) == 1
