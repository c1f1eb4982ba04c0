"""What an exported library says in JSON. Fields may be added in a later version; what is there keeps its meaning."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from msgspec import Struct

from reader.article.locator import Locator
from reader.article.section_names import SectionName
from reader.store.catalogue import Description

FORMAT = "study-reader-export"
VERSION = 1
MANIFEST, LIBRARY, JOURNAL, README, TEXTS = "manifest.json", "library.json", "journal.json", "README.md", "texts"
ARTICLE, ANNOTATIONS = "article.json", "annotations.jsonld"


class ExportedFile(Struct, frozen=True):
    """A file of the export: its path with slashes, its size in bytes and its SHA-256."""

    path: str
    size: int
    sha256: str


class Manifest(Struct, frozen=True):
    """What is in the folder, and which version of this form it has. ``texts`` are the folders of articles."""

    format: str
    version: int
    program: str
    made: datetime
    texts: tuple[str, ...]
    files: tuple[ExportedFile, ...]


class ExportedPicture(Struct, frozen=True):
    """A picture: its name in the text, and its file in the folder of the article."""

    name: str
    media_type: str
    file: str


class ExportedRevision(Struct, frozen=True):
    """A state that a text was in. ``original`` is the file it came from, empty where that is lost.

    ``text`` is its Markdown, ``text_sha256`` that of its canonical text; both empty where it could not be read.
    ``warnings`` are what its importer had to say of it.
    """

    number: int
    added: datetime
    sha256: str
    original: str
    file_name: str
    format: str
    title: str
    authors: tuple[str, ...]
    date: str
    language: str
    words: int
    text: str
    text_sha256: str
    pictures: tuple[ExportedPicture, ...] = ()
    warnings: tuple[str, ...] = ()


class ExportedPosition(Struct, frozen=True):
    """Where a person was last, how far that is, and how far they ever were (0 to 1)."""

    place: Locator
    share: float
    furthest: float
    at: datetime


class ExportedHistory(Struct, frozen=True):
    """The places to go back and forward to, as in ``store.reading.History``."""

    places: tuple[Locator, ...]
    current: int


class ExportedArticle(Struct, frozen=True):
    """An article with all its states, and what a person said and did with it; bookmarks are apart."""

    id: str
    added: datetime
    removed: datetime | None
    revision: int
    revisions: tuple[ExportedRevision, ...]
    description: Description = Description()
    tags: tuple[str, ...] = ()
    position: ExportedPosition | None = None
    history: ExportedHistory | None = None
    choices: dict[str, Any] = {}
    folded: tuple[SectionName, ...] = ()


class ExportedCollection(Struct, frozen=True):
    """A collection and the ids of its articles."""

    id: str
    name: str
    articles: tuple[str, ...]


class ExportedSearch(Struct, frozen=True):
    """A search that a person keeps."""

    id: str
    name: str
    query: str


class ExportedEdition(Struct, frozen=True):
    """A text that the program brought: under which name, which bytes, and which article it is (None: removed)."""

    name: str
    sha256: str
    article: str | None


class ExportedLibrary(Struct, frozen=True):
    """What belongs to the library as a whole."""

    collections: tuple[ExportedCollection, ...] = ()
    searches: tuple[ExportedSearch, ...] = ()
    editions: tuple[ExportedEdition, ...] = ()


class ExportedOperation(Struct, frozen=True):
    """An operation of the journal, see ``store.journal``."""

    id: str
    at: datetime
    kind: str
    entity: str
    field: str
    value: Any = None
    before: Any = None
