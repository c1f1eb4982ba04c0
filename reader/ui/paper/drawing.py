"""Drawing a page with any painter whose unit is ours: of a screen, a printer or a PDF."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QLocale, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from reader.ui.look import fonts
from reader.ui.page.document import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.ui.paper.measuring import Piece
    from reader.ui.paper.plan import Leaf, Plan, Strip

LINES_COUNTED = 5
"""Every so many lines of a page has its number beside it."""
HAIRLINE, FINE_LINE = 4.0, 6.0
RULE_SHARE = 0.28  # of the width of the text: the line over the notes
SIGN_SHARE = 0.18  # of the width of the text: a rule between passages
_HEADS_GAP_EM = 2.0


class _Row(NamedTuple):
    """A piece on a page: the height of its upper edge there."""

    piece: Piece
    top: float


class Drawing:
    """Draws the pages of a plan."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._sheet = plan.sheet
        self._theme = plan.theme
        em = plan.sheet.em
        self._small = plan.head_font
        self._margin = fonts.interface(em * 0.62, features=("tnum",))

    def draw(self, painter: QPainter, leaf: Leaf) -> None:
        """Draw a page; the painter's origin is the corner of the sheet."""
        sheet = self._sheet
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        self._head_and_foot(painter, leaf)
        painter.translate(sheet.left, sheet.top)
        body = [row for strip in leaf.body for row in self._rows(strip)]
        if leaf.rule is not None:
            y = leaf.rule + sheet.notes_rule * 0.55
            painter.setPen(QPen(QColor(self._theme.rule_strong), FINE_LINE))
            painter.drawLine(QPointF(0, y), QPointF(sheet.text_width * RULE_SHARE, y))
        self._grounds(painter, body)
        self._margin_figures(painter, body)
        for strip in (*leaf.body, *leaf.notes):
            self._text(painter, strip)
        painter.restore()

    def _rows(self, strip: Strip) -> list[_Row]:
        pieces = self._plan.measured(strip.source).pieces[strip.first : strip.end]
        shift = strip.top - pieces[0].top
        return [_Row(piece, piece.top + shift) for piece in pieces]

    def _text(self, painter: QPainter, strip: Strip) -> None:
        pieces = self._plan.measured(strip.source).pieces[strip.first : strip.end]
        down = QPointF(0, strip.top - pieces[0].top)
        for piece in pieces:
            for line, at in piece.lines:
                line.draw(painter, at + down)

    # -- around the text ---------------------------------------------------------------------------

    def _head_and_foot(self, painter: QPainter, leaf: Leaf) -> None:
        sheet = self._sheet
        painter.setFont(self._small)
        painter.setPen(QColor(self._theme.muted))
        left, right = float(sheet.left), float(sheet.left + sheet.text_width)
        if sheet.choices.page_numbers:
            number = QLocale().toString(leaf.number)
            width = QFontMetricsF(self._small).horizontalAdvance(number)
            painter.drawText(QPointF((left + right - width) / 2, sheet.foot), number)
        if not sheet.choices.running_heads or leaf.number == 1:
            return
        title, section = self._plan.heads(leaf)
        metrics = QFontMetricsF(self._small)
        room = right - left - _HEADS_GAP_EM * sheet.em
        if section:
            title = metrics.elidedText(title, Qt.TextElideMode.ElideRight, room * 0.55)
            section = metrics.elidedText(section, Qt.TextElideMode.ElideRight, room - metrics.horizontalAdvance(title))
            painter.drawText(QPointF(right - metrics.horizontalAdvance(section), sheet.head), section)
        painter.drawText(QPointF(left, sheet.head), metrics.elidedText(title, Qt.TextElideMode.ElideRight, room))
        painter.setPen(QPen(QColor(self._theme.rule), HAIRLINE))
        y = sheet.head + sheet.em * 0.6
        painter.drawLine(QPointF(left, y), QPointF(right, y))

    def _margin_figures(self, painter: QPainter, rows: Sequence[_Row]) -> None:
        """Write the numbers of paragraphs at the left, of lines at the right."""
        choices, sheet = self._sheet.choices, self._sheet
        painter.setFont(self._margin)
        painter.setPen(QColor(self._theme.muted))
        metrics = QFontMetricsF(self._margin)
        gap = sheet.em * 0.9
        lines = 0
        for piece, top in rows:
            if not piece.lines:
                continue
            baseline = top + piece.lines[0].line.ascent()
            if choices.paragraph_numbers and piece.number:
                figures = str(piece.number)
                painter.drawText(QPointF(-gap - metrics.horizontalAdvance(figures), baseline), figures)
            lines += piece.counted
            if choices.line_numbers and piece.counted and lines % LINES_COUNTED == 0:
                painter.drawText(QPointF(sheet.text_width + gap, baseline), str(lines))

    # -- under the text ----------------------------------------------------------------------------

    def _grounds(self, painter: QPainter, rows: Sequence[_Row]) -> None:
        for role, run in groupby(
            rows, key=lambda row: (row.piece.role, row.piece.passage * (row.piece.role == Role.CODE))
        ):
            group = list(run)
            first, last = group[0], group[-1]
            bottom = last.top + last.piece.bottom - last.piece.top
            if role[0] == Role.QUOTED:
                self._quotation(painter, group)
            elif role[0] == Role.CODE:
                self._code(painter, first.top, bottom)
            elif role[0] == Role.RULE:
                middle, y = self._sheet.text_width / 2, (first.top + bottom) / 2
                half = self._sheet.text_width * SIGN_SHARE / 2
                painter.setPen(QPen(QColor(self._theme.rule_strong), FINE_LINE))
                painter.drawLine(QPointF(middle - half, y), QPointF(middle + half, y))
            elif role[0] == Role.HEADER_END:
                self._line_across(painter, bottom + self._sheet.em * 0.5, strong=False)
        for piece, top in rows:
            if piece.row:
                self._line_across(painter, top + piece.bottom - piece.top, strong=piece.row == 1)

    def _quotation(self, painter: QPainter, group: Sequence[_Row]) -> None:
        """Draw the bar beside a quotation: one for all its blocks."""
        step = self._plan.styles.indent_step()
        left = max(0.0, min(row.piece.left for row in group) - step * 0.85)
        first, last = group[0], group[-1]
        bottom = last.top + last.piece.bottom - last.piece.top
        inset, width = self._sheet.em * 0.15, self._sheet.em * 0.1
        if all(row.piece.leftwards for row in group):
            left = self._sheet.text_width - left - width
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.rule_strong))
        painter.drawRect(QRectF(left, first.top + inset, width, bottom - first.top - 2 * inset))

    def _code(self, painter: QPainter, top: float, bottom: float) -> None:
        pad = self._sheet.em * 0.45
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(self._theme.rule), HAIRLINE))
        area = QRectF(0, top - pad, self._sheet.text_width, bottom - top + 2 * pad)
        painter.drawRoundedRect(area, pad / 2, pad / 2)

    def _line_across(self, painter: QPainter, y: float, *, strong: bool) -> None:
        colour = self._theme.rule_strong if strong else self._theme.rule
        painter.setPen(QPen(QColor(colour), FINE_LINE if strong else HAIRLINE))
        painter.drawLine(QPointF(0, y), QPointF(self._sheet.text_width, y))
