"""The room where a text is mended: the editor, the live page beside it, what belongs to both."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QTextDocument
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from reader.theme import Theme
from reader.ui.mending.editor import MarkdownEditor
from reader.ui.mending.notice import Notice
from reader.ui.mending.set_aside import SetAsideList
from reader.ui.mending.tools import MendingTools
from reader.ui.page.view import PageView
from reader.ui.search.find_bar import FindBar, FindQuery

if TYPE_CHECKING:
    from reader.ui.page.styles import Typography

SIDE_BY_SIDE = 760
"""px; in a narrower room the page stands below the editor."""
MIN_EDITOR, MIN_PAGE = 220, 120


class MendingRoom(QWidget):
    """Shows what it is given; ``close_requested`` is Escape, ``page_clicked`` a canonical offset of the page."""

    close_requested = Signal()
    page_clicked = Signal(int)

    def __init__(self, theme: Theme, typography: Typography, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("Mending"))
        self._theme = theme
        self.tools = MendingTools(self)
        self.notice = Notice(self)
        self.editor = MarkdownEditor(theme, self)
        self.page = PageView(theme, typography, self)
        self.page.setAccessibleName(self.tr("The page as it will be"))
        self.aside = SetAsideList(self)
        self.aside.hide()
        self._connect()
        self._lay_out()
        self.set_look(theme, typography)

    def _connect(self) -> None:
        does, editor = self.tools.commands, self.editor
        for level in range(1, 5):
            does[f"heading_{level}"].triggered.connect(lambda _checked=False, level=level: editor.mark_heading(level))
        does["plain"].triggered.connect(lambda: editor.mark_heading(0))
        does["quotation"].triggered.connect(editor.mark_quotation)
        does["caption"].triggered.connect(editor.mark_caption)
        does["note"].triggered.connect(editor.mark_note)
        does["join"].triggered.connect(editor.join_lines)
        does["set_aside"].toggled.connect(self._show_set_aside)
        does["undo"].triggered.connect(editor.undo)
        does["redo"].triggered.connect(editor.redo)
        does["find"].triggered.connect(self._open_find)
        does["find_next"].triggered.connect(lambda: self._find_on())
        does["find_previous"].triggered.connect(lambda: self._find_on(back=True))
        for name, signal in (("undo", editor.undoAvailable), ("redo", editor.redoAvailable)):
            does[name].setEnabled(False)
            signal.connect(does[name].setEnabled)
        self.page.viewport().installEventFilter(self)

    def _lay_out(self) -> None:
        self._right = QSplitter(Qt.Orientation.Vertical)
        self._right.setHandleWidth(1)
        self._right.addWidget(self.page)
        self._right.addWidget(self.aside)
        self._right.setChildrenCollapsible(False)
        self._right.setStretchFactor(0, 2)
        self._right.setStretchFactor(1, 1)
        self.page.setMinimumSize(MIN_EDITOR, MIN_PAGE)
        self.editor.setMinimumSize(MIN_EDITOR, MIN_PAGE)
        self._halves = QSplitter(Qt.Orientation.Horizontal)
        self._halves.setHandleWidth(1)
        self._halves.setChildrenCollapsible(False)
        self._halves.addWidget(self.editor)
        self._halves.addWidget(self._right)
        self._halves.setSizes([1000, 1000])
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        for widget in (self.tools, self.notice):
            self._column.addWidget(widget)
        self._column.addWidget(self._halves, 1)

    def set_look(self, theme: Theme, typography: Typography) -> None:
        self._theme = theme
        for part in (self.tools, self.notice, self.aside, self.editor):
            part.set_theme(theme)
        self.page.set_look(theme, typography)
        if "find_bar" in self.__dict__:
            self.find_bar.set_theme(theme)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= SIDE_BY_SIDE
        self._halves.setOrientation(Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical)

    def _show_set_aside(self, shown: bool) -> None:
        self.aside.setVisible(shown)
        if shown:
            self.aside.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- finding -----------------------------------------------------------------------------------

    @cached_property
    def find_bar(self) -> FindBar:
        """The bar that finds in the editor, made when it is first wanted."""
        bar = FindBar(self)
        bar.set_theme(self._theme)
        bar.query_changed.connect(lambda query: self._find(query, anew=True))
        bar.next_requested.connect(lambda: self._find(bar.query()))
        bar.previous_requested.connect(lambda: self._find(bar.query(), back=True))
        bar.closed.connect(self._close_find)
        bar.given_up.connect(self._close_find)
        self._column.insertWidget(1, bar)
        return bar

    def _open_find(self) -> None:
        selected = self.editor.textCursor().selectedText()
        self.find_bar.open(selected if selected and "\u2029" not in selected else "")

    def _find_on(self, *, back: bool = False) -> None:
        if "find_bar" in self.__dict__ and self.find_bar.query().text:
            self._find(self.find_bar.query(), back=back)
        else:
            self._open_find()

    def _find(self, query: FindQuery, *, back: bool = False, anew: bool = False) -> None:
        if not query.text:
            self.find_bar.show_count(0, 0)
            return
        flags = QTextDocument.FindFlag(0)
        for wanted, flag in (
            (query.match_case, QTextDocument.FindFlag.FindCaseSensitively),
            (query.whole_word, QTextDocument.FindFlag.FindWholeWords),
            (back, QTextDocument.FindFlag.FindBackward),
        ):
            if wanted:
                flags |= flag
        total, current = 0, 0
        if self.editor.find_words(query.text, flags, anew=anew):
            total, current = self._counted(query)
        self.find_bar.show_count(current, total, self.editor.textCursor().block().text())

    def _counted(self, query: FindQuery) -> tuple[int, int]:
        """Return how many places there are, and the number of the one that is selected."""
        text, words = self.editor.toPlainText(), query.text
        if not query.match_case:
            text, words = text.lower(), words.lower()
        at = self.editor.textCursor().selectionStart()
        before = len(self.editor.toPlainText().encode("utf-16-le")[: 2 * at].decode("utf-16-le", "ignore"))
        return max(1, text.count(words)), text[:before].count(words) + 1

    def _close_find(self) -> None:
        self.find_bar.hide()
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- events ------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonRelease and not self.page.textCursor().hasSelection():
            self.page_clicked.emit(self.page.caret_offset())
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif "find_bar" in self.__dict__ and self.find_bar.isVisible():
            self._close_find()
        elif self.aside.isVisible() and self.aside.isAncestorOf(self.focusWidget() or self):
            self.tools.commands["set_aside"].setChecked(False)
        else:
            self.close_requested.emit()
