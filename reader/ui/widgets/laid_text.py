"""Text laid out within a row.

Texts come from files: they are laid out as plain text always, never read as markup.
"""

from __future__ import annotations

from msgspec import Struct
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QTextCharFormat, QTextLayout, QTextOption

Ranges = tuple[tuple[int, int], ...]

MAX_LAID_CHARACTERS = 1000
"""What a row could show at the very most; the rest of a longer text is not even measured."""


class TextStyle(Struct, frozen=True):
    """How a text in a row is set: its face, the height of its lines in px, and how many at most."""

    font: QFont
    line_height: int
    lines: int
    marked: QFont | None = None


class LaidText(Struct, frozen=True):
    """A text laid out; ``ranges`` are in UTF-16 units of the layout's own text.

    ``rest`` is where its last line begins, if more would follow that there is no room for.
    """

    layout: QTextLayout
    height: int
    line_height: int
    ranges: Ranges
    rest: int | None = None

    def rectangles(self, at: QPointF) -> list[QRectF]:
        """Return where the ranges stand when the text is drawn at ``at``, one rectangle a line."""
        found: list[QRectF] = []
        for number in range(self.layout.lineCount()):
            line = self.layout.lineAt(number)
            first, last = line.textStart(), line.textStart() + line.textLength()
            for start, end in self.ranges:
                a, b = max(start, first), min(end, last)
                if a >= b:
                    continue
                one, other = _x(line.cursorToX(a)), _x(line.cursorToX(b))
                top = at.y() + number * self.line_height
                found.append(QRectF(at.x() + min(one, other), top, abs(other - one), self.line_height))
        return found


def _x(value: object) -> float:
    """Return the position of a cursor, which PySide gives with the cursor or alone."""
    return float(value[0]) if isinstance(value, tuple) else float(str(value))


def lay_out(text: str, style: TextStyle, width: float, ranges: Ranges = ()) -> LaidText:
    """Lay ``text`` out in lines of ``width``; what the last line cannot hold ends in an ellipsis.

    ``ranges`` count code points; they are set in the style's ``marked`` face.
    """
    return shorten(measure(text, style, width, ranges), style, width)


def measure(text: str, style: TextStyle, width: float, ranges: Ranges = ()) -> LaidText:
    """Lay ``text`` out to know its height; it may lack its ellipsis yet: see ``shorten``."""
    plain = text[:MAX_LAID_CHARACTERS].replace("\n", " ").replace("\u2029", " ").replace("\t", " ")
    return _fill(plain, style, width, tuple((_units(plain, start), _units(plain, end)) for start, end in ranges))


def tail(text: str, style: TextStyle, width: float) -> str:
    """Return the end of ``text`` that fits, after an ellipsis; the whole where that fits."""
    text = text[-MAX_LAID_CHARACTERS:]
    laid = measure(text, style, width)
    while laid.rest is not None:
        last = laid.layout.lineAt(style.lines - 1)
        # The lines of the end may break less well than those of the beginning: lose a word at a time.
        room = min(last.textStart() + last.textLength(), len(text) - 1)
        kept = text[-room:].partition(" ")[2] or text[1 - room :]
        if room < 2:
            break
        text = "…" + kept.lstrip("… ")
        laid = measure(text, style, width)
    return text


def shorten(laid: LaidText, style: TextStyle, width: float) -> LaidText:
    """Return a text that was measured as it is to be drawn: shortened where it is too long."""
    if laid.rest is None:
        return laid
    encoded = laid.layout.text().encode("utf-16-le", "surrogatepass")
    kept = encoded[: laid.rest * 2].decode("utf-16-le", "surrogatepass")
    tail = encoded[laid.rest * 2 :].decode("utf-16-le", "surrogatepass")
    metrics = QFontMetricsF(style.marked or style.font)
    shortened = _after_a_word(metrics.elidedText(tail, Qt.TextElideMode.ElideRight, width - 2), tail)
    whole = _units(kept + shortened, len(kept + shortened))
    # The ellipsis itself is never marked.
    cut = whole - 1 if shortened.endswith("…") else whole
    units = tuple((start, min(end, cut)) for start, end in laid.ranges if start < cut)
    return _fill(kept + shortened, style, width, units)


def _after_a_word(shortened: str, whole: str) -> str:
    """Put the ellipsis after the last whole word, where that costs only a few letters."""
    if not shortened.endswith("…") or shortened == whole:
        return shortened
    line = shortened[:-1]
    if not whole[len(line) : len(line) + 1].isspace():
        words = line.rpartition(" ")[0]
        line = words if len(words) * 3 > len(line) * 2 else line
    return line.rstrip(" ,;:—–-") + "…"


def _units(text: str, index: int) -> int:
    """Return an index of code points as one of UTF-16 units, which Qt counts in."""
    return index if text.isascii() else len(text[:index].encode("utf-16-le", "surrogatepass")) // 2


def _fill(text: str, style: TextStyle, width: float, units: Ranges) -> LaidText:
    """Lay out as many lines as may be."""
    layout = QTextLayout(text, style.font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    layout.setTextOption(option)
    if style.marked is not None and units:
        layout.setFormats([text_format(start, end, font=style.marked) for start, end in units])
    metrics = QFontMetricsF(style.font)
    base = (style.line_height - metrics.ascent() - metrics.descent()) / 2 + metrics.ascent()
    layout.beginLayout()
    number, rest = 0, None
    while True:
        line = layout.createLine()
        if not line.isValid():
            break
        if number == style.lines:
            rest = layout.lineAt(number - 1).textStart()
            line.setNumColumns(1)
            line.setPosition(QPointF(0, -10_000))
            break
        line.setLineWidth(width)
        line.setPosition(QPointF(0, number * style.line_height + base - line.ascent()))
        number += 1
    layout.endLayout()
    return LaidText(layout, number * style.line_height, style.line_height, units, rest)


def text_format(
    start: int, end: int, *, font: QFont | None = None, ink: QColor | None = None
) -> QTextLayout.FormatRange:
    """Return a range that is set in another face or colour."""
    made = QTextLayout.FormatRange()
    made.start, made.length = start, end - start
    form = QTextCharFormat()
    if font is not None:
        form.setFont(font)
    if ink is not None:
        form.setForeground(ink)
    made.format = form
    return made
