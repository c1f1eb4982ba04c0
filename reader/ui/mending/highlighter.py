"""Markdown in colours: what a line is, and what is marked in it."""

from __future__ import annotations

import re

from PySide6.QtGui import QFont, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from reader.theme import Theme
from reader.ui.look.palette import colour

MAX_LINE_CHARACTERS = 20_000
"""What stands in a longer line is not coloured."""
PLAIN, HEADER, CODE, COMMENT = 0, 1, 2, 3
"""What a line's end leaves open."""
_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]|$)")
_QUOTED = re.compile(r" {0,3}>")
_FENCE = re.compile(r"\s*(?:>\s*)*(?:`{3,}|~{3,})")
_NOTE = re.compile(r" {0,3}\[\^[^\]\s]+\]:")
_KIND = re.compile(r"\s*\{:?[^{}]*\}\s*$")
_INLINE = re.compile(
    r"(?P<skip>\\.)|(?P<code>`[^`]+`)|(?P<mark>\[\^[^\]\s]+\])|(?P<link>!?\[[^\]\[]{0,500}\]\([^()\s]*[^()]{0,200}\))"
    r"|(?P<strong>\*\*(?=\S)[^*]{1,1000}?\*\*)|(?P<emphasis>\*(?=[^\s*])[^*]{1,1000}?\*|(?<!\w)_(?=\S)[^_]{1,1000}?_(?!\w))"
    r"|(?P<comment><!--.{0,4000}?-->)"
)


class Highlighter(QSyntaxHighlighter):
    """Colours the Markdown of a document in a theme."""

    def __init__(self, document: QTextDocument, theme: Theme) -> None:
        super().__init__(document)
        self._formats = _formats(theme)

    def set_theme(self, theme: Theme) -> None:
        self._formats = _formats(theme)
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        before = max(PLAIN, self.previousBlockState())
        state, whole = _line(text, before, first=self.currentBlock().blockNumber() == 0)
        self.setCurrentBlockState(state)
        length = len(text.encode("utf-16-le")) // 2 if not text.isascii() else len(text)
        if whole:
            self.setFormat(0, length, self._formats[whole])
        if before in (HEADER, CODE) or state in (HEADER, CODE, COMMENT) or len(text) > MAX_LINE_CHARACTERS:
            return
        plane = _units if not text.isascii() and length != len(text) else None
        for found in _INLINE.finditer(text):
            name = found.lastgroup or ""
            if name != "skip":
                start, end = found.span() if plane is None else plane(text, *found.span())
                made = QTextCharFormat(self._formats[whole]) if whole else QTextCharFormat()
                made.merge(self._formats[name])
                self.setFormat(start, end - start, made)


def _units(text: str, start: int, end: int) -> tuple[int, int]:
    """Return code points as the UTF-16 units that Qt counts."""
    first = len(text[:start].encode("utf-16-le")) // 2
    return first, first + len(text[start:end].encode("utf-16-le")) // 2


def _line(text: str, before: int, *, first: bool) -> tuple[int, str]:
    """Return what a line leaves open, and what it is as a whole."""
    if before == HEADER or (first and text.strip() == "---"):
        return (PLAIN if before == HEADER and text.strip() in ("---", "...") else HEADER), "header"
    fence = _FENCE.match(text) is not None
    if before == CODE or fence:
        return (PLAIN if before == CODE and fence else CODE), "code"
    if before == COMMENT:
        return (PLAIN if "-->" in text else COMMENT), "comment"
    return (COMMENT if text.rfind("<!--") > text.rfind("-->") else PLAIN), _kind(text)


def _kind(text: str) -> str:
    """Return what a line is that nothing is open over."""
    for name, pattern in (("heading", _HEADING), ("quotation", _QUOTED), ("note", _NOTE), ("comment", _KIND)):
        if pattern.match(text):
            return name
    return "comment" if text.lstrip().startswith("<!--") else ""


def _formats(theme: Theme) -> dict[str, QTextCharFormat]:
    def made(ink: str = "", *, weight: int = 0, italic: bool = False, ground: str = "") -> QTextCharFormat:
        text = QTextCharFormat()
        if ink:
            text.setForeground(colour(ink))
        if weight:
            text.setFontWeight(weight)
        if italic:
            text.setFontItalic(True)
        if ground:
            text.setBackground(colour(ground))
        return text

    bold = QFont.Weight.DemiBold
    return {
        "header": made(theme.muted),
        "heading": made(theme.accent, weight=bold),
        "quotation": made(theme.muted, italic=True),
        "note": made(theme.ui_text, ground=theme.background),
        "comment": made(theme.muted, ground=theme.background),
        "code": made(theme.text, ground=theme.hover),
        "mark": made(theme.link, weight=bold),
        "link": made(theme.link),
        "strong": made(weight=bold),
        "emphasis": made(italic=True),
    }
