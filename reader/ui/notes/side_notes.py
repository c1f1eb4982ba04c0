"""Notes in the margin beside their marks, where the view is wide enough."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from msgspec import structs
from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget

from reader.ui.look.palette import colour
from reader.ui.notes.side_layout import LABEL_FLAGS, LEFT, RIGHT, Marked, Placed, SideNotesBook, held
from reader.ui.page.anchored import MarkHit
from reader.ui.page.composing import Beside
from reader.ui.page.direction import LEFTWARDS, direction_of_language
from reader.ui.page.geometry import line_rect
from reader.ui.page.runs import NOTE_SCHEME
from reader.ui.page.styles import StyleBook

if TYPE_CHECKING:
    from PySide6.QtCore import QObject, QPoint
    from PySide6.QtGui import QPaintEvent

    from reader.article.text import Text
    from reader.ui.page.view import PageView

SHARE = 0.86
"""How large their type is, of that of a note in a popup."""
LEAST_SIZE = 13
WIDTHS_EM = (10.0, 15.0)
"""The least and the most width of a note, by the size of the text."""
AWAY = 28
"""From the column to the notes' numbers, px."""
EDGE = 14
"""From the notes to the edge of the view, px."""
ABOVE = 1.5
"""Notes are placed from so many views above the view on: one may press the next far down."""


