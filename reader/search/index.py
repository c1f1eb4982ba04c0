"""The full-text index of a library, kept by Whoosh, and the only module that opens it.

The index is a cache. In its folder a stamp says which versions made it, and in which folder inside
it lies; where that does not match, is missing or damaged, the index counts as empty and is made
anew in another folder, which the stamp then names. Whoosh is imported at the first need.

One window writes at a time, and waits for the other; all may search meanwhile, each in the state
of the last commit.
"""

from __future__ import annotations

import errno
import logging
import shutil
import threading
import time
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from gettext import gettext as _
from heapq import nlargest
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import msgspec

from reader.article.model import Article
from reader.search import analysis
from reader.search.query import Query, parse
from reader.search.results import Answer, ArticleHits, BlockHit

if TYPE_CHECKING:
    from whoosh.index import FileIndex
    from whoosh.reading import IndexReader

    from reader.search.evaluation import Evaluation, Statistics
    from reader.search.storage import IndexFolder, Verified

log = logging.getLogger(__name__)

MAX_SEARCH_SECONDS = 3.0
MAX_WAIT_SECONDS = 10.0
"""So long a writer waits for another window to finish."""

# Too many open files, no memory, no permission: no fault of the index.
_PASSING = (errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EACCES, errno.EPERM)

_STAMP = "stamp.json"
_LOCK = "writer.lock"
_OPEN_ATTEMPTS = 20
_OPEN_DELAY_SECONDS = 0.02


class _Stamp(msgspec.Struct, frozen=True):
    """What an index was made by, and the name of the folder it is in."""

    schema: int
    analyser: int
    unicode: str
    whoosh: str
    folder: str


class _Opened:
    """A generation of the index, open for reading. Used by one thread at a time.

    Raises:
        FileNotFoundError: a newer commit removed a file meanwhile.
    """

    def __init__(self, folder: IndexFolder, key: tuple[str, int]) -> None:
        from reader.search.evaluation import Statistics
        from reader.search.schema import PLACE_COLUMNS, REVISION

        self.key = key
        self.folder = folder
        reader: IndexReader = _index_in(folder).reader()  # type: ignore[no-untyped-call]
        self.leaves = [leaf for leaf, _ in reader.leaf_readers() if leaf.doc_count_all()]
        # All at once: of a column whose file is gone Whoosh says that it is empty.
        for leaf in self.leaves:
            if not all(leaf.has_column(name) for name in (*PLACE_COLUMNS, REVISION)):
                raise FileNotFoundError
        self.places = [[leaf.column_reader(name) for name in PLACE_COLUMNS] for leaf in self.leaves]
        self.revisions = [leaf.column_reader(REVISION) for leaf in self.leaves]
        self.statistics: Statistics = Statistics(self.leaves)


