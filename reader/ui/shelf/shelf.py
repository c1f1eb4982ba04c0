"""The shelf: cards to go on with, and all readings below, in a page that scrolls."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice

from PySide6.QtCore import QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from reader.library import ShelfEntry
from reader.theme import Theme
from reader.ui.look import fonts
from reader.ui.shelf.arrangement import Arrangement
from reader.ui.shelf.bar import ShelfBar
from reader.ui.shelf.cards import ASIDE, CardList, cards_in
from reader.ui.shelf.header import LibraryHeader
from reader.ui.shelf.model import LibraryModel, LibraryRole, Prepared, Sorting, prepare
from reader.ui.shelf.phrases import begun
from reader.ui.shelf.reading_list import ReadingList
from reader.ui.shelf.rows import INSET
from reader.ui.shelf.scopes import ALL, BIN, Scope
from reader.ui.shelf.shelf_list import ShelfList
from reader.ui.widgets.controls import EmptyState, announce

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
        self._begun: tuple[ShelfEntry, ...] = ()
        self.header = LibraryHeader()
        self._going_on = QLabel(self.tr("Continue reading"))
        self.cards = CardList(self.tr("Continue reading"))
        self.cards.setModel(self._card_model)
        self.bar = ShelfBar()
        self.count, self.sorting = self.bar.count, self.bar.sorting
        self.list = ReadingList(self.tr("All readings"))
        self.list.setModel(self.model)
        self.nothing = EmptyState("search", "")
        self._going_on.setObjectName("section")
        self._going_on.setFont(fonts.interface(12, 600))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.verticalScrollBar().setSingleStep(24)
        self._shelved: Prepared | None = None
        self._whole = True
        self._lay_out()
        self._connect()

    # -- building ----------------------------------------------------------------------------------

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
        self._column.addWidget(_inset(self.bar))
        self._column.addSpacing(4)
        self._column.addWidget(self.list)
        self._column.addWidget(self.nothing)
        self._column.addStretch(1)
        self.setWidget(content)
        for one, other in zip(self._stops(), self._stops()[1:], strict=False):
            self.setTabOrder(one, other)

    def _stops(self) -> tuple[QWidget, ...]:
        bar = self.bar
        buttons = bar.edit, bar.collect, bar.remove, bar.restore, bar.clear, self.sorting, bar.view
        return (
            self.header.parts,
            self.header.field,
            self.header.in_texts,
            self.header.add,
            self.cards,
            *buttons,
            self.list,
        )

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
        self.bar.sorting_chosen.connect(self._choose_sorting)
        self.bar.deselected.connect(self.list.select_only_current)
        self.list.selected.connect(self._show_selected)

    @property
    def entries(self) -> tuple[ShelfEntry, ...]:
        """All that is on the shelf."""
        return self._entries

    # -- data down ---------------------------------------------------------------------------------

    def set_theme(self, theme: Theme) -> None:
        for part in (self.header, self.cards, self.bar, self.list, self.nothing):
            part.set_theme(theme)

    def show_entries(self, entries: tuple[ShelfEntry, ...], *, whole: bool = True) -> None:
        """Show the shelf, or what comes first of it; one stays at the same reading, or the one in its place."""
        self._whole = whole
        self.show_prepared(prepare(entries, self.model.sorting))

    def show_prepared(self, prepared: Prepared, *, whole: bool = True) -> None:
        """Show the shelf as it was made ready in the background; where the bin is shown, later."""
        self._whole = self._whole if not whole else True
        self._entries = prepared.entries
        self._begun = tuple(islice(filter(begun, prepared.entries), MAX_CARDS))
        self._shelved = prepared
        if self.model.scope != BIN:
            self._keep_place(lambda: self.model.show_prepared(prepared))

    def show_bin(self, entries: tuple[ShelfEntry, ...]) -> None:
        """Show what was removed."""

        def show() -> None:
            self.model.choose(BIN)
            self.model.show_entries(entries)

        self._keep_place(show)

    def show_scope(self, scope: Scope, name: str) -> None:
        """Show a part of the library under its name; of the bin ``show_bin`` shows what is in it."""
        was_bin = self.model.scope == BIN
        self.list.clearSelection()
        self.model.choose(scope)
        if was_bin and scope != BIN and self._shelved is not None:
            self.model.show_prepared(self._shelved)
        self.header.show_part(name, is_bin=scope == BIN)
        self.bar.show_bin(scope == BIN)
        self._show_cards()
        self._show_count()
        self.verticalScrollBar().setValue(0)

    def arrange(self, arrangement: Arrangement) -> None:
        self.bar.arrange(arrangement)
        self.list.arrange(arrangement)

    def sort_by(self, sorting: Sorting) -> None:
        article_id = _id_at(self.list)
        self.model.sort_by(sorting)
        self.bar.tell_sorting(sorting)
        _keep(self.list, -1, article_id)

    def _keep_place(self, show: Callable[[], None]) -> None:
        with_focus = self.cards if self.cards.hasFocus() else self.list if self.list.hasFocus() else None
        places = [(shown, shown.currentIndex().row(), _id_at(shown)) for shown in (self.cards, self.list)]
        at_top = self.verticalScrollBar().value() == 0
        show()
        self._show_cards()
        self._show_count()
        for shown, row, article_id in places:
            _keep(shown, row, article_id)
        if at_top:
            self.verticalScrollBar().setValue(0)  # what came in is seen there
        if with_focus is self.cards and not self._card_model.rowCount():
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

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
        self._going_on_part.setVisible(
            self._card_model.rowCount() > 0 and self.model.scope == ALL and not self.model.filtered
        )
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
        going_on = self._begun[: min(MAX_CARDS, self._room_for_cards())]
        self._card_model.show_entries(going_on)
        everything = self.model.scope == ALL and not self.model.filtered
        self._going_on_part.setVisible(bool(going_on) and everything)

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
        self.count.setText(told if self._whole else self.tr("Reading the shelf…"))
        sought = self.header.field.text().strip()
        self.list.setVisible(found > 0)
        self.nothing.setVisible(not found and self._whole)
        if self.model.filtered:
            said = self.tr("No reading has “{words}” in its title, its authors or its tags.").format(words=sought)
        elif self.model.scope == BIN:
            said = self.tr("The bin is empty.")
        else:
            said = self.tr("There is no reading here yet.")
        self.nothing.set_text(said)

    def _show_selected(self) -> None:
        count = self.list.selected_count()
        self.bar.show_selected(count)
        if count > 1:
            self.count.setText(self.tr("%n reading(s) selected", "", count))
        else:
            self._show_count()

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
        self.bar.arrange_narrow(narrow=narrow)
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
