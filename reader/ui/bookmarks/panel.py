"""The pane of bookmarks and remarks, in reading order."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from reader.theme import Theme
from reader.ui.bookmarks.editor import BookmarkEditor
from reader.ui.bookmarks.model import AnnotationModel, BookmarkChange, BookmarkRole, BookmarkRow
from reader.ui.bookmarks.rows import AnnotationList, BookmarkDelegate
from reader.ui.widgets.controls import EmptyState

__all__ = ["AnnotationPanel", "BookmarkChange", "BookmarkRow"]


class AnnotationPanel(QWidget):
    """Bookmarks by section, with label, remark and the words at their place.

    ``target_chosen`` carries the ``BookmarkRow`` of a place to go to, ``change_requested`` a
    ``BookmarkChange``, ``removal_requested`` the id of a bookmark. ``writing_ended`` comes after the
    last change that a person made in one go.
    """

    target_chosen = Signal(object)
    change_requested = Signal(object)
    writing_ended = Signal()
    removal_requested = Signal(str)
    hide_requested = Signal()
    count_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Bookmarks and remarks"))
        self._theme: Theme | None = None
        self._editor: BookmarkEditor | None = None
        self._waiting: tuple[BookmarkRow, ...] | None = None
        self._model = AnnotationModel(self)
        self.list = AnnotationList(self.tr("Bookmarks"))
        self.list.setModel(self._model)
        self._delegate = BookmarkDelegate(self.list)
        self._delegate.editor_made.connect(self._editor_made)
        self.list.setItemDelegate(self._delegate)
        shortcut = QKeySequence("Ctrl+D").toString(QKeySequence.SequenceFormat.NativeText)
        self._empty = EmptyState(
            "bookmark",
            self.tr("No bookmarks yet.\n\n{} marks the place you are at, or the words you have selected.").format(
                shortcut
            ),
        )
        self._pages = QStackedWidget()
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self.list)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._pages)
        self._connect()

    def _connect(self) -> None:
        self.list.row_chosen.connect(self._choose)
        self.list.edit_requested.connect(self._edit)
        self.list.removal_requested.connect(self._remove)
        self.list.menu_requested.connect(self._open_menu)

    # -- data down --------------------------------------------------------------------------------

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._delegate.set_theme(theme)
        self._empty.set_theme(theme)
        if self._editor is not None:
            self._editor.set_theme(theme)
        self.list.viewport().update()

    def show_bookmarks(self, rows: tuple[BookmarkRow, ...]) -> None:
        """Show bookmarks, given in reading order; lost ones go to the end.

        While a person writes in a row that stays, other rows wait until that is done.
        """
        if self._editor is not None and self._editor.bookmark_id not in {row.bookmark.id for row in rows}:
            self._editor.finish()
        if self._editor is not None:
            self._waiting = rows
            return
        self._delegate.forget()
        place = self.list.currentIndex().row()
        current: object = self.list.currentIndex().data(BookmarkRole.ROW)
        self._model.show_bookmarks(rows)
        if isinstance(current, BookmarkRow):
            self._keep_current(current, place)
        self._pages.setCurrentWidget(self.list if rows else self._empty)
        self.count_changed.emit(len(rows))

    def edit_bookmark(self, bookmark_id: str) -> None:
        """Open a bookmark's row for writing, as F2 does."""
        index = self._model.row_of(bookmark_id)
        if index.isValid():
            self.list.setCurrentIndex(index)
            self._edit(index)

    def save(self) -> None:
        """Send at once what is being written; call it before the window closes."""
        if self._editor is not None:
            self._editor.save()

    def show_current(self, bookmark_id: str | None) -> None:
        """Make a bookmark the current row, and bring it into view."""
        index = self._model.row_of(bookmark_id) if bookmark_id is not None else QModelIndex()
        self.list.setCurrentIndex(index)

    def focus_list(self) -> None:
        if self._model.rowCount():
            self.list.enter()

    def _keep_current(self, row: BookmarkRow, place: int) -> None:
        """After rows came or went, stay on the same bookmark or on the one that took its place."""
        index = self._model.row_of(row.bookmark.id)
        for near in (place, place + 1, place - 1, place - 2):
            if index.isValid():
                break
            candidate = self._model.index(near, 0)
            if candidate.flags() & Qt.ItemFlag.ItemIsSelectable:
                index = candidate
        self.list.setCurrentIndex(index)

    # -- a person's doing -------------------------------------------------------------------------

    def _choose(self, index: QModelIndex) -> None:
        row = index.data(BookmarkRole.ROW)
        if isinstance(row, BookmarkRow) and not row.bookmark.lost:
            self.target_chosen.emit(row)

    def _remove(self, index: QModelIndex) -> None:
        row = index.data(BookmarkRole.ROW)
        if isinstance(row, BookmarkRow):
            self.removal_requested.emit(row.bookmark.id)

    def _edit(self, index: QModelIndex) -> None:
        if self._editor is not None:
            self._editor.finish()
        if isinstance(index.data(BookmarkRole.ROW), BookmarkRow):
            self._delegate.edit(index)
            self.list.openPersistentEditor(index)
            self.list.scrollTo(index)
            if self._editor is not None:
                self._editor.label.setFocus(Qt.FocusReason.OtherFocusReason)

    def _editor_made(self, editor: BookmarkEditor) -> None:
        self._editor = editor
        if self._theme is not None:
            editor.set_theme(self._theme)
        editor.change_made.connect(self.change_requested)
        editor.finished.connect(self._edited)

    def _edited(self) -> None:
        editor, self._editor = self._editor, None
        if editor is None:
            return
        held = editor.isAncestorOf(self.focusWidget()) if self.focusWidget() is not None else False
        index = self._delegate.edited()
        self._delegate.edit(QModelIndex())
        self.list.closePersistentEditor(index)
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self.show_bookmarks(waiting)
        if held:
            self.list.enter()
        self.writing_ended.emit()

    def _open_menu(self, index: QModelIndex, at: QPoint) -> None:
        row = index.data(BookmarkRole.ROW)
        if not isinstance(row, BookmarkRow):
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        go = QAction(self.tr("Go to the place"), menu)
        go.setEnabled(not row.bookmark.lost)
        go.triggered.connect(lambda: self.target_chosen.emit(row))
        edit = QAction(self.tr("Label and remark…"), menu)
        edit.setShortcut(QKeySequence(Qt.Key.Key_F2))
        edit.triggered.connect(lambda: self.edit_bookmark(row.bookmark.id))
        remove = QAction(self.tr("Remove"), menu)
        remove.setShortcut(QKeySequence(QKeySequence.StandardKey.Delete))
        remove.triggered.connect(lambda: self.removal_requested.emit(row.bookmark.id))
        for action in (go, edit, remove):
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            menu.addAction(action)
        menu.popup(at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide_requested.emit()
        else:
            super().keyPressEvent(event)
