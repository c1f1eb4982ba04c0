"""The pane of all footnotes, each with the sentences that carry its marks."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QPainter
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QStyleOptionViewItem, QVBoxLayout, QWidget

from reader.theme import Theme
from reader.ui.look import fonts, icons
from reader.ui.look.palette import colour
from reader.ui.notes.model import FootnoteKind, FootnoteModel, FootnoteRole, FootnoteRow
from reader.ui.widgets.controls import EmptyState, Field, announce
from reader.ui.widgets.laid_text import TextStyle, tail
from reader.ui.widgets.row_list import RowList
from reader.ui.widgets.rows import HEADER, TEXT_LEFT, RowDelegate, leftwards, placed

__all__ = ["FootnotePanel", "FootnoteRow"]

Index = QModelIndex | QPersistentModelIndex

INDENT = 40
"""Where a note's text begins, px; its label stands before it. Longer labels push it in."""
INDENT_MAX = 84
NOTE_LINE = 20
SENTENCE_LINE = 17
NOTE_LINES = 4
SENTENCE_LINES = 3
AFTER = 10
"""Below a note and its sentences, px."""


class FootnotePanel(QWidget):
    """A filter and the notes; a note leads to the note, a sentence to the mark in it."""

    note_chosen = Signal(str)
    mark_chosen = Signal(int)
    hide_requested = Signal()
    count_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Footnotes"))
        self.field = Field("list-filter", self.tr("Filter footnotes"))
        self._model = FootnoteModel(self)
        self.list = RowList(self.tr("Footnotes"))
        self.list.setModel(self._model)
        self._delegate = FootnoteDelegate(self.list)
        self.list.setItemDelegate(self._delegate)
        self._empty = EmptyState("sticky-note", "")
        self._pages = QStackedWidget()
        self._some = False
        self._build()
        self.field.textChanged.connect(self._filter_changed)
        self.field.entered.connect(lambda _: self._go_down())
        self.field.left_downwards.connect(self._go_down)
        self.list.row_chosen.connect(self._choose)
        self.list.left_upwards.connect(self.focus_field)
        self.show_notes(())

    def _build(self) -> None:
        self._field_row = QWidget()
        field = QHBoxLayout(self._field_row)
        field.setContentsMargins(12, 0, 12, 4)
        field.addWidget(self.field)
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self.list)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._field_row)
        column.addWidget(self._pages, 1)

    # -- data down --------------------------------------------------------------------------------

    def set_theme(self, theme: Theme) -> None:
        for part in (self.field, self._delegate, self._empty):
            part.set_theme(theme)
        self.list.viewport().update()

    def show_notes(self, rows: tuple[FootnoteRow, ...]) -> None:
        """Show an article's notes, in the order given; the filter is cleared."""
        self._some = bool(rows)
        self._delegate.forget()
        self._delegate.make_room(tuple(row.label for row in rows))
        self.field.clear()
        self._model.show_notes(rows)
        self._field_row.setVisible(self._some)
        self._show_page()
        self.count_changed.emit(len(rows))

    def show_current(self, key: str | None) -> None:
        """Mark the note that is open or was gone to, and bring it into view."""
        index = self._model.row_of(key) if key is not None else QModelIndex()
        self.list.setCurrentIndex(index)

    def focus_field(self) -> None:
        if self._some:
            self.field.selectAll()
            self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _go_down(self) -> None:
        if self._model.rowCount():
            self.list.enter()

    # -- a person's doing -------------------------------------------------------------------------

    def _choose(self, index: QModelIndex) -> None:
        sentence = index.data(FootnoteRole.KIND) == FootnoteKind.SENTENCE
        if sentence:
            self.mark_chosen.emit(int(index.data(FootnoteRole.OFFSET)))
        elif index.data(FootnoteRole.NOTELESS):
            # There is nothing to go to but the mark, which is the row below.
            below = self._model.index(index.row() + 1, 0)
            if below.data(FootnoteRole.KIND) == FootnoteKind.SENTENCE:
                self.mark_chosen.emit(int(below.data(FootnoteRole.OFFSET)))
        else:
            self.note_chosen.emit(str(index.data(FootnoteRole.KEY)))

    def _filter_changed(self, text: str) -> None:
        self._delegate.forget()
        self._model.filter(text)
        self._show_page()
        if not self._model.rowCount():
            announce(self.field, self._empty.text())

    def _show_page(self) -> None:
        none = self.tr("This text has no footnotes.")
        self._empty.set_text(self.tr("No note has these words.") if self._some else none)
        self._pages.setCurrentWidget(self.list if self._model.rowCount() else self._empty)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            if self.field.text():
                self.field.clear()
            else:
                self.hide_requested.emit()
        else:
            super().keyPressEvent(event)


@lru_cache(maxsize=1)
def _note() -> TextStyle:
    return TextStyle(fonts.font(fonts.SERIF_SMALL, 14), NOTE_LINE, NOTE_LINES)


