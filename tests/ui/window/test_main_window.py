"""The window as a whole: bringing texts in, links, themes, names for the ear."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAccessible, QAction, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

from reader import settings
from reader import theme as themes
from reader.library import Added, Library
from reader.ui.page.styles import DEFAULT_SIZE
from reader.ui.window.main_window import MainWindow
from tests.ui.desk import Desk, act, action, first_line, key, message
from tests.ui.reading_matter import RIVER, SENTENCE, SHORT, STORM

CONTROL = Qt.KeyboardModifier.ControlModifier
LONG_MS = 20_000


@pytest.fixture
def article(desk: Desk) -> int:
    return desk.add(RIVER)


@pytest.fixture
def window(desk: Desk, article: int) -> MainWindow:
    return desk.window(article=article)


def titles(desk: Desk) -> list[str]:
    with Library(desk.paths) as library:
        return sorted(entry.title for entry in library.shelf.articles())


def wait_for(qtbot: QtBot, window: MainWindow, words: str) -> None:
    """Wait until the status line tells something."""
    qtbot.waitUntil(lambda: words in message(window), timeout=LONG_MS)


# -- bringing texts in -----------------------------------------------------------------------------


def test_a_file_that_is_opened_is_added_and_shown(qtbot: QtBot, desk: Desk, window: MainWindow) -> None:
    window.open_files((desk.file(STORM, "storm.md"),))

    wait_for(qtbot, window, "“The storm” was added to the library.")
    qtbot.waitUntil(lambda: window.windowTitle().startswith("The storm"))
    assert titles(desk) == ["The river and its ferry", "The storm"]


def test_a_file_that_is_known_is_opened_and_said_to_be_known(qtbot: QtBot, desk: Desk, window: MainWindow) -> None:
    file = desk.file(STORM, "storm.md")
    window.open_files((file,))
    wait_for(qtbot, window, "added")

    window.open_files((file,))

    wait_for(qtbot, window, "“The storm” is in the library already.")
    assert len(titles(desk)) == 2


def test_a_revised_file_is_shown_as_it_is_now(qtbot: QtBot, desk: Desk, window: MainWindow) -> None:
    window.open_files((desk.file(RIVER.replace("The café", "The old café")),))

    wait_for(qtbot, window, "was brought up to date")
    text = window.page.text
    assert text is not None
    assert "The old café" in text.string


def words_marked(window: MainWindow) -> list[str]:
    """Return how the words begin that have a bookmark."""
    text = window.page.text
    assert text is not None
    return [text.string[start : start + 40] for start, *_ in window.rooms.bookmarking.ranges]


def test_the_place_and_the_bookmarks_stay_at_their_words_when_the_open_file_comes_in_anew(
    qtbot: QtBot, desk: Desk, window: MainWindow
) -> None:
    assert window.page.text is not None
    window.reading.go_to(window.page.text.string.index("Number 200 "))
    act(window, "bookmark")
    qtbot.waitUntil(lambda: not window.runner.busy, timeout=LONG_MS)
    before, marked = first_line(window), words_marked(window)
    revised = desk.file(RIVER.replace("First 2.", f"First 2. {SENTENCE * 40}"))

    window.open_files((revised,))

    wait_for(qtbot, window, "was brought up to date")
    qtbot.waitUntil(lambda: not window.runner.busy, timeout=LONG_MS)
    assert first_line(window) == before
    assert words_marked(window) == marked
    desk.close(window)
    assert first_line(desk.start()) == before


def test_a_file_that_is_open_is_shown_where_one_reads_when_it_is_opened_again(
    qtbot: QtBot, desk: Desk, window: MainWindow
) -> None:
    act(window, "end")
    before, stops = first_line(window), len(window.reading.trail.stops)

    window.open_files((desk.file(RIVER),))

    wait_for(qtbot, window, "is in the library already")
    qtbot.waitUntil(lambda: not window.busy, timeout=LONG_MS)
    assert (first_line(window), len(window.reading.trail.stops)) == (before, stops)


def test_several_files_are_brought_in_and_the_last_one_shown(qtbot: QtBot, desk: Desk, window: MainWindow) -> None:
    window.open_files((desk.file(STORM, "storm.md"), desk.file(SHORT, "short.md")))

    qtbot.waitUntil(lambda: window.windowTitle().startswith("A short text"), timeout=LONG_MS)
    assert titles(desk) == ["A short text", "The river and its ferry", "The storm"]


@pytest.mark.parametrize("name", ["nothing-here.md", "nowhere/at-all.md"])
def test_what_cannot_be_opened_is_told_in_one_sentence(qtbot: QtBot, desk: Desk, window: MainWindow, name: str) -> None:
    before = first_line(window)

    window.open_files((desk.folder / name,))

    wait_for(qtbot, window, "could not be opened")
    assert "Traceback" not in message(window)
    assert first_line(window) == before
    assert titles(desk) == ["The river and its ferry"]


def test_an_empty_file_is_told_in_one_sentence(qtbot: QtBot, desk: Desk, window: MainWindow) -> None:
    window.open_files((desk.file("", "empty.txt"),))

    wait_for(qtbot, window, "“empty.txt” could not be opened: there is no text in it.")


def test_what_nobody_foresaw_is_told_too(
    qtbot: QtBot, desk: Desk, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> Added:
        raise ZeroDivisionError

    monkeypatch.setattr(window.library, "add", broken)

    window.open_files((desk.file(STORM, "storm.md"),))

    wait_for(qtbot, window, "Something went wrong; nothing was lost.")


def hold_back(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> tuple[threading.Event, threading.Event]:
    """Let an import wait at its first step; return the events that it began and that it may go on."""
    begun, go_on = threading.Event(), threading.Event()
    add = window.library.add

    def slow(path: Path, step: Callable[[float], None]) -> Added:
        begun.set()
        assert go_on.wait(20)
        step(0.1)
        return add(path, step)

    monkeypatch.setattr(window.library, "add", slow)
    return begun, go_on


def test_a_cancelled_import_leaves_nothing(
    qtbot: QtBot, desk: Desk, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = hold_back(window, monkeypatch)
    window.open_files((desk.file(STORM, "storm.md"),))
    qtbot.waitUntil(begun.is_set)
    status = window.rooms.status
    assert status.cancel_button.isVisible()

    status.cancel_button.click()
    go_on.set()

    wait_for(qtbot, window, "Stopped before it was done; nothing was changed.")
    qtbot.waitUntil(lambda: not window.rooms.importing.busy)
    assert titles(desk) == ["The river and its ferry"]
    assert not status.cancel_button.isVisible()


def test_after_a_cancelled_import_the_next_one_works(
    qtbot: QtBot, desk: Desk, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = hold_back(window, monkeypatch)
    window.open_files((desk.file(STORM, "storm.md"),))
    qtbot.waitUntil(begun.is_set)
    window.rooms.status.cancel_button.click()
    go_on.set()
    wait_for(qtbot, window, "Stopped")

    window.open_files((desk.file(SHORT, "short.md"),))

    qtbot.waitUntil(lambda: window.windowTitle().startswith("A short text"), timeout=LONG_MS)


def test_an_import_can_be_cancelled_while_the_shipped_edition_waits(
    qtbot: QtBot, desk: Desk, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = hold_back(window, monkeypatch)
    window.open_files((desk.file(STORM, "storm.md"),))
    qtbot.waitUntil(begun.is_set)
    window.rooms.importing.add_bundled()

    window.rooms.status.cancel_button.click()
    go_on.set()

    wait_for(qtbot, window, "Stopped")
    qtbot.waitUntil(lambda: not window.rooms.importing.busy)
    assert titles(desk) == ["The river and its ferry"]


def test_a_window_that_is_closed_during_an_import_leaves_nothing_half_done(
    qtbot: QtBot, desk: Desk, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = hold_back(window, monkeypatch)
    window.open_files((desk.file(STORM, "storm.md"),))
    qtbot.waitUntil(begun.is_set)
    threading.Timer(0.2, go_on.set).start()

    desk.close(window)

    assert titles(desk) == ["The river and its ferry"]


def drop(window: MainWindow, urls: list[QUrl], over: QWidget) -> bool:
    """Drag something over a widget of the window and let it go there; say whether it was taken."""
    data = QMimeData()
    data.setUrls(urls)
    at = over.mapTo(window, over.rect().center())
    copying, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    handle = window.windowHandle()
    enter = QDragEnterEvent(QPoint(at), copying, data, left, none)
    QApplication.sendEvent(handle, enter)
    if not enter.isAccepted():
        return False
    dropped = QDropEvent(QPointF(at), copying, data, left, none)
    QApplication.sendEvent(handle, dropped)
    return dropped.isAccepted()


@pytest.mark.parametrize("place", ["page", "outline", "status"])
def test_a_file_that_is_dropped_anywhere_is_opened(qtbot: QtBot, desk: Desk, window: MainWindow, place: str) -> None:
    over = {"page": window.page.viewport(), "outline": window.panes.outline, "status": window.rooms.status}[place]

    taken = drop(window, [QUrl.fromLocalFile(str(desk.file(STORM, "storm.md")))], over)

    assert taken
    qtbot.waitUntil(lambda: window.windowTitle().startswith("The storm"), timeout=LONG_MS)


def test_a_web_address_that_is_dropped_is_not_taken(window: MainWindow) -> None:
    assert not drop(window, [QUrl("https://example.org/text.md")], window.page.viewport())


# -- links -----------------------------------------------------------------------------------------


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that were given to the system's browser."""
    addresses: list[str] = []
    monkeypatch.setattr("PySide6.QtGui.QDesktopServices.openUrl", lambda url: addresses.append(url.toString()) or True)
    return addresses


