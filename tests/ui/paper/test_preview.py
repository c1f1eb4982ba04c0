"""The preview, driven as a person drives it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from reader.theme import Theme
from reader.ui.paper.choosing import Choice
from reader.ui.paper.preview import PreviewDialog
from reader.ui.paper.sheet import Choices
from reader.ui.reading.type_controls import Switch
from tests.ui.desk import Desk, act, message, part
from tests.ui.paper.matters import A5, SENTENCE, matter
from tests.ui.paper.pdf_reading import Pdf
from tests.ui.reading_matter import RIVER

LONG = "# Boats\n\n" + "\n\n".join(f"Paragraph {number}. {SENTENCE * 12}" for number in range(300))
Open = Callable[[str], PreviewDialog]


@pytest.fixture
def preview(qtbot: QtBot, tmp_path: Path, theme: Theme) -> Open:
    def opened(text: str) -> PreviewDialog:
        dialog = PreviewDialog(matter(tmp_path, text), A5, theme)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return opened


def switch(dialog: PreviewDialog, text: str) -> Switch:
    return next(each for each in dialog.findChildren(Switch) if each.text() == text)


def test_the_first_page_is_there_at_once_and_the_others_come_behind(preview: Open, qtbot: QtBot) -> None:
    dialog = preview(LONG)

    assert len(dialog.plan.leaves) == 1
    assert dialog.progress.isVisible()
    assert dialog.cancel.isVisible()

    qtbot.waitUntil(lambda: dialog.plan.done, timeout=20_000)

    qtbot.waitUntil(lambda: dialog.count.text() == f"Page 1 of {len(dialog.plan.leaves)}")
    assert not dialog.progress.isVisible()
    assert not dialog.cancel.isVisible()


def test_counting_can_be_stopped(preview: Open) -> None:
    dialog = preview(LONG)

    QTest.mouseClick(dialog.cancel, Qt.MouseButton.LeftButton)

    assert not dialog.counting.busy
    assert not dialog.plan.done


def test_a_choice_makes_the_pages_anew_and_is_told(preview: Open, qtbot: QtBot) -> None:
    dialog = preview(LONG)
    told: list[Choices] = []
    dialog.choices_changed.connect(told.append)
    before = dialog.plan

    switch(dialog, "Line numbers").click()

    qtbot.waitUntil(lambda: dialog.plan is not before)
    assert told == [dialog.plan.sheet.choices]
    assert told[0].line_numbers


def test_the_place_in_the_text_stays_when_the_pages_are_made_anew(preview: Open, qtbot: QtBot) -> None:
    dialog = preview(LONG)
    qtbot.waitUntil(lambda: dialog.plan.done, timeout=20_000)
    dialog.pages.show_page(30)
    passage = dialog.plan.leaves[29].passage
    before = dialog.plan

    switch(dialog, "Wide margin for remarks").click()
    qtbot.waitUntil(lambda: dialog.plan is not before)
    qtbot.waitUntil(lambda: dialog.plan.done, timeout=20_000)
    qtbot.waitUntil(lambda: dialog.pages.page > 30)

    shown = dialog.plan.leaves[dialog.pages.page - 1].passage
    assert abs(shown - passage) <= 2


def test_another_size_of_paper_is_chosen_from_a_menu(preview: Open, qtbot: QtBot) -> None:
    dialog = preview(RIVER)
    paper = dialog.findChildren(Choice)[0]

    next(action for action in paper.menu.actions() if action.text() == "Letter").trigger()

    qtbot.waitUntil(lambda: dialog.plan.sheet.choices.size == "Letter")
    assert (dialog.plan.sheet.width, dialog.plan.sheet.height) == (6120, 7920)


def test_keys_go_from_page_to_page(preview: Open, qtbot: QtBot) -> None:
    dialog = preview(RIVER)
    qtbot.waitUntil(lambda: dialog.plan.done)
    dialog.pages.setFocus()

    QTest.keyClick(dialog.pages, Qt.Key.Key_PageDown)
    QTest.keyClick(dialog.pages, Qt.Key.Key_PageDown)

    assert dialog.pages.page == 3
    assert dialog.count.text() == f"Page 3 of {len(dialog.plan.leaves)}"

    QTest.keyClick(dialog.pages, Qt.Key.Key_PageUp)

    assert dialog.pages.page == 2


def test_saving_writes_all_pages(preview: Open, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dialog = preview(RIVER)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "river"), ""))

    dialog.save_button.click()

    qtbot.waitUntil(lambda: dialog.message.text() == "Saved as “river.pdf”.", timeout=20_000)
    assert len(Pdf(tmp_path / "river.pdf").pages) == len(dialog.plan.leaves)
    assert dialog.save_button.isEnabled()


def test_saving_that_is_stopped_leaves_nothing(preview: Open, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = preview(LONG)
    dialog.save(tmp_path / "boats.pdf")
    qtbot.waitUntil(lambda: len(dialog.plan.leaves) > 3)

    QTest.mouseClick(dialog.cancel, Qt.MouseButton.LeftButton)

    assert dialog.message.text() == "Stopped; nothing was saved or printed."
    assert [path.name for path in tmp_path.iterdir()] == ["matter.md"]
    qtbot.waitUntil(lambda: dialog.plan.done, timeout=20_000)


def test_a_file_that_cannot_be_written_is_told_in_one_sentence(preview: Open, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = preview(RIVER)

    dialog.save(tmp_path / "gone" / "river.pdf")

    qtbot.waitUntil(lambda: dialog.message.text().startswith("“river.pdf” could not be saved."))
    assert dialog.save_button.isEnabled()


def test_without_a_printer_the_way_to_a_pdf_is_told(preview: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    dialog = preview(RIVER)
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", list)

    dialog.print_button.click()

    assert dialog.message.text() == "There is no printer on this computer. The pages can be saved as PDF."


def test_closing_stops_all_work(preview: Open, tmp_path: Path) -> None:
    dialog = preview(LONG)
    dialog.save(tmp_path / "boats.pdf")

    dialog.reject()

    assert not dialog.counting.busy
    assert not dialog.writing.busy
    assert [path.name for path in tmp_path.iterdir()] == ["matter.md"]


# -- in the window ---------------------------------------------------------------------------------


def test_printing_opens_the_preview_and_what_is_chosen_there_is_remembered(desk: Desk, qtbot: QtBot) -> None:
    window = desk.window(article=desk.add(RIVER))

    act(window, "print")
    dialog = part(window, PreviewDialog)
    switch(dialog, "Page numbers").click()

    assert dialog.isVisible()
    assert "The river and its ferry" in dialog.windowTitle()
    assert not window.settings.paper_page_numbers
    dialog.reject()


def test_a_pdf_is_saved_from_the_menu(desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    window = desk.window(article=desk.add(RIVER))
    target = desk.folder / "river.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))

    act(window, "save_pdf")

    qtbot.waitUntil(lambda: message(window) == "Saved as “river.pdf”.", timeout=20_000)
    assert (1, "The crossing") in Pdf(target).outline()


def test_closing_the_window_while_a_pdf_is_written_leaves_nothing(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = desk.window(article=desk.add(LONG))
    target = desk.folder / "boats.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    act(window, "save_pdf")
    qtbot.waitUntil(lambda: bool(list(desk.folder.glob("boats.pdf*"))))

    desk.close(window)

    assert not list(desk.folder.glob("boats.pdf*"))
