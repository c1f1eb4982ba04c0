"""A desk to read at: a real library under a temporary folder, and real windows over it."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from reader.library import Library
from reader.paths import Paths
from reader.ui.application import build
from reader.ui.notes.popup import FootnotePopup
from reader.ui.page.anchored import AnchoredText
from reader.ui.window.main_window import MainWindow

W = TypeVar("W", bound=QWidget)


class Desk:
    """Brings texts into the library, and opens windows."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.qtbot = qtbot
        self.folder = folder
        self.paths = Paths.under(folder / "home")
        self.windows: list[MainWindow] = []

    def file(self, text: str, name: str = "text.md") -> Path:
        """Write a text into a file of its own."""
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def add(self, text: str, name: str = "text.md") -> int:
        """Bring a text into the library; return its number."""
        with Library(self.paths) as library:
            return library.add(self.file(text, name)).article_id

    def window(self, size: tuple[int, int] = (1000, 700), article: int | None = None) -> MainWindow:
        """Return a furnished window that has the focus, and shows an article if one is named."""
        window = build(self.paths, size=size)
        window.move(0, 0)
        self.windows.append(window)
        if article is not None:
            assert window.reading.open(article)
            window.show_reading()
        with self.qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        window.furnish()
        self.qtbot.waitUntil(lambda: not window.runner.busy, timeout=20_000)
        if article is not None:
            window.page.setFocus()
        return window

    def start(self, size: tuple[int, int] = (1000, 700)) -> MainWindow:
        """Return a window as a start of the program makes it: with what was read last."""
        last = self._last_article()
        return self.window(size, last)

    def _last_article(self) -> int | None:
        with Library(self.paths) as library:
            return library.reading.last_article()

    def close(self, window: MainWindow) -> None:
        """Close a window as a person does."""
        self.windows.remove(window)
        window.close()
        window.library.close()
        window.deleteLater()

    def clear(self) -> None:
        for window in list(self.windows):
            self.close(window)


class Pointer:
    """A mouse in one window. It goes through the window system's own queue, as a real one does."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def move(self, widget: QWidget, point: QPoint) -> None:
        QTest.mouseMove(self._window.windowHandle(), widget.mapTo(self._window, point))

    def click(self, widget: QWidget, point: QPoint) -> None:
        at = widget.mapTo(self._window, point)
        QTest.mouseMove(self._window.windowHandle(), at)
        QTest.mouseClick(self._window.windowHandle(), Qt.MouseButton.LeftButton, pos=at)

    def move_to_mark(self, view: AnchoredText, offset: int, key: str) -> None:
        self.move(view.viewport(), mark_place(view, offset, key))

    def click_mark(self, view: AnchoredText, offset: int, key: str) -> None:
        self.click(view.viewport(), mark_place(view, offset, key))

    def move_into(self, popup: FootnotePopup) -> None:
        self.move(popup, popup.rect().center())

    def move_away(self, view: AnchoredText) -> None:
        """Go to the lower left corner of a page, where nothing is."""
        self.move(view.viewport(), QPoint(4, view.viewport().height() - 4))


def mark_place(view: AnchoredText, offset: int, key: str) -> QPoint:
    """Return the middle of a mark in the view's own coordinates."""
    rect = view.mark_rect(offset, key)
    assert not rect.isEmpty(), "the mark is not in the text"
    return view.viewport().mapFromGlobal(rect.center())


def in_window(window: QWidget, widget: QWidget, rect: QRect) -> QRect:
    """Return a widget's rectangle in the coordinates of its window."""
    return QRect(widget.mapTo(window, rect.topLeft()), rect.size())


def key(widget: QWidget, name: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Type a key in the window that a widget stands in: it goes where the focus is."""
    QTest.keyClick(widget.window().windowHandle(), name, modifier)


def has_keyboard(view: AnchoredText) -> bool:
    """Say whether keys go to a text, or to one of the marks in it."""
    focused = QApplication.focusWidget()
    return focused is view or (focused is not None and view.isAncestorOf(focused))


def type_text(widget: QWidget, text: str) -> None:
    """Type letters into a field. (QTest knows the keys of ASCII only, and ends the process at others.)"""
    for letter in text:
        QApplication.sendEvent(
            widget, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_unknown, Qt.KeyboardModifier.NoModifier, letter)
        )


def first_line(window: MainWindow) -> str:
    """Return the words at the first line that is seen whole, as many as a line has at least."""
    text = window.page.text
    assert text is not None
    offset = window.page.first_offset()
    return text.string[offset : offset + 24]


def action(window: MainWindow, name: str) -> QAction:
    """Return a command of the window by its name."""
    found = window.findChild(QAction, name)
    assert isinstance(found, QAction), name
    return found


def act(window: MainWindow, name: str) -> None:
    """Do what a command does, as its menu does."""
    assert action(window, name).isEnabled(), name
    action(window, name).trigger()


def part(window: QWidget, kind: type[W]) -> W:
    """Return the one part of a window that is of a kind."""
    (found,) = window.findChildren(kind)
    assert isinstance(found, kind)
    return found


def message(window: MainWindow) -> str:
    """Return what the status line tells just now."""
    status = window.rooms.status
    return status.message.text() if status.message.isVisible() else ""
