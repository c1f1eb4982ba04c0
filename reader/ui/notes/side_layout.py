"""Notes as they stand beside a text: each set once for a width, and where it goes."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QPointF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from reader.ui.notes.note_view import unindent
from reader.ui.page.document import DocumentBuilder
from reader.ui.page.runs import PICTURE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from PySide6.QtCore import QObject
    from PySide6.QtGui import QTextDocument

    from reader.article.text import Text
    from reader.ui.page.styles import StyleBook

LEAST_LINES, MOST_LINES = 6, 14
"""So many lines a note has where the next one presses it, and at most."""
SPARED = 3
"""A note is not cut for the sake of so few lines."""
GAP = 10
"""Between two notes, px."""
KEPT = 60
"""So many notes are kept as they were painted: more than a view holds."""


class Marked(Struct, frozen=True):
    """A mark of the text: the key of its note, its offset, and the top of its line, px from the document's."""

    key: str
    offset: int
    top: float


class Placed(Struct, frozen=True):
    """A note beside its mark: from ``top`` on, ``height`` high; ``cut`` says that there is more of it."""

    mark: Marked
    top: float
    height: float
    cut: bool


class SideNote:
    """One note, set to a width."""

    def __init__(self, document: QTextDocument, line: int) -> None:
        self._document = document
        self._painted: dict[float, QPixmap] = {}
        self.line = line
        self.height = document.size().height()

    def height_within(self, most: float) -> float:
        """Return the height of the lines that fit into a height."""
        if self.height <= most:
            return self.height
        layout, fits = self._document.documentLayout(), 0.0
        block = self._document.begin()
        while block.isValid():
            top, lines = layout.blockBoundingRect(block).top(), block.layout()
            for number in range(lines.lineCount()):
                line = lines.lineAt(number)
                bottom = top + line.y() + line.height()
                if bottom > most:
                    return fits
                fits = bottom
            block = block.next()
        return fits

    def link_at(self, point: QPointF) -> str:
        """Return where a link or mark at a point of the note leads; empty where there is none."""
        return str(self._document.documentLayout().anchorAt(point))

    def pixmap(self, ratio: float) -> QPixmap:
        """Return the note as it is painted, on nothing."""
        made = self._painted.get(ratio)
        if made is None:
            size = QSizeF(self._document.textWidth(), self.height + 1)
            made = QPixmap((size * ratio).toSize())
            made.setDevicePixelRatio(ratio)
            made.fill(QColor(0, 0, 0, 0))
            painter = QPainter(made)
            self._document.drawContents(painter)
            painter.end()
            self._painted = {ratio: made}
        return made


class SideNotesBook:
    """The notes of one text in one look, each set when it is first seen."""

    def __init__(self, text: Text, styles: StyleBook, width: int, pictures: QObject) -> None:
        self._text = text
        self._styles = styles
        self._width = width
        self._pictures = pictures
        self._builder = DocumentBuilder(text, styles, text.labels)
        self._set: OrderedDict[str, SideNote] = OrderedDict()
        self.line = styles.note_text().line_height

    def note(self, key: str) -> SideNote | None:
        """Return a note, set; None where there is no such note."""
        found = self._set.get(key)
        if found is not None:
            self._set.move_to_end(key)
            return found
        span = self._text.note_span(key)
        if span is None:
            return None
        document = self._builder.build(span.start, span.stop, numbered_notes=False).document
        unindent(document, self._styles.indent_step())
        document.documentLayout().registerHandler(PICTURE, self._pictures)
        document.setTextWidth(self._width)
        self._set[key] = made = SideNote(document, self.line)
        while len(self._set) > KEPT:
            self._set.popitem(last=False)
        return made

    def place(self, marks: Sequence[Marked]) -> Iterator[Placed]:
        """Yield the notes of some marks, in order: each beside its mark, or below the note before it.

        A note that several of the marks have stands at the first of them.
        """
        free, seen = float("-inf"), set[str]()
        shown = [mark for mark in marks if not (mark.key in seen or seen.add(mark.key))]  # type: ignore[func-returns-value]
        for number, mark in enumerate(shown):
            note = self.note(mark.key)
            if note is None:
                continue
            top = max(mark.top, free)
            following = shown[number + 1].top if number + 1 < len(shown) else float("inf")
            room = min(MOST_LINES * self.line, max(LEAST_LINES * self.line, following - top - GAP))
            cut = note.height > room + SPARED * self.line
            height = note.height_within(room - self.line) if cut else note.height
            free = top + height + (self.line if cut else 0) + GAP
            yield Placed(mark, top, height, cut)


def held(marks: Iterable[Placed], y: float, line: int) -> Placed | None:
    """Return the note at a height of the document; None where there is none."""
    return next((each for each in marks if each.top <= y < each.top + each.height + (line if each.cut else 0)), None)


LABEL_FLAGS = int(Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextDontClip)
LEFT, RIGHT = int(Qt.AlignmentFlag.AlignLeft), int(Qt.AlignmentFlag.AlignRight)
