"""Which printed marks and notes of a plain text belong together, and what is no note."""

from __future__ import annotations

import pytest

from reader.article.model import Article, BlockKind
from reader.article.notes import marks_by_note
from reader.importers.plaintext import importer as plaintext

PROSE = "The morning came slowly over the roofs, and nobody in the street could say whether the bell had rung."


def read(text: str) -> Article:
    return plaintext.parse(text, name="bell").article


def notes(article: Article) -> list[tuple[str, str]]:
    return [(note.label, " / ".join(block.text for block in note.blocks)) for note in article.notes]


def marked(article: Article) -> list[tuple[str, ...]]:
    """The keys of the marks of each paragraph that has some."""
    return [tuple(mark.note for mark in block.marks) for block in article.blocks if block.marks]


def test_marks_in_brackets_find_their_notes():
    article = read(f"The Bell\n\n{PROSE}[1]\n\n{PROSE}[2]\n\nNotes\n\n[1] One.\n[2] Two.\n")

    assert notes(article) == [("1", "One."), ("2", "Two.")]
    assert marked(article) == [("1",), ("2",)]
    assert article.blocks[0].text == PROSE


@pytest.mark.parametrize(
    ("mark", "label"), [("[{}]", "[{}]"), (" ({})", "({})"), ("({})", "{}."), ("[{}]", "{}."), ("[{}]", "{}")]
)
@pytest.mark.parametrize("heading", ["Notes", "Footnotes", "ANMERKUNGEN", "Notas", "Note", "Примечания", "Fußnoten:"])
def test_the_signs_of_marks_and_notes_need_not_be_the_same(mark: str, label: str, heading: str):
    text = f"The Bell\n\n{PROSE}{mark.format(1)}\n\n{PROSE}{mark.format(2)}\n\n{heading}\n\n"
    text += f"{label.format(1)} One.\n{label.format(2)} Two.\n"

    article = read(text)

    assert notes(article) == [("1", "One."), ("2", "Two.")]
    assert marked(article) == [("1",), ("2",)]


def test_raised_numbers_side_by_side_are_two_marks():
    article = read(f"The Bell\n\n{PROSE}¹\n\n{PROSE}²³\n\nNotes\n\n¹ One.\n² Two.\n³ Three.\n")

    assert marked(article) == [("1",), ("2", "3")]


def test_raised_numbers_that_copying_made_plain_are_marks_if_they_count_up():
    article = read(f"Die Glocke\n\n{PROSE}1 In 3 von 4 Fällen.2\n\n{PROSE}3\n\nFußnoten\n\n1 Eins.\n2 Zwei.\n3 Drei.\n")

    assert marked(article) == [("1", "2"), ("3",)]
    assert article.blocks[0].text == f"{PROSE} In 3 von 4 Fällen."


def test_a_footnote_in_brackets_may_have_several_paragraphs():
    article = read(f"The Bell\n\n{PROSE}[1]\n\n[Footnote 1: One.\n\nAnd more of it.]\n\n{PROSE}\n")

    assert notes(article) == [("1", "One. / And more of it.")]
    assert [block.text for block in article.blocks] == [PROSE, PROSE]


def test_a_footnote_in_the_midst_of_a_paragraph_is_marked_where_it_stood():
    article = read("The Bell\n\nThe bell [Footnote: It is gone.] rang once, and nobody could say why it did.\n")

    assert article.blocks[0].text == "The bell rang once, and nobody could say why it did."
    assert [block.text for block in article.notes[0].blocks] == ["It is gone."]
    assert marks_by_note(article)[article.notes[0].key][0].mark.offset == 8


def test_numbers_that_begin_again_in_each_chapter_have_a_key_for_each():
    chapter = f"{PROSE}[1] {PROSE}[2]\n\n[1] One.\n\n[2] Two.\n\n"
    article = read(f"The Bell\n\nChapter 1\n\n{chapter}Chapter 2\n\n{chapter}")

    assert [(note.key, note.label) for note in article.notes] == [
        ("1:1", "1"),
        ("1:2", "2"),
        ("2:1", "1"),
        ("2:2", "2"),
    ]
    assert marked(article) == [("1:1", "1:2"), ("2:1", "2:2")]


def test_endnotes_of_chapters_stand_together_at_the_end():
    text = f"The Bell\n\nChapter 1\n\n{PROSE}[1]\n\nChapter 2\n\n{PROSE}[1]\n\nNotes\n\n"
    article = read(text + "Chapter 1\n\n[1] One.\n\nChapter 2\n\n[1] Another.\n")

    assert marked(article) == [("1:1",), ("2:1",)]
    assert [block.text for block in article.blocks if block.kind is BlockKind.HEADING] == [
        "Chapter 1",
        "Chapter 2",
        "Notes",
    ]


def test_notes_after_each_chapter_may_count_on():
    text = f"The Bell\n\nChapter 1\n\n{PROSE}[1]\n\nNotes to chapter 1\n\n[1] One.\n\n"
    article = read(text + f"Chapter 2\n\n{PROSE}[2]\n\nNotes to chapter 2\n\n[2] Two.\n")

    assert marked(article) == [("1",), ("2",)]
    assert [item.text for item in article.set_aside] == ["Notes to chapter 1", "Notes to chapter 2"]


