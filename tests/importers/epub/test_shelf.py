"""What is put away of a book while its notes are looked for comes back as it was."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from reader.importers.epub import importer
from reader.importers.epub.shelf import Shelf
from tests.importers.epub.binding import bind

PROSE = "There was a long way to go, and nobody on it would have said that it was short or easy at all, " * 3


def section(inside: str) -> etree._Element:
    return etree.fromstring(f'<section xmlns:epub="http://www.idpf.org/2007/ops">{inside}</section>')


def written(element: etree._Element) -> str:
    return etree.tostring(element, encoding="unicode")


def test_a_plain_paragraph_is_put_away_and_comes_back():
    tree = section(
        f'<p class="a">“{PROSE}<i>and <b>then</b></i> <a href="https://example.org">on</a>.</p><p>Short.</p>'
    )
    before = written(tree)
    shelf = Shelf()

    shelf.put_away(tree)

    assert len(written(tree)) < 200
    assert list(shelf.unseen) == [tree[0]]
    shelf.put_back(tree)
    assert written(tree) == before
    assert not shelf.unseen


def test_what_may_be_a_mark_or_a_note_stays():
    tree = section(
        f'<p>{PROSE}<a href="#n1">1</a></p><p>{PROSE}[1]</p><p>{PROSE}<sup>1</sup></p><p>1. {PROSE}</p>'
        f"<p>iv. {PROSE}</p>"
        f'<p>{PROSE}<span id="x">here</span></p><p epub:type="footnote">{PROSE}</p><p class="footnote">{PROSE}</p>'
        f"<aside><p>{PROSE}</p></aside><ol><li><p>{PROSE}</p></li></ol>"
        f'<div class="notes"><div><p>{PROSE}</p></div></div>'
    )
    before = written(tree)
    shelf = Shelf()

    shelf.put_away(tree)

    assert written(tree) == before
    assert not shelf.unseen


def test_what_was_taken_from_the_beginning_meanwhile_stays_taken():
    tree = section(f"<p>Note: {PROSE}</p>")
    shelf = Shelf()
    shelf.put_away(tree)

    tree[0].text = (tree[0].text or "").removeprefix("Note: ")
    shelf.put_back(tree)

    assert tree[0].text == PROSE


def test_the_length_of_what_is_put_away_counts(tmp_path: Path):
    """A chapter that a raised number leads to is no note: it is far too long for one."""
    chapter = f'<section id="n1"><h1>1</h1>{f"<p>{PROSE}</p>" * 150}</section>'

    book = bind(tmp_path, {"a.xhtml": '<p>See chapter <sup><a href="b.xhtml#n1">1</a></sup>.</p>', "b.xhtml": chapter})

    article = importer.read(book).article
    assert article.notes == ()
    assert sum(block.text == PROSE.strip() for block in article.blocks) == 150


def test_a_file_that_is_one_note_keeps_its_text(tmp_path: Path):
    pages = {
        "a.xhtml": f'<p>{PROSE}<sup><a id="r1" href="n1.xhtml">1</a></sup> {PROSE}</p>',
        "n1.xhtml": f'<p><a href="a.xhtml#r1">1</a> The note.</p><p>{PROSE}</p>',
    }

    article = importer.read(bind(tmp_path, pages)).article

    (note,) = article.notes
    assert [block.text for block in note.blocks] == ["The note.", PROSE.strip()]
