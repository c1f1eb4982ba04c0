"""What was copied in another program becomes a text of its own."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QClipboard, QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from reader.ui.search.find_bar import FindBar
from reader.ui.window.main_window import MainWindow
from tests.ui.desk import Desk, act, key, message, part
from tests.ui.reading_matter import SHORT

KEYS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
PAGE = "<h1>The mill</h1><p>It stood <b>by the water</b> for a hundred years.</p><p>Then it burned.</p>"


@pytest.fixture
def window(desk: Desk) -> MainWindow:
    return desk.window(article=desk.add(SHORT))


def copy(text: str = "", html: str = "") -> None:
    """Put something into the clipboard, as another program does."""
    copied = QMimeData()
    if text:
        copied.setText(text)
    if html:
        copied.setHtml(html)
    QGuiApplication.clipboard().setMimeData(copied)


def wait_for(qtbot: QtBot, window: MainWindow, words: str) -> None:
    qtbot.waitUntil(lambda: words in message(window), timeout=20_000)
    qtbot.waitUntil(lambda: not window.busy, timeout=20_000)


def words_shown(window: MainWindow) -> str:
    return "" if window.page.text is None else window.page.text.string


def test_a_part_of_a_page_becomes_a_text_and_is_opened(qtbot: QtBot, window: MainWindow) -> None:
    copy("The mill\nIt stood by the water for a hundred years.", PAGE)

    key(window.page, Qt.Key.Key_V, KEYS)

    wait_for(qtbot, window, "“The mill” was added to the library.")
    assert window.windowTitle() == "The mill – Study Reader"
    text = window.page.text
    assert text is not None
    assert "It stood by the water for a hundred years.\nThen it burned." in text.string


def test_what_was_copied_is_kept_as_a_file_from_which_one_can_start_again(qtbot: QtBot, window: MainWindow) -> None:
    copy(html=PAGE)
    act(window, "paste_new")
    wait_for(qtbot, window, "was added")

    opened = window.reading.article
    assert opened is not None
    original = window.library.original(opened.id)
    assert original.suffix == ".html"
    assert PAGE in original.read_text(encoding="utf-8").replace("\n", "")
    act(window, "original_again")
    wait_for(qtbot, window, "The text is just as its file has it.")


def test_markdown_is_read_as_such_and_plain_text_as_what_it_is(qtbot: QtBot, window: MainWindow) -> None:
    copy("# The weir\n\nIt was **built** in stone.[^1]\n\n[^1]: In 1820.\n")
    act(window, "paste_new")
    wait_for(qtbot, window, "“The weir” was added")
    assert window.reading.article is not None
    assert window.reading.article.note_offset("1") is not None

    copy("In the spring the ice broke, and nobody said a word about it for days.")
    act(window, "paste_new")

    wait_for(qtbot, window, "“Pasted text” was added")
    copy(html="<p>A word <b>by the water</b>.</p>")
    act(window, "paste_new")
    qtbot.waitUntil(lambda: "A word" in words_shown(window), timeout=20_000)
    assert window.windowTitle() == "Pasted text – Study Reader"


def test_what_has_no_title_can_be_given_one(qtbot: QtBot, window: MainWindow) -> None:
    copy("In the spring the ice broke, and nobody said a word about it for days.")
    act(window, "paste_new")
    wait_for(qtbot, window, "“Pasted text” was added")

    window.rooms.status.message_action.click()

    room = window.rooms.workshop.mending.room
    qtbot.waitUntil(lambda: window.centre.currentWidget() is room, timeout=20_000)
    assert room.editor.toPlainText().startswith("---\ntitle: Pasted text\n")


def test_the_same_pasted_again_is_known(qtbot: QtBot, window: MainWindow) -> None:
    copy(html=PAGE)
    act(window, "paste_new")
    wait_for(qtbot, window, "was added")

    act(window, "paste_new")

    wait_for(qtbot, window, "“The mill” is in the library already.")
    assert len(window.library.shelf.articles()) == 2


@pytest.mark.parametrize(("text", "html"), [("", ""), ("  \n ", ""), (" ", "<p> </p>"), ("", "<p> </p>")])
def test_an_empty_clipboard_is_told_in_one_sentence(window: MainWindow, text: str, html: str) -> None:
    copy(text, html)

    act(window, "paste_new")

    assert message(window) == "There is no text in the clipboard: copy some first."
    assert not window.busy


def test_a_clipboard_that_was_never_filled_is_an_empty_one(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QClipboard, "mimeData", lambda *_: None)  # as it is where nothing was copied yet

    act(window, "paste_new")

    assert message(window) == "There is no text in the clipboard: copy some first."


def test_what_is_no_text_is_told_in_the_same_sentence(window: MainWindow) -> None:
    copied = QMimeData()
    copied.setImageData(QImage(4, 4, QImage.Format.Format_RGB32))
    QGuiApplication.clipboard().setMimeData(copied)

    act(window, "paste_new")

    assert message(window) == "There is no text in the clipboard: copy some first."


def test_an_empty_clipboard_takes_nothing_out_of_a_field(qtbot: QtBot, window: MainWindow) -> None:
    act(window, "find")
    field = part(window, FindBar).field
    qtbot.waitUntil(field.hasFocus, timeout=10_000)
    field.setText("river")
    field.selectAll()
    copy()

    key(field, Qt.Key.Key_V, KEYS)

    assert field.text() == "river"


def test_in_a_field_a_page_without_plain_words_is_pasted_as_words(qtbot: QtBot, window: MainWindow) -> None:
    act(window, "find")
    field = part(window, FindBar).field
    qtbot.waitUntil(field.hasFocus, timeout=10_000)
    copy(html="<b>mill</b>")

    key(field, Qt.Key.Key_V, KEYS)

    assert field.text() == "mill"


def test_in_a_field_the_words_are_pasted_there(qtbot: QtBot, window: MainWindow) -> None:
    act(window, "find")
    field = part(window, FindBar).field
    qtbot.waitUntil(field.hasFocus, timeout=10_000)
    copy("mill", PAGE)

    key(field, Qt.Key.Key_V, KEYS)

    assert field.text() == "mill"
    assert not window.busy