def test_a_link_within_the_text_jumps_and_back_returns(window: MainWindow, given: list[str]) -> None:
    window.page.link_activated.emit("#landing")
    opened = window.reading.article
    assert opened is not None
    there = opened.section_at(window.page.first_offset()).title
    act(window, "back")

    assert there == "The landing"
    assert window.page.verticalScrollBar().value() == 0
    assert given == []


def test_a_link_to_a_place_that_is_not_there_says_so(window: MainWindow) -> None:
    window.page.link_activated.emit("#nowhere")

    assert message(window) == "The place that this link leads to is not in the text."


@pytest.mark.parametrize("target", ["https://example.org/page", "http://example.org/", "mailto:a@example.org"])
def test_links_to_the_web_are_given_to_the_browser(window: MainWindow, given: list[str], target: str) -> None:
    window.page.link_activated.emit(target)

    assert given == [target]


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "data:text/html,<b>x</b>",
        "JaVaScRiPt:alert(1)",
        " file:///etc/passwd",
        "smb://server/share",
        "ssh://host",
        "note:one",
        "../other.md",
        "//example.org/x",
        "",
    ],
)
def test_other_links_are_never_opened(window: MainWindow, given: list[str], target: str) -> None:
    window.page.link_activated.emit(target)

    assert given == []
    assert message(window).startswith("This link leads out of the text")