def test_stars_below_a_rule_are_the_notes_of_their_page():
    page = "The ringer was old.* He rang it.**\n\n----------\n* Seventy.\n** With both hands.\n\n"
    article = read("THE BELL\n\n" + page + page)

    assert notes(article) == [("*", "Seventy."), ("**", "With both hands.")] * 2
    assert marked(article) == [("1:*", "1:**"), ("2:*", "2:**")]
    assert [block.kind for block in article.blocks] == [BlockKind.PARAGRAPH] * 2


def test_letters_may_label_notes():
    article = read(f"The Bell\n\n{PROSE}[A] {PROSE}[B]\n\n  [A] One.\n\n  [B] Two.\n\n{PROSE}\n")

    assert notes(article) == [("A", "One."), ("B", "Two.")]


def test_a_note_goes_on_over_lines_and_paragraphs():
    text = f"The Bell\n\n{PROSE}[1]\n\n{PROSE}[2]\n\nNotes\n\n[1] One begins here and goes on,\nand on.\n\n"
    article = read(text + "A second paragraph of it.\n\n[2] Two.\n\nAbout the author\n\nAnn rings.\n")

    assert notes(article) == [("1", "One begins here and goes on, and on. / A second paragraph of it."), ("2", "Two.")]
    assert article.blocks[-1].text == "Ann rings."


def test_a_mark_inside_a_note_points_to_another_note():
    article = read(f"The Bell\n\n{PROSE}[1]\n\nNotes\n\n[1] One; see also [2].\n[2] Two.\n")

    assert article.notes[0].blocks[0].text == "One; see also."
    assert [place.mark.note for place in marks_by_note(article)["2"]] == ["2"]


def test_a_note_marked_twice_has_two_marks():
    article = read(f"The Bell\n\n{PROSE}[1]\n\n{PROSE}[1]\n\nNotes\n\n[1] One.\n")

    assert len(marks_by_note(article)["1"]) == 2


def test_several_numbers_in_one_pair_of_brackets_are_several_marks():
    article = read(f"The Bell\n\n{PROSE}[1, 2]\n\nNotes\n\n[1] One.\n[2] Two.\n")

    assert marked(article) == [("1", "2")]


def test_a_mark_without_a_note_and_a_note_without_a_mark_are_told():
    text = f"The Bell\n\n{PROSE}[1] {PROSE}[2] {PROSE}[3]\n\nNotes\n\n[1] One.\n[3] Three.\n[4] Four.\n"
    article = read(text)

    assert article.warnings == ("Note 4 is marked nowhere in the text.", "Mark 2 has no note.")
    assert marked(article) == [("1", "2", "3")]


def test_a_space_that_stood_for_the_mark_goes_with_it():
    article = read(
        "The Bell\n\nThe bell [1], which rang\u00a0[2], is gone [3] now.\n\nNotes\n\n[1] A.\n[2] B.\n[3] C.\n"
    )

    assert article.blocks[0].text == "The bell, which rang, is gone now."
    assert [mark.offset for mark in article.blocks[0].marks] == [8, 20, 29]


def test_a_full_stop_on_both_sides_of_a_mark_is_kept_once_and_told():
    article = read("The Bell\n\nThe bell rang.[1]. Nobody heard it.\n\nNotes\n\n[1] Once.\n")

    assert article.blocks[0].text == "The bell rang. Nobody heard it."
    assert article.warnings == ("The sign of punctuation that stood on both sides of mark 1 was kept once.",)


@pytest.mark.parametrize(
    "text",
    [
        "In [1917] the house had [17] doors, says [Smith 1955], d[0] and d[1] being [sic] the first.",
        "There are three ways: (1) by the openings, (2) by the leaves, (3) by asking. The third (3) is best.",
        "The field has 12 km² and x¹ and x² are its sides.*",
        "See https://bells.example/a[1]/(2) for more.",
    ],
)
def test_numbers_are_no_marks_where_there_are_no_notes(text: str):
    article = read(f"Doors\n\n{text}\n\n{PROSE}\n")

    assert article.notes == ()
    assert article.blocks[0].text == text
    assert article.blocks[0].marks == ()


def test_a_numbered_list_that_the_text_refers_to_is_no_list_of_notes():
    text = f"The Bell\n\nThere are two reasons:\n\n(1) {PROSE}\n\n(2) {PROSE}\n\nAs (1) and (2) show, nobody knows.\n"
    article = read(text)

    assert article.notes == ()
    assert [block.kind for block in article.blocks[1:3]] == [BlockKind.LIST_ITEM] * 2


def test_a_recipes_notes_without_marks_are_a_list():
    article = read("Soup\n\nMethod\n\nBoil the bell for an hour.\n\nNotes\n\n1. Use a small bell.\n2. Or none.\n")

    assert article.notes == ()
    assert article.blocks[-1].kind is BlockKind.LIST_ITEM


