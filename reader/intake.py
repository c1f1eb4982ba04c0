"""How a text comes into the library: as a new article, or as a new revision of a known one.

Everything slow is done before the transaction; in it, what was decided is checked again, as
another process may have been faster.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from gettext import gettext as _
from pathlib import Path
from sqlite3 import Connection
from typing import TYPE_CHECKING

from reader.article.codec import StoredArticleError, decode
from reader.article.text import CanonicalText
from reader.errors import ConfusingFileError, FileError, TooLargeError
from reader.moves import Kin, Moves
from reader.store.annotations import move_bookmarks
from reader.store.articles import (
    Added,
    Articles,
    Known,
    NewRevision,
    Outcome,
    StoredResource,
    insert_article,
    insert_revision,
    note_bundled,
    note_source,
    put_on_shelf,
)
from reader.store.connection import Database, transaction
from reader.store.files import Originals
from reader.store.fingerprint import fingerprint, opening
from reader.store.kinship import same_article
from reader.store.reading import move_reading

if TYPE_CHECKING:
    from reader.article.model import Article, Resource
    from reader.importers.sandbox import Readers
    from reader.library import Step

log = logging.getLogger(__name__)

FRAGMENT = "<!--StartFragment-->"
"""What stands before the part of a page that was copied: Windows writes it, and readers of pages know it."""
MAX_TRIES = 5
"""How often a file is read again that another program writes meanwhile."""


class ChangingFileError(FileError):
    def __str__(self) -> str:
        return _("“{name}” could not be read: another program is still writing it. Try again in a moment.").format(
            name=self.name
        )


@dataclass(frozen=True, slots=True)
class Original:
    """A file as it was when it was read, once: the library keeps exactly what was imported.

    ``source`` is the place that it was read from; empty where it lay in no file.
    """

    path: Path
    source: str
    data: bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file, and what an importer made of its bytes."""

    original: Original
    format: str
    article: Article
    resources: tuple[Resource, ...]
    text: CanonicalText
    compiled: bytes
    opening: str
    fingerprint: int | None


