"""What looks after the shelf behind a person's back, and the bin for good."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from reader.article.codec import StoredArticleError, decode
from reader.article.text import CanonicalText
from reader.mending import drafts
from reader.store.annotations import delete_removed_bookmarks
from reader.store.articles import Articles, delete_articles, delete_removed, known_articles, named_files
from reader.store.connection import Database, transaction
from reader.store.files import Originals
from reader.store.fingerprint import fingerprint, opening
from reader.store.journal import forget

if TYPE_CHECKING:
    from reader.duplicates import Duplicates
    from reader.intake import Intake
    from reader.watching import Watching

log = logging.getLogger(__name__)

Step = Callable[[float], None]
AT_ONCE = 20
"""How many openings are written in one transaction: other windows wait for it."""


class Curating:
    """Openings and fingerprints of what came in before they were kept; what is deleted for good."""

    def __init__(
        self,
        database: Database,
        articles: Articles,
        originals: Originals,
        drafts_folder: Path,
        intake: Callable[[], Intake],
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._intake = intake
        self._clock = clock
        self._articles = articles
        self._originals = originals
        self._drafts = drafts_folder

    def duplicates(self) -> Duplicates:
        """Return what finds texts that are there twice."""
        from reader.duplicates import Duplicates

        return Duplicates(self._database, self._articles, self._clock)

    def watching(self) -> Watching:
        """Return what looks at watched folders; the same one is to look again."""
        from reader.watching import Watching

        return Watching(self._database, self._articles, self._intake)

    def fill_openings(self, step: Step) -> int:
        """Give every current text its opening and its fingerprint; return how many had none.

        For a background thread. ``step`` may stop it; what was filled until then stays.

        Raises:
            LibraryError, CancelledError: it could not be written; it was stopped.
        """
        rows = self._database.rows(
            "SELECT revision.id FROM article JOIN revision ON revision.id = article.revision_id WHERE opening IS NULL"
        )
        waiting = [revision for (revision,) in rows]
        for start in range(0, len(waiting), AT_ONCE):
            step(start / len(waiting))
            told = [(*self._told(revision), revision) for revision in waiting[start : start + AT_ONCE]]
            with transaction(self._database) as connection:
                connection.executemany("UPDATE revision SET opening = ?, fingerprint = ? WHERE id = ?", told)
        return len(waiting)

    def _told(self, revision: int) -> tuple[str, int | None]:
        try:
            article = decode(self._articles.compiled(revision))
        except StoredArticleError:
            log.warning("revision %d cannot be read", revision)
            return "", None
        return opening(article.blocks), fingerprint(CanonicalText(article).string)

    def delete_for_good(self, article_ids: Iterable[int]) -> int:
        """Delete removed articles with all that belongs to them, and their files; return how many.

        Raises:
            LibraryError: it could not be written.
        """
        with transaction(self._database) as connection:
            deleted = delete_articles(connection, article_ids)
        log.info("deleted for good: %d articles", deleted)
        self._sweep()
        return deleted

    def tidy(self, before: datetime) -> None:
        """Delete for good what was removed before a moment, and what an interrupted import left behind.

        Raises:
            LibraryError: it could not be written.
        """
        with transaction(self._database) as connection:
            articles = delete_removed(connection, before)
            bookmarks = delete_removed_bookmarks(connection, before)
            forget(connection, before)
        log.info("tidied: %d articles, %d bookmarks", articles, bookmarks)
        self._sweep()

    def _sweep(self) -> None:
        """Delete the files and drafts that belong to nothing."""
        with transaction(self._database) as connection:
            files = self._originals.sweep(named_files(connection))
            known = known_articles(connection)
        left = drafts.sweep(self._drafts, known)
        log.info("swept: %d files, %d drafts", files, left)
