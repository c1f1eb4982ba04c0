"""The keys that move the page; all others stay the text widget's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from reader.ui.page.view import PageView

_ARROWS = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right})
_PAGES = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
LINES_A_STEP = 2
LINES_KEPT = 2  # of the last screen, when turning to the next


class ScrollKeys:
    """Scrolls by lines, screens and ends, unless the caret is seen or a selection is being made."""

    def __init__(self, page: PageView) -> None:
        self._page = page

    def handle(self, event: QKeyEvent) -> bool:
        """Return whether the key was one of ours."""
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        key = event.key()
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            return False
        if key == Qt.Key.Key_Space and not control:
            self._turn(-1 if shift else 1)
            return True
        if shift or self._page.caret_mode():
            if key in _ARROWS or key in _PAGES:
                self._page.put_caret_in_view()
            return False
        return self._scroll(key)

    def _scroll(self, key: int) -> bool:
        bar = self._page.verticalScrollBar()
        if key in _PAGES:
            self._turn(_PAGES[Qt.Key(key)])
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            step = self._page.styles.px(28) * LINES_A_STEP
            bar.setValue(bar.value() + (step if key == Qt.Key.Key_Down else -step))
        elif key == Qt.Key.Key_Home:
            bar.setValue(bar.minimum())
        elif key == Qt.Key.Key_End:
            bar.setValue(bar.maximum())
        else:
            return key in _ARROWS
        return True

    def _turn(self, screens: int) -> None:
        bar = self._page.verticalScrollBar()
        kept = self._page.styles.px(28) * LINES_KEPT
        bar.setValue(bar.value() + screens * max(kept, self._page.viewport().height() - kept))
