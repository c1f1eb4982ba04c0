"""What was mended becomes a newer revision of the same article, with the same file and pictures behind it.

A mended revision has the bytes (SHA-256) of the file that it was mended from: to bring in the same file
again is to bring in what is known, and undoes nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, structs

from reader.article.codec import Compiled, StoredArticleError, decode, encode
from reader.article.text import CanonicalText
from reader.errors import ConfusingFileError
from reader.mending.errors import EmptiedError, NewerRevisionError, NoOriginalError, TooLongToMendError
from reader.moves import Kin, Moves
from reader.store.annotations import move_bookmarks
from reader.store.articles import Added, Articles, Known, NewRevision, Outcome, StoredResource, insert_revision
from reader.store.connection import Database, transaction
from reader.store.files import Originals
from reader.store.reading import move_reading
from reader.store.versions import Version, versions

if TYPE_CHECKING:
    from reader.article.model import Article, Resource
    from reader.importers.sandbox import Readers
    from reader.mending.changes import Change

log = logging.getLogger(__name__)

MAX_MENDED_CHARACTERS = 600_000
"""A longer text is mended in another program: an editor that lays out each line as one types would be slow."""


class Manuscript(Struct, frozen=True):
    """A text as it is given to be mended: Markdown, the revision that it was made of, and its compiled form."""

    article_id: int
    revision: int
    text: str
    compiled: bytes


class Revising:
    """Gives texts out to be mended, and takes them back."""

    def __init__(
        self, database: Database, articles: Articles, originals: Originals, clock: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._articles = articles
        self._originals = originals
        self._clock = clock

    def manuscript(self, article_id: int) -> Manuscript:
        """Return an article as Markdown.

        Raises:
            TooLongToMendError: it has more than ``MAX_MENDED_CHARACTERS``.
            NoSuchArticleError, DamagedArticleError, LibraryError: see there.
        """
        revision, title = self._articles.current(article_id)
        return Manuscript(article_id, revision, self._markdown(revision, title), self._articles.compiled(revision))

    def revise(self, article_id: int, text: str, base: int, *, over_newer: bool = False) -> Added:
        """Make Markdown the newest revision of an article.

        ``base`` is the revision that was mended. Bookmarks, the reading position and the history move to
        where their words are now.

        Raises:
            NewerRevisionError: ``base`` is no more the newest one, and ``over_newer`` does not say that it may be.
            EmptiedError, TooLongToMendError: it cannot be a text.
            NoSuchArticleError, LibraryError: see there.
        """
        from reader.importers.markdown.importer import parse

        if len(text) > 2 * MAX_MENDED_CHARACTERS:
            raise TooLongToMendError
        imported = parse(text)
        if not imported.article.blocks:
            raise EmptiedError
        return self._settle(article_id, imported.article, imported.resources, base, over_newer=over_newer)

    def from_original(self, article_id: int, readers: Readers, step: Callable[[float], None]) -> Added:
        """Read the file that an article came from once more, and make what it holds the newest revision.

        Raises:
            NoOriginalError: the library's copy of it cannot be read.
            ReaderError: it cannot be read any more, or not be stored; nothing was changed.
        """
        revision, _ = self._articles.current(article_id)
        row = self._articles.row(revision)
        copy = self._originals.path(row.original)
        try:
            data = copy.read_bytes()
        except OSError as exc:
            raise NoOriginalError(row.file_name) from exc
        beside = self._articles.source(article_id, row.file_name)
        path = copy.with_name(row.file_name) if beside is None else Path(beside)
        reading = readers.read(path, data, step)
        try:
            article = decode(reading.compiled)
        except StoredArticleError as exc:
            raise ConfusingFileError(path) from exc
        return self._settle(article_id, article, reading.resources, revision, over_newer=False)

    def back_to(self, article_id: int, revision: int) -> Added:
        """Make what an article was in an earlier revision its newest one.

        Raises:
            NoSuchArticleError, DamagedArticleError, LibraryError: see there.
        """
        row = self._articles.row(revision)
        article = decode(self._articles.compiled(revision), row.title)
        return self._settle(article_id, article, (), revision, over_newer=True, row=row)

    def versions(self, article_id: int) -> tuple[Version, ...]:
        """Return all that an article was, the newest first."""
        return versions(self._database, article_id)

    def changes(self, old: int, new: int, step: Callable[[float], None]) -> tuple[Change, ...]:
        """Return what differs between two revisions, as Markdown: see ``changes.changes``.

        Raises:
            CancelledError: ``step`` said so.
            TooLongToMendError: one has more than ``MAX_MENDED_CHARACTERS``.
            NoSuchArticleError, DamagedArticleError, LibraryError: see there.
        """
        from reader.mending.changes import changes

        before = self._markdown(old, "")
        step(0.0)
        after = self._markdown(new, "")
        step(0.0)
        return changes(before, after, step)

    def _markdown(self, revision: int, title: str) -> str:
        from reader.export.markdown import write

        data = self._articles.compiled(revision)
        if Compiled.over(data, title).skeleton.starts[-1] > MAX_MENDED_CHARACTERS:
            raise TooLongToMendError
        return write(decode(data, title))

    def _settle(
        self,
        article_id: int,
        article: Article,
        resources: tuple[Resource, ...],
        base: int,
        *,
        over_newer: bool,
        row: NewRevision | None = None,
    ) -> Added:
        """Write a newer revision; the file behind it is that of ``row``, or of the revision before."""
        compiled, text = encode(article), CanonicalText(article)
        while True:
            revision, _ = self._articles.current(article_id)
            if revision != base and not over_newer:
                raise NewerRevisionError
            behind = self._articles.row(revision) if row is None else row
            before = self._articles.compiled(revision)
            if compiled == before:
                return Added(article_id, Outcome.KNOWN)
            moves = Moves(text, Kin(Known(article_id, revision, behind.sha256, False), _length(before)))
            moves.prepare(self._database)
            with transaction(self._database) as connection:
                if self._articles.current(article_id)[0] != revision:
                    continue  # another window was faster
                known = (*self._articles.resources(base), *self._articles.resources(revision))
                new = structs.replace(
                    behind,
                    title=article.metadata.title,
                    authors=article.metadata.authors,
                    date=article.metadata.date,
                    language=article.metadata.language,
                    words=len(text.body.split()),
                    compiled=compiled,
                    resources=self._pictures(known, resources),
                )
                moment = self._clock()
                insert_revision(connection, article_id, new, moment)
                added = Added(article_id, Outcome.REVISED, *move_bookmarks(connection, article_id, moves.find))
                move_reading(connection, article_id, moves.find, moves.nearby)
            log.info("mended: %d characters", len(text))
            return added

    def _pictures(self, known: tuple[StoredResource, ...], new: tuple[Resource, ...]) -> tuple[StoredResource, ...]:
        """Return the pictures of what was mended, each name once: those that came in with it count."""
        found = {picture.name: picture for picture in known}
        for picture in new:
            digest = sha256(picture.data).hexdigest()
            file = self._originals.keep(picture.data, digest, Path(picture.name).suffix)
            found[picture.name] = StoredResource(picture.name, picture.media_type, file)
        return tuple(found.values())


def _length(compiled: bytes) -> int:
    """Return how long a stored text is; 0 where it cannot be read."""
    try:
        return max(0, Compiled.over(compiled).skeleton.starts[-1] - 1)
    except StoredArticleError:
        return 0
