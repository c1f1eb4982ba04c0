"""Many segments become few, while others search and write: the files are merged first, and then exchanged."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import islice
from uuid import uuid4

from reader.search.merging import merged
from reader.search.postings import MAX_DOCUMENTS
from reader.search.storage import IndexFolder, Listed, writing
from reader.search.tables import Documents
from reader.search.writing import Commit, mergeable, opened

MIN_SEGMENTS = 4
"""Fewer of like size are left as they are."""

_PART_DELETED = 3  # a segment of which a third is deleted is written anew
_TEMPORARY = "merging-*.tmp"  # no name of Whoosh's, or the next commit would remove it


class Settling:
    """One merge. There may be only one at a time."""

    def __init__(self, folder: IndexFolder) -> None:
        self._folder = folder
        self._few: list[Listed] = []
        self._documents = Documents()
        self._file = folder.path / _TEMPORARY.replace("*", uuid4().hex)
        self.is_done = False

    def merge(self, step: Callable[[], object]) -> bool:
        """Merge what is worth it into a file that is not in force yet; say whether anything was.

        ``step`` is called now and then; what it raises stops the work.

        Raises:
            IndexWriteError, DamagedIndexError: see ``storage.writing``.
        """
        for leftover in self._folder.path.glob(_TEMPORARY):  # of one that was killed
            with suppress(OSError):
                leftover.unlink()
        try:
            return self._merge(step)
        except BaseException:
            self._file.unlink(missing_ok=True)
            raise

    def _merge(self, step: Callable[[], object]) -> bool:
        with writing():
            self._few = worth_merging(self._folder.contents())
        if not self._few:
            return False
        try:
            with opened(self._folder, self._few) as sources:
                step()
                self._documents = merged(sources, self._file, step)
        except FileNotFoundError:
            return False  # a commit merged them meanwhile
        return True

    def put_in_force(self, folder: IndexFolder) -> None:
        """Exchange the segments for the merged one, as far as they are still in force; with the lock held."""
        with writing():
            self._exchange(folder)

    def _exchange(self, folder: IndexFolder) -> None:
        commit = Commit(folder)
        # What is no longer among them was deleted altogether, or merged by a commit: either way, it is not here.
        taken = [segment for segment in commit.segments if segment in self._few]
        if folder.path == self._folder.path and taken:
            made = commit.exchange(taken, self._file, len(self._documents))
            self._delete_since(made, taken)
            commit.close()
            self.is_done = True
        self._file.unlink(missing_ok=True)

    def _delete_since(self, made: Listed, taken: list[Listed]) -> None:
        """Delete in the merged segment what was deleted in the others since."""
        merged_before = {segment.file: segment.deleted for segment in self._few}
        if {segment.file: segment.deleted for segment in taken} == merged_before:
            return
        alive: set[int] = set()
        with opened(self._folder, taken) as sources:
            for source in sources:
                alive.update(source.documents.articles[place] for place in source.articles())
        for place, article in enumerate(self._documents.articles):
            if article not in alive:
                made.delete(*self._documents.range_of(place))


def worth_merging(segments: Sequence[Listed]) -> list[Listed]:
    chosen = mergeable(segments, MAX_DOCUMENTS)
    if len(chosen) >= MIN_SEGMENTS:
        return chosen
    wasteful = (
        segment for segment in segments if (segment.documents - segment.live) * _PART_DELETED > segment.documents
    )
    return list(islice(wasteful, 1))
