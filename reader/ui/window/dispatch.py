"""What each command does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QTextEdit, QWidget

if TYPE_CHECKING:
    from reader.ui.window.half_rooms import HalfRooms
    from reader.ui.window.main_window import MainWindow

_THEMES = ("system", "light", "sepia", "dark", "contrast")


def _tr(text: str) -> str:
    return QCoreApplication.translate("Dispatch", text)


def connect_commands(window: MainWindow) -> None:
    """Give every action its work; all are there once the window is furnished."""
    rooms = window.rooms
    work: dict[str, Callable[[], object]] = {
        "open": lambda: choose_files(window),
        "open_folder": lambda: choose_folder(window),
        "paste_new": lambda: paste_new(window),
        "library": lambda: window.reading.go_to_start_page(),
        "export": lambda: export(window),
        "save_pdf": lambda: rooms.overlays.paper.ask_file(),
        "print": lambda: rooms.overlays.paper.preview(),
        "close": lambda: window.reading.go_to_start_page(),
        "health": lambda: rooms.health.show(),
        "quit": window.close,
        "copy": lambda: text_in_hand(window).copy(),
        "select_all": lambda: text_in_hand(window).selectAll(),
        "find": lambda: rooms.side_room.show_find(),
        "find_next": lambda: rooms.side_room.finding.next(),
        "find_previous": lambda: rooms.side_room.finding.previous(),
        "search": lambda: rooms.side_room.show_search(),
        "bookmark": rooms.bookmarking.toggle,
        "edit_text": lambda: rooms.workshop.edit(),
        "original_again": lambda: rooms.workshop.start_again(),
        "versions": lambda: rooms.workshop.show_versions(),
        "undo": rooms.undo,
        "redo": rooms.redo,
        "bookmarks": lambda: rooms.side_room.show_annotations(),
        "footnotes": lambda: rooms.side_room.show_footnotes(),
        "larger": lambda: resize(window, 1),
        "smaller": lambda: resize(window, -1),
        "usual_size": lambda: resize(window, 0),
        "type": lambda: rooms.overlays.show_type_panel(rooms.tool_bar.type_button),
        "back": lambda: window.reading.back(),
        "forward": lambda: window.reading.forward(),
        "next_section": lambda: go_to_section(window, 1),
        "previous_section": lambda: go_to_section(window, -1),
        "contents": rooms.show_outline,
        "fold": lambda: window.reading.folding.fold_here(),
        "unfold": lambda: window.reading.folding.unfold_here(),
        "fold_others": lambda: window.reading.folding.fold_others(),
        "fold_all": lambda: window.reading.folding.fold_all(),
        "unfold_all": lambda: window.reading.folding.unfold_all(),
        "beginning": lambda: window.reading.go_to(0),
        "end": lambda: window.reading.go_to(len(window.page.text) if window.page.text is not None else 0),
        "keep_note": lambda: keep_note(window),
        "split": lambda: rooms.desk.split(),
        "close_split": lambda: rooms.desk.close_split(),
        "other_half": lambda: rooms.desk.go_to_other(),
        "palette": lambda: rooms.overlays.show_palette(),
        "shortcuts": lambda: rooms.overlays.show_shortcuts(),
        "about": lambda: rooms.overlays.show_about(),
    }
    for name, does in work.items():
        window.commands[name].triggered.connect(lambda _checked=False, does=does: does())
    _connect_choices(window)
    _connect_half(window, rooms.desk.active)
    rooms.desk.added.connect(lambda half: _connect_half(window, half))
    rooms.desk.changed.connect(lambda: show_split(window))
    show_split(window)


def _connect_half(window: MainWindow, rooms: HalfRooms) -> None:
    page = rooms.half.page
    page.size_step_requested.connect(lambda step: resize(window, step))
    page.set_caret_mode(window.commands["caret"].isChecked())
    window.commands["caret"].toggled.connect(page.set_caret_mode)


def keep_note(window: MainWindow) -> None:
    """Keep the note that is open, or that of the mark with the focus, below the text."""
    if not window.rooms.desk.active.keep_open_note():
        window.rooms.status.show_message(_tr("Open a note, or go to its mark by Tab: then it can be kept open."))


def show_split(window: MainWindow) -> None:
    """Let the commands say what can be done with the halves of the page."""
    split = window.rooms.desk.is_split
    window.commands["split"].setVisible(not split)
    for name in ("close_split", "other_half"):
        window.commands[name].setVisible(split)


def _connect_choices(window: MainWindow) -> None:
    commands, panes, settings = window.commands, window.panes, window.settings
    for name in ("outline", "side"):
        commands[name].triggered.connect(lambda shown, name=name: panes.show_pane(name, shown))
    panes.shown_changed.connect(lambda: show_panes(window))
    show_panes(window)
    for theme in _THEMES:
        action = commands[f"theme_{theme}"]
        action.setChecked(settings.theme == theme)
        action.triggered.connect(lambda _checked=False, theme=theme: choose_theme(window, theme))
    commands["popups"].setChecked(settings.note_popups)
    commands["popups"].toggled.connect(lambda on: _choose(window, note_popups=on))
    commands["reduced_motion"].setChecked(settings.reduced_motion)
    commands["reduced_motion"].toggled.connect(lambda on: _choose(window, reduced_motion=on))
    commands["side_notes"].setChecked(settings.side_notes)
    commands["side_notes"].toggled.connect(lambda on: _choose(window, side_notes=on))
    commands["full_screen"].toggled.connect(lambda on: _full_screen(window, on))


def show_panes(window: MainWindow) -> None:
    """Let the commands say which panes are on the screen."""
    for name in ("outline", "side"):
        window.commands[name].setChecked(window.panes.shown(name))
    if not window.panes.narrow:
        window.change_settings(outline_shown=window.panes.wanted("outline"), side_shown=window.panes.wanted("side"))


def choose_theme(window: MainWindow, theme: str) -> None:
    """Take another theme, now and from now on."""
    window.commands[f"theme_{theme}"].setChecked(True)
    window.change_settings(theme=theme)
    window.appearance.choose_theme(theme)


def resize(window: MainWindow, step: int) -> None:
    """Make the text larger (1), smaller (-1) or as it usually is (0)."""
    now = window.appearance.typography
    size = now.larger() if step > 0 else now.smaller() if step < 0 else now.usual_size()
    window.rooms.type_choices.choose(size)


def choose_ruler(window: MainWindow, kind: str, follows: str) -> None:
    """Take another kind of ruler, or let it follow something else (see the settings)."""
    window.change_settings(ruler=kind, ruler_follows=follows)
    for rooms in window.rooms.desk.halves:
        if kind != "none" or rooms.has("ruler"):
            rooms.ruler.choose(kind, follows)


def go_to_section(window: MainWindow, step: int) -> None:
    """Go to the section after (1) the one that is read, or to the one before it (-1); folded ones have none in them."""
    opened = window.reading.article
    if opened is None:
        return
    page = window.page
    here = window.reading.place_to_go_on_from()
    starts = [opened.text.offset(each.first) for each in opened.sections if not page.is_hidden(each.first)]
    if step > 0:
        target = next((start for start in starts if start > here), None)
    else:
        target = next((start for start in reversed(starts) if start < here), 0)
    if target is not None:
        window.reading.go_to(target)


def choose_files(window: MainWindow) -> None:
    """Ask for files and bring them in."""
    from reader.importers.registry import FORMATS

    endings = " ".join(f"*{suffix}" for suffixes in FORMATS.values() for suffix in suffixes)
    kinds = _tr("Texts ({endings});;All files (*)").format(endings=endings)
    from PySide6.QtWidgets import QFileDialog

    names, _ = QFileDialog.getOpenFileNames(window, _tr("Open"), "", kinds)
    window.open_files(tuple(Path(name) for name in names))


def choose_folder(window: MainWindow) -> None:
    """Ask for a folder and bring its texts in."""
    from PySide6.QtWidgets import QFileDialog

    name = QFileDialog.getExistingDirectory(window, _tr("Import folder"))
    if name:
        window.open_files((Path(name),))


def text_in_hand(window: MainWindow) -> QTextEdit | QPlainTextEdit | QLineEdit:
    """Return the text that has the keyboard: the page, a note over it, the one that is mended, a field."""
    widget: QWidget | None = window.focusWidget()
    while widget is not None and widget is not window:
        if isinstance(widget, (QTextEdit, QPlainTextEdit, QLineEdit)):
            return widget
        widget = widget.parentWidget()
    return window.page


def paste_new(window: MainWindow) -> None:
    """Make a text of what was copied; where one writes, the words are pasted there, as plain ones."""
    copied = QGuiApplication.clipboard().mimeData() or QMimeData()  # there is none where nothing was copied yet
    words, field = copied.text(), window.focusWidget()
    if not words and copied.hasHtml():
        from PySide6.QtGui import QTextDocumentFragment  # at need

        words = QTextDocumentFragment.fromHtml(copied.html()).toPlainText()
    if not words.strip():
        window.rooms.status.show_message(_tr("There is no text in the clipboard: copy some first."))
    elif isinstance(field, QLineEdit) and not field.isReadOnly():
        field.insert(words)
    elif isinstance(field, (QTextEdit, QPlainTextEdit)) and not field.isReadOnly():
        field.insertPlainText(words)
    else:
        window.paste(copied.html() if copied.hasHtml() else words, is_html=copied.hasHtml())


def export(window: MainWindow) -> None:
    """Write the open article as Markdown, where the person says."""
    opened = window.reading.article
    if opened is None:
        return
    suggestion = "".join(c if c.isalnum() or c in " -_" else " " for c in opened.title)[:60].strip() or "article"
    from PySide6.QtWidgets import QFileDialog

    name, _ = QFileDialog.getSaveFileName(window, _tr("Save as Markdown"), f"{suggestion}.md", _tr("Markdown (*.md)"))
    if not name:
        return
    from reader.export.saving import save_markdown  # at need

    path = Path(name)
    window.runner.start(
        lambda step: save_markdown(path, opened.article, opened.resources.values()),
        done=lambda _: window.rooms.status.show_message(_tr("Saved as “{name}”.").format(name=path.name)),
        failed=window.rooms.tell,
    )


def _choose(window: MainWindow, **changes: object) -> None:
    window.change_settings(**changes)
    for rooms in window.rooms.desk.halves:
        rooms.dress()
        rooms.half.page.set_reduced_motion(window.settings.reduced_motion)


def _full_screen(window: MainWindow, on: bool) -> None:
    state = window.windowState()
    full = Qt.WindowState.WindowFullScreen
    window.setWindowState(state | full if on else state & ~full)
