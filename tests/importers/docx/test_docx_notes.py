"""Notes, comments and tracked changes of Word files."""

from __future__ import annotations

from pathlib import Path

from tests.importers.docx.word_files import article, called, field, note, p, r, shown


def test_a_note_keeps_all_its_paragraphs(tmp_path: Path) -> None:
    body = p(r("Said") + called(2) + r("."))
    notes = f'<w:footnote w:id="2">{p(r(" First."))}{p(r("Second."))}</w:footnote>'

    made = article(tmp_path, body, footnotes=notes)

    assert shown(made) == ["paragraph: Said[1]."]
    assert [block.text for block in made.notes[0].blocks] == ["First.", "Second."]


def test_separators_are_no_notes(tmp_path: Path) -> None:
    notes = f'<w:footnote w:type="separator" w:id="-1">{p("lines")}</w:footnote>{note(1, "Real.")}'

    made = article(tmp_path, p(r("Said") + called(1)), footnotes=notes)

    assert [one.blocks[0].text for one in made.notes] == ["Real."]
    assert made.set_aside == ()


def test_footnotes_and_endnotes_are_counted_apart(tmp_path: Path) -> None:
    body = p(r("A") + called(1) + r(" b") + called(1, "endnote") + r(" c") + called(2))

    made = article(tmp_path, body, footnotes=note(1, "One") + note(2, "Two"), endnotes=note(1, "At the end", "endnote"))

    assert shown(made) == ["paragraph: A[1] b[i] c[2]"]
    assert [(one.label, one.blocks[0].text) for one in made.notes] == [
        ("1", "One"), ("i", "At the end"), ("2", "Two"),
    ]  # fmt: skip


def test_a_note_has_the_sign_that_its_author_chose(tmp_path: Path) -> None:
    mark = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="1"/><w:t>*</w:t></w:r>'
    notes = f'<w:footnote w:id="1">{p(r("* Thanks."))}</w:footnote>{note(2, "Counted.")}'

    made = article(tmp_path, p(r("Said") + mark + r(" and") + called(2)), footnotes=notes)

    assert shown(made) == ["paragraph: Said[*] and[1]"]
    assert [(one.label, one.blocks[0].text) for one in made.notes] == [("*", "Thanks."), ("1", "Counted.")]


def test_the_heading_of_notes_leaves_no_empty_section(tmp_path: Path) -> None:
    body = p("Head", "Heading1") + p(r("Said") + called(1)) + p("Footnotes", "Heading1")

    made = article(tmp_path, body, footnotes=note(1, "A note."))

    assert shown(made) == ["heading 1: Head", "paragraph: Said[1]"]


def test_a_sign_from_a_symbol_font_is_a_label(tmp_path: Path) -> None:
    mark = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="1"/><w:sym w:font="Symbol" w:char="F02A"/></w:r>'

    made = article(tmp_path, p(r("Said") + mark), footnotes=note(1, "Thanks."))

    assert [one.label for one in made.notes] == ["*"]


def test_a_cross_reference_to_a_note_is_no_mark(tmp_path: Path) -> None:
    body = p(r("A") + called(1)) + p(r("See note ") + field(" NOTEREF _Ref1 \\h ", r("1")) + r("."))

    made = article(tmp_path, body, footnotes=note(1, "One"))

    assert shown(made) == ["paragraph: A[1]", "paragraph: See note 1."]


def test_notes_stand_in_tables_and_headings(tmp_path: Path) -> None:
    cells = "".join(f"<w:tc>{p(r(text) + called(key))}</w:tc>" for text, key in (("a", 2), ("b", 3)))
    body = p(r("Head") + called(1), "Heading1") + f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"

    made = article(tmp_path, body, footnotes=note(1, "One") + note(2, "Two") + note(3, "Three"))

    assert shown(made) == ["heading 1: Head[1]", "table_row: a[2]\tb[3]"]
    assert len(made.notes) == 3


def test_notes_that_begin_anew_in_each_section_keep_their_numbers(tmp_path: Path) -> None:
    section = '<w:sectPr><w:footnotePr><w:numRestart w:val="eachSect"/></w:footnotePr></w:sectPr>'
    body = p(r("A") + called(1), properties=section) + p(r("B") + called(2)) + section

    made = article(tmp_path, body, footnotes=note(1, "One") + note(2, "Other"))

    assert [(one.label, one.blocks[0].text) for one in made.notes] == [("1", "One"), ("1", "Other")]


def test_a_note_that_nothing_marks_is_set_aside(tmp_path: Path) -> None:
    made = article(tmp_path, p(r("A") + called(1)), footnotes=note(1, "One") + note(2, "Lost"))

    assert [one.text for one in made.notes[0].blocks] == ["One"]
    assert [one.text for one in made.set_aside] == ["Lost"]


def test_a_comment_is_set_aside_with_its_author_and_its_place(tmp_path: Path) -> None:
    body = p("Before.") + p(
        r("All ")
        + '<w:commentRangeStart w:id="0"/>'
        + r("these words")
        + '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
        + r(" stay.")
    )
    comments = f'<w:comment w:id="0" w:author="Eve">{p("Are you sure?")}</w:comment>'

    made = article(tmp_path, body, comments=comments)

    assert shown(made) == ["paragraph: Before.", "paragraph: All these words stay."]
    aside = made.set_aside[0]
    assert (aside.text, aside.reason) == ("Are you sure?", "a comment by Eve on “these words”")
    assert aside.before == 2


def test_insertions_stay_and_deletions_go(tmp_path: Path) -> None:
    gone = '<w:del w:id="1"><w:r><w:delText>old</w:delText></w:r></w:del>'
    new = f'<w:ins w:id="2">{r("new")}</w:ins>'
    moved = f'<w:moveFrom w:id="3">{r("moved ")}</w:moveFrom>'

    made = article(tmp_path, p(moved + gone + new + r(" text")))

    assert shown(made) == ["paragraph: new text"]
    assert made.warnings == ("2 deletions that were tracked in the file are left out.",)


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next(tmp_path: Path) -> None:
    body = p(r("One "), properties='<w:rPr><w:del w:id="1"/></w:rPr>') + p("line", "Quote")

    made = article(tmp_path, body)

    assert shown(made) == ["quotation >: One line"]


def test_notes_that_are_only_linked_paragraphs_are_notes(tmp_path: Path) -> None:
    def mark(number: int) -> str:
        sign = r(f"[{number}]", '<w:vertAlign w:val="superscript"/>')
        place = f'<w:bookmarkStart w:id="{number}" w:name="_ftnref{number}"/>'
        return f'{place}<w:hyperlink w:anchor="_ftn{number}">{sign}</w:hyperlink>'

    def body(number: int, text: str) -> str:
        back = f'<w:hyperlink w:anchor="_ftnref{number}">{r(f"[{number}]")}</w:hyperlink>'
        return p(f'<w:bookmarkStart w:id="1{number}" w:name="_ftn{number}"/>' + back + r(f" {text}"))

    made = article(
        tmp_path,
        p(r("Said here") + mark(1) + r(" and there") + mark(2) + r("."))
        + p("The text goes on for a while, as texts do.")
        + body(1, "By the first.")
        + body(2, "By the second."),
    )

    assert shown(made)[0] == "paragraph: Said here[1] and there[2]."
    assert [one.blocks[0].text for one in made.notes] == ["By the first.", "By the second."]
