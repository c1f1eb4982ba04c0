"""The full-text index of a library, in a folder that Whoosh keeps, and the only module that opens it.

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
from contextlib import contextmanager, suppress
from functools import cache
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import msgspec

from reader.article.model import Article
from reader.search import analysis
from reader.search.query import Query, parse
from reader.search.results import Answer, Counts, Page, Stop

if TYPE_CHECKING:
    from reader.search.generation import Generation
    from reader.search.kernel import Tagged
    from reader.search.storage import IndexFolder

log = logging.getLogger(__name__)

MAX_SEARCH_SECONDS = 3.0
MAX_WAIT_SECONDS = 10.0
"""So long a writer waits for another window to finish."""

# Too many open files, no memory, no permission: no fault of the index.
_PASSING = (errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EACCES, errno.EPERM)

_STAMP = "stamp.json"
_LOCK, _MERGING_LOCK = "writer.lock", "merging.lock"
_OPEN_ATTEMPTS = 20
_OPEN_DELAY_SECONDS = 0.02


class _Stamp(msgspec.Struct, frozen=True):
    """What an index was made by, and the name of the folder it is in."""

    schema: int
    analyser: int
    unicode: str
    whoosh: str
    folder: str


def _of_no_article(_tag: str) -> tuple[int, ...]:
    return ()


def _go_on() -> None:
    """Stop nothing."""


class SearchIndex:
    """The index in one folder. Cheap to make; every method may be called from any thread."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._reading = threading.Lock()
        self._opened: Generation | None = None
        self._read_stamp: tuple[tuple[int, ...], _Stamp] | None = None  # with what tells whether it is another
        self._tried = ""  # the folder of the index that was looked into last

    def search(
        self,
        query: str,
        *,
        within: int | None = None,
        limit: int = 200,
        page: Page | None = None,
        counted: bool = True,
        tagged: Tagged = _of_no_article,
        stop: Stop = _go_on,
    ) -> Answer:
        """Return the best blocks, of one article if ``within`` names it. Raises nothing but what ``stop`` does.

        They are ``limit``, or with a ``page`` those of the best articles. Unless all are to be
        ``counted``, the answer comes as soon as these are found; of all, ``count`` tells.
        ``tagged`` says which articles have a tag; ``stop`` is called again and again.
        """
        parsed = parse(query)
        if parsed.node is None:
            return Answer(query, hint=parsed.hint)
        try:
            with self._reading:
                opened = self._open()
                if opened is None:
                    return _empty(parsed)
                from reader.search.answering import Wish, answered

                return answered(opened, parsed, Wish(within, limit, page, counted, tagged, stop), MAX_SEARCH_SECONDS)
        except self._unreadable() as exc:
            if self._condemn(exc):
                return _empty(parsed, hint=_("The search index is damaged and will be made anew."), damaged=True)
            return _empty(parsed, hint=_("The search index cannot be read just now."))

    def count(
        self, query: str, *, within: int | None = None, tagged: Tagged = _of_no_article, stop: Stop = _go_on
    ) -> Counts:
        """Count what a search would find, if need be for as long as one may take. Raises as ``search`` does."""
        parsed = parse(query)
        try:
            with self._reading:
                opened = None if parsed.node is None else self._open()
                if opened is None:
                    return Counts()
                from reader.search.answering import Wish, counted

                return counted(opened, parsed, Wish(within, 0, None, True, tagged, stop), MAX_SEARCH_SECONDS)
        except self._unreadable() as exc:
            self._condemn(exc)
            return Counts(whole=False)

    def state(self) -> dict[int, int]:
        """Return the articles that are indexed, each with its revision."""
        try:
            with self._reading:
                opened = self._open()
                return {} if opened is None else dict(opened.revisions())
        except self._unreadable() as exc:
            self._condemn(exc)
            return {}

    def replace(self, article_id: int, revision: int, article: Article) -> bool:
        """Index an article in place of its older revision, and leave it to others to merge; see ``replace_many``."""
        return self._write([(article_id, revision, article)], lambda done: None)

    def replace_many(
        self, items: Iterable[tuple[int, int, Article]], step: Callable[[int], object] = lambda done: None
    ) -> bool:
        """Index articles (id, revision, article), each in place of what was there; then merge, if it is worth it.

        They can be found as soon as they are written, in batches; to merge takes longer.

        ``step`` is told after each article how many are done; what it raises stops the work. Then,
        and in a kill, the articles since the last commit are missing, and ``state`` says so.

        Returns:
            False where nothing came of it: another window went on writing all the time, or the
            index turned out damaged, and counts as empty now.

        Raises:
            IndexWriteError: the disk is full, or the folder may not be written to.
        """
        done = 0

        def told(number: int) -> None:
            nonlocal done
            done = number
            step(number)

        written = self._write(items, told)
        while written and self.merge(lambda: step(done)):
            log.info("search index: segments merged")
        return written

    def _write(self, items: Iterable[tuple[int, int, Article]], step: Callable[[int], object]) -> bool:
        from reader.search.writing import write

        return self._writing(lambda folder: write(folder, items, step))

    def remove(self, article_id: int) -> bool:
        """Take an article out of the index. Returns and raises as ``replace_many`` does."""
        from reader.search.writing import remove

        return self._writing(lambda folder: remove(folder, (article_id,)))

    def clear(self) -> bool:
        """Begin with an empty index. Returns and raises as ``replace_many`` does."""
        return self._writing(lambda _folder: self._create())

    def merge(self, step: Stop = _go_on) -> bool:
        """Make few segments of many, if that is worth it; meanwhile all may search and write.

        For a background thread. ``step`` is called now and then; what it raises stops the work.

        Returns:
            True where something was merged, and more may be worth it.

        Raises:
            IndexWriteError: see ``replace_many``.
        """
        from reader.search.settling import Settling

        stamp = self._stamp()
        if stamp is None:
            return False
        try:
            with self._locked(_MERGING_LOCK, seconds=0.0) as alone:
                settling = Settling(self._index_folder(stamp.folder))
                return alone and settling.merge(step) and self._writing(settling.put_in_force) and settling.is_done
        except self._unreadable() as exc:
            self._condemn(exc)
            return False

    def close(self) -> None:
        """Let go of the files; the next search opens them again."""
        with self._reading:
            self._let_go()

    # Reading

    def _open(self) -> Generation | None:
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

    def _open_folder(self, name: str) -> Generation:
        from reader.search.generation import Generation

        folder = self._index_folder(name)
        if self._opened is None or self._opened.key != (name, folder.generation()):
            before, self._opened = self._opened, None
            self._opened = Generation(folder, before)
        return self._opened

    def _let_go(self) -> None:
        if self._opened is not None:
            self._opened.close()
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

    def _writing(self, work: Callable[[IndexFolder], object]) -> bool:
        """Do what is to be done to the index, which is made if need be, while no one else writes."""
        from reader.search.storage import DamagedIndexError, writing

        with self._locked(_LOCK, MAX_WAIT_SECONDS) as alone:
            if not alone:
                log.info("another window is writing the search index")
                return False
            try:
                with writing():
                    folder = self._usable()
                work(folder)
            except DamagedIndexError as exc:
                self._condemn(exc)
                return False
        return True

    @contextmanager
    def _locked(self, name: str, seconds: float) -> Iterator[bool]:
        """Wait for a lock for some seconds, and tell whether it was had."""
        from whoosh.filedb.filestore import FileStorage
        from whoosh.util.filelock import try_for

        from reader.search.storage import writing

        with writing():
            self._folder.mkdir(parents=True, exist_ok=True)
            lock = FileStorage(str(self._folder)).lock(name)  # type: ignore[no-untyped-call]
            alone = try_for(lock.acquire, timeout=seconds, delay=_OPEN_DELAY_SECONDS)
        try:
            yield alone
        finally:
            if alone:
                lock.release()

    def _usable(self) -> IndexFolder:
        stamp = self._stamp()
        if stamp is None:
            return self._create()
        folder = self._index_folder(stamp.folder)
        try:
            from reader.search.writing import check

            check(folder)
        except self._unreadable() as exc:
            log.warning("search index damaged, made anew: %s", type(exc).__name__)
            return self._create()
        return folder

    def _create(self) -> IndexFolder:
        """Make an empty index, then name it in the stamp, then drop the others."""
        from reader.search.storage import write_durably
        from reader.search.writing import Commit

        stamp = _this_stamp(f"index-{uuid4().hex[:12]}")
        (self._folder / stamp.folder).mkdir()
        folder = self._index_folder(stamp.folder)
        Commit(folder).close()
        write_durably(self._folder / _STAMP, msgspec.json.encode(stamp))
        for other in self._folder.glob("index-*"):
            if other.name != stamp.folder:
                shutil.rmtree(other, ignore_errors=True)
        return folder

    def _stamp(self) -> _Stamp | None:
        """Return the stamp if it is one of this program's, and its folder is there."""
        path = self._folder / _STAMP
        try:
            found = path.stat()
            age = (found.st_ino, found.st_mtime_ns, found.st_size)
            if self._read_stamp is None or self._read_stamp[0] != age:
                self._read_stamp = age, msgspec.json.decode(path.read_bytes(), type=_Stamp)
        except (OSError, msgspec.DecodeError):
            return None
        stamp = self._read_stamp[1]
        if stamp != _this_stamp(stamp.folder) or Path(stamp.folder).name != stamp.folder:
            return None
        return stamp if (self._folder / stamp.folder).is_dir() else None

    def _index_folder(self, name: str) -> IndexFolder:
        from reader.search.storage import IndexFolder

        self._tried = name
        return IndexFolder(self._folder / name)


@cache
def _this_stamp(folder: str) -> _Stamp:
    import whoosh

    from reader.search import layout

    version = ".".join(str(part) for part in whoosh.__version__)
    return _Stamp(layout.VERSION, analysis.VERSION, unicodedata.unidata_version, version, folder)


def _empty_index_error() -> type[Exception]:
    from whoosh.index import EmptyIndexError

    return EmptyIndexError


def _empty(parsed: Query, *, hint: str = "", damaged: bool = False) -> Answer:
    return Answer(parsed.text, hint=hint or parsed.hint, words=parsed.words, sought=parsed.sought, damaged=damaged)