class SearchIndex:
    """The index in one folder. Cheap to make; every method may be called from any thread."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._reading = threading.Lock()
        self._opened: _Opened | None = None
        self._verified: Verified = frozenset()
        self._tried = ""  # the folder of the index that was looked into last

    def search(self, query: str, *, within: int | None = None, limit: int = 200) -> Answer:
        """Return the best ``limit`` blocks, of one article if ``within`` names it. Never raises."""
        parsed = parse(query)
        if parsed.node is None:
            return Answer(query, hint=parsed.hint)
        try:
            with self._reading:
                opened = self._open()
                if opened is None:
                    return _answer(parsed)
                return self._search(opened, parsed, within, limit)
        except self._unreadable() as exc:
            if self._condemn(exc):
                return _answer(parsed, hint=_("The search index is damaged and will be made anew."), damaged=True)
            return _answer(parsed, hint=_("The search index cannot be read just now."))

    def state(self) -> dict[int, int]:
        """Return the articles that are indexed, each with its revision."""
        try:
            with self._reading:
                opened = self._open()
                return {} if opened is None else dict(_revisions(opened))
        except self._unreadable() as exc:
            self._condemn(exc)
            return {}

    def replace(self, article_id: int, revision: int, article: Article) -> bool:
        """Index an article in place of its older revision; see ``replace_many``."""
        return self.replace_many([(article_id, revision, article)])

    def replace_many(
        self, items: Iterable[tuple[int, int, Article]], step: Callable[[int], object] = lambda done: None
    ) -> bool:
        """Index articles (id, revision, article), each in place of what was there.

        ``step`` is told after each article how many are done; what it raises stops the work. Then,
        and in a kill, the articles since the last commit are missing, and ``state`` says so.

        Returns:
            False where nothing came of it: another window went on writing all the time, or the
            index turned out damaged, and counts as empty now.

        Raises:
            IndexWriteError: the disk is full, or the folder may not be written to.
        """
        from reader.search.writing import write

        return self._writing(lambda index: write(index, items, step))

    def remove(self, article_id: int) -> bool:
        """Take an article out of the index. Returns and raises as ``replace_many`` does."""
        from reader.search.writing import remove

        return self._writing(lambda index: remove(index, article_id))

    def clear(self) -> bool:
        """Begin with an empty index. Returns and raises as ``replace_many`` does."""
        return self._writing(lambda _index: self._create())

    def close(self) -> None:
        """Let go of the files; the next search opens them again."""
        with self._reading:
            self._let_go()

    # Reading

    def _search(self, opened: _Opened, parsed: Query, within: int | None, limit: int) -> Answer:
        from reader.search.evaluation import Evaluation, OutOfTimeError

        assert parsed.node is not None
        deadline = time.monotonic() + MAX_SEARCH_SECONDS
        found: list[tuple[float, int, int]] = []
        cut_short = False
        try:
            for number, leaf in enumerate(opened.leaves):
                evaluation: Evaluation = Evaluation(leaf, opened.statistics, deadline)
                among = None if within is None else evaluation.of_article(within)
                scores = evaluation.scores(parsed.node, among)
                found += [(score, -number, -document) for document, score in scores.items()]
        except OutOfTimeError:
            cut_short = True
        hint = parsed.hint
        if cut_short:
            hint = hint or _("That took too long: not everything was searched. More words narrow it down.")
        elif opened.statistics.cut(parsed):
            hint = hint or _("Many words begin so: only the commonest were looked for.")
        groups = _grouped(opened, nlargest(limit, found))
        return _answer(parsed, groups=groups, total=len(found), hint=hint, cut_short=cut_short)

    def _open(self) -> _Opened | None:
        """Return the latest generation, or None where there is no index that can be used."""
        attempts, seen = 0, ("", -1)
        deadline = time.monotonic() + MAX_WAIT_SECONDS
        while (stamp := self._stamp()) is not None:
            try:
                return self._open_folder(stamp.folder)
            except (FileNotFoundError, _empty_index_error()):
                # A newer commit, or a whole new index, took the place of the one being opened. Only
                # where none did for a while is something missing.
                now = (stamp.folder, self._index_folder(stamp.folder).generation())
                attempts, seen = (attempts + 1 if now == seen else 1), now
                if attempts >= _OPEN_ATTEMPTS or time.monotonic() > deadline:
                    raise
                time.sleep(_OPEN_DELAY_SECONDS)
        self._let_go()
        return None

    def _open_folder(self, name: str) -> _Opened:
        folder = self._index_folder(name)
        generation = folder.generation()
        if self._opened is None or self._opened.key != (name, generation):
            self._let_go()
            self._verified = folder.verify(self._verified)
            try:
                self._opened = _Opened(folder, (name, generation))
            finally:
                if self._opened is None:
                    folder.release()
        return self._opened

    def _let_go(self) -> None:
        if self._opened is not None:
            self._opened.folder.release()
            self._opened = None

    def _condemn(self, exc: Exception) -> bool:
        """Give up an index that cannot be read: without its stamp it counts as empty.

        Not for what has nothing to do with its files, and may pass; then return False.
        """
        with self._reading:
            self._let_go()
        if isinstance(exc, OSError) and exc.errno in _PASSING:
            log.warning("search index not readable: %s", type(exc).__name__)
            return False
        log.warning("search index damaged, to be made anew: %s", type(exc).__name__)
        stamp = self._stamp()
        if stamp is not None and stamp.folder == self._tried:
            with suppress(OSError):
                (self._folder / _STAMP).unlink()
        return True

    @staticmethod
    def _unreadable() -> tuple[type[Exception], ...]:
        from reader.search.storage import DAMAGE

        return (OSError, *DAMAGE)

    # Writing

    def _writing(self, work: Callable[[FileIndex], object]) -> bool:
        """Do what is to be done to the index, which is made if need be, while no one else writes."""
        from whoosh.filedb.filestore import FileStorage
        from whoosh.util.filelock import try_for

        from reader.search.storage import DamagedIndexError, IndexFolder, writing

        with writing():
            self._folder.mkdir(parents=True, exist_ok=True)
            lock = FileStorage(str(self._folder)).lock(_LOCK)  # type: ignore[no-untyped-call]
            if not try_for(lock.acquire, timeout=MAX_WAIT_SECONDS, delay=_OPEN_DELAY_SECONDS):
                log.info("another window is writing the search index")
                return False
        index = None
        try:
            with writing():
                index = self._usable()
            work(index)
        except DamagedIndexError as exc:
            self._condemn(exc)
            return False
        finally:
            if index is not None and isinstance(index.storage, IndexFolder):
                index.storage.release()
            lock.release()
        return True

    def _usable(self) -> FileIndex:
        stamp = self._stamp()
        if stamp is None:
            return self._create()
        folder = self._index_folder(stamp.folder)
        try:
            self._verified = folder.verify(self._verified)
            return _index_in(folder)
        except self._unreadable() as exc:
            log.warning("search index damaged, made anew: %s", type(exc).__name__)
            folder.release()
            return self._create()

    def _create(self) -> FileIndex:
        """Make an empty index, then name it in the stamp, then drop the others."""
        from whoosh.index import FileIndex

        from reader.search.schema import schema
        from reader.search.storage import write_durably

        stamp = _this_stamp(f"index-{uuid4().hex[:12]}")
        (self._folder / stamp.folder).mkdir()
        folder = self._index_folder(stamp.folder)
        index: FileIndex = FileIndex.create(folder, schema())  # type: ignore[no-untyped-call]
        write_durably(self._folder / _STAMP, msgspec.json.encode(stamp))
        for other in self._folder.glob("index-*"):
            if other.name != stamp.folder:
                shutil.rmtree(other, ignore_errors=True)
        return index

    def _stamp(self) -> _Stamp | None:
        """Return the stamp if it is one of this program's, and its folder is there."""
        try:
            stamp = msgspec.json.decode((self._folder / _STAMP).read_bytes(), type=_Stamp)
        except (OSError, msgspec.DecodeError):
            return None
        if stamp != _this_stamp(stamp.folder) or Path(stamp.folder).name != stamp.folder:
            return None
        return stamp if (self._folder / stamp.folder).is_dir() else None

    def _index_folder(self, name: str) -> IndexFolder:
        from reader.search.storage import IndexFolder

        self._tried = name
        return IndexFolder(self._folder / name)


