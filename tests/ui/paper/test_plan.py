"""An article on its pages: real text, real faces."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from reader.ui.paper.drawing import Drawing
from reader.ui.paper.plan import KEPT, Plan
from reader.ui.paper.sheet import Choices, lay_out
from tests.ui.paper.matters import A5, SENTENCE, body, matter, matter_of, notes, planned

pytestmark = pytest.mark.usefixtures("qapp")


def joined(lines: list[str]) -> str:
    return " ".join("".join(lines).split())


def test_a_note_stands_at_the_foot_of_the_page_that_marks_it(tmp_path: Path) -> None:
    filler = "\n\n".join([SENTENCE * 4] * 6)
    plan = planned(matter(tmp_path, f"# Boats\n\n{filler}\n\nMarked here.[^a]\n\n{filler}\n\n[^a]: The note itself.\n"))

    on = [leaf for leaf in plan.leaves if "Marked here." in joined(body(plan, leaf))]
    with_notes = [leaf for leaf in plan.leaves if leaf.notes]

    assert on == with_notes
    assert len(on) == 1
    assert "The note itself." in joined(notes(plan, on[0]))


def test_a_long_note_goes_on_at_the_foot_of_the_next_page(tmp_path: Path) -> None:
    text = f"# Boats\n\nMarked.[^a]\n\n{SENTENCE * 40}\n\n[^a]: {SENTENCE * 40}\n"
    plan = planned(matter(tmp_path, text))

    first, second = plan.leaves[:2]

    assert first.notes
    assert second.notes
    assert second.body
    assert joined([line for leaf in plan.leaves for line in notes(plan, leaf)]).count("ferry") == 40


def test_a_note_that_nothing_marks_is_printed_at_the_end_under_a_heading(tmp_path: Path) -> None:
    plan = planned(matter(tmp_path, "# Boats\n\nA text.[^a]\n\n[^a]: Marked.\n[^b]: Unmarked.\n"))

    shown = body(plan, plan.leaves[-1])

    assert "Notes" in shown
    assert "Unmarked." in shown[-1]
    assert "Unmarked." not in joined(notes(plan, plan.leaves[0]))


def test_a_mark_without_a_note_is_printed_as_it_is(tmp_path: Path) -> None:
    plan = planned(matter(tmp_path, "# Boats\n\nA text.[^lost]\n"))

    assert plan.leaves[0].notes == ()
    assert "A text.1" in joined(body(plan, plan.leaves[0]))


def test_notes_stand_at_the_end_where_that_is_chosen(tmp_path: Path) -> None:
    text = matter(tmp_path, "# Boats\n\nA text.[^a]\n\n[^a]: The note itself.\n")

    plan = planned(text, Choices(notes="end"))

    assert plan.leaves[0].notes == ()
    assert body(plan, plan.leaves[-1])[-2:] == ["Notes", "a\tThe note itself."]


def test_all_of_a_text_is_printed_once_in_order(tmp_path: Path) -> None:
    words = random.Random(1).sample(range(10_000), 4000)
    paragraphs = [" ".join(map(str, words[at : at + 100])) for at in range(0, 4000, 100)]

    plan = planned(matter(tmp_path, "# Numbers\n\n" + "\n\n".join(paragraphs)))

    lines = [line for leaf in plan.leaves for line in body(plan, leaf)]
    assert " ".join(lines).split() == ["Numbers", *map(str, words)]


def test_no_heading_is_the_last_line_of_a_page(tmp_path: Path) -> None:
    sections = "\n\n".join(f"## Heading {number}\n\n{SENTENCE * (1 + number % 5)}" for number in range(60))

    plan = planned(matter(tmp_path, f"# Boats\n\n{sections}"))

    last = [body(plan, leaf)[-1] for leaf in plan.leaves]
    assert len(plan.leaves) > 5
    assert not [line for line in last if line.startswith("Heading")]


def test_no_paragraph_leaves_a_lone_line_behind_or_ahead(tmp_path: Path) -> None:
    paragraphs = [f"Begin{number} {SENTENCE * (2 + number % 4)} End{number}" for number in range(60)]

    plan = planned(matter(tmp_path, "# Boats\n\n" + "\n\n".join(paragraphs)))

    for leaf in plan.leaves:
        lines = body(plan, leaf)
        assert not lines[-1].startswith("Begin"), "the first line alone"
        assert "End" not in lines[0], "the last line alone"


def test_a_table_that_goes_on_repeats_its_header(tmp_path: Path) -> None:
    rows = "\n".join(f"| {1900 + row} | {row} boats |" for row in range(60))

    plan = planned(matter(tmp_path, f"# Boats\n\n| Year | Count |\n|---|---|\n{rows}\n"))

    assert len(plan.leaves) > 1
    assert body(plan, plan.leaves[1])[0] == "Year | Count"
    printed = [line for leaf in plan.leaves for line in body(plan, leaf) if "boats" in line]
    assert printed == [f"{1900 + row} | {row} boats" for row in range(60)]


def test_a_row_higher_than_a_page_is_divided_between_its_lines(tmp_path: Path) -> None:
    plan = planned(matter(tmp_path, f"# Boats\n\n| Year | Count |\n|---|---|\n| 1900 | {SENTENCE * 60} |\n"))

    printed = joined([line for leaf in plan.leaves for line in body(plan, leaf)])
    assert len(plan.leaves) > 1
    assert printed.count("ferry") == 60


def test_a_figure_stays_with_its_caption() -> None:
    edition = Path(__file__).parents[3] / "resources" / "articles" / "councils-to-bureaucracy.md"

    plan = planned(matter_of(edition))

    for leaf in plan.leaves:
        shown = body(plan, leaf)
        pictures = [at for at, line in enumerate(shown) if line.startswith("\N{OBJECT REPLACEMENT CHARACTER}")]
        assert all(shown[at + 1].startswith("Figure") for at in pictures)


def test_paragraphs_have_the_same_numbers_at_every_size(tmp_path: Path) -> None:
    paragraphs = "\n\n".join(f"Paragraph {number}. {SENTENCE * 3}" for number in range(1, 41))
    text = matter(tmp_path, f"# Boats\n\n{paragraphs}\n\n> A quotation.\n")

    def numbered(choices: Choices) -> list[tuple[int, str]]:
        plan = planned(text, choices)
        found = []
        for leaf in plan.leaves:
            for strip in leaf.body:
                pieces = plan.measured(strip.source).pieces[strip.first : strip.end]
                found += [(piece.number, "") for piece in pieces if piece.number]
        return found

    assert numbered(A5) == numbered(Choices(type_size=16)) == [(number, "") for number in range(1, 41)]


def test_a_running_head_names_the_section_that_a_page_begins_in(tmp_path: Path) -> None:
    text = f"# Boats\n\n{SENTENCE * 50}\n\n## The crossing\n\n{SENTENCE * 80}"

    plan = planned(matter(tmp_path, text))

    assert plan.heads(plan.leaves[0]) == ("Boats", "")
    assert plan.heads(plan.leaves[-1]) == ("Boats", "The crossing")


def test_only_some_stretches_are_laid_out_at_once_and_the_others_come_back_the_same(tmp_path: Path) -> None:
    paragraphs = "\n\n".join(f"Paragraph {number}. {SENTENCE * 12}" for number in range(150))
    plan = planned(matter(tmp_path, f"# Boats\n\n{paragraphs}"))
    before = body(plan, plan.leaves[1])

    kept = len(plan._measured)
    for leaf in plan.leaves:
        body(plan, leaf)

    assert kept <= KEPT
    assert body(plan, plan.leaves[1]) == before


def test_the_first_page_is_made_without_the_rest(tmp_path: Path) -> None:
    paragraphs = "\n\n".join(f"Paragraph {number}. {SENTENCE * 12}" for number in range(150))
    plan = Plan(matter(tmp_path, f"# Boats\n\n{paragraphs}"), lay_out(A5))

    plan.make_page()

    assert not plan.done
    assert plan.share < 0.1


def test_a_text_without_anything_is_one_page(tmp_path: Path) -> None:
    plan = planned(matter(tmp_path, "---\ntitle: Nothing\n---\n\n\N{ZERO WIDTH SPACE}\n"))

    assert len(plan.leaves) == 1


@pytest.mark.parametrize(
    "text", [SENTENCE * 30, "مرحبا بالعالم. " * 60, "第一句話在這裡。" * 120, f"> {SENTENCE * 30}", "    code\n" * 40]
)
def test_nothing_is_drawn_outside_the_text_but_what_belongs_there(
    tmp_path: Path, text: str, qapp: QApplication
) -> None:
    choices = Choices(running_heads=False, page_numbers=False)
    plan = planned(matter(tmp_path, f"# Boats\n\n{text}"), choices)
    sheet = plan.sheet
    image = QImage(sheet.width // 10, sheet.height // 10, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))

    painter = QPainter(image)
    painter.scale(0.1, 0.1)
    Drawing(plan).draw(painter, plan.leaves[0])
    painter.end()

    ink = [
        (x, y)
        for y in range(image.height())
        for x in range(image.width())
        if QColor(image.pixel(x, y)).lightness() < 128
    ]
    assert ink
    assert min(x for x, _ in ink) >= sheet.left // 10 - 3
    assert max(x for x, _ in ink) <= (sheet.left + sheet.text_width) // 10 + 3
    assert max(y for _, y in ink) <= (sheet.top + sheet.text_height) // 10 + 3
