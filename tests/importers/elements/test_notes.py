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


def test_a_heading_that_is_only_a_number_with_the_way_back_begins_a_note() -> None:
    texts, notes = _read(
        '<p>Copying<a id="DOCF1" href="#FOOT1"><sup>1</sup></a>. And<a id="DOCF2" href="#FOOT2">(2)</a></p>'
        '<div class="footnote"><hr/><h4>Footnotes</h4><h3><a id="FOOT1" href="#DOCF1">(1)</a></h3><p>One.</p>'
        '<p>More.</p><h3><a id="FOOT2" href="#DOCF2">(2)</a></h3><p>Two.</p></div>'
    )

    assert texts[0] == "Copying⟦1⟧. And⟦2⟧"
    assert notes == {"1": "One. / More.", "2": "Two."}


def test_of_two_links_that_both_say_they_lead_back_the_first_is_the_mark() -> None:
    texts, notes = _read(
        '<p>Input<sup><a id="fnr.1" class="footref" href="#fn.1" role="doc-backlink">1</a></sup>.</p>'
        '<div class="footdef"><sup><a id="fn.1" class="footnum" href="#fnr.1" role="doc-backlink">1</a></sup>'
        '<div role="doc-footnote"><p>It works.</p></div></div>'
    )

    assert texts == ["Input⟦1⟧."]
    assert notes == {"1": "It works."}


def test_a_table_may_be_a_note() -> None:
    texts, notes = _read(
        '<p>Value <a class="footnote-reference" href="#id2" id="id1">[1]</a> when.</p><table class="footnote" id="id2">'
        '<tr><td class="label"><a class="fn-backref" href="#id1">[1]</a></td><td>By object.</td></tr></table>'
    )

    assert texts == ["Value⟦1⟧ when."]
    assert [text.strip() for text in notes.values()] == ["By object."]


def test_a_second_mark_may_only_name_the_note_that_stands_at_the_first() -> None:
    mark = '<sup class="ltx_note_mark">2</sup>'
    texts, notes = _read(
        f'<p>Anna<span class="ltx_note">{mark}<span class="ltx_note_content">{mark}Equal work.</span></span> and Berta'
        f'<span class="ltx_note ltx_role_footnotemark">{mark}<span class="ltx_note_content">{mark}<span '
        'class="ltx_note_type">footnotemark: </span></span></span>.</p>'
    )

    assert texts == ["Anna⟦2⟧ and Berta⟦2⟧."]
    assert notes == {"2": "Equal work."}


def test_a_list_that_only_says_again_what_notes_at_their_marks_say_is_left_out() -> None:
    texts, notes = _read(
        '<p>A page<a><sup>1</sup></a><span class="footnote_tooltip">Our page on tenants and flats.</span> for all.</p>'
        '<div class="footnotes_reference_container"><p>References</p><table><tr><th><a>↑1</a></th>'
        "<td>Our page on tenants and flats.</td></tr></table></div>"
    )

    assert texts == ["A page⟦1⟧ for all."]
    assert notes == {"1": "Our page on tenants and flats."}


@pytest.mark.parametrize(
    "xml",
    [
        '<p>Mine <label aria-describedby="n1"><sup>1</sup></label><small id="n1"><sup>1</sup> Aside.</small> on.</p>',
        "<p>Mine <d-footnote>Aside.</d-footnote> on.</p>",
        "<p>Mine <dt-fn>Aside.</dt-fn> on.</p>",
    ],
)
def test_what_describes_a_sign_or_is_named_a_note_is_one(xml: str) -> None:
    texts, notes = _read(xml)

    assert "".join(texts).partition("⟦")[0] == "Mine"
    assert list(notes.values()) == ["Aside."]


def test_notes_in_a_text_that_lacks_its_paragraphs_are_parted_by_lines_not_by_all_of_the_text() -> None:
    texts, notes = _read(
        '<div><p>A second axis<a href="#_ftn1" name="_ftnref1">[1]</a> is high<a href="#_ftn2" name="_ftnref2">[2]</a>.'
        '</p><a href="#_ftnref1" name="_ftn1">[1]</a> The edge.\n\n<a href="#_ftnref2" name="_ftn2">[2]</a> The low.'
        "</div>"
    )

    assert texts == ["A second axis⟦1⟧ is high⟦2⟧."]
    assert {key: text.strip() for key, text in notes.items()} == {"1": "The edge.", "2": "The low."}


_CHAPTERS = (
    "<h2>One</h2><p>The school<sup>1</sup> began.<sup>2</sup></p>{}"
    "<h2>Two</h2><p>The church<sup>1</sup> began.<sup>2</sup></p>{}"
)


@pytest.mark.parametrize(
    "xml",
    [
        _CHAPTERS.format("<hr/><p>1. Anna.</p><p>2. Berta.</p>", "<hr/><p>1. Clara.</p><p>2. Dora.</p>"),
        _CHAPTERS.format(
            "<h3>Notes</h3><ol><li>Anna.</li><li>Berta.</li></ol>",
            "<h3>Notes</h3><ol><li>Clara.</li><li>Dora.</li></ol>",
        ),
        _CHAPTERS.format("", "")
        + "<h2>Notes</h2><h3>One</h3><p>1. Anna.</p><p>2. Berta.</p><h3>Two</h3><p>1. Clara.</p><p>2. Dora.</p>",
    ],
    ids=["below lines", "below headings", "all at the end"],
)
def test_notes_without_links_may_be_counted_anew_in_each_chapter(xml: str) -> None:
    texts, notes = _read(xml)

    assert [text for text in texts if "⟦" in text] == [
        "The school⟦1⟧ began.⟦2⟧",
        "The church⟦2:1⟧ began.⟦2:2⟧",
    ]
    assert notes == {"1": "Anna.", "2": "Berta.", "2:1": "Clara.", "2:2": "Dora."}