# -- type and theme --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", themes.NAMES)
def test_a_theme_is_taken_at_once_and_the_place_stays(window: MainWindow, name: str) -> None:
    text = window.page.text
    assert text is not None
    window.reading.go_to(text.string.index("Number 200 is"))
    before = first_line(window)

    act(window, f"theme_{name}")

    assert window.page.theme.name == name
    assert action(window, f"theme_{name}").isChecked()
    assert first_line(window) == before


def test_the_theme_and_the_size_are_kept(desk: Desk, article: int, window: MainWindow) -> None:
    act(window, "theme_sepia")
    act(window, "larger")
    act(window, "larger")
    desk.close(window)

    again = desk.window(article=article)

    assert (again.page.theme.name, again.page.typography.size) == ("sepia", 22)
    assert settings.load(desk.paths.config).theme == "sepia"


def test_the_order_of_the_library_page_is_kept(desk: Desk, window: MainWindow) -> None:
    desk.add(STORM, "another.md")
    act(window, "library")
    by_title = window.rooms.shelf_room.page.shelf.sorting.menu().actions()[1]
    by_title.trigger()

    desk.close(window)
    again = desk.window()
    act(again, "library")

    shelf = again.rooms.shelf_room.page.shelf
    assert shelf.sorting.text() == "Title"
    assert [shelf.model.index(row, 0).data() for row in range(2)] == ["The river and its ferry", "The storm"]
    assert [each.isChecked() for each in shelf.sorting.menu().actions()] == [False, True, *[False] * 4]