def _this_stamp(folder: str) -> _Stamp:
    import whoosh

    from reader.search import schema

    version = ".".join(str(part) for part in whoosh.__version__)
    return _Stamp(schema.VERSION, analysis.VERSION, unicodedata.unidata_version, version, folder)


def _empty_index_error() -> type[Exception]:
    from whoosh.index import EmptyIndexError

    return EmptyIndexError


def _index_in(folder: IndexFolder) -> FileIndex:
    from whoosh.index import FileIndex

    from reader.search.schema import schema

    return FileIndex(folder, schema=schema())  # type: ignore[no-untyped-call]


def _answer(
    parsed: Query,
    *,
    groups: tuple[ArticleHits, ...] = (),
    total: int = 0,
    hint: str | None = None,
    cut_short: bool = False,
    damaged: bool = False,
) -> Answer:
    shown = parsed.hint if hint is None else hint
    return Answer(parsed.text, groups, total, shown, parsed.words, parsed.sought, cut_short, damaged)


def _grouped(opened: _Opened, best: Iterable[tuple[float, int, int]]) -> tuple[ArticleHits, ...]:
    """Return the hits by article, the article with the best hit first."""
    by_article: dict[int, list[BlockHit]] = {}
    for score, leaf, document in best:
        article, passage, section = (column[-document] for column in opened.places[-leaf])
        by_article.setdefault(article, []).append(BlockHit(passage, section, score))
    return tuple(
        ArticleHits(article, tuple(sorted(hits, key=lambda hit: hit.passage))) for article, hits in by_article.items()
    )


def _revisions(opened: _Opened) -> Iterator[tuple[int, int]]:
    from reader.search.schema import IS_HEAD

    for leaf, places, revisions in zip(opened.leaves, opened.places, opened.revisions, strict=True):
        if (IS_HEAD, b"1") in leaf:
            for document in leaf.postings(IS_HEAD, "1").all_ids():
                yield places[0][document], revisions[document]