class Intake:
    """Brings files into the store."""

    def __init__(
        self,
        database: Database,
        articles: Articles,
        originals: Originals,
        readers: Readers,
        clock: Callable[[], datetime],
    ) -> None:
        self._readers = readers
        self._database = database
        self._articles = articles
        self._originals = originals
        self._clock = clock

    def add(self, path: Path, step: Step) -> Added:
        """Bring a file in.

        Raises:
            ReaderError: it cannot be read, or not be stored; nothing was changed.
        """
        looked = self.look(path)
        return looked if isinstance(looked, Added) else self.settle(self.read(looked, step))

    def add_pasted(self, text: str, name: str, step: Step, *, is_html: bool) -> Added:
        """Bring in what was copied in another program; where no title is found in it, it is called ``name``.

        Raises:
            ReaderError: see ``add``.
        """
        from reader.importers.encoding import MAX_FILE_BYTES

        if is_html and FRAGMENT not in text:
            text = f"<!DOCTYPE html><html><body>{FRAGMENT}{text}<!--EndFragment--></body></html>"
        data = text.encode("utf-8", "replace")
        path = self._originals.folder / f"{name}{'.html' if is_html else '.txt'}"
        if len(data) > MAX_FILE_BYTES:
            raise TooLargeError(path, MAX_FILE_BYTES // 2**20)
        looked = self._look(Original(path, "", data, _sha256(data)))
        return looked if isinstance(looked, Added) else self.settle(self.read(looked, step))

    def look(self, path: Path) -> Added | Original:
        """Return the file's bytes, or what became of them where the library has them already.

        Raises:
            ReaderError: see ``add``.
        """
        return self._look(_original(path))

    def _look(self, original: Original) -> Added | Original:
        known = self._known_bytes(original.sha256, original.source)
        if known is None or not self._is_sound(known):
            return original
        with transaction(self._database) as connection:
            put_on_shelf(connection, known.article_id)
            if original.source:
                note_source(connection, original.source, known.article_id)
        return Added(known.article_id, Outcome.KNOWN)

    def read(self, original: Original, step: Step) -> Incoming:
        """Let a file be read in a process of its own; from any thread, the database is not asked.

        Raises:
            ReaderError: it cannot be read.
        """
        reading = self._readers.read(original.path, original.data, step)
        try:
            article = decode(reading.compiled)
        except StoredArticleError as exc:
            raise ConfusingFileError(original.path) from exc
        text = CanonicalText(article)
        return Incoming(
            original,
            reading.format,
            article,
            reading.resources,
            text,
            reading.compiled,
            opening(article.blocks),
            fingerprint(text.string),
        )

    def settle(self, incoming: Incoming) -> Added:
        """Write what was read, as a new article or as a revision.

        Raises:
            ReaderError: see ``add``.
        """
        return self._settle(incoming, None)

    def add_bundled(self, path: Path, step: Step, name: str) -> Added | None:
        """Bring in a text that is shipped under a name; None where there is nothing to do.

        What a person removed stays removed, also under another name. A newer edition is a revision.

        Raises:
            ReaderError: it cannot be read, or not be stored; nothing was changed.
        """
        original = _original(path)
        before = self._articles.bundled(name)
        if before is None:
            same = self._articles.with_bytes(original.sha256)
            if same is not None and same.removed:
                return None
        elif before[0] == original.sha256 or before[1] is None or before[1].removed:
            return None
        return self._settle(self.read(original, step), name)

    def _known_bytes(self, sha256: str, source: str) -> Known | None:
        """Return the article that has these bytes, unless it has others from the same place by now."""
        known = self._articles.with_bytes(sha256)
        if known is None or known.sha256 == sha256:
            return known
        here = self._articles.from_path(source)
        return None if here is not None and here.article_id == known.article_id else known

    def _settle(self, incoming: Incoming, bundled: str | None) -> Added:
        """Decide what the text is a revision of, and write that if it is still so then."""
        while True:
            candidates = self._candidates(incoming, bundled)
            kin = self._kin(incoming, candidates)
            moves = Moves(incoming.text, kin)
            if kin is not None:
                moves.prepare(self._database)
            with transaction(self._database) as connection:
                if candidates == self._candidates(incoming, bundled):
                    return self._write(connection, incoming, bundled, moves)

    def _candidates(self, incoming: Incoming, bundled: str | None) -> tuple[_Candidate, ...]:
        if bundled is not None:
            before = self._articles.bundled(bundled)
            if before is not None and before[1] is not None:
                return (_Candidate(before[1], certain=True),)
        found: list[_Candidate] = []
        if (same := self._known_bytes(incoming.original.sha256, incoming.original.source)) is not None:
            found.append(_Candidate(same, certain=True))
        if (here := self._articles.from_path(incoming.original.source)) is not None:
            found.append(_Candidate(here, same_place=True))
        metadata = incoming.article.metadata
        if metadata.title:
            found += [_Candidate(known) for known in self._articles.titled(metadata.title, metadata.authors)]
        return tuple(found)

    def _kin(self, incoming: Incoming, candidates: tuple[_Candidate, ...]) -> Kin | None:
        new = incoming.article.metadata
        for candidate in candidates:
            article = self._text_of(candidate.known)
            if article is None:
                if candidate.certain:
                    return Kin(candidate.known, 0, sound=False)
                continue
            text = CanonicalText(article)
            old = article.metadata
            if candidate.certain or same_article(
                text.string,
                incoming.text.string,
                same_title=(old.title, old.authors) == (new.title, new.authors),
                same_place=candidate.same_place,
            ):
                return Kin(candidate.known, len(text))
        return None

    def _is_sound(self, known: Known) -> bool:
        """Say whether the current text of an article is whole (it is read, and not decoded), and its file there."""
        try:
            self._articles.opened(known.revision).check()
        except StoredArticleError:
            log.warning("revision %d cannot be read", known.revision)
            return False
        return self._originals.path(self._articles.original(known.article_id)).is_file()

    def _text_of(self, known: Known) -> Article | None:
        """Return the current text of an article; None where it cannot be read."""
        try:
            return decode(self._articles.compiled(known.revision))
        except StoredArticleError:
            log.warning("revision %d cannot be read", known.revision)
            return None

    def _write(self, connection: Connection, incoming: Incoming, bundled: str | None, moves: Moves) -> Added:
        moment = self._clock()
        kin = moves.kin
        if kin is None:
            added = Added(insert_article(connection, moment), Outcome.NEW)
            insert_revision(connection, added.article_id, self._stored(incoming), moment)
        elif kin.sound and kin.known.sha256 == incoming.original.sha256:
            added = Added(kin.known.article_id, Outcome.KNOWN)
            put_on_shelf(connection, added.article_id)
            self._stored(incoming)  # its files may have been lost
        else:
            article_id = kin.known.article_id
            insert_revision(connection, article_id, self._stored(incoming), moment)
            added = Added(article_id, Outcome.REVISED, *move_bookmarks(connection, article_id, moves.find))
            move_reading(connection, article_id, moves.find, moves.nearby)
        if bundled is None and incoming.original.source:
            note_source(connection, incoming.original.source, added.article_id)
        elif bundled is not None:
            note_bundled(connection, bundled, incoming.original.sha256, added.article_id)
        log.info("brought in: %s, %d characters", added.outcome.value, len(incoming.text))
        return added

    def _stored(self, incoming: Incoming) -> NewRevision:
        """Put the file and its pictures on the disk; the caller's transaction then names them."""
        metadata, original = incoming.article.metadata, incoming.original
        pictures = tuple(
            StoredResource(
                resource.name,
                resource.media_type,
                self._originals.keep(resource.data, _sha256(resource.data), Path(resource.name).suffix),
            )
            for resource in incoming.resources
        )
        return NewRevision(
            sha256=original.sha256,
            original=self._originals.keep(original.data, original.sha256, original.path.suffix),
            file_name=_storable(original.path.name),
            format=incoming.format,
            title=metadata.title,
            authors=metadata.authors,
            date=metadata.date,
            language=metadata.language,
            words=len(incoming.text.body.split()),
            compiled=incoming.compiled,
            resources=pictures,
            opening=incoming.opening,
            fingerprint=incoming.fingerprint,
        )


@dataclass(frozen=True, slots=True)
class _Candidate:
    """An article that a text may be a revision of; ``certain`` where nothing need be compared."""

    known: Known
    same_place: bool = False
    certain: bool = False


def _storable(name: str) -> str:
    """Return a name with a question mark for each byte that is no character."""
    return name.encode("utf-8", "replace").decode()


def _original(path: Path) -> Original:
    """Return a file's bytes, read when no other program was writing it.

    Raises:
        FileError: of the class that says why it cannot be read.
    """
    from reader.importers.encoding import read_bytes

    for _attempt in range(MAX_TRIES):
        before = _state(path)
        data = read_bytes(path)
        if _state(path) == before:
            source = os.fsencode(path.resolve()).decode("utf-8", "backslashreplace")
            return Original(path, source, data, _sha256(data))
    raise ChangingFileError(path)


def _state(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except (OSError, ValueError):  # reading it will say why
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


def _sha256(data: bytes) -> str:
    from hashlib import sha256  # not needed to start

    return sha256(data).hexdigest()
