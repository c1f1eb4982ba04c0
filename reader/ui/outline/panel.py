"""The outline beside the page: what there is, what is read, where one is."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QToolButton, QVBoxLayout, QWidget

from reader.article.outline import Section
from reader.theme import Theme
from reader.ui.look import fonts
from reader.ui.outline.model import OutlineModel, OutlineRole
from reader.ui.outline.view import OutlineView
from reader.ui.widgets.controls import ICON_SMALL, EmptyState, Field, IconButton, announce

WIDTH = 264
MIN_WIDTH = 200
FOLLOWING_PAUSE_MS = 10_000
"""How long the outline stays where a person left it."""
MOST_ONE_BY_ONE = 60
"""So many sections are folded each for itself; more of them with all others, which costs more than one."""
MOST_LEVELS = 4
"""How many levels the menu offers to fold to."""


class OutlinePanel(QWidget):
    """A tree of sections that follows the page, and pauses while a person browses it.

    ``target_chosen`` carries the offset of a heading; ``folding_changed`` the numbers of the
    sections that a person keeps folded. What following unfolds for a while is not among them.
    """

    target_chosen = Signal(int)
    folding_changed = Signal(object)
    hide_requested = Signal()

    def __init__(self, parent: QWidget | None = None, *, pause: QTimer | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(MIN_WIDTH)
        self.setAccessibleName(self.tr("Contents"))
        self._folded: frozenset[int] = frozenset()
        self._opened: set[int] = set()
        self._arranging = False
        if pause is None:
            pause = QTimer(self)
            pause.setInterval(FOLLOWING_PAUSE_MS)
        self._pause = pause
        self._pause.setSingleShot(True)
        self._model = OutlineModel(self)
        self._view = OutlineView(self.tr("Sections"))
        self._view.setModel(self._model)
        self._empty = EmptyState(
            "table-of-contents", self.tr("This text has no headings, so there is nothing to list here.")
        )
        self._field = Field("list-filter", self.tr("Filter contents"))
        self._filter = IconButton("list-filter", self.tr("Filter contents"), checkable=True, size=ICON_SMALL)
        self._fold = IconButton("chevrons-down-up", self.tr("Fold and unfold"), size=ICON_SMALL)
        self._menu = QMenu(self)
        self._build()
        self._connect()

    def _build(self) -> None:
        title = QLabel(self.tr("Contents"))
        title.setObjectName("title")
        title.setFont(fonts.interface(13, 600))
        head = QHBoxLayout()
        head.setContentsMargins(16, 8, 8, 4)
        head.setSpacing(4)
        head.addWidget(title)
        head.addStretch(1)
        head.addWidget(self._filter)
        head.addWidget(self._fold)
        self._fold.setMenu(self._menu)
        self._fold.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._field_row = QWidget()
        row = QHBoxLayout(self._field_row)
        row.setContentsMargins(12, 0, 12, 6)
        row.addWidget(self._field)
        self._field_row.hide()
        self._empty.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._field_row)
        column.addWidget(self._view, 1)
        column.addWidget(self._empty, 1)
        order = (self._filter, self._fold, self._field, self._view)
        for one, other in pairwise(order):
            self.setTabOrder(one, other)

    def _connect(self) -> None:
        self._view.row_chosen.connect(self._choose)
        self._view.browsed.connect(self._pause.start)
        self._view.left_upwards.connect(self._leave_upwards)
        self._view.expanded.connect(lambda index: self._person_folded(index, folded=False))
        self._view.collapsed.connect(lambda index: self._person_folded(index, folded=True))
        self._pause.timeout.connect(self._follow)
        self._filter.toggled.connect(self._show_filter)
        self._field.textChanged.connect(self._filter_changed)
        self._field.entered.connect(lambda _: self._go_down())
        self._field.left_downwards.connect(self._go_down)
        self._menu.aboutToShow.connect(self._fill_menu)

    # -- data down --------------------------------------------------------------------------------

    def set_theme(self, theme: Theme) -> None:
        for part in (self._view, self._field, self._filter, self._fold, self._empty):
            part.set_theme(theme)

    def show_outline(self, root: Section, minutes: tuple[int, ...], offsets: tuple[int, ...]) -> None:
        """Show the sections below ``root``, all unfolded.

        ``minutes`` to read and ``offsets`` of the headings go by a section's number.
        """
        self._filter.setChecked(False)
        self._pause.stop()
        self._model.show_outline(root, minutes, offsets)
        self._folded = frozenset()
        self._opened.clear()
        self._arrange()
        some = self._model.rowCount() > 0
        self._view.setVisible(some)
        self._empty.setVisible(not some)
        self._filter.setEnabled(some)
        self._fold.setEnabled(bool(self._model.parents()))

    def show_progress(self, current: int | None, shares: tuple[float, ...]) -> None:
        """Show which section is being read (by number), and the share read of each, 0 to 1."""
        before = self._model.current
        self._model.show_progress(current, shares)
        if current != before and not self._pause.isActive():
            self._follow()

    def folded(self) -> frozenset[int]:
        """Return the numbers of the sections that a person keeps folded."""
        return self._folded

    def set_folded(self, numbers: frozenset[int]) -> None:
        """Fold these sections and unfold all others; call it after ``show_outline``.

        Of one without others below it nothing is seen here; the page may fold it.
        """
        if numbers == self._folded:
            return
        changed = (numbers ^ self._folded) | self._opened
        self._folded = numbers
        self._opened.clear()
        if len(changed) > MOST_ONE_BY_ONE or self._model.filtered:
            self._arrange()
        else:
            self._arranging = True
            for number in changed.intersection(self._model.parents()):
                self._view.setExpanded(self._model.index_of(number), number not in numbers)
            self._arranging = False
        self._follow()

    def focus_outline(self) -> None:
        """Take the focus, on the section that is being read."""
        current = self._model.current
        if current is not None and self._model.index_of(current).isValid():
            self._view.setCurrentIndex(self._model.index_of(current))
        self._view.enter()

    def focus_filter(self) -> None:
        self._filter.setChecked(True)
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # -- following --------------------------------------------------------------------------------

    def _follow(self) -> None:
        """Open what is above the current section and bring it into view, unless it is there."""
        current = self._model.current
        if current is None or self._model.filtered or self._pause.isActive():
            return
        above = set(self._model.above(current))
        self._arranging = True
        for number in self._opened - above:
            self._view.collapse(self._model.index_of(number))
        for number in sorted(above & self._folded):
            self._view.expand(self._model.index_of(number))
        self._opened = above & self._folded
        self._arranging = False
        index = self._model.index_of(current)
        if not self._view.hasFocus():
            self._keep_place(index)
        rect = self._view.visualRect(index)
        if not self._view.viewport().rect().contains(rect.adjusted(0, 1, 0, -1)):
            self._view.scrollTo(index, OutlineView.ScrollHint.PositionAtCenter)

    def _keep_place(self, index: QModelIndex) -> None:
        """Let the keyboard begin at ``index``, without scrolling to it."""
        auto = self._view.hasAutoScroll()
        self._view.setAutoScroll(False)
        self._view.setCurrentIndex(index)
        self._view.setAutoScroll(auto)

    def _arrange(self) -> None:
        """Bring the view to what is folded; a filter shows all that it leaves."""
        self._arranging = True
        parents = self._model.parents()
        folded = self._folded.intersection(parents)
        if len(folded) * 2 > len(parents) and not self._model.filtered:
            self._view.collapseAll()
            for number in parents:
                if number not in folded:
                    self._view.expand(self._model.index_of(number))
        else:
            self._view.expandAll()
            for number in folded if not self._model.filtered else ():
                self._view.collapse(self._model.index_of(number))
        self._arranging = False

    # -- a person's doing -------------------------------------------------------------------------

    def _choose(self, index: QModelIndex) -> None:
        self._pause.stop()
        self.target_chosen.emit(int(index.data(OutlineRole.OFFSET)))

    def _person_folded(self, index: QModelIndex, *, folded: bool) -> None:
        if self._arranging or self._model.filtered:
            return
        number = int(index.data(OutlineRole.NUMBER))
        self._opened.discard(number)
        title = str(index.data())
        announce(self._view, (self.tr("Folded: {}") if folded else self.tr("Unfolded: {}")).format(title))
        self._set_folded(self._folded | {number} if folded else self._folded - {number})

    def _set_folded(self, numbers: frozenset[int]) -> None:
        if numbers != self._folded:
            self._folded = numbers
            self.folding_changed.emit(numbers)

    def fold_to(self, level: int) -> None:
        """Show the sections down to ``level`` (1: only the top ones)."""
        self._pause.start()
        self._set_folded(self._model.from_depth(level - 1))
        self._opened.clear()
        self._arrange()

    def fold_all(self) -> None:
        """Show the top sections only; where one stands above all others, as a title does, those below it, too."""
        self.fold_to(1 if self._model.rowCount() > 1 else 2)

    def unfold_all(self) -> None:
        self._pause.start()
        self._set_folded(frozenset())
        self._opened.clear()
        self._arrange()

    def _fill_menu(self) -> None:
        self._menu.clear()
        self._offer(self.tr("Unfold all"), self.unfold_all)
        self._offer(self.tr("Fold all"), self.fold_all)
        deepest = 1 + max((self._model.depth(number) for number in self._model.parents()), default=0)
        if deepest > 1:
            self._menu.addSeparator()
            for level in range(2, min(deepest, MOST_LEVELS) + 1):
                self._offer(
                    self.tr("Show {} levels").format(level), lambda _checked=False, level=level: self.fold_to(level)
                )

    def _offer(self, text: str, call: object) -> None:
        action = QAction(text, self._menu)
        action.triggered.connect(call)
        self._menu.addAction(action)

    # -- the filter -------------------------------------------------------------------------------

    def _show_filter(self, shown: bool) -> None:
        self._field_row.setVisible(shown)
        if shown:
            self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        had_focus = self._field.hasFocus()
        self._field.clear()
        if had_focus:
            self._view.enter()

    def _filter_changed(self, text: str) -> None:
        was = self._model.filtered
        self._model.filter(text)
        self._arrange()
        if not self._model.filtered and was:
            self._opened.clear()
            self._follow()
        elif self._model.filtered:
            self._view.scrollToTop()
            found = self._model.rowCount() > 0
            announce(self._field, "" if found else self.tr("No heading has these words"))

    def _go_down(self) -> None:
        self._view.setCurrentIndex(self._model.index(0, 0))
        self._view.enter()

    def _leave_upwards(self) -> None:
        if self._field_row.isVisible():
            self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            if self._field_row.isVisible():
                self._filter.setChecked(False)
            else:
                self.hide_requested.emit()
        else:
            super().keyPressEvent(event)
