"""How the rows of the search panel are painted."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from reader.theme import Theme
from reader.ui.look import fonts
from reader.ui.look.palette import colour
from reader.ui.search.model import RowKind, SearchRole
from reader.ui.widgets.laid_text import TextStyle
from reader.ui.widgets.row_list import RowList
from reader.ui.widgets.rows import HEADER, TEXT_LEFT, RowDelegate, paint_title

Index = QModelIndex | QPersistentModelIndex

LINE = 20
MOST_LINES = 3
ARTICLE_ROW = 44


@lru_cache(maxsize=1)
def _snippet() -> TextStyle:
    face = fonts.SERIF_SMALL
    return TextStyle(fonts.font(face, 14), LINE, MOST_LINES, fonts.font(face, 14, 700))


class HitDelegate(RowDelegate):
    """A place is its line of text with the words marked: tinted, and boxed on the current row."""

    def height(self, option: QStyleOptionViewItem, index: Index) -> int:
        kind = index.data(SearchRole.KIND)
        if kind != RowKind.HIT:
            return ARTICLE_ROW if kind == RowKind.ARTICLE else HEADER
        width = self.view_width(option) - 2 * TEXT_LEFT
        return self.measured(str(index.data()), _snippet(), width, index.data(SearchRole.RANGES)) + 16

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if self.theme is None:
            return
        painter.save()
        kind = index.data(SearchRole.KIND)
        if kind == RowKind.ARTICLE:
            self._paint_article(painter, self.theme, option, index)
        elif kind == RowKind.SECTION:
            self.paint_header(painter, option, str(index.data()), str(index.data(SearchRole.COUNT)))
        else:
            self._paint_hit(painter, self.theme, option, index)
        painter.restore()

    def _paint_hit(self, painter: QPainter, theme: Theme, option: QStyleOptionViewItem, index: Index) -> None:
        view = self.parent()
        current = isinstance(view, RowList) and view.currentIndex() == index
        rect = option.rect
        self.paint_back(painter, option, theme.accent_tint if current else None)
        width = rect.width() - 2 * TEXT_LEFT
        laid = self.laid(str(index.data()), _snippet(), width, index.data(SearchRole.RANGES))
        self.paint_marked(painter, laid, QPointF(rect.left() + TEXT_LEFT, rect.top() + 8), current=current)

    def _paint_article(self, painter: QPainter, theme: Theme, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint an article's title over a rule that parts it from the article above."""
        rect = QRectF(option.rect)
        if index.row():
            painter.fillRect(
                QRectF(rect.left() + TEXT_LEFT, rect.top() + 8, rect.width() - 2 * TEXT_LEFT, 1), theme.rule
            )
        inner = rect.adjusted(TEXT_LEFT, 14, -TEXT_LEFT, 0)
        painter.setFont(_title())
        painter.setPen(colour(theme.text))
        title = QFontMetricsF(painter.font()).elidedText(
            str(index.data()), Qt.TextElideMode.ElideRight, inner.width() - 40
        )
        paint_title(painter, option, inner, title)
        painter.setFont(_count())
        painter.setPen(colour(theme.muted))
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
        painter.drawText(inner, flags, str(index.data(SearchRole.COUNT)))


@lru_cache(maxsize=1)
def _title() -> QFont:
    return fonts.font(fonts.SERIF, 15, 600)


@lru_cache(maxsize=1)
def _count() -> QFont:
    return fonts.interface(11, 500, features=("tnum",))
