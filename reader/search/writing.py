"""How articles get into the index: in batches, each one commit, and how segments are kept few.

What is Whoosh's: the folder, its lock, generations, the table of contents, and which documents of a
segment are deleted. A segment's file is our own (see ``layout``), and Whoosh never merges it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from reader.article.model import Article
from reader.search.batch import Batch
from reader.search.blocks import entries
from reader.search.merging import merged
from reader.search.segment import Segment
from reader.search.storage import IndexFolder, Listed, writing
from reader.search.tables import articles_in

MAX_SEGMENTS = 24
"""So many may be in force; of more, small ones are merged by a commit, unless ``settling`` came before it."""

MAX_DOCUMENTS_AT_ONCE = 20_000
"""Of segments that are merged while something waits to be written (a second's work, at most)."""

Item = tuple[int, int, Article]
"""Number, revision and text of an article."""


class Commit:
    """A change of the index, by whoever has the lock: segments come and go, articles are deleted."""

    def __init__(self, folder: IndexFolder) -> None:
        self._folder = folder
        self.segments = folder.contents()

    def path(self, segment: Listed) -> Path:
        return self._folder.path / segment.file

    def delete(self, article_ids: Iterable[int]) -> None:
        """Let articles no longer count; of those that are not there nothing happens."""
        wanted = set(article_ids)
        for segment in self.segments:
            articles, firsts = articles_in(self.path(segment))
            for place in [place for place, known in enumerate(articles) if known in wanted]:
                segment.delete(firsts[place], firsts[place + 1])

    def add(self, batch: Batch) -> None:
        """Write a batch as a segment, in place of what was there of its articles."""
        self.delete(batch.documents.articles)
        made = Listed()
        batch.write(self.path(made))
        made.documents = len(batch.documents)
        self.segments.append(made)

    def merge(self, few: Sequence[Listed]) -> None:
        """Make one segment of a few."""
        made = Listed()
        with opened(self._folder, few) as sources:
            documents = merged(sources, self.path(made))
        self._exchange(few, made, len(documents))

    def exchange(self, few: Sequence[Listed], file: Path, documents: int) -> Listed:
        """Take a file that a few segments were merged into, in place of them; return its segment."""
        made = Listed()
        file.replace(self.path(made))
        self._exchange(few, made, documents)
        return made

    def _exchange(self, few: Sequence[Listed], made: Listed, documents: int) -> None:
        made.documents = documents
        self.segments = [segment for segment in self.segments if segment not in few]
        self.segments.append(made)

    def close(self) -> None:
        """Put the change in force, for whoever opens the index from now on."""
        self.segments = [segment for segment in self.segments if segment.live]
        small = mergeable(self.segments, MAX_DOCUMENTS_AT_ONCE)
        if len(self.segments) > MAX_SEGMENTS and len(small) > 1:
            self.merge(small)
        self._folder.put_in_force(self.segments)


@contextmanager
def opened(folder: IndexFolder, segments: Iterable[Listed]) -> Iterator[list[Segment]]:
    """Open segments for as long as the ``with`` block lasts."""
    with ExitStack() as stack:
        found = (Segment(folder.path / segment.file, segment.deleted) for segment in segments)
        yield [stack.enter_context(closing(segment)) for segment in found]


def check(folder: IndexFolder) -> None:
    """Look whether the index can be written to, as far as can be seen at a glance.

    Raises:
        DamagedIndexError, OSError: it cannot.
    """
    folder.verify()
    for segment in folder.contents():
        articles_in(folder.path / segment.file)


def mergeable(segments: Iterable[Listed], most: int) -> list[Listed]:
    """Return the segments that are worth merging: of like size, small first, ``most`` documents together."""
    chosen: list[Listed] = []
    documents = 0
    for segment in sorted(segments, key=lambda each: each.live):
        size = segment.live
        if documents + size > most or (len(chosen) > 1 and size > 2 * documents):
            break
        chosen.append(segment)
        documents += size
    return chosen if len(chosen) > 1 else []


def write(folder: IndexFolder, items: Iterable[Item], step: Callable[[int], object]) -> None:
    """Index articles, each in place of its older revision; ``step`` is told how many are done."""
    batch = Batch()
    seen: set[int] = set()
    for done, (article_id, revision, article) in enumerate(items, 1):
        if batch.is_full or article_id in seen:
            _commit(folder, batch)
            batch = Batch()
            seen.clear()
        batch.add(article_id, revision, article.metadata.language, entries(article))
        seen.add(article_id)
        step(done)
    if seen:
        _commit(folder, batch)


def _commit(folder: IndexFolder, batch: Batch) -> None:
    with writing():
        commit = Commit(folder)
        commit.add(batch)
        commit.close()


def remove(folder: IndexFolder, article_ids: Iterable[int]) -> None:
    with writing():
        commit = Commit(folder)
        commit.delete(article_ids)
        commit.close()
