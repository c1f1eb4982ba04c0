"""The room where a text is mended: the editor, the live page beside it, what belongs to both."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from reader.theme import Theme
from reader.ui.mending.editor import MarkdownEditor
from reader.ui.mending.notice import Notice
from reader.ui.mending.set_aside import SetAsideList
from reader.ui.mending.tools import MendingTools
from reader.ui.page.view import PageView

if TYPE_CHECKING:
    from reader.ui.mending.finding import Finding
    from reader.ui.page.styles import Typography
    from reader.ui.search.find_bar import FindBar

SIDE_BY_SIDE = 760
"""px; in a narrower room the page stands below the editor."""
MIN_EDITOR, MIN_PAGE = 220, 120


class MendingRoom(QWidget):
    """Shows what it is given; ``close_requested`` is Escape, ``page_clicked`` a canonical offset of the page."""

    close_requested = Signal()
    page_clicked = Signal(int)
    said = Signal(str)

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
        does["find"].triggered.connect(lambda: self.finding.open())
        does["replace"].triggered.connect(lambda: self.finding.open(replacing=True))
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
        if "finding" in self.__dict__:
            self.finding.set_theme(theme)

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
    def finding(self) -> Finding:
        """What finds and replaces in the editor, made when it is first wanted."""
        from reader.ui.mending.finding import Finding

        finding = Finding(self.editor, self)
        finding.set_theme(self._theme)
        finding.said.connect(self.said)
        self._column.insertWidget(1, finding.bars)
        return finding

    @property
    def find_bar(self) -> FindBar:
        return self.finding.bar

    def _find_on(self, *, back: bool = False) -> None:
        if "finding" in self.__dict__ and self.find_bar.query().text:
            self.finding.go_on(back=back)
        else:
            self.finding.open()

    # -- events ------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonRelease and not self.page.textCursor().hasSelection():
            self.page_clicked.emit(self.page.caret_offset())
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif "finding" in self.__dict__ and self.finding.is_open:
            self.finding.close()
        elif self.aside.isVisible() and self.aside.isAncestorOf(self.focusWidget() or self):
            self.tools.commands["set_aside"].setChecked(False)
        else:
            self.close_requested.emit()
