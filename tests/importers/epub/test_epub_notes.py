"""Footnotes and endnotes of books, in the ways that books have them."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.article.model import Article
from reader.importers.epub import importer
from tests.importers.epub.binding import bind

TEXT = "Some text that makes a paragraph long enough to look like one, as books have them."


def read(folder: Path, **pages: str) -> Article:
    return importer.read(bind(folder, {f"{name}.xhtml": body for name, body in pages.items()})).article


def texts(article: Article) -> list[str]:
    return [" | ".join(block.text for block in note.blocks) for note in article.notes]


def marks(article: Article) -> list[tuple[str, int]]:
    """Return for each mark of the body its note and how far from its block's end it stands."""
    return [(mark.note, len(block.text) - mark.offset) for block in article.blocks for mark in block.marks]


def test_marks_find_their_notes_in_a_file_of_notes(tmp_path: Path) -> None:
    one = f'<h1>One</h1><p>{TEXT}<a id="r1" href="notes.xhtml#n1"><sup>1</sup></a></p>'
    two = f'<h1>Two</h1><p>{TEXT}<sup><a id="r2" href="notes.xhtml#n2">1</a></sup></p>'
    notes = (
        '<h1>Notes</h1><h2>One</h2><p id="n1"><a href="one.xhtml#r1">1</a>. First.</p>'
        '<h2>Two</h2><p id="n2"><a href="two.xhtml#r2">1</a>. Second.</p>'
    )

    article = read(tmp_path, one=one, two=two, notes=notes)

    assert [note.label for note in article.notes] == ["1", "1"]
    assert texts(article) == ["First.", "Second."]
    assert marks(article) == [("1", 0), ("2:1", 0)]


def test_a_chapter_that_held_only_notes_is_set_aside_with_its_headings(tmp_path: Path) -> None:
    one = f'<h1>One</h1><p>{TEXT}<a id="r1" href="notes.xhtml#n1"><sup>1</sup></a></p>'
    notes = '<h1>Notes</h1><h2>One</h2><p id="n1"><a href="one.xhtml#r1">1</a>. First.</p>'

    article = read(tmp_path, one=one, notes=notes)

    assert [block.text for block in article.blocks] == ["One", TEXT]
    assert [item.text for item in article.set_aside] == ["Notes", "One"]


@pytest.mark.parametrize(
    "notes",
    [
        '<p><a id="n1"></a>1. First.</p><p><a id="n2"></a>2. Second.</p>',
        '<ol><li id="n1">First.</li><li id="n2">Second.</li></ol>',
        '<dl><dt id="n1">1</dt><dd>First.</dd><dt id="n2">2</dt><dd>Second.</dd></dl>',
        '<table><tr><td id="n1">1</td><td>First.</td></tr><tr><td id="n2">2</td><td>Second.</td></tr></table>',
        '<aside id="n1" epub:type="footnote">First.</aside><aside id="n2" epub:type="footnote">Second.</aside>',
        '<h1 id="n1">1</h1><p>First.</p><h1 id="n2">2</h1><p>Second.</p>',
    ],
    ids=["bare anchors", "list", "definitions", "table", "asides", "headings"],
)
def test_notes_are_notes_however_they_are_set(notes: str, tmp_path: Path) -> None:
    first, second = (f'{TEXT}<sup><a href="notes.xhtml#n{n}">{n}</a></sup>' for n in (1, 2))
    one = f"<h1>One</h1><p>{first} {second}</p>"

    article = read(tmp_path, one=one, notes=notes)

    assert texts(article) == ["First.", "Second."]
    assert article.warnings == ()


def test_a_note_may_stand_right_below_its_paragraph(tmp_path: Path) -> None:
    one = (
        f'<p>{TEXT}<a href="#s1" id="r1">*</a></p><p id="s1"><a href="#r1">*</a> First.</p>'
        f'<p>{TEXT}<a href="#s2" id="r2">*</a></p><p id="s2"><a href="#r2">*</a> Second.</p>'
    )

    article = read(tmp_path, one=one)

    assert texts(article) == ["First.", "Second."]
    assert [note.label for note in article.notes] == ["*", "*"]


def test_a_note_with_many_marks_is_one_note(tmp_path: Path) -> None:
    one = (
        f'<p>{TEXT}<sup><a id="a1" href="#n1">1</a></sup></p><p>{TEXT}<sup><a id="a2" href="#n1">1</a></sup></p>'
        '<ol><li id="n1">Shared. <a href="#a1">a</a> <a href="#a2">b</a></li></ol>'
    )

    article = read(tmp_path, one=one)

    assert marks(article) == [("1", 0), ("1", 0)]
    assert len(article.notes) == 1


