"""An export comes back into a library: into an empty one as it was, into another by merging.

Everything is told by its UUID, and field by field what was said last counts: the operations of both journals say
when that was. Nothing that a library has is deleted for not being in the export, and what was deleted in it later does
not come back, but for a text that was deleted for good: to have that back is what one restores for. A text whose very
bytes are there under another UUID (an edition that every program brings) is the same text.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path
from sqlite3 import Connection
from typing import NamedTuple

from msgspec import Struct, structs

from reader.article.codec import StoredArticleError, decode, encode
from reader.article.text import CanonicalText
from reader.errors import FileError
from reader.importers.sandbox import Readers
from reader.keeping import forms
from reader.keeping.errors import DamagedExportError
from reader.keeping.exported import Exported
from reader.keeping.merging import Merge, merge_library
from reader.keeping.names import safe_name
from reader.keeping.operations import UUID, Told
from reader.moves import Kin, Moves
from reader.store import times
from reader.store.annotations import move_bookmarks
from reader.store.articles import Articles, Known, NewRevision, StoredResource, insert_state
from reader.store.connection import Database, transaction
from reader.store.errors import LibraryFullError
from reader.store.files import Originals
from reader.store.journal import Journal
from reader.store.reading import move_reading

log = logging.getLogger(__name__)

Step = Callable[[float], None]
SPARE_BYTES = 16 * 2**20
"""What must be left on the disk."""


class Restored(Struct, frozen=True):
    """What became of the texts of an export, and which were left out: their folders, and why, in a sentence each."""

    new: int = 0
    merged: int = 0
    left_out: tuple[tuple[str, str], ...] = ()


class _Text(NamedTuple):
    """A state of a text that the library does not have: what is told of it, and its compiled form."""

    told: forms.ExportedRevision
    compiled: bytes
    text: CanonicalText | None


class Restoring:
    """Brings an export into a library."""

    def __init__(self, database: Database, originals: Originals, readers: Readers) -> None:
        self._database = database
        self._articles = Articles(database)
        self._journal = Journal(database)
        self._originals = originals
        self._readers = readers
        self._left_out: list[tuple[str, str]] = []

    def restore(self, folder: Path, step: Step) -> Restored:
        """Bring in all texts of an exported folder, each in a transaction of its own, and what belongs to all.

        Raises:
            NotAnExportError, NewerExportError: it is none that can be read; nothing was changed.
            LibraryError, CancelledError: it could not be written; it was stopped. What came in until then stays:
                to restore once more goes on with the rest.
        """
        exported = Exported(folder)
        if shutil.disk_usage(self._database.file.parent).free < exported.size + SPARE_BYTES:
            raise LibraryFullError(self._database.file.parent)
        self._left_out.clear()
        told = self._told(exported)
        ids: dict[str, str] = {}
        new = whole = 0
        for done, text in enumerate(exported.manifest.texts):
            step(done / len(exported.manifest.texts))
            try:
                new += self._article(exported, text, told, ids)
                whole += 1
            except FileError as error:
                self._leave_out(text, error)
            except (ValueError, OverflowError):  # of the right form, and yet no number or moment that can be
                self._leave_out(text, DamagedExportError(f"{text}/{forms.ARTICLE}"))
        try:
            with transaction(self._database) as connection:
                merge_library(connection, self._journal, exported.library(), told, ids)
        except (DamagedExportError, ValueError, OverflowError):
            self._leave_out(forms.LIBRARY, DamagedExportError(forms.LIBRARY))
        step(1.0)
        return Restored(new, whole - new, tuple(self._left_out))

    def _told(self, exported: Exported) -> Told:
        """Return the journal; without it what is here counts as newer, and what is not here comes in."""
        try:
            return Told(exported.operations())
        except DamagedExportError as error:
            self._leave_out(forms.JOURNAL, error)
            return Told(())

    def _leave_out(self, what: str, error: FileError) -> None:
        log.warning("something in an export was left out: %s", type(error).__name__)
        self._left_out.append((what, str(error)))

    def _article(self, exported: Exported, folder: str, told: Told, ids: dict[str, str]) -> bool:
        """Bring an article in; return whether it is new."""
        form, bookmarks = exported.article(folder), exported.bookmarks(folder)
        if not form.revisions or not all(map(UUID.fullmatch, (form.id, *(each.bookmark.id for each in bookmarks)))):
            raise DamagedExportError(f"{folder}/{forms.ARTICLE}")
        article, uuid = self._local(form, ids)
        known = self._states(article)
        missing = [
            self._text(exported, folder, revision)
            for revision in form.revisions
            if (times.written(revision.added) if uuid == form.id else "", revision.sha256) not in known
        ]
        if article == 0 and not any(text.compiled for text in missing):
            raise DamagedExportError(f"{folder}/text.md")
        with transaction(self._database) as connection:
            merge = Merge(connection, self._articles, self._journal, told, form.id, uuid)
            number = article or _insert(connection, form)
            self._put_states(connection, exported, folder, number, form, missing, is_new=article == 0)
            kept = [each for each in bookmarks if merge.bookmark(number, each, is_back=article == 0)]
            merge.article(number, form)
            merge.journal(each.bookmark.id for each in kept)
        ids[form.id] = uuid
        return article == 0

    def _local(self, form: forms.ExportedArticle, ids: dict[str, str]) -> tuple[int, str]:
        """Return the number and the UUID of the article here; 0 and its own UUID where it is not here."""
        row = self._database.row("SELECT id FROM article WHERE uuid = ?", (form.id,))
        if row is not None:
            return int(row[0]), form.id
        bytes_now = next((each.sha256 for each in form.revisions if each.number == form.revision), "")
        for number, uuid in self._database.rows(
            "SELECT article.id, article.uuid FROM article JOIN revision ON revision.id = article.revision_id"
            " WHERE sha256 = ?",
            (bytes_now,),
        ):
            if uuid not in ids and uuid not in ids.values():
                return int(number), str(uuid)
        return 0, form.id

    def _states(self, article: int) -> frozenset[tuple[str, str]]:
        rows = self._database.rows("SELECT added, sha256 FROM revision WHERE article_id = ?", (article,))
        return frozenset(state for added, digest in rows for state in ((added, digest), ("", digest)))

    def _text(self, exported: Exported, folder: str, told: forms.ExportedRevision) -> _Text:
        """Read a state of a text in the process that reads files: its Markdown, else the file that it came from.

        What can be read from neither has no compiled form.
        """
        for name, path in ((told.text, "text.md"), (told.original, told.file_name)):
            if not name:
                continue
            # No picture is looked for beside it: there is nothing of this name.
            nowhere = self._originals.folder / safe_name(path)
            try:
                data = exported.read(f"{folder}/{name}")
                article = decode(self._readers.read(nowhere, data).compiled)
            except (FileError, StoredArticleError) as error:
                file_error = error if isinstance(error, FileError) else DamagedExportError(f"{folder}/{name}")
                self._leave_out(f"{folder}/{name}", file_error)
                continue
            article = structs.replace(article, warnings=told.warnings)  # not what this reading missed beside it
            text = CanonicalText(article)
            if sha256(text.string.encode()).hexdigest() != told.text_sha256:
                log.warning("a restored text differs from what was exported")
            return _Text(told, encode(article), text)
        return _Text(told, b"", None)

    def _put_states(
        self,
        connection: Connection,
        exported: Exported,
        folder: str,
        article: int,
        form: forms.ExportedArticle,
        missing: Sequence[_Text],
        *,
        is_new: bool,
    ) -> None:
        """Write the missing states; the newest of all is the current one."""
        (current, newest) = connection.execute(
            "SELECT revision_id, (SELECT added FROM revision WHERE id = revision_id) FROM article WHERE id = ?",
            (article,),
        ).fetchone()
        for each in missing:
            if not each.compiled:
                continue
            revision = self._put_state(connection, exported, folder, article, each)
            is_current = each.told.number == form.revision
            if is_new and (is_current or current is None):
                current = revision
            elif not is_new and is_current and times.written(each.told.added) > (newest or ""):
                self._move(connection, article, current, each)
                current = revision
        connection.execute("UPDATE article SET revision_id = ? WHERE id = ?", (current, article))

    def _put_state(self, connection: Connection, exported: Exported, folder: str, article: int, text: _Text) -> int:
        told = text.told
        files = {
            picture.name: (picture.media_type, self._keep(exported, folder, picture.file)) for picture in told.pictures
        }
        state = NewRevision(
            sha256=told.sha256,
            original=self._keep(exported, folder, told.original),
            file_name=told.file_name,
            format=told.format,
            title=told.title,
            authors=told.authors,
            date=told.date,
            language=told.language,
            words=told.words,
            compiled=text.compiled,
            resources=tuple(StoredResource(name, kind, file) for name, (kind, file) in files.items() if file),
        )
        taken = {number for (number,) in connection.execute(_NUMBERS, (article,))}
        return insert_state(connection, article, state, told.added, None if told.number in taken else told.number)

    def _keep(self, exported: Exported, folder: str, path: str) -> str:
        """Put a file of the export among the originals and return its name; nothing where it is damaged."""
        if not path:
            return ""
        try:
            data = exported.read(f"{folder}/{path}")
        except DamagedExportError as error:
            self._leave_out(f"{folder}/{path}", error)
            return ""
        return self._originals.keep(data, sha256(data).hexdigest(), Path(path).suffix)

    def _move(self, connection: Connection, article: int, old: int, new: _Text) -> None:
        """Put what a person left in the text that was current here where the restored, newer one has it."""
        assert new.text is not None
        try:
            length = len(CanonicalText(decode(self._articles.compiled(old))))
        except StoredArticleError:
            length = 0
        moves = Moves(new.text, Kin(Known(article, old, "", False), length))
        move_bookmarks(connection, article, moves.find)
        move_reading(connection, article, moves.find, moves.nearby)


_NUMBERS = "SELECT number FROM revision WHERE article_id = ?"


def _insert(connection: Connection, form: forms.ExportedArticle) -> int:
    done = connection.execute(
        "INSERT INTO article (uuid, added, removed) VALUES (?, ?, ?)",
        (form.id, times.written(form.added), None if form.removed is None else times.written(form.removed)),
    )
    return int(done.lastrowid or 0)
