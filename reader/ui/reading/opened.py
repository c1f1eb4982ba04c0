"""An article as the window holds it while it is read: nothing of it is decoded before it is wanted."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, overload

from msgspec import Struct

from reader.article.model import BlockKind, Image, Resource
from reader.article.numbers import paragraph_at, paragraph_count
from reader.article.skeleton import NUMBER, kind_byte
from reader.article.stored import StoredText

if TYPE_CHECKING:
    from reader.article.codec import Compiled
    from reader.article.model import Article, Metadata
    from reader.article.outline import Section
    from reader.article.text import Text
    from reader.library import Library

LETTERS_A_MINUTE = 1100
IDEOGRAPHS_A_MINUTE = 400
_IDEOGRAPHIC = ("zh", "ja", "ko")


class Mark(Struct, frozen=True):
    """A place that marks a note, and the sentence that carries it."""

    offset: int
    sentence: str


class LaterSections(Sequence["Section"]):
    """The sections of a text in reading order, worked out when the first of them is asked for."""

    def __init__(self, make: Callable[[], tuple[Section, ...]]) -> None:
        self._make = make

    @cached_property
    def _made(self) -> tuple[Section, ...]:
        return self._make()

    @overload
    def __getitem__(self, index: int) -> Section: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Section, ...]: ...

    def __getitem__(self, index: int | slice) -> Section | tuple[Section, ...]:
        return self._made[index]

    def __iter__(self) -> Iterator[Section]:
        return iter(self._made)

    def __len__(self) -> int:
        return len(self._made)


class OpenedArticle:
    """An article, and what is worked out of it when that is first wanted: outline, times, numbers.

    Whatever needs the words of the text may raise what ``StoredText`` does.
    """

    def __init__(self, article_id: int, compiled: Compiled, resources: Mapping[str, Resource]) -> None:
        """Take an article, and its pictures by name.

        Raises:
            DamagedArticleError: see ``StoredText``.
        """
        self.id = article_id
        self.resources = resources
        self.text: Text = StoredText(compiled)
        self._compiled = compiled

    @property
    def article(self) -> Article:
        """The whole article, decoded anew each time: for a file that is written, not for reading.

        Raises:
            DamagedArticleError: some part of it is damaged.
        """
        return self._compiled.article()

    @property
    def metadata(self) -> Metadata:
        return self._compiled.metadata

    @property
    def title(self) -> str:
        return self.metadata.title

    @property
    def body_length(self) -> int:
        return self.text.body_length

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of notes and marks in reading order."""
        return self.text.keys

    @property
    def labels(self) -> Mapping[str, str]:
        """What is shown for each key."""
        return self.text.labels

    # -- paragraphs --------------------------------------------------------------------------------

    @property
    def paragraphs(self) -> int:
        """How many paragraphs the body has."""
        return paragraph_count(self.text)

    def paragraph_at(self, offset: int) -> int:
        """Return the number, from 1, of the paragraph at a place or before it; 0 before the first."""
        return paragraph_at(self.text, self.text.place(offset).passage) if self.text.passages else 0

    # -- sections ----------------------------------------------------------------------------------

    @cached_property
    def root(self) -> Section:
        return self._compiled.outline()

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The sections in reading order."""
        return tuple(self.root.walk())

    @cached_property
    def later_sections(self) -> LaterSections:
        """The same, for what may never ask for one."""
        return LaterSections(lambda: self.sections)

    @cached_property
    def section_firsts(self) -> array[int]:
        """The first passage of each section, in the same order."""
        return array(NUMBER, [section.first for section in self.sections])

    def section_at(self, offset: int) -> Section:
        """Return the innermost section at a place; in the notes, the root."""
        if not self.text.passages:
            return self.root
        passage = self.text.place(offset).passage
        # The last that begins before a passage is the innermost that holds it: they leave no gap.
        number = bisect_right(self.section_firsts, passage) - 1
        return self.sections[number] if number >= 0 and passage < self.text.body_passages else self.root

    def own_length(self, section: Section) -> int:
        """Return how much text a section has without those below it."""
        return self.text.starts[section.own_end] - self.text.starts[section.first]

    def minutes(self, characters: int) -> int:
        """Return how long a person reads so many characters, at least one minute."""
        ideographic = self.metadata.language.startswith(_IDEOGRAPHIC)
        return max(1, round(characters / (IDEOGRAPHS_A_MINUTE if ideographic else LETTERS_A_MINUTE)))

    # -- notes, marks and anchors ------------------------------------------------------------------

    def note_offset(self, key: str) -> int | None:
        """Return where a note's text begins; None where there is no such note."""
        span = self.text.note_span(key)
        return None if span is None else self.text.offset(span.start)

    def words_of(self, key: str) -> str:
        """Return a note's text; empty where there is no such note."""
        span = self.text.note_span(key)
        return "" if span is None else self.text.slice(self.text.span(span[0])[0], self.text.span(span[-1])[1])

    def anchor_offset(self, anchor: str) -> int | None:
        """Return where the block with an anchor begins; None where there is none."""
        passage = self.text.anchor_passage(anchor)
        return None if passage is None else self.text.offset(passage)

    def marks(self) -> dict[str, tuple[Mark, ...]]:
        """Return for each marked key its marks in reading order; decodes all that has marks."""
        text, keys = self.text, self.text.keys
        found: dict[str, list[Mark]] = {}
        for offset, number in zip(*text.marks, strict=True):
            passage, within = text.place(offset)
            sentence = sentence_around(text.passages[passage].text, within)
            found.setdefault(keys[number], []).append(Mark(offset, sentence))
        return {key: tuple(marks) for key, marks in found.items()}


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


class StoredPictures(Mapping[str, Resource]):
    """The pictures of an article by their names, each read from the library when it is asked for."""

    def __init__(self, library: Library, article_id: int, text: Text) -> None:
        self._library = library
        self._article_id = article_id
        self._text = text
        self._read: dict[str, Resource | None] = {}

    def __getitem__(self, name: str) -> Resource:
        if name not in self._read:
            data = self._library.resource(self._article_id, name)
            self._read[name] = None if data is None else Resource(name, _media_type(data), data)
        found = self._read[name]
        if found is None:
            raise KeyError(name)
        return found

    def __iter__(self) -> Iterator[str]:
        return (name for name in self._names if name in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    @cached_property
    def _names(self) -> tuple[str, ...]:
        """The names that the text shows, there or not, each once in reading order."""
        text, image = self._text, kind_byte(BlockKind.IMAGE)
        details = (text.passages[passage].detail for passage, kind in enumerate(text.kinds) if kind == image)
        return tuple(dict.fromkeys(detail.resource for detail in details if isinstance(detail, Image)))


def open_article(library: Library, article_id: int) -> OpenedArticle:
    """Return an article of the library, ready to be read: its words and pictures are read on demand.

    Raises:
        ReaderError: it is not there, or damaged.
    """
    opened = OpenedArticle(article_id, library.compiled(article_id), {})
    opened.resources = StoredPictures(library, article_id, opened.text)
    return opened


def _media_type(data: bytes) -> str:
    """Tell a drawing from a photograph by its content: names lie."""
    return "image/svg+xml" if b"<svg" in data[:4096] else "image/*"
