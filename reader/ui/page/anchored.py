"""A text that is read, with footnote marks and links that pointer and keyboard can reach."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QMimeData, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QColor, QPalette, QTextCursor
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from reader.ui.page.anchors import AnchorRing
from reader.ui.page.copying import selected_text
from reader.ui.page.document import PLACE_SCHEME
from reader.ui.page.geometry import rects
from reader.ui.page.runs import NOTE_SCHEME

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent, QPoint, QRectF, QTimerEvent
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent

    from reader.article.text import Text
    from reader.theme import Theme
    from reader.ui.page.anchors import Anchor
    from reader.ui.page.document import PageDocument
    from reader.ui.page.stops import Seen, Stops

_MOVING = frozenset({
    Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down,
    Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown,
})  # fmt: skip
_ACTIVATING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


Lasting = tuple[int, str] | None


class MarkHit(Struct, frozen=True):
    """A footnote mark that a person pointed at: its note's key, its offset, its place on the screen."""

    key: str
    offset: int
    rect: QRect


class AnchoredText(QTextEdit):
    """A read-only text. Places come in and go out as canonical offsets."""

    mark_hovered = Signal(object)
    """A ``MarkHit``, or None when the pointer left it."""
    mark_activated = Signal(object)
    link_activated = Signal(str)
    place_requested = Signal(int)
    """A link back from a note to its mark."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text: Text | None = None
        self._page: PageDocument | None = None
        self._anchors: AnchorRing | None = None
        self._hovered: Anchor | None = None
        self._pressed: Anchor | None = None
        self._focused: Anchor | None = None
        self._stops: Stops | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setAcceptDrops(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Found by name, it is known for what it is. Given out by viewport() for the first time, Qt for
        # Python makes every class of widget to see which of them it is: 15 ms and 5 MB.
        self._own_viewport = self.findChild(QWidget, "qt_scrollarea_viewport")
        self.viewport().setAutoFillBackground(False)
        self.viewport().setMouseTracking(True)

    def _take_colours(self, theme: Theme) -> None:
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, QColor(0, 0, 0, 0))
        palette.setColor(QPalette.ColorRole.Text, QColor(theme.text))
        palette.setColor(QPalette.ColorRole.Highlight, QColor(theme.selection))
        palette.setColor(QPalette.ColorRole.HighlightedText, QColor(theme.text))
        self.setPalette(palette)

    def _hide_caret(self) -> None:
        """Take its colour away. Where letters run leftwards, Qt draws a flag at it, however narrow it is.

        All text has a colour of its own.
        """
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Text, QColor(0, 0, 0, 0))
        self.setPalette(palette)

    def _take_page(self, page: PageDocument, text: Text) -> None:
        """Show a document; forget what was hovered or focused in the one before."""
        self._page, self._text = page, text
        self._anchors = self._focused = self._hovered = self._pressed = None
        if self._stops is not None:
            self._stops.begin_anew()

    # -- where marks are ---------------------------------------------------------------------------

    def mark_rect(self, offset: int, key: str) -> QRect:
        """Return where a mark is on the screen; an empty rectangle where it is not in the text."""
        anchor = self._mark_at(offset, key)
        return QRect() if anchor is None else self._screen_rect(anchor)

    @property
    def focused_mark(self) -> MarkHit | None:
        """The mark that Tab stands on."""
        return None if self._focused is None else self._mark_hit(self._focused)

    @property
    def focused_range(self) -> tuple[int, int] | None:
        """The document positions of the mark or link that Tab stands on."""
        return None if self._focused is None else (self._focused.start, self._focused.end)

    def _attended(self) -> tuple[Lasting, Lasting]:
        """Return what Tab stands on and what the pointer is over: offsets and targets outlive a document."""
        page = self._page

        def lasting(anchor: Anchor | None) -> Lasting:
            return None if anchor is None or page is None else (page.offsets.to_offset(anchor.start), anchor.target)

        return lasting(self._focused), lasting(self._hovered)

    def _attend(self, focused: Lasting, hovered: Lasting) -> None:
        """Let Tab and the pointer be where they were in the document before, if that is in this one."""
        self._focused = None if focused is None else self._anchor_at(*focused)
        self._hovered = None if hovered is None else self._anchor_at(*hovered)
        if hovered is not None and self._hovered is None:
            self.mark_hovered.emit(None)

    def focus_mark(self, offset: int, key: str) -> None:
        """Give the keyboard to a mark, as Tab does."""
        anchor = self._mark_at(offset, key)
        if anchor is None:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._give_keyboard(anchor)

    def _ring(self) -> AnchorRing:
        if self._anchors is None:
            self._anchors = AnchorRing(self.document())
        return self._anchors

    def _mark_at(self, offset: int, key: str) -> Anchor | None:
        return self._anchor_at(offset, NOTE_SCHEME + key)

    def _anchor_at(self, offset: int, target: str) -> Anchor | None:
        if self._page is None:
            return None
        offsets = self._page.offsets
        anchor = self._ring().next(offsets.to_position(offset, after_marks=False))
        # Several marks may stand at one offset.
        while anchor is not None and offsets.to_offset(anchor.start) == offset:
            if anchor.target == target:
                return anchor
            anchor = self._ring().next(anchor.end)
        return None

    def _mark_hit(self, anchor: Anchor) -> MarkHit | None:
        if self._page is None or not anchor.target.startswith(NOTE_SCHEME):
            return None
        offset = self._page.offsets.to_offset(anchor.start)
        return MarkHit(anchor.target.removeprefix(NOTE_SCHEME), offset, self._screen_rect(anchor))

    def _screen_rect(self, anchor: Anchor) -> QRect:
        area = next(rects(self.document(), anchor.start, anchor.end), None)
        if area is None:
            return QRect()
        rect = area.toAlignedRect().translated(0, -self.verticalScrollBar().value())
        return QRect(self.viewport().mapToGlobal(rect.topLeft()), rect.size())

    def _anchor_under(self, point: QPoint) -> Anchor | None:
        if self._page is None:
            return None
        place = QPointF(point) + QPointF(0, self.verticalScrollBar().value())
        position = self.document().documentLayout().hitTest(place, Qt.HitTestAccuracy.ExactHit)
        if position < 0:
            return None
        # The right half of a letter belongs to the position after it: ask what is drawn there.
        for anchor in (self._ring().at(position), self._ring().at(position - 1)):
            if anchor is not None and any(area.contains(place) for area in self._touch(anchor)):
                return anchor
        return None

    def _touch(self, anchor: Anchor) -> list[QRectF]:
        """Return where an anchor can be pointed at: the height of its line, a little wider than it is."""
        return [area.adjusted(0, -6, 0, 6) for area in rects(self.document(), anchor.start, anchor.end, 2)]

    # -- pointing, walking, activating -------------------------------------------------------------

    def _hover_at(self, point: QPoint | None) -> None:
        anchor = None if point is None else self._anchor_under(point)
        if anchor == self._hovered:
            return
        self._hovered = anchor
        shape = Qt.CursorShape.IBeamCursor if anchor is None else Qt.CursorShape.PointingHandCursor
        self.viewport().setCursor(shape)
        self.mark_hovered.emit(None if anchor is None else self._mark_hit(anchor))

    def _activate(self, anchor: Anchor) -> None:
        mark = self._mark_hit(anchor)
        if mark is not None:
            self.mark_activated.emit(mark)
        elif anchor.target.startswith(PLACE_SCHEME):
            self.place_requested.emit(int(anchor.target.removeprefix(PLACE_SCHEME)))
        else:
            self.link_activated.emit(anchor.target)

    def _focus_anchor(self, anchor: Anchor | None) -> None:
        self._focused = anchor
        if anchor is not None:
            cursor = QTextCursor(self.document())
            cursor.setPosition(anchor.start)
            self.setTextCursor(cursor)
        self.viewport().update()

    def _give_keyboard(self, anchor: Anchor | None) -> None:
        """Bring a mark or link into view and let its stop have the focus; None: the text itself."""
        self._focus_anchor(anchor)
        if anchor is not None:
            self.make_stops()
        if self._stops is not None:
            self._stops.take_focus(self._attended()[0])

    def let_go(self) -> None:
        """Let the ring stand on no mark or link; the keyboard stays in the text."""
        self._give_keyboard(None)

    def make_stops(self) -> None:
        """Let marks and links be things of their own from now on: at the first Tab, or once the window is furnished."""
        if self._stops is None:
            from reader.ui.page.stops import Stops  # no part of a first frame

            self._stops = Stops(self, self._seen_anchors, lambda: self._text)

    def take_anchor(self, what: Lasting) -> None:
        """Let the ring stand on a mark or link, told by offset and target, whose stop has the focus already."""
        self._focus_anchor(None if what is None else self._anchor_at(*what))

    def activate_focused(self) -> None:
        """Open what the ring stands on."""
        if self._focused is not None:
            self._activate(self._focused)

    def caret_offset(self) -> int:
        """Return the canonical offset of the caret."""
        return 0 if self._page is None else self._page.offsets.to_offset(self.textCursor().position())

    @property
    def is_caret_moved_by_person(self) -> bool:
        """Whether the caret moves as a person wills it just now, and not because Tab or the program went somewhere."""
        return self._focused is None

    def _first_seen(self) -> int:
        """Return the document position where what is seen begins."""
        return 0

    def _anchors_on_screen(self) -> list[tuple[Anchor, QRect]]:
        """Return the marks and links that are seen, in order, and where in the viewport."""
        found = []
        view, scrolled = self.viewport().rect(), -self.verticalScrollBar().value()
        anchor = self._ring().next(self._first_seen())
        while anchor is not None:
            area = next(rects(self.document(), anchor.start, anchor.end), None)
            rect = QRect() if area is None else area.toAlignedRect().translated(0, scrolled)
            if rect.top() > view.bottom():
                break
            if view.intersects(rect):
                found.append((anchor, rect))
            anchor = self._ring().next(anchor.end)
        return found

    def _seen_anchors(self) -> list[Seen]:
        if self._page is None:
            return []
        from reader.ui.page.stops import Seen

        to, cursor = self._page.offsets.to_offset, QTextCursor(self.document())
        seen = []
        for anchor, rect in self._anchors_on_screen():
            cursor.setPosition(anchor.start)
            cursor.setPosition(anchor.end, QTextCursor.MoveMode.KeepAnchor)
            seen.append(Seen(to(anchor.start), anchor.target, cursor.selectedText(), rect))
        return seen

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Walk over the marks and links that are seen; after the last one, on to the next control."""
        anchor = self._next_anchor(forward)
        if anchor is not None:
            self._give_keyboard(anchor)
            return True
        was_within = self._focused is not None
        self._focus_anchor(None)
        if was_within and not forward:  # before the first mark comes the text itself
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return bool(super().focusNextPrevChild(forward))

    def _next_anchor(self, forward: bool) -> Anchor | None:
        """Return the mark or link that Tab goes to from where it stands."""
        seen = [anchor for anchor, _ in self._anchors_on_screen()]
        if self._focused in seen:
            number = seen.index(self._focused) + (1 if forward else -1)
        else:
            number = 0 if forward else -1 if self._focused is not None else len(seen)
        return seen[number] if 0 <= number < len(seen) else None

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() == Qt.FocusReason.BacktabFocusReason:
            seen = self._anchors_on_screen()
            if seen:  # Tab comes from behind: to what it left last
                self._give_keyboard(seen[-1][0])

    # -- events ------------------------------------------------------------------------------------

    def _natively(self) -> AbstractContextManager[None]:
        """Return a context for the widget's own work on an event, in which its document may not change."""
        return nullcontext()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        with self._natively():
            super().mouseMoveEvent(event)
        if not event.buttons():
            self._hover_at(event.position().toPoint())

    # No viewportEvent: called with an event of any kind, it has Qt for Python make the classes of all of them.

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover_at(None)

    def _let_go_of_pointer(self) -> None:
        """Be left by the pointer that went to the scroll bar: it is in the widget still, and over no mark."""
        self._hover_at(None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._stops is not None:
            self._stops.begin_anew()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._focus_anchor(None)
        left = event.button() == Qt.MouseButton.LeftButton
        self._pressed = self._anchor_under(event.position().toPoint()) if left else None
        with self._natively():
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        with self._natively():
            super().mouseReleaseEvent(event)
        pressed, self._pressed = self._pressed, None
        if pressed is None or self.textCursor().hasSelection():
            return
        if self._anchor_under(event.position().toPoint()) == pressed:
            self._activate(pressed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._focused is not None and self.activates(event):
            self._activate(self._focused)
            return
        if self._focused is not None and event.key() in _MOVING:
            self._give_keyboard(None)  # the caret goes on from the mark
        with self._natively():
            super().keyPressEvent(event)

    def timerEvent(self, event: QTimerEvent) -> None:
        with self._natively():  # a selection is drawn out of the view
            super().timerEvent(event)

    def activates(self, event: QKeyEvent) -> bool:
        """Say whether a key opens the mark or link that Tab stands on."""
        return self._focused is not None and event.key() in _ACTIVATING

    def createMimeDataFromSelection(self) -> QMimeData:
        copied = QMimeData()
        if self._page is not None and self._text is not None:
            copied.setText(selected_text(self._page, self._text, self.textCursor()))
        return copied