class SideNotes(QWidget):
    """Lies over the margin of a page and follows it; the pointer reaches it through the page's viewport.

    It takes no focus: by keyboard, and to those who listen, a note is its mark's popup.
    """

    mark_activated = Signal(object)
    """A person clicked a note: its mark as a ``MarkHit``."""
    link_activated = Signal(str)
    hovered = Signal(object)
    """The pointer came to a note: its mark's offset and key as a tuple; None when it left."""

    def __init__(self, page: PageView) -> None:
        super().__init__(page)
        self._page = page
        self._on = False
        self._language = ""
        self._book: SideNotesBook | None = None
        self._made_for: tuple[object, ...] = ()
        self._marks: list[Marked] = []
        self._tops: list[float] = []
        self._marks_of: tuple[object, ...] = ()
        self._lit: tuple[int, str] | None = None
        self._under_pointer: Placed | None = None
        self._pressed: Placed | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self.tr("Notes beside the text"))
        self.hide()
        page.scrolled.connect(self.follow)
        page.mark_hovered.connect(self._on_mark_hovered)
        page.viewport().installEventFilter(self)

    # -- when and where ----------------------------------------------------------------------------

    def choose(self, on: bool, language: str) -> None:
        """Be there or not; ``language`` of the text says on which side."""
        self._on, self._language = on, language
        size = self._page.typography.size
        around = AWAY + EDGE + self._number_width()
        least, most = (math.ceil(em * size * SHARE) + around for em in WIDTHS_EM)
        self._page.leave_room(Beside(least, most, self._leftwards) if on else Beside())
        self.follow()

    @property
    def _leftwards(self) -> bool:
        """Whether the text runs leftwards: its notes stand at its left, their numbers at their right."""
        return direction_of_language(self._language) is LEFTWARDS

    @property
    def shown(self) -> bool:
        """Whether there is room for notes beside the text, and they are wanted."""
        return self._on and not self._area().isEmpty()

    def shows_whole(self, mark: MarkHit) -> bool:
        """Say whether the whole note of a mark is to be read beside it just now."""
        if not self.isVisible():
            return False
        top, bottom = self._view()
        return any(
            each.mark.key == mark.key and not each.cut and each.top >= top - 2 and each.top + each.height <= bottom
            for each in self.placed()
        )

    def _area(self) -> QRect:
        """Return where the notes' texts stand in the viewport; empty where there is no room for them."""
        frame = self._page.document().rootFrame().frameFormat()
        view = self._page.viewport()
        at_left = self._leftwards
        margin = round(frame.leftMargin() if at_left else frame.rightMargin())
        number, size = self._number_width(), self._page.typography.size
        width = min(round(WIDTHS_EM[1] * size * SHARE), margin - AWAY - EDGE - number)
        if width < WIDTHS_EM[0] * size * SHARE - 1:
            return QRect()
        left = margin - AWAY - number - width if at_left else view.width() - margin + AWAY + number
        return QRect(left, 0, width, view.height())

    def _number_width(self) -> int:
        return round(1.7 * self._page.typography.size * SHARE)

    def _view(self) -> tuple[float, float]:
        top = float(self._page.verticalScrollBar().value())
        return top, top + self._page.viewport().height()

    def follow(self) -> None:
        """Stand beside what is seen now."""
        area = self._area() if self._on and self._page.text is not None else QRect()
        self.setVisible(not area.isEmpty())
        if not area.isEmpty():
            number = self._number_width()
            self.setGeometry(self._page.viewport().geometry().intersected(area.adjusted(-number - 8, 0, number + 8, 0)))
            self.update()

    # -- the notes ---------------------------------------------------------------------------------

    def _styles(self) -> StyleBook:
        typography = self._page.typography
        size = max(LEAST_SIZE, round(typography.size * SHARE))
        plain = structs.replace(typography, size=size, justified=False, hyphenated=False)
        return StyleBook(self._page.theme, plain, language=self._language)

    def _current_book(self, text: Text, width: int) -> SideNotesBook:
        wanted = (text, self._page.styles, width)
        made = self._made_for
        if self._book is None or made[0] is not text or made[1] is not wanted[1] or made[2] != width:
            self._book = SideNotesBook(text, self._styles(), width, self._page.pictures)
            self._made_for = wanted
        return self._book

    def _find_marks(self, text: Text) -> None:
        """Find where the marks of the body stand in the document, once for each layout of it."""
        document, page = self._page.document(), self._page.laid_out
        size = document.documentLayout().documentSize()
        known = (page, size.width(), size.height(), document.rootFrame().frameFormat().topMargin())
        if page is None or (self._marks_of and known[0] is self._marks_of[0] and known[1:] == self._marks_of[1:]):
            return
        self._marks_of = known
        offsets, keys = text.marks
        first = bisect_left(offsets, page.offsets.first_offset)
        last = bisect_right(offsets, min(page.offsets.last_offset, text.body_length))
        self._marks = []
        for number in range(first, last):
            position = page.offsets.to_position(offsets[number], after_marks=False)
            if page.offsets.to_offset(position) == offsets[number]:  # else it is folded away
                top = line_rect(document, position).top()
                self._marks.append(Marked(text.keys[keys[number]], offsets[number], top))
        self._marks.sort(key=lambda mark: mark.top)  # the cells of a row stand side by side
        self._tops = [mark.top for mark in self._marks]

    def placed(self) -> tuple[Placed, ...]:
        """Return the notes that are seen, from the top down; heights are those of the document."""
        text, area = self._page.text, self._area()
        if not self._on or text is None or area.isEmpty():
            return ()
        self._find_marks(text)
        book = self._current_book(text, area.width())
        top, bottom = self._view()
        first = bisect_left(self._tops, top - ABOVE * (bottom - top))
        marks = self._marks[first : bisect_right(self._tops, bottom)]
        return tuple(
            each for each in book.place(marks) if each.top + each.height + book.line > top and each.top < bottom
        )

    # -- painting ----------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        placed = self.placed()
        if not placed or self._book is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area, (top, _) = self._area(), self._view()
        painter.translate(area.left() - self.x(), -top)
        for each in placed:
            self._paint(painter, self._book, each, area.width())
        painter.end()

    def _paint(self, painter: QPainter, book: SideNotesBook, placed: Placed, width: int) -> None:
        note, theme, text = book.note(placed.mark.key), self._page.theme, self._page.text
        if note is None or text is None:
            return
        number, line = self._number_width(), book.line
        if self._lit is not None and self._lit[1] == placed.mark.key:
            ground = QRectF(-number - 4, placed.top - 3, width + number + 8, placed.height + 6)
            if self._leftwards:
                ground.translate(number, 0)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(theme.accent_tint))
            painter.drawRoundedRect(ground.adjusted(0, 0, 0, line if placed.cut else 0), 5, 5)
            painter.setBrush(colour(theme.accent))
            bar = ground.right() - 2 if self._leftwards else ground.left()
            painter.drawRect(QRectF(bar, placed.top, 2, placed.height))
        picture, ratio = note.pixmap(self.devicePixelRatioF()), self.devicePixelRatioF()
        shown = QRectF(0, 0, picture.width(), min(picture.height(), placed.height * ratio + (0 if placed.cut else 2)))
        painter.drawPixmap(QPointF(0, placed.top), picture, shown)
        font = self._page.styles.note_number()
        font.setPixelSize(max(11, round(font.pixelSize() * SHARE)))
        painter.setFont(font)
        painter.setPen(colour(theme.accent))
        label = QFontMetricsF(font).elidedText(
            text.labels.get(placed.mark.key, placed.mark.key), Qt.TextElideMode.ElideRight, number
        )
        beside = QRectF(width + 6 if self._leftwards else -number - 6, placed.top + line * 0.12, number, line)
        painter.drawText(beside, LABEL_FLAGS | (LEFT if self._leftwards else RIGHT), label)
        if placed.cut:
            painter.setPen(colour(theme.link))
            rest = QRectF(0, placed.top + placed.height, width, line)
            painter.drawText(rest, LABEL_FLAGS | (RIGHT if self._leftwards else LEFT), self.tr("more…"))

    # -- pointing ----------------------------------------------------------------------------------

    def light(self, mark: tuple[int, str] | None) -> None:
        """Mark the note of a mark, told by offset and key; None takes that away."""
        if mark != self._lit:
            self._lit = mark
            self.update()

    def _on_mark_hovered(self, hit: MarkHit | None) -> None:
        if self.isVisible():
            self.light(None if hit is None else (hit.offset, hit.key))

    def _at(self, point: QPoint) -> Placed | None:
        number = self._number_width()
        area = self._area().adjusted(-4 if self._leftwards else -number - 4, 0, number + 4 if self._leftwards else 4, 0)
        if self._book is None or not area.contains(point):
            return None
        return held(self.placed(), point.y() + self._view()[0], self._book.line)

    def _point_at(self, placed: Placed | None) -> None:
        before, self._under_pointer = self._under_pointer, placed
        if (before is None) == (placed is None) and (before is None or placed is None or before.mark == placed.mark):
            return
        mark = None if placed is None else (placed.mark.offset, placed.mark.key)
        self.light(mark)
        shape = Qt.CursorShape.IBeamCursor if placed is None else Qt.CursorShape.PointingHandCursor
        self._page.viewport().setCursor(shape)
        self.hovered.emit(mark)

    def _activate(self, placed: Placed, point: QPoint) -> None:
        note = None if self._book is None else self._book.note(placed.mark.key)
        area = self._area()
        within = QPointF(point.x() - area.left(), point.y() + self._view()[0] - placed.top)
        link = "" if note is None or within.y() > placed.height else note.link_at(within)
        if link and not link.startswith(NOTE_SCHEME):
            self.link_activated.emit(link)
            return
        mark = placed.mark
        self.mark_activated.emit(MarkHit(mark.key, mark.offset, self._page.mark_rect(mark.offset, mark.key)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not self.isVisible():
            if event.type() == QEvent.Type.Resize and self._on:
                self.follow()
            return False
        if isinstance(event, QMouseEvent):
            return self._on_mouse(event)
        if event.type() == QEvent.Type.Leave:
            self._point_at(None)
        elif event.type() == QEvent.Type.Resize:
            self.follow()
        return False

    def _on_mouse(self, event: QMouseEvent) -> bool:
        point = event.position().toPoint()
        if event.type() == QEvent.Type.MouseMove and not event.buttons():
            self._point_at(self._at(point))
            return self._under_pointer is not None
        if event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
            self._pressed = self._at(point) if event.button() == Qt.MouseButton.LeftButton else None
            return self._pressed is not None
        if event.type() == QEvent.Type.MouseButtonRelease and self._pressed is not None:
            pressed, self._pressed = self._pressed, None
            placed = self._at(point)
            if placed is not None and placed.mark == pressed.mark:
                self._activate(placed, point)
            return True
        return False