def test_a_note_keeps_all_its_paragraphs(tmp_path: Path) -> None:
    first, second = (f'{TEXT}<sup><a id="r{n}" href="n.xhtml#n{n}">{n}</a></sup>' for n in (1, 2))
    one = f"<p>{first} {second}</p>"
    notes = (
        '<p id="n1"><a href="one.xhtml#r1">1</a> First.</p><p>And more.</p>'
        '<p id="n2"><a href="one.xhtml#r2">2</a> Second.</p>'
    )

    article = read(tmp_path, one=one, n=notes)

    assert texts(article) == ["First. | And more.", "Second."]


@pytest.mark.parametrize(
    "body",
    [
        f'<p>{TEXT} See page <a href="#page_5">5</a>.</p><p><a id="page_5"></a>{TEXT}</p>',
        f'<p>{TEXT} See chapter <a href="two.xhtml">2</a>.</p>',
        f'<p>{TEXT} See figure <a href="#f2">2</a>.</p><figure id="f2"><figcaption>Figure 2</figcaption></figure>',
        f'<p>{TEXT} In [1918] and (3).</p>',
        f'<p id="p1">{TEXT}</p><h2>Index</h2><p>apples, <a href="#p1">1</a>, <a href="two.xhtml">2</a></p>',
    ],
    ids=["page", "chapter", "figure", "year", "index"],
)  # fmt: skip
def test_other_links_and_numbers_are_no_marks(body: str, tmp_path: Path) -> None:
    article = read(tmp_path, one=f"<h1>One</h1>{body}", two=f"<h1>Two</h1><p>{TEXT}</p>")

    assert marks(article) == []
    assert article.notes == ()


def test_the_name_of_notes_at_the_end_of_a_chapter_goes_with_them(tmp_path: Path) -> None:
    one = (
        f'<h1>One</h1><p>{TEXT}<sup><a id="r1" href="#n1">1</a></sup></p>'
        '<h2>Notes</h2><ol><li id="n1">First. <a href="#r1">↩</a></li></ol>'
    )

    article = read(tmp_path, one=one)

    assert [block.text for block in article.blocks] == ["One", TEXT]
    assert texts(article) == ["First."]
    assert [item.text for item in article.set_aside] == ["Notes"]


def test_a_class_given_at_random_does_not_hide_notes(tmp_path: Path) -> None:
    one = (
        f'<div class="toc"><p>{TEXT}<a id="r1" href="#n1"><sup>[1]</sup></a></p></div>'
        '<div class="toc" id="n1"><p><a href="#r1"><sup>[1]</sup></a>First.</p></div>'
    )

    article = read(tmp_path, one=one)

    assert texts(article) == ["First."]


def test_what_is_set_aside_behind_the_last_note_keeps_a_place(tmp_path: Path) -> None:
    one = f'<h1>One</h1><p>{TEXT}<sup><a href="notes.xhtml#n1">1</a></sup></p>'
    notes = '<h1>Notes</h1><p id="n1">1. First.</p><table><tr><th><br/><video>A film</video></th></tr></table>'

    article = read(tmp_path, one=one, notes=notes)

    assert [(item.text, item.before) for item in article.set_aside] == [("A film", 2), ("Notes", 2)]


def test_a_page_of_old_html_is_read_as_html(tmp_path: Path) -> None:
    one = f'<H1>One</H1><P>{TEXT}<A HREF="#n1"><SUP>1</SUP></A><P><A NAME="n1"></A>1. First.'

    article = read(tmp_path, one=one)

    assert [block.text for block in article.blocks] == ["One", TEXT]
    assert texts(article) == ["First."]


def test_marks_may_stand_in_headings_cells_and_items(tmp_path: Path) -> None:
    one = (
        f'<h1>One<a href="#n1" id="r1"><sup>*</sup></a></h1><p>{TEXT}</p>'
        '<table><tr><th>A</th></tr><tr><td>1<a href="#n2" id="r2"><sup>a</sup></a></td></tr></table>'
        '<ul><li>item <em>x<a href="#n3" id="r3"><sup>2</sup></a></em></li></ul>'
        '<p id="n1"><a href="#r1">*</a> Star.</p><p id="n2"><a href="#r2">a</a> Cell.</p>'
        '<p id="n3"><a href="#r3">2</a> Item.</p>'
    )

    article = read(tmp_path, one=one)

    assert marks(article) == [("*", 0), ("a", 0), ("2", 0)]
    assert texts(article) == ["Star.", "Cell.", "Item."]


def test_a_chapter_that_leads_to_its_own_number_is_no_note(tmp_path: Path) -> None:
    article = read(tmp_path, one=f'<h1 id="q">1</h1><p>{TEXT}<sup><a href="#q">1</a></sup></p>')

    assert [block.text for block in article.blocks] == ["1", TEXT + "1"]
    assert article.notes == ()
