"""The library as a folder that any program can read, and that this one restores: see ``README`` in it.

It shows one moment: what is written meanwhile is not in it. A folder is whole or not there.
"""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from hashlib import sha256
from itertools import starmap
from pathlib import Path
from typing import Any

import msgspec

from reader import __version__
from reader.article.codec import StoredArticleError, decode
from reader.article.locator import Locator
from reader.article.section_names import SectionName
from reader.article.text import CanonicalText
from reader.atomic import PART
from reader.export import markdown
from reader.keeping import forms, web_annotations
from reader.keeping.errors import FolderTakenError, NotExportedError
from reader.keeping.names import Taken, safe_name
from reader.keeping.web_annotations import Annotated
from reader.store import times
from reader.store.annotations import all_of, read_place
from reader.store.articles import Articles
from reader.store.catalogue import Catalogue
from reader.store.connection import Database, snapshot
from reader.store.files import Originals
from reader.store.journal import Journal, Operation

log = logging.getLogger(__name__)

Step = Callable[[float], None]

README = """\
# A library of Study Reader

This folder holds texts, and what somebody noted on them, in open forms. It can be read without Study Reader:

- `texts/` has a folder for each text. In it are
  - `text.md`: the text in Markdown, with its pictures beside it; earlier states of it are `text 1.md`, `text 2.md` …;
  - `original/`: the files as they were brought in;
  - `annotations.jsonld`: bookmarks and remarks as Web Annotations (JSON-LD, https://www.w3.org/TR/annotation-model/);
  - `article.json`: title, authors, tags, the place last read, and how the files belong together.
- `library.json`: collections and saved searches.
- `journal.json`: every change that was made, in order.
- `manifest.json`: the version of this form, and each file with its size and SHA-256.

To bring it back: `study-reader restore FOLDER`, or “Library health” in the program's menu. What is in a library
already is not overwritten by what is older.
"""

_read_places = msgspec.json.Decoder(tuple[Locator, ...]).decode
_read_choices = msgspec.json.Decoder(dict[str, Any]).decode
_read_folded = msgspec.json.Decoder(tuple[SectionName, ...]).decode


def export(database: Database, originals: Originals, folder: Path, step: Step) -> int:
    """Write the library to a new or empty folder; return how many texts it has.

    Raises:
        FolderTakenError, NotExportedError: it cannot be written there; nothing is left of it.
        LibraryError, CancelledError: the library cannot be read; it was stopped. Likewise.
    """
    part = folder.with_name(f"{folder.name}.{os.getpid()}{PART}")
    begun = False
    try:
        if (folder.is_dir() and any(folder.iterdir())) or folder.is_file():
            raise FolderTakenError(folder)
        part.mkdir(parents=True)
        begun = True
        count = _Export(database, originals, part).write(step)
        if hasattr(os, "sync"):
            os.sync()
        if folder.is_dir():
            folder.rmdir()
        part.rename(folder)
    except OSError as error:
        raise NotExportedError(folder) from error
    finally:
        if begun and part.is_dir():
            with suppress(OSError):
                shutil.rmtree(part)
    log.info("exported: %d texts", count)
    return count


