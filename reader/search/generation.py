"""A generation of the index, open for reading."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from reader.search.segment import Segment
from reader.search.statistics import Statistics
from reader.search.storage import IndexFolder


class Generation:
    """What the index was after one commit. Used by one thread at a time.

    Raises:
        FileNotFoundError: a newer commit removed a file meanwhile.
        DamagedIndexError: a file is not what was written.
    """

    def __init__(self, folder: IndexFolder, before: Generation | None = None) -> None:
        """Open the latest; segments that were there ``before`` stay open, and the rest of it is closed."""
        self.key = (folder.path.name, folder.generation())
        old = before.segments if before is not None else {}
        self.segments: dict[Path, Segment] = {}
        try:
            folder.verify()
            for listed in folder.contents():
                path = folder.path / listed.file
                if path in old:
                    self.segments[path] = old.pop(path)
                    self.segments[path].bury(listed.deleted)
                else:
                    self.segments[path] = Segment(path, listed.deleted)
        except BaseException:
            self.close()
            raise
        finally:
            if before is not None:
                before.close()
        self.leaves = tuple(self.segments.values())
        self.statistics = Statistics(self.leaves)

    def close(self) -> None:
        for segment in self.segments.values():
            segment.close()
        self.segments.clear()

    def revisions(self) -> Iterator[tuple[int, int]]:
        """Yield each article with its revision."""
        for segment in self.leaves:
            for place in segment.articles():
                yield segment.documents.articles[place], segment.documents.revisions[place]
