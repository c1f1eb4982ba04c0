"""An article as the window holds it while it is read."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from typing import TYPE_CHECKING

from msgspec import Struct

from reader.article.model import BlockKind, Image, Resource
from reader.article.notes import keys_in_reading_order, labels, marks_by_note
from reader.article.outline import outline, section_at
from reader.article.text import CanonicalText

if TYPE_CHECKING:
    from reader.article.model import Article, Block
    from reader.article.outline import Section
    from reader.library import Library

LETTERS_A_MINUTE = 1100
IDEOGRAPHS_A_MINUTE = 400
_IDEOGRAPHIC = ("zh", "ja", "ko")
_COUNTED = (BlockKind.PARAGRAPH, BlockKind.QUOTATION, BlockKind.LEAD, BlockKind.VERSE)


class Mark(Struct, frozen=True):
    """A place that marks a note, and the sentence that carries it."""

    offset: int
    sentence: str


class OpenedArticle:
    """An article with all that is worked out of it once: outline, labels, times, numbers."""

    def __init__(self, article_id: int, article: Article, resources: dict[str, Resource]) -> None:
        self.id = article_id
        self.article = article
        self.resources = resources
        self.text = CanonicalText(article)
        self.root = outline(article.blocks)
        self.sections: tuple[Section, ...] = tuple(self.root.walk())
        keys = keys_in_reading_order(article.blocks, ((note.key, note.blocks) for note in article.notes))
        self.labels = labels(keys) | {note.key: note.label for note in article.notes}
        self.keys = tuple(keys)
        counted = (i for i, block in enumerate(article.blocks) if block.kind in _COUNTED)
        self._numbered = array("L", counted)

    @property
    def title(self) -> str:
        return self.article.metadata.title

    @property
    def body_length(self) -> int:
        return len(self.text.body)

    @property
    def paragraphs(self) -> int:
        """How many paragraphs the body has."""
        return len(self._numbered)

    def paragraph_at(self, offset: int) -> int:
        """Return the number, from 1, of the paragraph at a place or before it; 0 before the first."""
        if not self.text.passages:
            return 0
        return bisect_right(self._numbered, self.text.place(offset).passage)

    def section_at(self, offset: int) -> Section:
        """Return the innermost section at a place; in the notes, the root."""
        if not self.text.passages:
            return self.root
        return section_at(self.root, self.text.place(offset).passage)

    def own_length(self, section: Section) -> int:
        """Return how much text a section has without those below it."""
        return self.text.starts[section.own_end] - self.text.starts[section.first]

    def minutes(self, characters: int) -> int:
        """Return how long a person reads so many characters, at least one minute."""
        ideographic = self.article.metadata.language.startswith(_IDEOGRAPHIC)
        return max(1, round(characters / (IDEOGRAPHS_A_MINUTE if ideographic else LETTERS_A_MINUTE)))

    def note_offset(self, key: str) -> int | None:
        """Return where a note's text begins; None where there is no such note."""
        for passage in range(self.text.body_passages, len(self.text.passages)):
            if self.text.note_of(passage) == key:
                return self.text.offset(passage)
        return None

    def anchor_offset(self, anchor: str) -> int | None:
        """Return where the block with an anchor begins; None where there is none."""
        for passage, block in enumerate(self.text.passages):
            if block.anchor == anchor:
                return self.text.offset(passage)
        return None

    def marks(self) -> dict[str, tuple[Mark, ...]]:
        """Return for each marked key its marks in reading order."""
        found = marks_by_note(self.article)
        return {
            key: tuple(
                Mark(
                    self.text.offset(place.passage, place.mark.offset), self._sentence(place.passage, place.mark.offset)
                )
                for place in places
            )
            for key, places in found.items()
        }

    def _sentence(self, passage: int, offset: int) -> str:
        return sentence_around(self.text.passages[passage].text, offset)


def sentence_around(text: str, offset: int) -> str:
    """Return the sentence of a passage that a mark at ``offset`` belongs to (one that it ends, too)."""
    ends = ".!?…。！？"
    closing = "\"'”’»)]"
    start = offset
    # A mark after the full stop belongs to the sentence before it.
    while start and (text[start - 1] in closing or text[start - 1].isspace() or text[start - 1] in ends):
        start -= 1
    while start and not (text[start - 1] in ends and text[start : start + 1].isspace()):
        start -= 1
    end = max(offset, start)
    if offset and text[offset - 1 : offset] in tuple(ends + closing):
        return text[start:offset].strip()
    while end < len(text) and text[end] not in ends:
        end += 1
    while end < len(text) and text[end] in ends + closing:
        end += 1
    return text[start:end].strip()


def open_article(library: Library, article_id: int) -> OpenedArticle:
    """Return an article of the library, ready to be read, with its pictures.

    Raises:
        ReaderError: it is not there, or damaged.
    """
    article = library.article(article_id)
    resources: dict[str, Resource] = {}
    for name in dict.fromkeys(_picture_names(article)):
        data = library.resource(article_id, name)
        if data is not None:
            resources[name] = Resource(name, _media_type(data), data)
    return OpenedArticle(article_id, article, resources)


def _picture_names(article: Article) -> list[str]:
    def names(blocks: tuple[Block, ...]) -> list[str]:
        return [block.detail.resource for block in blocks if isinstance(block.detail, Image)]

    return names(article.blocks) + [name for note in article.notes for name in names(note.blocks)]


def _media_type(data: bytes) -> str:
    """Tell a drawing from a photograph by its content: names lie."""
    return "image/svg+xml" if b"<svg" in data[:4096] else "image/*"