def test_what_the_side_pane_shows_is_kept(desk: Desk, article: int, window: MainWindow) -> None:
    act(window, "footnotes")

    desk.close(window)
    again = desk.window(article=article)

    assert again.rooms.side_room.pane.current() == "footnotes"


def test_the_size_is_changed_by_key_and_put_back(window: MainWindow) -> None:
    key(window, Qt.Key.Key_Plus, CONTROL)
    larger = window.page.typography.size
    key(window, Qt.Key.Key_Minus, CONTROL)
    key(window, Qt.Key.Key_Minus, CONTROL)
    smaller = window.page.typography.size
    key(window, Qt.Key.Key_0, CONTROL)

    assert (larger, smaller, window.page.typography.size) == (20, 17, DEFAULT_SIZE)


def test_the_size_ends_at_the_smallest_and_the_largest(window: MainWindow) -> None:
    for _ in range(15):
        act(window, "smaller")
    smallest = window.page.typography.size
    for _ in range(15):
        act(window, "larger")

    assert (smallest, window.page.typography.size) == (14, 48)


def test_the_window_comes_back_as_large_as_it_was(desk: Desk, article: int, window: MainWindow) -> None:
    window.resize(1111, 666)
    desk.close(window)

    kept = settings.load(desk.paths.config)

    assert (kept.window_width, kept.window_height) == (1111, 666)


# -- for keyboard and ear --------------------------------------------------------------------------


def spoken(widget: QWidget) -> str:
    told: str = QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
    return told


def nameless(window: QWidget) -> list[str]:
    """Return what can have the focus, is seen, and has no name for the ear."""
    wanted = [
        child
        for child in (window, *window.findChildren(QWidget))
        if child.isVisible() and child.focusPolicy() != Qt.FocusPolicy.NoFocus
    ]
    return [
        f"{type(child).__name__} in {type(child.parent()).__name__}"
        for child in wanted
        if not any(map(str.isalnum, spoken(child)))
    ]


@pytest.mark.parametrize(
    "opened",
    ["", "find", "search", "bookmarks", "footnotes", "contents", "palette", "shortcuts", "about", "type", "note"],
)
def test_everything_that_can_have_the_focus_has_a_name(window: MainWindow, opened: str) -> None:
    if opened == "type":
        window.rooms.tool_bar.type_requested.emit(window.page)
    elif opened == "note":
        key(window, Qt.Key.Key_Tab)
        key(window, Qt.Key.Key_Return)
    elif opened:
        act(window, "bookmark")
        act(window, opened)

    assert nameless(window) == []
    for dialog in window.findChildren(QDialog):
        assert nameless(dialog) == []
        dialog.reject()


def test_every_command_can_be_done_one_after_the_other(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("PySide6.QtWidgets.QFileDialog.getOpenFileNames", lambda *_: ([], ""))
    monkeypatch.setattr("PySide6.QtWidgets.QFileDialog.getSaveFileName", lambda *_: ("", ""))
    monkeypatch.setattr("PySide6.QtWidgets.QFileDialog.getExistingDirectory", lambda *_: "")
    left_out = {"quit", "library", "close", "full_screen"}
    names = [each.objectName() for each in window.findChildren(QAction) if each.objectName()]

    for name in names:
        if name not in left_out and action(window, name).isEnabled():
            action(window, name).trigger()
            for dialog in window.findChildren(QDialog):
                dialog.reject()

    assert len(names) > 30
    assert window.reading.article is not None


def test_the_menu_opens_by_f10(qtbot: QtBot, window: MainWindow) -> None:
    key(window, Qt.Key.Key_F10)

    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert len(menu.actions()) == 6
    menu.close()


def test_an_open_text_is_written_as_markdown_where_one_says(
    qtbot: QtBot, desk: Desk, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = desk.folder / "out.md"
    monkeypatch.setattr("PySide6.QtWidgets.QFileDialog.getSaveFileName", lambda *_: (str(target), ""))

    act(window, "export")

    wait_for(qtbot, window, "Saved as “out.md”.")
    assert "The café stood by the water.[^one]" in target.read_text(encoding="utf-8")
