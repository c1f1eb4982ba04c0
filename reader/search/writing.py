"""How articles get into the index: in batches, each one commit, segments kept few."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from whoosh.reading import SegmentReader

from reader.article.model import Article
from reader.search.schema import ARTICLE, blocks_of
from reader.search.storage import writing

if TYPE_CHECKING:
    from whoosh.codec.base import Segment
    from whoosh.index import FileIndex
    from whoosh.writing import IndexWriter, SegmentWriter

MAX_BATCH_CHARACTERS = 4_000_000
"""After so much text a bulk run commits and goes on: what is done outlives a kill."""

MAX_MEMORY_MB = 128
"""Of postings in memory, as Whoosh counts, before it writes them out to merge them later."""

MAX_SEGMENTS = 12


@contextmanager
def writer(index: FileIndex) -> Iterator[IndexWriter]:
    """Give a writer whose changes are committed at the end; where anything is raised, dropped.

    Raises:
        IndexWriteError, DamagedIndexError: see ``storage.writing``.
    """
    with writing():
        opened = index.writer(limitmb=MAX_MEMORY_MB, compound=False)
    done = False
    try:
        yield opened
        done = True
    finally:
        with writing():
            if done:
                opened.commit(mergetype=_merged)
            else:
                opened.cancel()


def write(index: FileIndex, items: Iterable[tuple[int, int, Article]], step: Callable[[int], object]) -> None:
    """Write in batches: within one, Whoosh could not take back what the batch itself added."""
    rest = iter(items)
    held = next(rest, None)
    done = 0
    while held is not None:
        seen: set[int] = set()
        characters = 0
        with writer(index) as opened:
            while held is not None and held[0] not in seen and characters < MAX_BATCH_CHARACTERS:
                with writing():
                    characters += _add(opened, *held)
                seen.add(held[0])
                done += 1
                step(done)
                held = next(rest, None)


def remove(index: FileIndex, article_id: int) -> None:
    with writer(index) as opened, writing():
        _delete(opened, article_id)


def _add(writer: IndexWriter, article_id: int, revision: int, article: Article) -> int:
    """Add an article in place of its older revision; return how many characters it has."""
    _delete(writer, article_id)
    characters = 0
    for block in blocks_of(article):
        place = {"article_number": article_id, "passage": block.passage, "section": block.section}
        head = {"is_head": "1", "revision": revision} if block.passage < 0 else {}
        writer.add_document(article=str(article_id), text=block.text, _text_boost=block.weight, **place, **head)
        characters += len(block.text)
    return characters


def _delete(writer: IndexWriter, article_id: int) -> None:
    writer.delete_by_term(ARTICLE, str(article_id))


def _merged(writer: SegmentWriter, segments: list[Segment]) -> list[Segment]:
    """Keep the segments few: drop the empty, and where they are many merge those of like size, small first."""
    live = sorted((segment for segment in segments if _documents(segment)), key=_documents)
    merged = documents = 0
    while (
        len(live) >= MAX_SEGMENTS and merged < len(live) and (merged < 2 or _documents(live[merged]) <= 2 * documents)
    ):
        documents += _documents(live[merged])
        merged += 1
    for segment in live[:merged]:
        reader = SegmentReader(writer.storage, writer.schema, segment)
        writer.add_reader(reader)  # type: ignore[no-untyped-call]
        reader.close()
    named = live[merged:] + ([writer.newsegment] if writer.doc_count() else [])  # type: ignore[no-untyped-call]
    writer.storage.keep([segment.segment_id() for segment in named])  # type: ignore[no-untyped-call]
    return live[merged:]


def _documents(segment: Segment) -> int:
    """Return how many documents of a segment are not deleted."""
    return int(segment.doc_count())  # type: ignore[no-untyped-call]
