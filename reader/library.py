"""The front door of the library: what touches more than one of importers, store and search."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import cached_property, partial
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import TYPE_CHECKING, Self

import msgspec
from msgspec import structs

from reader import __version__
from reader.article.codec import Compiled, decode
from reader.errors import FileError
from reader.paths import Paths, resources
from reader.stamps import BUNDLED, INDEX, Stamps
from reader.store import times
from reader.store.annotations import Bookmarked, Bookmarks
from reader.store.articles import Added, Articles, Outcome
from reader.store.connection import Database
from reader.store.errors import NoSuchBookmarkError
from reader.store.files import Originals
from reader.store.folding import Folding
from reader.store.reading import History, Reading
from reader.store.shelf import Shelf, ShelfEntry

if TYPE_CHECKING:
    from reader.answers import SearchAnswer
    from reader.article.model import Article
    from reader.bulk import Report
    from reader.curating import Curating
    from reader.facets import Facet
    from reader.importers.sandbox import Readers
    from reader.intake import Intake
    from reader.keeping.keeping import Keeping
    from reader.mending.revising import Manuscript, Revising
    from reader.search.index import SearchIndex
    from reader.search.results import Page
    from reader.store.catalogue import Catalogue

__all__ = ["Added", "Bookmarked", "History", "Library", "NoSuchBookmarkError", "Outcome", "ShelfEntry"]

log = logging.getLogger(__name__)

FILE = "library.sqlite"
MAX_HITS = 200
KEPT_AFTER_REMOVAL = timedelta(days=30)
"""How long what a person removed can still be brought back."""

Step = Callable[[float], None]
"""Told the share that is done, 0 to 1; raises CancelledError to stop."""


def no_step(share: float) -> None:
    """Report to nobody."""


class Library:
    """The library of one person. Every call may come from any thread; what returned is on the disk.

    Raises:
        LibraryError: it cannot be opened.
    """

    def __init__(self, paths: Paths, clock: Callable[[], datetime] = times.now) -> None:
        self.paths = paths
        self._clock = clock
        self._database = Database(paths.data / FILE)
        self._originals = Originals(paths.data / "originals")
        self._articles = Articles(self._database)
        self._lock = Lock()
        self._stamps = Stamps(paths)
        self._tidied = False
        self._search_index: SearchIndex | None = None
        self._readers: Readers | None = None
        self.shelf = Shelf(self._database, clock)
        self.bookmarks = Bookmarks(self._database, clock)
        self.reading = Reading(self._database)
        self.folding = Folding(self._database)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the files back to the system; nothing may be asked afterwards."""
        with self._lock:
            if self._search_index is not None:
                self._search_index.close()
            if self._readers is not None:
                self._readers.close()
        self._database.close()

    @cached_property
    def catalogue(self) -> Catalogue:
        """Descriptions, tags, collections; searches that are kept; folders that are watched."""
        from reader.store.catalogue import Catalogue  # not needed to start

        return Catalogue(self._database)

    def curating(self) -> Curating:
        """Return what looks after the shelf: first words, duplicates, watched folders, what goes for good."""
        from reader.curating import Curating  # not needed to start
        from reader.mending import drafts

        folder = self.paths.data / drafts.FOLDER
        return Curating(self._database, self._articles, self._originals, folder, self._intake, self._clock)

    def keeping(self) -> Keeping:
        """Return what keeps the library from being lost: checks, backups, exports, repairs."""
        from reader.keeping.keeping import Keeping  # not needed to start

        return Keeping(self._database, self._originals, self.paths.cache / INDEX, self.readers, self._clock)

    def add(self, path: Path, step: Step = no_step) -> Added:
        """Bring a file in: as a new article, or as a new revision of a known one.

        A revision is told by its place (the same path) or its title and authors, and only where its
        text is clearly another state of the same text. Bookmarks, the reading position and the
        history move to where their words are now.

        Raises:
            ReaderError: it cannot be read, or not be stored; nothing was changed.
        """
        return self._intake().add(path, step)

    def add_pasted(self, text: str, name: str, step: Step = no_step, *, is_html: bool = False) -> Added:
        """Bring in what was copied in another program, and keep it as a file called ``name``: ``Intake.add_pasted``.

        Raises:
            ReaderError: see there.
        """
        return self._intake().add_pasted(text, name, step, is_html=is_html)

    def add_many(self, files: Iterable[Path], step: Step = no_step) -> Iterator[tuple[Path, Added | FileError]]:
        """Bring many files in and yield what became of each, in their order: see ``bulk.bring_in``.

        Raises:
            LibraryError, CancelledError: see there.
        """
        from reader import bulk

        return bulk.bring_in(self._intake(), files, step)

    def add_all(self, places: Sequence[Path], step: Step = no_step) -> Report:
        """Bring files and the texts of folders in and return what became of them: see ``bulk.bring_in_all``.

        Raises:
            ReaderError: see there.
        """
        from reader import bulk

        return bulk.bring_in_all(self._intake(), places, step)

    def add_bundled(self, folder: Path | None = None, step: Step = no_step) -> tuple[Added, ...]:
        """Bring in what is shipped with the program (see ``shipped``) and return what is new or newer.

        With ``folder`` the editions are taken from there, and there is no other library. What a person
        removed stays removed. A text of the other library that cannot be read is left out.

        Raises:
            ReaderError: an edition cannot be read, or one of both not be stored.
        """
        from reader import shipped

        own = shipped.editions(resources() / shipped.ARTICLES if folder is None else folder)
        others = shipped.library(resources() / shipped.LIBRARY) if folder is None else {}
        ages = [(name, *_age(file)) for name, file in (own | others).items()]
        known = msgspec.json.encode((__version__, self._stamps.identity(), ages))
        if self._stamps.has(BUNDLED, known):
            return ()
        intake = self._intake()
        added = [intake.add_bundled(path, step, name) for name, path in own.items()]
        for name, path in others.items():
            try:
                added.append(intake.add_bundled(path, step, name))
            except FileError as error:
                log.warning("a shipped text could not be brought in: %s", type(error).__name__)
            else:
                shipped.collect(self._database, name, added[-1])
        self._stamps.put(BUNDLED, known)
        return tuple(each for each in added if each is not None)

    def manuscript(self, article_id: int) -> Manuscript:
        """Return an article as Markdown, to be mended: see ``Revising.manuscript``.

        Raises:
            ReaderError: see there.
        """
        return self.revising().manuscript(article_id)

    def revise(self, article_id: int, text: str, base: int, *, over_newer: bool = False) -> Added:
        """Make Markdown the newest revision of an article; file, pictures and bookmarks stay: ``Revising.revise``.

        Raises:
            NewerRevisionError: the revision ``base``, which was mended, is no more the newest one.
            ReaderError: see there.
        """
        return self.revising().revise(article_id, text, base, over_newer=over_newer)

    def original_again(self, article_id: int, step: Step = no_step) -> Added:
        """Start again from the file that an article came from, as a newer revision: ``Revising.from_original``.

        Raises:
            ReaderError: see there.
        """
        return self.revising().from_original(article_id, self.readers(), step)

    def back_to(self, article_id: int, revision: int) -> Added:
        """Make what an article was in an earlier revision its newest one: ``Revising.back_to``.

        Raises:
            ReaderError: see there.
        """
        return self.revising().back_to(article_id, revision)

    def article(self, article_id: int) -> Article:
        """Return the whole text of an article, removed or not.

        Raises:
            NoSuchArticleError, DamagedArticleError, LibraryError: see there.
        """
        revision, title = self._articles.current(article_id)
        return self._described(article_id, decode(self._articles.compiled(revision), title))

    def compiled(self, article_id: int) -> Compiled:
        """Return an article opened by its header; each section is read when it is asked for.

        It goes on showing the same revision when a newer one comes in.

        Raises:
            NoSuchArticleError, DamagedArticleError, LibraryError: see there.
        """
        revision, title = self._articles.current(article_id)
        compiled = self._articles.opened(revision, title)
        compiled.metadata = self._articles.metadata(article_id, compiled.metadata)
        return compiled

    def _described(self, article_id: int, article: Article) -> Article:
        """Return an article with what a person says of it."""
        return structs.replace(article, metadata=self._articles.metadata(article_id, article.metadata))

    def resource(self, article_id: int, name: str) -> bytes | None:
        """Return a picture of an article; None where there is none of this name."""
        file = self._articles.resource(article_id, name)
        if file is None:
            return None
        try:
            return self._originals.path(file).read_bytes()
        except OSError:
            log.warning("a picture of article %d cannot be read", article_id)
            return None

    def original(self, article_id: int) -> Path:
        """Return where the library keeps the file that the article came from.

        Raises:
            NoSuchArticleError: there is no such article.
        """
        return self._originals.path(self._articles.original(article_id))

    def search(
        self,
        query: str,
        *,
        article_id: int | None = None,
        limit: int = MAX_HITS,
        page: Page | None = None,
        step: Step = no_step,
    ) -> SearchAnswer:
        """Return the best ``limit`` passages, grouped by article; of one article if it is named.

        With a ``page`` those of the best articles, sooner and not counted. Whatever is typed gives an
        answer or a hint. What came in after the last ``refresh_index`` is not found yet. ``step`` is
        called again and again while the index is asked, and for each passage.

        Raises:
            LibraryError: the library cannot be read.
            CancelledError: by ``step``.
        """
        from reader import answers

        ask = partial(self._index().search, within=article_id, tagged=self.catalogue.tagged, stop=partial(step, 0.0))
        found = ask(query, limit=limit, page=page, counted=page is None)
        lost = not found.total and not found.hint and not self._index().state() and bool(self._articles.currents())
        entries = self.shelf.entries([hits.article_id for hits in found.groups])
        return answers.told(found, answers.groups(found, entries, self.compiled, step), damaged=found.damaged or lost)

    def facets(self, query: str, *, article_id: int | None = None, step: Step = no_step) -> tuple[Facet, ...]:
        """Return by what a search can be narrowed; see ``reader.facets``.

        Raises:
            LibraryError: the library cannot be read.
        """
        from reader.facets import facets

        count = partial(self._index().count, within=article_id, tagged=self.catalogue.tagged, stop=partial(step, 0.0))
        if article_id is not None:
            return facets(query, count, {}, {})
        tags = {article: labels.tags for article, labels in self.catalogue.labels().items()}
        return facets(query, count, self.shelf.authors(), tags)

    def refresh_index(self, step: Step = no_step, *, trusting: bool = False) -> None:
        """Bring the search index up to date with the store: only what changed, all where it is damaged.

        A ``trusting`` one does nothing, and loads nothing, where the index was brought to this state
        before; that it is damaged or gone nevertheless, a search tells.

        For a background thread. Much is done in a process of its own (``indexing_process``). ``step`` may
        stop it; what was indexed until then stays. The first time it tidies, too: what a killed process
        left behind is swept on the next start.

        Raises:
            LibraryError, IndexWriteError, IndexingEndedError, CancelledError: see there.
        """
        from reader.refreshing import Refreshing  # not needed to start

        refreshing = Refreshing(self._articles, self._stamps, self._index)
        if trusting and refreshing.seems_done():
            return  # a start: what is due after it tidies, a little later
        if not self._tidied:
            self._tidied = True
            self.tidy()
        from reader.indexing_process import refresh

        refresh(self.paths, refreshing, step)

    def unindex(self, article_ids: Iterable[int]) -> None:
        """Let the next ``refresh_index`` take articles in anew: a person says something else of them.

        Raises:
            IndexWriteError: see there.
        """
        for article_id in article_ids:
            self._index().remove(article_id)

    def rebuild_index(self, step: Step = no_step) -> None:
        """Make the search index anew: see ``refresh_index``."""
        self._index().clear()
        self.refresh_index(step)

    def _intake(self) -> Intake:
        from reader.intake import Intake  # not needed to start

        return Intake(self._database, self._articles, self._originals, self.readers(), self._clock)

    def revising(self) -> Revising:
        """Return what gives texts out to be mended, takes them back, and knows all that they were."""
        from reader.mending.revising import Revising  # not needed to start

        return Revising(self._database, self._articles, self._originals, self._clock)

    def readers(self) -> Readers:
        """Return what reads files, in processes of their own."""
        from reader.importers.sandbox import Readers

        with self._lock:
            if self._readers is None:
                self._readers = Readers()
            return self._readers

    def _index(self) -> SearchIndex:
        """Return the search index; it is not loaded until somebody searches."""
        from reader.search.index import SearchIndex

        with self._lock:
            if self._search_index is None:
                self._search_index = SearchIndex(self.paths.cache / INDEX)
            return self._search_index

    def tidy(self) -> None:
        """Delete for good what was removed long ago, and what an interrupted import left behind.

        Raises:
            LibraryError: it could not be written.
        """
        self.curating().tidy(self._clock() - KEPT_AFTER_REMOVAL)


def _age(file: Path) -> tuple[int, int, int]:
    """Return a file's size and times: what tells that it is another.

    An installer may give all its files one time of change; the last one is that of the installation.
    """
    found = file.stat()
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns
