"""The row below the field of a search: what narrows it, and by what it can be narrowed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain, zip_longest

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QStyle, QToolButton, QWidget

from reader.facets import Facet
from reader.search.narrowing import Limit, bare, limits
from reader.search.nodes import FieldName
from reader.theme import Theme
from reader.ui.isolation import isolated
from reader.ui.languages import language_name
from reader.ui.search.chips import HEIGHT, Chip
from reader.ui.widgets.controls import BUTTON, IconButton

ROW = 34
SIDE = 12
GAP = 4
WIDEST_IN_MENU = 260
"""A longer label is shortened, px."""

_IN_TEXT = Limit(FieldName.IN, "TEXT")
"""Most of what is found stands in the running text: who narrows wants something else sooner."""


class Narrowing(QWidget):
    """Chips: those that narrow the search are pressed, others are offered as far as there is room.

    The menu behind them has all that is offered. While a person narrows the same words, a chip stays
    where it is. ``narrowed`` carries a ``Facet`` that was chosen, ``widened`` a ``Limit`` that was let go.
    """

    narrowed = Signal(object)
    widened = Signal(object)
    left_upwards = Signal()
    left_downwards = Signal()

    def __init__(self, before: QWidget) -> None:
        """``before`` is what the Tab key comes from."""
        super().__init__()
        self._before = before
        self._theme: Theme | None = None
        self._words = ""
        self._chosen: dict[Limit, str] = {}
        self._facets: dict[Limit, Facet] = {}
        self._anew = True
        self._order: list[Limit] = []
        self._chips: dict[Limit, Chip] = {}
        self.setAccessibleName(self.tr("Narrow the search"))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(ROW)
        self.more = IconButton("list-filter", self.tr("All ways to narrow this search"), parent=self)
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setMenu(QMenu(self))
        self.more.menu().aboutToShow.connect(self._fill_menu)
        self.more.hide()

    # -- data down --------------------------------------------------------------------------------

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.more.set_theme(theme)
        for chip in self._chips.values():
            chip.set_theme(theme)

    @property
    def narrows(self) -> bool:
        """Whether anything narrows the search."""
        return bool(self._chosen)

    def show_query(self, text: str) -> None:
        """Show what narrows a query; what was offered stays until it is known what is now."""
        words, chosen = bare(text), limits(text)
        if words != self._words:
            self._words, self._anew = words, True
        if chosen != self._chosen:
            self._chosen = chosen
            self._show()

    def show_facets(self, facets: Iterable[Facet]) -> None:
        """Offer what a query can be narrowed by."""
        self._facets = {facet.limit: facet for facet in facets}
        if self._anew:
            self._anew, self._order = False, []
        self._show()

    def sizeHint(self) -> QSize:
        return QSize(0, ROW)

    # -- the chips --------------------------------------------------------------------------------

    def _show(self) -> None:
        wanted = self._ordered()
        focused = next((limit for limit, chip in self._chips.items() if chip.hasFocus()), None)
        for limit in self._chips.keys() - set(wanted):
            chip = self._chips.pop(limit)
            chip.hide()
            chip.deleteLater()
        for limit in wanted:
            if limit not in self._chips:
                self._chips[limit] = self._made(limit)
            facet, on = self._facets.get(limit), limit in self._chosen
            described = "" if facet is None or on else self.tr("%n place(s)", "", facet.count)
            self._chips[limit].show_state(str(facet.count) if facet else "", described, on=on)
        self._order = wanted
        self.more.setVisible(bool(self._facets))
        self._arrange()
        if focused is not None and not (focused in self._chips and self._chips[focused].isVisibleTo(self)):
            self._refocus()

    def _ordered(self) -> list[Limit]:
        """Return all limits: those that were there in their order, new ones that narrow before them, others behind."""
        kinds: dict[FieldName, list[Limit]] = {}
        for limit in self._facets:
            if limit != _IN_TEXT:
                kinds.setdefault(limit.name, []).append(limit)
        in_turn = [limit for limit in chain.from_iterable(zip_longest(*kinds.values())) if limit is not None]
        in_turn += [_IN_TEXT] * (_IN_TEXT in self._facets)
        known = {*self._chosen, *in_turn}
        stay = [limit for limit in self._order if limit in known]
        begin = [limit for limit in self._chosen if limit not in stay]
        return list(dict.fromkeys([*begin, *stay, *in_turn]))

    def _made(self, limit: Limit) -> Chip:
        value = self._value(limit)
        chip = Chip(self._label(limit), self._sentence(limit), self.tr("Search without this limit"), self)
        chip.clicked.connect(lambda on: self._press(Facet(limit, value, 0), on=on))
        if self._theme is not None:
            chip.set_theme(self._theme)
        return chip

    def _arrange(self) -> None:
        """Put chips side by side: those that narrow, and of the others as many as there is room for."""
        room = self.width() - 2 * SIDE - (BUTTON + GAP) * (not self.more.isHidden())
        widths = {limit: min(room, self._chips[limit].sizeHint().width()) for limit in self._order}
        left, shown = room + GAP, set[Limit]()
        for limit in sorted(self._order, key=lambda limit: limit not in self._chosen):
            if widths[limit] + GAP <= left:
                shown.add(limit)
                left -= widths[limit] + GAP
        at, before = SIDE, self._before
        for limit in self._order:
            chip = self._chips[limit]
            if limit in shown:
                self._place(chip, QRect(at, 2, widths[limit], HEIGHT))
                at += widths[limit] + GAP
                QWidget.setTabOrder(before, chip)
                before = chip
            chip.setVisible(limit in shown)
        self._place(self.more, QRect(self.width() - SIDE - BUTTON, 2 - (BUTTON - HEIGHT) // 2, BUTTON, BUTTON))
        QWidget.setTabOrder(before, self.more)

    def _place(self, part: QWidget, rect: QRect) -> None:
        part.setGeometry(QStyle.visualRect(self.layoutDirection(), self.rect(), rect))

    def _in_row(self) -> list[QWidget]:
        chips: list[QWidget] = [self._chips[limit] for limit in self._order]
        return [part for part in (*chips, self.more) if part.isVisibleTo(self)]

    def _refocus(self) -> None:
        """Keep the keyboard where a chip that had it is gone."""
        left = self._in_row()
        if left:
            left[0].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.left_upwards.emit()

    def _press(self, facet: Facet, *, on: bool) -> None:
        if on:
            self.narrowed.emit(facet)
        else:
            self.widened.emit(facet.limit)

    # -- the menu ---------------------------------------------------------------------------------

    def _fill_menu(self) -> None:
        menu = self.more.menu()
        menu.clear()
        metrics = menu.fontMetrics()
        for name, heading in self._kinds():
            of_kind = [facet for facet in self._facets.values() if facet.limit.name is name]
            if not of_kind:
                continue
            if menu.actions():
                menu.addSeparator()
            menu.addAction(heading).setEnabled(False)
            for facet in of_kind:
                label = metrics.elidedText(self._label(facet.limit), Qt.TextElideMode.ElideRight, WIDEST_IN_MENU)
                action = menu.addAction(f"{label.replace('&', '&&')}\t{facet.count}")
                action.setCheckable(True)
                action.setChecked(facet.limit in self._chosen)
                action.triggered.connect(lambda on, facet=facet: self._press(facet, on=on))

    def _kinds(self) -> Sequence[tuple[FieldName, str]]:
        return (
            (FieldName.IN, self.tr("Where it stands")),
            (FieldName.LANGUAGE, self.tr("Language")),
            (FieldName.TAG, self.tr("Tag")),
            (FieldName.AUTHOR, self.tr("Author")),
        )

    # -- words ------------------------------------------------------------------------------------

    def _value(self, limit: Limit) -> str:
        facet = self._facets.get(limit)
        return facet.value if facet is not None else self._chosen.get(limit, limit.value)

    def _label(self, limit: Limit) -> str:
        value = " ".join(self._value(limit).split())
        if limit.name is FieldName.IN:
            return {
                "NOTE": self.tr("Notes"),
                "HEADING": self.tr("Headings"),
                "HEAD": self.tr("Titles"),
                "TEXT": self.tr("Text"),
            }[limit.value]
        if limit.name is FieldName.LANGUAGE:
            return language_name(limit.value)
        return f"#{value}" if limit.name is FieldName.TAG else value

    def _sentence(self, limit: Limit) -> str:
        value = isolated(self._label(limit).removeprefix("#" if limit.name is FieldName.TAG else ""))
        if limit.name is FieldName.IN:
            return {
                "NOTE": self.tr("Only in notes"),
                "HEADING": self.tr("Only in headings"),
                "HEAD": self.tr("Only in titles and names of authors"),
                "TEXT": self.tr("Only in the text itself"),
            }[limit.value]
        if limit.name is FieldName.LANGUAGE:
            return self.tr("Only in this language: {language}").format(language=value)
        if limit.name is FieldName.TAG:
            return self.tr("Only in what has the tag “{tag}”").format(tag=value)
        return self.tr("Only in texts by {author}").format(author=value)

    # -- keys and size ----------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._step(1 if (key == Qt.Key.Key_Right) != self.isRightToLeft() else -1)
        elif key == Qt.Key.Key_Down:
            self.left_downwards.emit()
        elif key == Qt.Key.Key_Up:
            self.left_upwards.emit()
        else:
            super().keyPressEvent(event)

    def _step(self, by: int) -> None:
        row = self._in_row()
        at = next((at for at, part in enumerate(row) if part.hasFocus()), -1) + by
        if 0 <= at < len(row):
            row[at].setFocus(Qt.FocusReason.TabFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._arrange()
