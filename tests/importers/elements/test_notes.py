"""Notes of an element tree that stand where no note can be marked, and numbers that are no notes."""

from __future__ import annotations

from xml.etree.ElementTree import Element, fromstring

import pytest

from reader.importers.elements.blocks import convert
from reader.importers.elements.notes import find_notes
from reader.importers.elements.rules import Rules


def _read(xml: str) -> tuple[list[str], dict[str, str]]:
    """Return the texts of a tree with ⟦key⟧ for each mark, and the text of each note."""
    root: Element = fromstring(f"<body>{xml}</body>")
    notes = find_notes(root)
    rules = Rules(marks=notes.marks, elsewhere=notes.elsewhere)
    texts = []
    for block in convert(root, rules).blocks:
        text = block.text
        for mark in reversed(block.marks):
            text = f"{text[: mark.offset]}⟦{mark.note}⟧{text[mark.offset :]}"
        texts.append(text)
    said = {
        key: " / ".join(block.text.strip() for one in body for block in convert(one, rules).blocks)
        for key, body in notes.bodies.items()
    }
    return texts, said


def test_a_mark_in_code_stands_at_the_end_of_what_leads_to_it() -> None:
    texts, notes = _read(
        '<p>Type this:</p><pre>make <sup><a href="#n1">1</a></sup></pre><hr/><p id="n1">1. The tool.</p>'
    )

    assert texts == ["Type this:⟦1⟧", "make"]
    assert notes == {"1": "The tool."}


def test_numbers_that_begin_anew_get_keys_of_their_own() -> None:
    texts, notes = _read(
        '<p>One<sup><a href="#a1">1</a></sup></p><p id="a1">1 First.</p>'
        '<p>Two<sup><a href="#b1">1</a></sup></p><p id="b1">1 Second.</p>'
    )

    assert texts == ["One⟦1⟧", "Two⟦2:1⟧"]
    assert notes == {"1": "First.", "2:1": "Second."}


def test_one_note_may_have_many_marks() -> None:
    texts, notes = _read(
        '<p>One<sup id="r1"><a href="#n">[1]</a></sup> and two<sup id="r2"><a href="#n">[1]</a></sup>.</p>'
        '<ol><li id="n"><a href="#r1">a</a> <a href="#r2">b</a> The note.</li></ol>'
    )

    assert texts == ["One⟦1⟧ and two⟦1⟧."]
    assert notes == {"1": "The note."}


@pytest.mark.parametrize(
    "xml",
    [
        '<p>See <a href="#page12">12</a>.</p><p><a id="page12"/>Text</p>',
        '<ul><li><a href="#c1">1</a></li><li><a href="#c2">2</a></li></ul><h2 id="c1">1</h2><h2 id="c2">2</h2>',
        '<p>Section <a href="#s3">3</a></p><h2 id="s3">3 Results</h2>',
        '<p>By (<a href="#eq1">1</a>) we have</p><p id="eq1">x = 1</p>',
        '<p>In Figure <a href="#f2">2</a></p><figure id="f2"><figcaption>2</figcaption></figure>',
        '<h2 id="top">Top <a href="#top">¶</a></h2><p>Text</p>',
        "<p>In [2001] it was [12] metres.</p><p>1. One</p><p>2. Two</p>",
        "<p>Area: 10 m<sup>2</sup> and x<sup>2</sup></p><h2>References</h2><ol><li>One</li><li>Two</li></ol>",
        '<p>The tool [<a href="#mc">mc</a>] shows both.</p><h2>Sources</h2><p><a id="mc"/>[mc] Its handbook, 2003.</p>',
    ],
)
def test_numbers_of_pages_sections_and_values_are_no_marks(xml: str) -> None:
    texts, notes = _read(xml)

    assert "⟦" not in "".join(texts)
    assert notes == {}
