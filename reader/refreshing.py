"""Bringing the search index up to date with the store: what changed since, the newest first, a slice at a time.

After each slice others may write, so what is saved meanwhile is found soon; and whatever stops the work, a kill
too, the next one goes on behind the last slice. What is to be done is looked up with the index's lock held:
of two programs that bring one index up to date, none does what the other did.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

import msgspec
from msgspec import structs

from reader import __version__
from reader.article.codec import StoredArticleError, decode
from reader.article.model import Article
from reader.stamps import INDEXED, Stamps
from reader.store.articles import Articles
from reader.store.errors import NoSuchArticleError

if TYPE_CHECKING:
    from reader.search.index import SearchIndex

log = logging.getLogger(__name__)

MAX_SMALL_BYTES, MAX_SMALL_ARTICLES = 2**19, 50
"""What is no more than this, of stored text, is sooner done than a process is started."""
SLICE_BYTES = 32 * 2**20
"""Of stored text that is indexed at once; a few seconds' work."""

Step = Callable[[float], object]


class Refreshing:
    """What one refresh is made of. The index is loaded when it is needed."""

    def __init__(self, articles: Articles, stamps: Stamps, index: Callable[[], SearchIndex]) -> None:
        self._articles = articles
        self._stamps = stamps
        self._index = index

    def seems_done(self) -> bool:
        """Say whether the index was brought to this state before, as a file beside it tells.

        Raises:
            LibraryError: the store cannot be read.
        """
        return self._stamps.has(INDEXED, self._told(self._articles.currents()))

    def seems_small(self) -> bool:
        """Say whether little is to be done, as a file beside the index tells.

        Raises:
            LibraryError: the store cannot be read.
        """
        return self._is_small(self._stamped())

    def is_small(self) -> bool:
        """Say whether little is to be done, as the index itself tells.

        Raises:
            LibraryError: the store cannot be read.
        """
        return self._stamps.index_belongs_here() and self._is_small(self._index().state())

    def refresh(self, step: Step) -> bool:
        """Do it. ``step`` is told the share that is done, and what it raises stops the work.

        Returns:
            False where not all came in: another program went on writing all the time, say.

        Raises:
            LibraryError, IndexWriteError: see there.
        """
        index = self._index()
        if not self._stamps.index_belongs_here():
            if not index.clear():  # of a library that was here before: its numbers mean other articles
                return False
            self._stamps.put(INDEXED, self._told({}))
        elif not self._stamps.get(INDEXED):
            self._stamps.put(INDEXED, self._told({}))  # or what is killed now would look like another library's
        for article_id in index.state().keys() - self._articles.currents().keys():
            index.remove(article_id)
        slices = _Slices(self._articles, index, step)
        while not slices.over:
            if not index.replace_many(slices.next(), slices.tell):
                return False
        self._stamps.put(INDEXED, self._told(slices.wanted))
        log.info("search index: %d articles brought up to date", slices.count)
        return True

    def _is_small(self, indexed: Mapping[int, int]) -> bool:
        wanted = self._articles.currents()
        changed = _changed(wanted, indexed)
        if len(changed) + len(indexed.keys() - wanted.keys()) > MAX_SMALL_ARTICLES:
            return False
        return sum(self._articles.size(revision) for revision, _id in changed) <= MAX_SMALL_BYTES

    def _told(self, indexed: Mapping[int, int]) -> bytes:
        return msgspec.json.encode((__version__, self._stamps.identity(), sorted(indexed.items())))

    def _stamped(self) -> dict[int, int]:
        try:
            told = msgspec.json.decode(self._stamps.get(INDEXED), type=tuple[str, str, list[tuple[int, int]]])
        except msgspec.DecodeError:
            return {}
        return dict(told[2]) if told[1] == self._stamps.identity() else {}


class _Slices:
    """What is to be indexed."""

    def __init__(self, articles: Articles, index: SearchIndex, step: Step) -> None:
        self.over = False
        self.count = 0
        self.wanted: dict[int, int] = {}
        """The revisions that the index has to have."""
        self._articles = articles
        self._index = index
        self._step = step
        self._tried: set[tuple[int, int]] = set()
        self._sizes: dict[int, int] = {}
        self._done = self._total = 0

    def next(self) -> Iterator[tuple[int, int, Article]]:
        """Yield number, revision and text of articles, but for those that are gone or damaged by now."""
        self.wanted = self._articles.currents()
        changed = [each for each in _changed(self.wanted, self._index.state()) if each not in self._tried]
        self._total = self._done + sum(self._size(revision) for revision, _id in changed)
        self.over = True
        if changed:
            self.tell(0)
        taken = 0
        for revision, article_id in changed:
            if taken and taken + self._size(revision) > SLICE_BYTES:
                self.over = False
                return
            self._tried.add((revision, article_id))
            taken += self._size(revision)
            self._done += self._size(revision)
            yield from self._text(article_id)

    def tell(self, _number: int) -> None:
        """Tell how much is done."""
        self._step(min(1.0, self._done / self._total) if self._total else 0.0)

    def _text(self, article_id: int) -> Iterator[tuple[int, int, Article]]:
        try:
            revision, title = self._articles.current(article_id)
            article = decode(self._articles.compiled(revision), title)
            metadata = self._articles.metadata(article_id, article.metadata)
        except (NoSuchArticleError, StoredArticleError):
            log.warning("article %d could not be indexed", article_id)
            return
        self.count += 1
        yield article_id, revision, structs.replace(article, metadata=metadata)

    def _size(self, revision: int) -> int:
        if revision not in self._sizes:
            self._sizes[revision] = self._articles.size(revision)
        return self._sizes[revision]


def _changed(wanted: Mapping[int, int], indexed: Mapping[int, int]) -> list[tuple[int, int]]:
    """Return revision and article of what is not indexed as it is, the newest first."""
    changed = ((revision, article_id) for article_id, revision in wanted.items() if indexed.get(article_id) != revision)
    return sorted(changed, reverse=True)
