"""What a search found, told with the words around it: the index knows places, the store the text."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from gettext import gettext as _

from reader.article.codec import Compiled, StoredArticleError
from reader.article.model import Block, Note
from reader.search.results import HEAD, NOTES, Answer, ArticleHits, BlockHit, Marks, SearchHit, head, snippet
from reader.store.errors import NoSuchArticleError
from reader.store.shelf import ShelfEntry

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SearchGroup:
    """An article and the hits in it, in reading order."""

    entry: ShelfEntry
    hits: tuple[SearchHit, ...]


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """What was found: articles best first.

    ``total`` counts all blocks that match, shown or not; ``hint`` is a sentence for the person, or
    empty; ``words`` are those that were looked for. ``damaged`` says that the index is to be made
    anew by ``Library.refresh_index``. ``suggestion`` is a query that finds more, or empty.
    """

    query: str
    groups: tuple[SearchGroup, ...] = ()
    total: int = 0
    hint: str = ""
    words: tuple[str, ...] = ()
    cut_short: bool = False
    damaged: bool = False
    suggestion: str = ""


def told(answer: Answer, groups: Sequence[SearchGroup], *, damaged: bool) -> SearchAnswer:
    """Return an answer of the index with its groups as they are shown."""
    shown = tuple(group for group in groups if group.hits)
    return SearchAnswer(
        answer.query,
        shown,
        answer.total,
        answer.hint,
        answer.words,
        answer.cut_short,
        damaged,
        answer.suggestion,
    )


def groups(
    answer: Answer,
    entries: Mapping[int, ShelfEntry],
    opened: Callable[[int], Compiled],
    step: Callable[[float], object],
) -> list[SearchGroup]:
    """Return the hits of an answer with their words; ``step`` is told the share that is done, for each hit.

    An article is left out that is not among the ``entries`` of the shelf, or cannot be read.
    """
    marks = Marks(answer.sought) if answer.sought else None
    told = []
    for number, found in enumerate(answer.groups):
        try:
            if found.article_id in entries:
                texts = _Texts(opened(found.article_id))
                hits = tuple(_hits(found, texts, marks, partial(step, number / len(answer.groups))))
                told.append(SearchGroup(entries[found.article_id], hits))
        except (NoSuchArticleError, StoredArticleError):
            log.info("article %d was found but cannot be shown", found.article_id)
    return told


def _hits(found: ArticleHits, texts: _Texts, marks: Marks | None, stop: Callable[[], object]) -> Iterator[SearchHit]:
    """Yield an article's hits with their words; without ``marks`` nothing is sought but a language or a tag.

    A hit is left out whose block no longer has the words: the index is behind the text by a
    revision, and soon will not be.
    """
    for hit in found.hits:
        stop()
        text = texts.of(hit.passage)
        ranges = () if marks is None else marks.of(text)
        if ranges or marks is None:
            yield SearchHit(found.article_id, hit.passage, texts.section_title(hit), snippet(text, ranges), ranges)


class _Texts:
    """The texts of an article's passages, each section decoded once."""

    def __init__(self, compiled: Compiled) -> None:
        self._compiled = compiled
        self._titles = [section.title for section in compiled.sections if section.level]
        self._sections: dict[int, tuple[Block, ...]] = {}
        self._notes: tuple[Note, ...] | None = None

    def of(self, passage: int) -> str:
        """Return the text of a passage as ``BlockHit`` counts them; empty where there is none."""
        if passage == HEAD:
            return head(self._compiled.metadata)
        if passage >= self._compiled.block_count:
            return self._of_note(passage - self._compiled.block_count)
        section = self._compiled.section_of(passage)
        if section not in self._sections:
            self._sections[section] = self._compiled.blocks(section)
        return self._sections[section][passage - self._compiled.sections[section].first].text

    def section_title(self, hit: BlockHit) -> str:
        """Return the heading that a hit stands under; empty before the first one."""
        if hit.section == NOTES:
            return _("Notes")
        return self._titles[hit.section] if 0 <= hit.section < len(self._titles) else ""

    def _of_note(self, block: int) -> str:
        if self._notes is None:
            self._notes = self._compiled.notes()
        texts = [each.text for note in self._notes for each in note.blocks]
        return texts[block] if block < len(texts) else ""
