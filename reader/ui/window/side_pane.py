"""The pane at the right: search, bookmarks, footnotes."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from reader.theme import Theme
from reader.ui.bookmarks.panel import AnnotationPanel
from reader.ui.notes.panel import FootnotePanel
from reader.ui.search.panel import SearchPanel
from reader.ui.widgets.segments import SegmentedControl

WIDTH = 320
MIN_WIDTH = 260

SEARCH, ANNOTATIONS, FOOTNOTES = "search", "annotations", "footnotes"


class SidePane(QWidget):
    """Three panels behind one row of segments. They do not know each other."""

    pane_shown = Signal(str)
    hide_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(MIN_WIDTH)
        self.setAccessibleName(self.tr("Search, notes and footnotes"))
        self.segments = SegmentedControl(
            self.tr("Side pane"),
            ((SEARCH, self.tr("Search")), (ANNOTATIONS, self.tr("Notes")), (FOOTNOTES, self.tr("Footnotes"))),
        )
        self.search = SearchPanel()
        self.annotations = AnnotationPanel()
        self.footnotes = FootnotePanel()
        self._panels: dict[str, SearchPanel | AnnotationPanel | FootnotePanel] = {
            SEARCH: self.search,
            ANNOTATIONS: self.annotations,
            FOOTNOTES: self.footnotes,
        }
        self._stack = QStackedWidget()
        for panel in self._panels.values():
            self._stack.addWidget(panel)
        head = QHBoxLayout()
        head.setContentsMargins(12, 9, 12, 8)
        head.addWidget(self.segments)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._stack, 1)
        self.segments.segment_chosen.connect(self._show)
        self.annotations.count_changed.connect(lambda count: self.segments.set_count(ANNOTATIONS, count))
        for panel in self._panels.values():
            panel.hide_requested.connect(self.hide_requested)

    def set_theme(self, theme: Theme) -> None:
        self.segments.set_theme(theme)
        for panel in self._panels.values():
            panel.set_theme(theme)

    def show_pane(self, name: str) -> None:
        """Show ``search``, ``annotations`` or ``footnotes``.

        Raises:
            KeyError: there is no such pane.
        """
        if name != self.current():
            self.segments.choose(name)
            self._show(name)

    def current(self) -> str:
        """Return the name of the panel that is shown."""
        return next(name for name, panel in self._panels.items() if panel is self._stack.currentWidget())

    def focus_pane(self) -> None:
        """Take the focus to where one starts in the panel that is shown."""
        panel = self._panels[self.current()]
        if isinstance(panel, AnnotationPanel):
            panel.focus_list()
        else:
            panel.focus_field()

    def _show(self, name: str) -> None:
        self._stack.setCurrentWidget(self._panels[name])
        self.pane_shown.emit(name)
