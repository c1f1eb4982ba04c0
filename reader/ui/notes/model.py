"""An article's footnotes as rows: each note, then the sentences that carry its marks."""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum

from msgspec import Struct
from PySide6.QtCore import QModelIndex, QObject, Qt

from reader.ui.widgets.filtering import matches, words_of
from reader.ui.widgets.row_model import CHOSEN, READ_ONLY, RowModel, Says


class FootnoteRow(Struct, frozen=True):
    """A note and the sentences that carry its marks, in reading order.

    ``sentences`` and ``mark_offsets`` (canonical) go together; both are empty for a note that
    nothing marks. ``offset`` is where the note stands, -1 where there is a mark but no note: its
    ``text`` is empty then. Rows with a ``section`` are shown under its name.
    """

    key: str
    label: str
    text: str
    sentences: tuple[str, ...]
    mark_offsets: tuple[int, ...]
    offset: int
    section: str = ""

    @property
    def noteless(self) -> bool:
        return self.offset < 0


class FootnoteKind(IntEnum):
    """What a row is."""

    SECTION = 0
    NOTE = 1
    SENTENCE = 2
    UNMARKED = 3


class FootnoteRole(IntEnum):
    """What a row says beside its text, which is its DisplayRole."""

    KIND = Qt.ItemDataRole.UserRole + 1
    LABEL = Qt.ItemDataRole.UserRole + 2
    COUNT = Qt.ItemDataRole.UserRole + 3
    KEY = Qt.ItemDataRole.UserRole + 4
    OFFSET = Qt.ItemDataRole.UserRole + 5
    NOTELESS = Qt.ItemDataRole.UserRole + 6
    LAST = Qt.ItemDataRole.UserRole + 7


class _Row(Struct, frozen=True):
    kind: FootnoteKind
    text: str
    note: FootnoteRow | None = None
    offset: int = -1
    count: int = 0
    last: bool = False


class FootnoteModel(RowModel[_Row]):
    """Notes and sentences. A filter leaves the notes that have its words in note or sentence."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._notes: tuple[FootnoteRow, ...] = ()
        self._words: tuple[str, ...] = ()

    def show_notes(self, notes: tuple[FootnoteRow, ...]) -> None:
        self._notes = notes
        self._arrange()

    def filter(self, query: str) -> None:
        """Leave the notes in which, or in whose sentences, every word of ``query`` is found."""
        words = words_of(query)
        if words != self._words:
            self._words = words
            self._arrange()

    def row_of(self, key: str) -> QModelIndex:
        """Return the row of a note; an invalid index where the filter hides it."""
        return self._index_where(lambda row: row.kind is FootnoteKind.NOTE and _key(row) == key)

    def _arrange(self) -> None:
        shown = [note for note in self._notes if matches(self._words, note.label, note.text, *note.sentences)]
        self._reset(tuple(self._lines(shown)))

    def _lines(self, notes: list[FootnoteRow]) -> Iterator[_Row]:
        counts: dict[str, int] = {}
        for note in notes:
            counts[note.section] = counts.get(note.section, 0) + 1
        section = ""
        for note in notes:
            if note.section != section:
                section = note.section
                yield _Row(FootnoteKind.SECTION, section, count=counts[section])
            text = self.tr("The text has this mark, but no note for it.") if note.noteless else note.text
            yield _Row(FootnoteKind.NOTE, text, note, note.offset)
            if not note.mark_offsets:
                yield _Row(FootnoteKind.UNMARKED, self.tr("No mark in the text points to this note."), note, last=True)
            last = len(note.mark_offsets) - 1
            for number, (sentence, offset) in enumerate(zip(note.sentences, note.mark_offsets, strict=True)):
                yield _Row(FootnoteKind.SENTENCE, sentence, note, offset, last=number == last)

    # -- what a row says ---------------------------------------------------------------------------

    def _flags(self, row: _Row) -> Qt.ItemFlag:
        return READ_ONLY if row.kind in (FootnoteKind.SECTION, FootnoteKind.UNMARKED) else CHOSEN

    def _says(self) -> Says[_Row]:
        return {
            Qt.ItemDataRole.DisplayRole: lambda row: row.text,
            Qt.ItemDataRole.AccessibleTextRole: self._spoken,
            Qt.ItemDataRole.AccessibleDescriptionRole: self._described,
            FootnoteRole.KIND: lambda row: row.kind,
            FootnoteRole.LABEL: _label,
            FootnoteRole.COUNT: lambda row: row.count,
            FootnoteRole.KEY: _key,
            FootnoteRole.OFFSET: lambda row: row.offset,
            FootnoteRole.NOTELESS: lambda row: row.note is not None and row.note.noteless,
            FootnoteRole.LAST: lambda row: row.last,
        }

    def _spoken(self, row: _Row) -> str:
        label = _label(row)
        if row.kind is FootnoteKind.NOTE:
            return self.tr("Note {label}: {text}").format(label=label, text=row.text)
        if row.kind is FootnoteKind.SENTENCE:
            return self.tr("Mark {label}: {text}").format(label=label, text=row.text)
        return row.text

    def _described(self, row: _Row) -> str:
        if row.kind is FootnoteKind.NOTE and row.note is not None and not row.note.mark_offsets:
            return self.tr("No mark in the text points to this note.")
        if row.kind is FootnoteKind.SECTION:
            return self.tr("%n note(s)", "", row.count)
        return row.note.section if row.note is not None else ""


def _label(row: _Row) -> str:
    return row.note.label if row.note is not None else ""


def _key(row: _Row) -> str:
    return row.note.key if row.note is not None else ""
