"""What the window's tests share: the application as it is set up, and its themes."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QThread, QTimer
from PySide6.QtGui import QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader.theme import Theme, load
from reader.ui.look import fonts
from reader.ui.look.palette import build_palette, style_sheet
from tests.ui.desk import Desk

if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Overlook what the offscreen platform says of itself; it is no fault of a window."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", extend=True))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Tell with a failure who had the keyboard: what a test of a window most often turns on."""
    report = yield
    if report.failed and item.path.is_relative_to(HERE) and QApplication.instance() is not None:
        window, widget = QApplication.activeWindow(), QApplication.focusWidget()
        buttons = QApplication.mouseButtons()
        report.sections.append(("The desk", f"active: {window}\nkeyboard: {widget}\npressed: {buttons}"))
    return report


@pytest.fixture(scope="session")
def theme() -> Theme:
    return load("light")


@pytest.fixture(scope="session")
def qapp(qapp_cls: type[QApplication], theme: Theme) -> Iterator[QApplication]:
    application = QApplication.instance() or qapp_cls(["study-reader"])
    assert isinstance(application, QApplication)
    application.setStyle("Fusion")
    fonts.load_first()
    application.setFont(fonts.interface())
    application.setPalette(build_palette(theme))
    application.setStyleSheet(style_sheet(theme))
    yield application


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """A library and its windows; the edition that is shipped stays out, so that each test knows its texts."""
    empty = tmp_path / "nothing shipped"
    (empty / "articles").mkdir(parents=True)
    monkeypatch.setattr("reader.library.resources", lambda: empty)
    made = Desk(qtbot, tmp_path)
    yield made
    made.clear()


@pytest.fixture(autouse=True)
def no_button_is_left_pressed() -> Iterator[None]:
    """Find the test that forgets to let a button of the mouse go: a later one would take a key for a click."""
    yield
    if QApplication.instance() is not None and (pressed := QApplication.mouseButtons()):
        window = QWindow()
        window.create()
        for button in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton, Qt.MouseButton.RightButton):
            if pressed & button:
                QTest.mouseRelease(window, button)
        pytest.fail(f"the test left pressed: {pressed}")


@pytest.fixture
def no_waiting(qapp: QApplication) -> Iterator[None]:
    """Let nothing wait for a person: a menu, a dialog, or dragging, which waits for a button to be released."""

    def close_what_waits() -> None:
        waiting = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        if waiting is not None and QThread.currentThread().loopLevel():
            waiting.close()

    closing = QTimer(interval=100)
    closing.timeout.connect(close_what_waits)
    closing.start()
    before = qapp.startDragDistance()
    qapp.setStartDragDistance(100_000)
    yield
    closing.stop()
    qapp.setStartDragDistance(before)
