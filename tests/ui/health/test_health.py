"""The page of the library's health in a real window."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from reader.keeping.backups import FOLDER, backups
from reader.library import FILE, Library
from reader.paths import Paths
from reader.ui.health.dialog import HealthDialog
from reader.ui.window.main_window import MainWindow
from tests.ui.desk import Desk

TEXT = "# The Ferry\n\nThe ice on the river broke.\n"
PATIENCE_MS = 20_000


def opened(desk: Desk, qtbot: QtBot, window: MainWindow) -> HealthDialog:
    window.commands["health"].trigger()
    dialog = window.rooms.health.dialog
    qtbot.waitUntil(lambda: bool(dialog.verdict.text()), timeout=PATIENCE_MS)
    return dialog


def come_to_rest(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not window.rooms.health.busy and not window.runner.busy, timeout=PATIENCE_MS)


def told(dialog: HealthDialog) -> dict[str, str]:
    names = [label.accessibleName() for label in dialog.findChildren(QLabel) if label.isVisible()]
    return dict(name.split(": ", 1) for name in names if ": " in name)


def test_it_says_in_plain_words_how_things_stand(desk: Desk, qtbot: QtBot) -> None:
    desk.add(TEXT)
    window = desk.window()

    dialog = opened(desk, qtbot, window)

    assert dialog.verdict.text() == "There is no backup yet."
    qtbot.waitUntil(lambda: "Library" in told(dialog), timeout=PATIENCE_MS)
    said = told(dialog)
    assert said["Library"] == "1 text(s), 0 bookmark(s)"
    assert said["Last check"] == "never"
    assert said["Last backup"].startswith("none yet")


def test_a_check_and_a_backup_make_all_well(desk: Desk, qtbot: QtBot) -> None:
    desk.add(TEXT)
    window = desk.window()
    dialog = opened(desk, qtbot, window)

    QTest.mouseClick(dialog.buttons[0], Qt.MouseButton.LeftButton)
    come_to_rest(qtbot, window)
    checked = dialog.said.text()
    QTest.mouseClick(dialog.buttons[1], Qt.MouseButton.LeftButton)
    come_to_rest(qtbot, window)

    assert (checked, dialog.said.text()) == ("All is whole.", "A backup was taken.")
    qtbot.waitUntil(lambda: dialog.verdict.text() == "All is well.", timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: "Last backup" in told(dialog), timeout=PATIENCE_MS)
    assert told(dialog)["Last backup"].endswith("1 backup(s) kept")
    assert len(backups(desk.paths.data / FOLDER)) == 1


def test_what_is_damaged_is_told_and_mended(desk: Desk, qtbot: QtBot) -> None:
    desk.add(TEXT)
    with closing(sqlite3.connect(desk.paths.data / FILE, isolation_level=None)) as connection:
        connection.execute("UPDATE compiled SET data = CAST('nonsense' AS BLOB)")
    window = desk.window()
    dialog = opened(desk, qtbot, window)
    hidden = dialog.repair.isVisible()

    window.rooms.health.check()
    come_to_rest(qtbot, window)
    qtbot.waitUntil(dialog.repair.isVisible, timeout=PATIENCE_MS)
    verdict = dialog.verdict.text()
    QTest.mouseClick(dialog.repair, Qt.MouseButton.LeftButton)
    come_to_rest(qtbot, window)

    assert (hidden, verdict) == (False, "Something in the library is damaged.")
    assert dialog.said.text().startswith("“The Ferry” was damaged and was read again from the file")
    qtbot.waitUntil(lambda: not dialog.repair.isVisible(), timeout=PATIENCE_MS)
    assert window.library.article(1).blocks[1].text == "The ice on the river broke."


def test_a_library_goes_out_and_comes_in_elsewhere(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    other = Paths.under(tmp_path / "other")
    with Library(other) as library:
        library.add(desk.file(TEXT, "ferry.md"))
        library.keeping().export(tmp_path / "out", lambda share: None)
    desk.add("# The Bridge\n\nIt was built at last.\n", "bridge.md")
    window = desk.window()
    dialog = opened(desk, qtbot, window)

    window.rooms.health.restore_from(tmp_path / "out")
    come_to_rest(qtbot, window)
    restored = dialog.said.text()
    window.rooms.health.export_to(tmp_path / "again")
    come_to_rest(qtbot, window)

    assert restored == "1 new text(s) came in."
    assert dialog.said.text() == "2 text(s) exported to “again”."
    assert (tmp_path / "again" / "manifest.json").is_file()
    assert {entry.title for entry in window.library.shelf.articles()} == {"The Ferry", "The Bridge"}


def test_what_goes_wrong_is_one_sentence_and_the_buttons_come_back(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    window = desk.window()
    dialog = opened(desk, qtbot, window)

    window.rooms.health.restore_from(tmp_path)
    come_to_rest(qtbot, window)

    assert dialog.said.text().endswith("is no folder that this program exported a library to; nothing was changed.")
    assert all(button.isEnabled() for button in dialog.buttons)
    assert not dialog.progress.isVisible()


def test_every_button_is_reached_by_the_keyboard(desk: Desk, qtbot: QtBot) -> None:
    window = desk.window()
    dialog = opened(desk, qtbot, window)
    qtbot.waitUntil(dialog.isActiveWindow, timeout=PATIENCE_MS)
    dialog.buttons[0].setFocus()

    reached = []
    for _ in dialog.buttons:
        reached.append(dialog.focusWidget())
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)

    assert reached == list(dialog.buttons)
    assert not dialog.isVisible()


def test_after_a_start_a_backup_is_taken_behind_the_window(desk: Desk, qtbot: QtBot) -> None:
    desk.add(TEXT)
    window = desk.window()

    window.rooms.health.look_after()
    come_to_rest(qtbot, window)

    (backup,) = backups(desk.paths.data / FOLDER)
    assert backup.is_whole()


def test_the_palette_offers_the_page(desk: Desk) -> None:
    window = desk.window()

    assert "Library health" in [entry.text for entry in window.rooms.overlays.entries()]
