"""Real PDFs, read back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter

from reader.ui.paper.pdf import PdfNotSavedError, page_layout, write_pdf
from reader.ui.paper.plan import Plan
from reader.ui.paper.printing import NotPrintedError, print_pages
from reader.ui.paper.sheet import lay_out
from tests.ui.paper.matters import A5, SENTENCE, matter, planned
from tests.ui.paper.pdf_reading import Pdf

pytestmark = pytest.mark.usefixtures("qapp")

TEXT = f"""---
title: The river and its ferry
authors: [Anna Reed]
lang: en
---

# The river and its ferry

In 1917 the office was shut; after that, the first café, “fluffy” and efficient.[^one] See [the end](#end)
and [a page](https://example.org/page).

## The crossing

{SENTENCE * 40}

### The landing

{SENTENCE * 30}

## The end {{#end}}

Fin.[^one]

[^one]: The first note, of 1918.
"""


def saved(folder: Path, text: str = TEXT) -> Pdf:
    path = folder / "out.pdf"
    for _ in write_pdf(Plan(matter(folder, text), lay_out(A5)), path):
        pass
    return Pdf(path)


def test_the_text_can_be_copied_with_its_figures_and_ligatures(tmp_path: Path) -> None:
    pdf = saved(tmp_path)

    words = " ".join(pdf.text(0).split())

    assert "In 1917 the office was shut; after that, the ﬁrst café".replace("ﬁ", "fi") in words
    assert "“fluffy” and efficient." in words
    assert "The first note, of 1918." in words


def test_every_page_has_its_number_and_from_the_second_on_its_head(tmp_path: Path) -> None:
    pdf = saved(tmp_path)

    pages = [pdf.text(number).split("\n") for number in range(len(pdf.pages))]

    assert len(pages) > 2
    assert [page[0] for page in pages] == [str(number) for number in range(1, len(pages) + 1)]
    assert all("The river and its ferry" in page for page in pages[1:])


def test_the_outline_is_that_of_the_article(tmp_path: Path) -> None:
    pdf = saved(tmp_path)

    assert pdf.outline() == [
        (0, "The river and its ferry"),
        (1, "The crossing"),
        (2, "The landing"),
        (1, "The end"),
    ]


def test_marks_and_links_lead_to_places_that_are_there(tmp_path: Path) -> None:
    pdf = saved(tmp_path)

    links = [link for number in range(len(pdf.pages)) for link in pdf.links(number)]

    assert "https://example.org/page" in links
    inner = [link for link in links if not link.startswith("https:")]
    assert len(inner) == 3  # two marks and a link
    assert set(inner) <= set(pdf.places())


def test_title_and_language_are_told(tmp_path: Path) -> None:
    pdf = saved(tmp_path)

    assert b"/Lang <FEFF0065006E>" in pdf.catalog
    assert "The river and its ferry".encode("utf-16-be") in pdf.data


def test_the_same_letters_of_two_alphabets_stay_apart(tmp_path: Path) -> None:
    pdf = saved(tmp_path, "# Boats\n\nThe ocean.[^a] Волга.\n\n[^a]: An open ocean; это Волга.\n")

    words = " ".join(pdf.text(0).split())

    assert "The ocean." in words
    assert "An open ocean; это Волга." in words


def test_a_file_that_was_there_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "out.pdf").write_bytes(b"old")

    pdf = saved(tmp_path)

    assert pdf.data.startswith(b"%PDF")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["matter.md", "out.pdf"]


def test_what_is_stopped_leaves_the_old_file_and_nothing_beside_it(tmp_path: Path) -> None:
    (tmp_path / "out.pdf").write_bytes(b"old")
    work = write_pdf(Plan(matter(tmp_path, TEXT), lay_out(A5)), tmp_path / "out.pdf")

    next(work)
    work.close()

    assert (tmp_path / "out.pdf").read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["matter.md", "out.pdf"]


def test_a_folder_that_is_gone_is_one_sentence(tmp_path: Path) -> None:
    work = write_pdf(Plan(matter(tmp_path, TEXT), lay_out(A5)), tmp_path / "gone" / "out.pdf")

    with pytest.raises(PdfNotSavedError) as told:
        list(work)

    assert str(told.value).startswith("“out.pdf” could not be saved.")


def test_a_folder_in_the_place_of_the_file_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "out.pdf").mkdir()
    work = write_pdf(Plan(matter(tmp_path, TEXT), lay_out(A5)), tmp_path / "out.pdf")

    with pytest.raises(PdfNotSavedError):
        list(work)

    assert sorted(path.name for path in tmp_path.iterdir()) == ["matter.md", "out.pdf"]


def test_a_printer_gets_the_pages_that_were_asked_for(tmp_path: Path) -> None:
    plan = planned(matter(tmp_path, TEXT))
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setPageLayout(page_layout(plan.sheet))
    printer.setFromTo(2, 3)

    list(print_pages(plan, printer))

    assert len(Pdf(tmp_path / "printed.pdf").pages) == 2


@pytest.mark.qt_log_ignore("QPainter::begin", "This plugin does not support", extend=True)
def test_a_printer_that_takes_nothing_is_one_sentence(tmp_path: Path) -> None:
    plan = planned(matter(tmp_path, TEXT))
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "gone" / "printed.pdf"))

    with pytest.raises(NotPrintedError):
        list(print_pages(plan, printer))