class _Export:
    """One export: its folder, and what was written to it so far."""

    def __init__(self, database: Database, originals: Originals, folder: Path) -> None:
        self._database = database
        self._originals = originals
        self._articles = Articles(database)
        self._catalogue = Catalogue(database)
        self._folder = folder
        self._files: list[forms.ExportedFile] = []

    def write(self, step: Step) -> int:
        with snapshot(self._database):
            rows = self._database.rows("SELECT id, uuid, added, removed, revision_id FROM article ORDER BY id")
            names, texts = Taken(), []
            for done, row in enumerate(rows):
                step(done / len(rows))
                texts.append(self._text(names, *row))
            self._put(forms.LIBRARY, _json(self._library()))
            self._put(forms.JOURNAL, _json([_operation(each) for each in Journal(self._database).since()]))
        self._put(forms.README, README.encode())
        manifest = forms.Manifest(
            forms.FORMAT, forms.VERSION, __version__, times.now(), tuple(texts), tuple(self._files)
        )
        self._put(forms.MANIFEST, _json(manifest))
        step(1.0)
        return len(texts)

    def _put(self, path: str, data: bytes) -> str:
        """Write a file at a path with slashes, and note it for the manifest."""
        target = self._folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        self._files.append(forms.ExportedFile(path, len(data), sha256(data).hexdigest()))
        return path

    def _text(self, names: Taken, article: int, uuid: str, added: str, removed: str | None, current: int) -> str:
        """Write the folder of an article; return its path."""
        _revision, title = self._articles.current(article)
        folder = names.free(f"{forms.TEXTS}/{safe_name(title)[:40].rstrip(' .')} {safe_name(uuid)[:8]}")
        taken = Taken(forms.ARTICLE, forms.ANNOTATIONS, "text.md")
        numbers = self._database.rows(
            "SELECT id, number FROM revision WHERE article_id = ? ORDER BY number", (article,)
        )
        put: dict[str, str] = {}
        form = forms.ExportedArticle(
            uuid,
            times.read(added),
            times.read_or_none(removed),
            next((number for revision, number in numbers if revision == current), 0),
            tuple(self._revision(folder, taken, put, revision, revision == current) for revision, _number in numbers),
            **self._said(article),
        )
        self._put(f"{folder}/{forms.ARTICLE}", _json(form))
        marks = starmap(Annotated, all_of(self._database, article))
        self._put(f"{folder}/{forms.ANNOTATIONS}", web_annotations.write(uuid, marks))
        return folder

    def _revision(
        self, folder: str, taken: Taken, put: dict[str, str], revision: int, is_current: bool
    ) -> forms.ExportedRevision:
        """Write a state of a text: its Markdown, its file and its pictures, those of earlier states not again."""
        row = self._articles.row(revision)
        number, added = self._database.rows("SELECT number, added FROM revision WHERE id = ?", (revision,))[0]
        text, digest = "", ""
        warnings: tuple[str, ...] = ()
        try:
            article = decode(self._articles.compiled(revision))
        except StoredArticleError:
            log.warning("revision %d cannot be read", revision)
        else:
            text = "text.md" if is_current else taken.free(f"text {number}.md")
            self._put(f"{folder}/{text}", markdown.write(article).encode())
            warnings = article.warnings
            digest = sha256(CanonicalText(article).string.encode()).hexdigest()
        pictures = []
        for picture in self._articles.resources(revision):
            wanted = "/".join(safe_name(part) for part in picture.name.split("/")[-4:])
            file = self._kept(folder, taken, put, picture.file, wanted)
            pictures.append(forms.ExportedPicture(picture.name, picture.media_type, file))
        original = self._kept(folder, taken, put, row.original, f"original/{safe_name(row.file_name)}")
        return forms.ExportedRevision(
            number,
            times.read(added),
            row.sha256,
            original,
            row.file_name,
            row.format,
            row.title,
            row.authors,
            row.date,
            row.language,
            row.words,
            text,
            digest,
            tuple(pictures),
            warnings,
        )

    def _kept(self, folder: str, taken: Taken, put: dict[str, str], name: str, wanted: str) -> str:
        """Write a file of ``Originals`` once for an article; return its path there, or nothing where it is lost."""
        if name not in put:
            try:
                data = self._originals.path(name).read_bytes()
            except OSError:
                log.warning("a file of the library cannot be read")
                put[name] = ""
            else:
                put[name] = taken.free(wanted)
                self._put(f"{folder}/{put[name]}", data)
        return put[name]

    def _said(self, article: int) -> dict[str, Any]:
        """Return what a person said of an article and did with it, by the names of the form's fields."""
        found: dict[str, Any] = {"tags": tuple(self._values("SELECT name FROM tag WHERE article_id = ?", article))}
        found["description"] = self._catalogue.description(article)
        for place, share, furthest, at in self._rows("place, share, furthest, at FROM reading", article):
            found["position"] = forms.ExportedPosition(read_place(place), share, furthest, times.read(at))
        for places, current in self._rows("places, current FROM history", article):
            found["history"] = forms.ExportedHistory(_read_places(places), current)
        for (choices,) in self._rows("choices FROM choice", article):
            found["choices"] = _read_choices(choices)
        for (sections,) in self._rows("sections FROM folding", article):
            found["folded"] = _read_folded(sections)
        return found

    def _library(self) -> forms.ExportedLibrary:
        collections = [
            forms.ExportedCollection(uuid, name, tuple(self._values(_MEMBERS, number)))
            for number, uuid, name in self._database.rows("SELECT id, uuid, name FROM collection ORDER BY id")
        ]
        searches = self._database.rows("SELECT uuid, name, query FROM saved_search ORDER BY id")
        editions = self._database.rows("SELECT name, sha256, uuid FROM bundled LEFT JOIN article ON id = article_id")
        return forms.ExportedLibrary(
            tuple(collections),
            tuple(forms.ExportedSearch(*row) for row in searches),
            tuple(forms.ExportedEdition(*row) for row in editions),
        )

    def _rows(self, what: str, article: int) -> Iterable[tuple[Any, ...]]:
        return self._database.rows(f"SELECT {what} WHERE article_id = ?", (article,))

    def _values(self, statement: str, number: int) -> Iterator[str]:
        return (str(value) for (value,) in self._database.rows(statement, (number,)))


_MEMBERS = "SELECT uuid FROM collected JOIN article ON id = article_id WHERE collection_id = ? ORDER BY article_id"


def _operation(each: Operation) -> forms.ExportedOperation:
    return forms.ExportedOperation(each.uuid, each.at, each.kind, each.entity, each.field, each.value, each.before)


def _json(value: Any) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=1)