@lru_cache(maxsize=1)
def _sentence() -> TextStyle:
    return TextStyle(fonts.interface(12), SENTENCE_LINE, SENTENCE_LINES)


@lru_cache(maxsize=1)
def _label() -> QFont:
    return fonts.interface(12, 600, features=("tnum",))


class FootnoteDelegate(RowDelegate):
    """A note in the small text face with its label before it; its sentences below, muted."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._indent = INDENT
        self._ends: dict[tuple[str, int], str] = {}

    def make_room(self, labels: tuple[str, ...]) -> None:
        """Begin the texts after the longest of ``labels``."""
        metrics = QFontMetricsF(_label())
        longest = max((metrics.horizontalAdvance(label) for label in labels), default=0.0)
        self._indent = min(INDENT_MAX, max(INDENT, round(TEXT_LEFT + longest + 8)))

    def forget(self) -> None:
        super().forget()
        self._ends.clear()

    def _end_of(self, sentence: str, width: int) -> str:
        """Return what of a long sentence is shown: its end, where its mark mostly stands."""
        key = sentence, width
        if key not in self._ends:
            self._ends[key] = tail(sentence, _sentence(), width)
        return self._ends[key]

    def height(self, option: QStyleOptionViewItem, index: Index) -> int:
        kind = index.data(FootnoteRole.KIND)
        if kind == FootnoteKind.SECTION:
            return HEADER
        width = self.view_width(option) - self._indent - TEXT_LEFT
        if kind == FootnoteKind.NOTE:
            return self.measured(str(index.data()), _note(), width) + 10
        after = AFTER if index.data(FootnoteRole.LAST) else 0
        return self.measured(self._end_of(str(index.data()), width), _sentence(), width) + 6 + after

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = self.theme
        if theme is None:
            return
        painter.save()
        kind = index.data(FootnoteRole.KIND)
        if kind == FootnoteKind.SECTION:
            self.paint_header(painter, option, str(index.data()), str(index.data(FootnoteRole.COUNT)))
        elif kind == FootnoteKind.NOTE:
            self._paint_note(painter, theme, option, index)
        else:
            self._paint_sentence(painter, theme, option, index)
        painter.restore()

    def _paint_note(self, painter: QPainter, theme: Theme, option: QStyleOptionViewItem, index: Index) -> None:
        view = self.parent()
        current = isinstance(view, RowList) and view.currentIndex() == index
        rect = option.rect
        self.paint_back(painter, option, theme.accent_tint if current else None)
        noteless = bool(index.data(FootnoteRole.NOTELESS))
        painter.setFont(_label())
        painter.setPen(colour(theme.muted if noteless else theme.link))
        place = QRectF(rect.left() + TEXT_LEFT, rect.top() + 6, self._indent - TEXT_LEFT - 2, NOTE_LINE)
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextDontClip)
        label = QFontMetricsF(_label()).elidedText(
            str(index.data(FootnoteRole.LABEL)), Qt.TextElideMode.ElideRight, INDENT_MAX - TEXT_LEFT - 6
        )
        painter.drawText(placed(option, place), flags, label)
        width = rect.width() - self._indent - TEXT_LEFT
        laid = self.laid(str(index.data()), _note(), width)
        ink = theme.muted if noteless else theme.text
        text = placed(option, QRectF(rect.left() + self._indent, rect.top() + 6, width, NOTE_LINE))
        self.paint_text(painter, laid, text.topLeft(), ink)

    def _paint_sentence(self, painter: QPainter, theme: Theme, option: QStyleOptionViewItem, index: Index) -> None:
        rect = option.rect
        view = self.parent()
        current = isinstance(view, RowList) and view.currentIndex() == index
        after = AFTER if index.data(FootnoteRole.LAST) else 0
        option.rect = rect.adjusted(0, 0, 0, -after)
        sentence = index.data(FootnoteRole.KIND) == FootnoteKind.SENTENCE
        if sentence:
            self.paint_back(painter, option, theme.accent_tint if current else None)
        option.rect = rect
        width = rect.width() - self._indent - TEXT_LEFT
        laid = self.laid(self._end_of(str(index.data()), width), _sentence(), width)
        top = rect.top() + 3
        name = "corner-down-left" if sentence else "circle-help"
        ratio = painter.device().devicePixelRatioF()
        sign = icons.pixmap(name, theme.muted, 12, ratio, leftwards=leftwards(option))
        place = placed(option, QRectF(rect.left() + TEXT_LEFT + 1, top + (SENTENCE_LINE - 12) / 2, 12, 12))
        painter.drawPixmap(place.topLeft(), sign)
        text = placed(option, QRectF(rect.left() + self._indent, top, width, SENTENCE_LINE))
        self.paint_text(painter, laid, text.topLeft(), theme.muted)
