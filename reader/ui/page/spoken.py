"""What is said of a place in a text, for those who hear it. Places are canonical offsets."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from reader.article.model import BlockKind

if TYPE_CHECKING:
    from reader.article.text import Text

MAX_SPOKEN = 2_000
"""Letters of one passage or note that are said at once: some four minutes. More is read in the text itself."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("Spoken", text)


def passage_spoken(text: Text, passage: int, *, folded: bool = False) -> str:
    """Say a passage: its words, and what it is where that is not told by them; a heading may be ``folded``."""
    block = text.passages[passage]
    words = shortened(" ".join(block.text.split()))
    key = text.note_of(passage)
    if key is not None:
        return _tr("Note {label}: {text}").format(label=text.labels.get(key, key), text=words)
    match block.kind:
        case BlockKind.HEADING if folded:
            return _tr("Heading level {level}, folded: {text}").format(level=block.level, text=words)
        case BlockKind.HEADING:
            return _tr("Heading level {level}: {text}").format(level=block.level, text=words)
        case BlockKind.QUOTATION:
            return _tr("Quotation: {text}").format(text=words)
        case BlockKind.LIST_ITEM:
            return _tr("List item: {text}").format(text=words)
        case BlockKind.IMAGE:
            return _tr("Picture: {text}").format(text=words)
        case BlockKind.TABLE_ROW:
            return _tr("Row of a table: {text}").format(text=shortened("; ".join(block.cells)))
        case BlockKind.RULE:
            return _tr("A line across")
    return words


def note_words(text: Text, key: str) -> str:
    """Return a note's words; empty where there is no such note."""
    span = text.note_span(key)
    return "" if span is None else shortened(" ".join(text.passages[passage].text for passage in span))


def note_spoken(text: Text, key: str) -> str:
    """Say a note with its label."""
    words = note_words(text, key) or _tr("The note itself is missing.")
    return _tr("Note {label}: {text}").format(label=text.labels.get(key, key), text=words)


def mark_at(text: Text, offset: int) -> str | None:
    """Return the key of the first mark that stands at an offset; None where none does."""
    offsets, keys = text.marks
    number = bisect_left(offsets, offset)
    return text.keys[keys[number]] if number < len(offsets) and offsets[number] == offset else None


def line_around(text: Text, start: int, end: int, reach: int = 60) -> str:
    """Return a place with some words before and after it, within its passage, cut at spaces."""
    passage = text.place(start).passage
    first, last = text.span(passage)
    before, after = text.slice(max(first, start - reach), start), text.slice(end, min(last, end + reach))
    if start - reach > first:
        before = before[before.find(" ") + 1 :]
    if end + reach < last:
        after = after[: after.rfind(" ")] if " " in after else after
    return " ".join(f"{before}{text.slice(start, end)}{after}".split())


def shortened(words: str) -> str:
    """Cut what is too long to be said at once, after a word."""
    return words if len(words) <= MAX_SPOKEN else words[:MAX_SPOKEN].rsplit(" ", 1)[0] + "…"