def test_works_cited_by_number_are_references_and_no_notes():
    text = f"The Bell\n\nBells were described in [1] and again by [2]. {PROSE}\n\nReferences\n\n"
    article = read(text + '[1] J. Marsh, "On bells", 1991.\n[2] P. Vance, "On ropes", 2004.\n')

    assert article.notes == ()
    assert [block.kind for block in article.blocks[-2:]] == [BlockKind.REFERENCE] * 2
    assert article.blocks[0].text.startswith("Bells were described in [1] and")


def test_an_encyclopedias_references_are_notes():
    text = f"The Bell\n\n{PROSE}[1] {PROSE}[2]\n\nReferences\n\n1. ^ a b Marsh, On Bells, 1991.\n2. ↑ Vance, 2004.\n"
    article = read(text)

    assert notes(article) == [("1", "Marsh, On Bells, 1991."), ("2", "Vance, 2004.")]


def test_a_word_where_the_number_of_a_note_should_be_is_a_word_of_the_text():
    text = "[Footnote door: the one that nobody opened]"

    article = plaintext.parse(text).article

    assert "door" in " ".join(block.text for block in article.blocks)


def test_a_star_that_ends_emphasis_is_no_mark() -> None:
    text = f"*Release date: 22-Jul-2001*\n\n- {PROSE}\n\n*Release date: 15-Aug-2000*\n\n- {PROSE}\n"

    article = read(text)

    assert (notes(article), marked(article)) == ([], [])


def test_marks_that_a_text_browser_raises_by_a_caret_find_their_notes() -> None:
    text = f"   4.1. The Bell\n\n   {PROSE} ^[7]\n\n   {PROSE}^[8]\n   _________\n\n   ^[7] One.\n\n   ^[8] Two.\n"

    article = read(text)

    assert notes(article) == [("7", "One."), ("8", "Two.")]
    assert marked(article) == [("7",), ("8",)]


def test_marks_that_name_a_page_and_a_letter_find_their_notes_after_the_chapter() -> None:
    text = f"The Bell\n\n{PROSE}{{19:A}}\n\n{PROSE}{{20:A}}\n\nFOOTNOTES:\n\n{{19:A}} One.\n\n{{20:A}} Two.\n"

    article = read(text)

    assert notes(article) == [("A", "One."), ("A", "Two.")]
    assert marked(article) == [("19:A",), ("20:A",)]


def test_a_note_without_mark_stays_with_those_it_counts_up_with_at_a_chapters_end() -> None:
    text = f"The Bell\n\n{PROSE} [3]\n\n[1] One.\n\n[2] Two.\n\n[3] Three.\n\n[4] Four.\n"

    article = read(text)

    assert notes(article) == [("1", "One."), ("2", "Two."), ("3", "Three."), ("4", "Four.")]
    assert marked(article) == [("3",)]


def test_a_box_that_says_note_opens_no_notes() -> None:
    box = "Note\n\nThe clapper is heavy.\n\n"
    text = f"The Bell\n\n{PROSE}[1]\n\n{box}1. Climb the stairs.\n\n2. Ring the bell.\n\n{box}1. Rest.\n\n2. Descend.\n"

    article = read(text)

    assert notes(article) == []


def test_a_star_that_stands_for_any_name_is_no_mark() -> None:
    text = f'The Bell\n\nThe files "bell*" and /bells/old* are kept. {PROSE}\n\n* A clapper is kept, too.\n\n{PROSE}\n'

    article = read(text)

    assert notes(article) == []


def test_what_a_program_prints_behind_a_number_in_brackets_is_no_note() -> None:
    shown = '[1] "1901" "1902"\n\n'
    text = f"The Bell\n\n{PROSE}\n\nrings[1]\n\n{shown}{PROSE}\n\n{shown}{PROSE}\n\n{shown}{PROSE}\n"

    article = read(text)

    assert notes(article) == []


def test_a_letter_that_stands_for_a_number_is_no_note() -> None:
    text = f"The Bell\n\nThe command :ring[N] rings. {PROSE}\n\n[N] is how often the bell is rung.\n\n{PROSE}\n"

    article = read(text)

    assert notes(article) == []


def test_items_in_round_brackets_are_no_notes_of_items_counted_in_a_sentence() -> None:
    asked = f"We ask for: (1) a rope, and (2) a clapper. {PROSE}"
    text = f"The Bell\n\n{asked}\n\n(1) A rope is long.\n\n(2) A clapper is heavy.\n"

    article = read(text)

    assert notes(article) == []


def test_a_mark_in_a_heading_leaves_it_a_heading() -> None:
    text = f"The Bell\n\n{PROSE}\n\nTO THE RINGERS[1]\n\n{PROSE}\n\n{PROSE}\n\nNotes\n\n[1] Of the old tower.\n"

    article = read(text)

    assert [(block.level, block.text) for block in article.blocks if block.marks] == [(1, "TO THE RINGERS")]
