"""The shelf: cards to go on with, and all readings below, in a page that scrolls."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QScrollArea, QToolButton, QVBoxLayout, QWidget

from reader.library import ShelfEntry
from reader.theme import Theme
from reader.ui.look import fonts
from reader.ui.shelf.cards import ASIDE, CardList, cards_in
from reader.ui.shelf.header import LibraryHeader
from reader.ui.shelf.model import LibraryModel, LibraryRole, Sorting
from reader.ui.shelf.phrases import begun
from reader.ui.shelf.rows import INSET, ReadingList, ShelfList
from reader.ui.widgets.controls import EmptyState, TextButton, announce

MAX_WIDTH = 1040
"""The widest that rows become, px: the eye must find from a title to its progress."""
NARROW = 640
"""Below this width the field has a line of its own, px."""
MAX_CARDS = 3


class Shelf(QScrollArea):
    """Everything that scrolls. A list that holds the focus shows its current row.

    ``sorting_chosen`` carries the ``Sorting`` that a person chose.
    """

    sorting_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # Found by name, it is known for what it is: viewport() would have every class of widget made.
        self._own_viewport = self.findChild(QWidget, "qt_scrollarea_viewport")
        self.model = LibraryModel(parent=self)
        self._card_model = LibraryModel(parent=self)
        self._entries: tuple[ShelfEntry, ...] = ()
        self.header = LibraryHeader()
        self._going_on = QLabel(self.tr("Continue reading"))
        self.cards = CardList(self.tr("Continue reading"))
        self.cards.setModel(self._card_model)
        self.count = QLabel()
        self.sorting = TextButton("", chevron=True)
        self.list = ReadingList(self.tr("All readings"))
        self.list.setModel(self.model)
        self.nothing = EmptyState("search", "")
        for label in (self._going_on, self.count):
            label.setObjectName("section")
            label.setFont(fonts.interface(12, 600))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.verticalScrollBar().setSingleStep(24)
        self._make_sorting()
        self._lay_out()
        self._connect()

    # -- building ----------------------------------------------------------------------------------

    def _make_sorting(self) -> None:
        menu = QMenu(self.sorting)
        menu.setAccessibleName(self.tr("Sort by"))
        group = QActionGroup(menu)
        self._names = {
            Sorting.OPENED: (self.tr("Last opened"), self.tr("Sorted by when they were opened last")),
            Sorting.TITLE: (self.tr("Title"), self.tr("Sorted by title")),
            Sorting.AUTHOR: (self.tr("Author"), self.tr("Sorted by author")),
            Sorting.ADDED: (self.tr("Added"), self.tr("Sorted by when they were added")),
            Sorting.LENGTH: (self.tr("Length"), self.tr("Sorted by length")),
            Sorting.PROGRESS: (self.tr("Progress"), self.tr("Sorted by how much is read")),
        }
        self._choices = {sorting: QAction(name, group, checkable=True) for sorting, (name, _) in self._names.items()}
        for sorting, action in self._choices.items():
            action.triggered.connect(lambda _checked=False, sorting=sorting: self._choose_sorting(sorting))
            menu.addAction(action)
        self.sorting.setMenu(menu)
        self.sorting.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._tell_sorting()

    def _lay_out(self) -> None:
        content = QWidget()
        content.setObjectName("canvas")
        content.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._sides = QHBoxLayout(content)
        self._sides.setSpacing(0)
        column = QWidget()
        column.setMaximumWidth(MAX_WIDTH + 2 * INSET)
        self._sides.addStretch(1)
        self._sides.addWidget(column, 1000)
        self._sides.addStretch(1)
        self._column = QVBoxLayout(column)
        self._column.setContentsMargins(0, 28, 0, 32)
        self._column.setSpacing(0)
        self._column.addWidget(_inset(self.header, right=INSET))
        self._column.addSpacing(24)
        self._going_on_part = QWidget()
        part = QVBoxLayout(self._going_on_part)
        part.setContentsMargins(0, 0, 0, 22)
        part.setSpacing(4)
        part.addWidget(_inset(self._going_on))
        part.addWidget(_inset(self.cards, left=INSET - ASIDE, right=INSET - ASIDE))
        self._column.addWidget(self._going_on_part)
        row = QHBoxLayout()
        row.setContentsMargins(INSET, 0, INSET, 0)
        row.setSpacing(4)
        row.addWidget(self.count)
        row.addStretch(1)
        row.addWidget(self.sorting)
        self._column.addLayout(row)
        self._column.addSpacing(4)
        self._column.addWidget(self.list)
        self._column.addWidget(self.nothing)
        self._column.addStretch(1)
        self.setWidget(content)
        for one, other in zip(self._stops(), self._stops()[1:], strict=False):
            self.setTabOrder(one, other)

    def _stops(self) -> tuple[QWidget, ...]:
        return self.header.field, self.header.in_texts, self.header.add, self.cards, self.sorting, self.list

    def _connect(self) -> None:
        self.header.filtered.connect(self._filter)
        self.header.left_downwards.connect(self.go_below_the_field)
        self.cards.left_upwards.connect(self.focus_field)
        self.cards.left_downwards.connect(self.list.enter)
        self.list.left_upwards.connect(self._go_above_the_list)
        self.list.selectionModel().currentChanged.connect(lambda index, _: self._follow(self.list, index))
        self.cards.selectionModel().currentChanged.connect(lambda index, _: self._follow(self.cards, index))
        for shown in (self.cards, self.list):
            shown.typed.connect(self._type)
        self.model.modelReset.connect(self._show_count)

    # -- data down ---------------------------------------------------------------------------------

    def set_theme(self, theme: Theme) -> None:
        for part in (self.header, self.cards, self.sorting, self.list, self.nothing):
            part.set_theme(theme)

    def show_entries(self, entries: tuple[ShelfEntry, ...]) -> None:
        """Show the shelf; one stays at the same reading, or at the one that took its place."""
        self._entries = entries
        with_focus = self.cards if self.cards.hasFocus() else self.list if self.list.hasFocus() else None
        places = [(shown, shown.currentIndex().row(), _id_at(shown)) for shown in (self.cards, self.list)]
        self.model.show_entries(entries)
        self._show_cards()
        self._show_count()
        for shown, row, article_id in places:
            _keep(shown, row, article_id)
        if with_focus is self.cards and not self._card_model.rowCount():
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def sort_by(self, sorting: Sorting) -> None:
        article_id = _id_at(self.list)
        self.model.sort_by(sorting)
        self._tell_sorting()
        _keep(self.list, -1, article_id)

    def focus_list(self) -> None:
        """Take the focus to the readings, at the first of them where none is current."""
        if not self.list.currentIndex().isValid():
            top = self.verticalScrollBar().value()
            self.list.setCurrentIndex(self.list.first_row())
            self.verticalScrollBar().setValue(top)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_field(self) -> None:
        self.header.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.verticalScrollBar().setValue(0)

    # -- a person's doing --------------------------------------------------------------------------

    def _choose_sorting(self, sorting: Sorting) -> None:
        self.sort_by(sorting)
        self.sorting_chosen.emit(sorting)

    def _type(self, text: str) -> None:
        """Go on in the field with what was typed at a list."""
        self.focus_field()
        self.header.field.end(False)
        self.header.field.insert(text)

    def _filter(self, query: str) -> None:
        self.model.filter(query)
        self._show_cards()
        self._show_count()
        self.verticalScrollBar().setValue(0)
        announce(self.list, self.count.text() if self.model.rowCount() else self.nothing.text())

    def go_below_the_field(self) -> None:
        """Go from the field to what is below it: the cards, or the rows that were found."""
        if not self._going_on_part.isHidden():
            self.cards.enter()
        elif self.model.rowCount():
            self.list.enter()

    def _go_above_the_list(self) -> None:
        if self._going_on_part.isHidden():
            self.focus_field()
        else:
            self.cards.enter()

    # -- inside ------------------------------------------------------------------------------------

    def _show_cards(self) -> None:
        going_on = tuple(entry for entry in self._entries if begun(entry))[: min(MAX_CARDS, self._room_for_cards())]
        self._card_model.show_entries(going_on)
        self._going_on_part.setVisible(bool(going_on) and not self.model.filtered)

    def _room_for_cards(self) -> int:
        return cards_in(self._width() - 2 * (INSET - ASIDE))

    def _width(self) -> int:
        margins = self._sides.contentsMargins()
        return min(self.viewport().width() - margins.left() - margins.right(), MAX_WIDTH + 2 * INSET)

    def _show_count(self) -> None:
        found, total = self.model.rowCount(), self.model.total
        self.list.fit()
        if self.model.filtered:
            told = self.tr("{found} of %n reading(s)", "", total).format(found=found)
        else:
            told = self.tr("%n reading(s)", "", total)
        self.count.setText(told)
        sought = self.header.field.text().strip()
        self.list.setVisible(found > 0)
        self.nothing.setVisible(self.model.filtered and not found)
        self.nothing.set_text(self.tr("No reading has “{words}” in its title or its authors.").format(words=sought))

    def _tell_sorting(self) -> None:
        name, told = self._names[self.model.sorting]
        self._choices[self.model.sorting].setChecked(True)
        self.sorting.set_text(name)
        self.sorting.setAccessibleName(told)

    def _follow(self, shown: ShelfList, index: QModelIndex) -> None:
        """Bring the current row into view, with a little of what is around it."""
        content = self.widget()
        if content is None or not index.isValid():
            return
        layout = content.layout()
        if layout is not None:
            layout.activate()  # rows may have come or gone since
        row = shown.visualRect(index)
        at = shown.viewport().mapTo(content, row.topLeft())
        self._bring(QRect(at, row.size()).adjusted(0, -8, 0, 8))

    def _bring(self, rect: QRect) -> None:
        bar = self.verticalScrollBar()
        if rect.top() < bar.value():
            bar.setValue(rect.top())
        elif rect.bottom() > bar.value() + self.viewport().height():
            bar.setValue(rect.bottom() - self.viewport().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        # First what needs less room: the content is made as wide as it needs to be.
        narrow = self.viewport().width() < NARROW
        side = 4 if narrow else 8
        if self._sides.contentsMargins().left() != side:
            self._sides.setContentsMargins(side, 0, side, 0)
        self.header.arrange(narrow=narrow)
        super().resizeEvent(event)
        self._show_cards()


def _inset(widget: QWidget, left: int = INSET, right: int = INSET) -> QWidget:
    """Return a widget with room at its sides."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(left, 0, right, 0)
    row.addWidget(widget)
    return made


def _id_at(shown: ShelfList) -> int | None:
    entry = shown.currentIndex().data(LibraryRole.ENTRY)
    return entry.id if isinstance(entry, ShelfEntry) else None


def _keep(shown: ShelfList, row: int, article_id: int | None) -> None:
    """Make the same reading current again; where it is gone, the one that took its place."""
    model = shown.model()
    if article_id is None or not isinstance(model, LibraryModel):
        return
    index = model.row_of(article_id)
    if not index.isValid() and row >= 0:
        index = model.index(min(row, model.rowCount() - 1), 0)
    if index.isValid():
        shown.setCurrentIndex(index)
