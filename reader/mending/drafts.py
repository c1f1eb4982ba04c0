"""What a person wrote and did not save: kept in the data folder, and offered when they come back."""

from __future__ import annotations

import logging
from collections.abc import Container
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from threading import Lock
from uuid import uuid4

import msgspec
from msgspec import Struct

from reader.atomic import write_whole
from reader.mending.errors import DraftError

log = logging.getLogger(__name__)

FOLDER = "drafts"
MAX_DRAFT_BYTES = 16 * 2**20


class Draft(Struct, frozen=True):
    """An unsaved text of an article (by its UUID), made of one of its revisions."""

    article: str
    revision: int
    written: datetime
    text: str


class Found(Struct, frozen=True):
    """A draft and the file that it lies in."""

    path: Path
    draft: Draft


class DraftFile:
    """One draft's file; from any thread, and what is written last is what stays."""

    def __init__(self, folder: Path, article: str, path: Path | None = None) -> None:
        self.path = folder / f"{article}-{uuid4().hex[:8]}.json" if path is None else path
        self._lock = Lock()
        self._last = 0
        self._next = 0

    def turn(self) -> int:
        """Return a number for what is to be written: a higher one is newer."""
        self._next += 1
        return self._next

    def write(self, draft: Draft, turn: int) -> None:
        """Put a draft on the disk, unless a newer one is there.

        Raises:
            DraftError: it could not be written.
        """
        with self._lock:
            if turn <= self._last:
                return
            try:
                self.path.parent.mkdir(parents=True, exist_ok=True)
                write_whole(self.path, msgspec.json.encode(draft))
            except OSError as exc:
                raise DraftError from exc
            self._last = turn

    def discard(self) -> None:
        """Delete it; what is still under way is not written any more."""
        with self._lock:
            self._last = self._next
            with suppress(OSError):
                self.path.unlink(missing_ok=True)


def newest(folder: Path, article: str) -> Found | None:
    """Return the draft of an article that was written last; None where there is none that can be read."""
    found: Found | None = None
    for path in sorted(folder.glob(f"{article}-*.json")):
        draft = _read(path)
        if draft is not None and (found is None or draft.written > found.draft.written):
            found = Found(path, draft)
    return found


def sweep(folder: Path, articles: Container[str]) -> int:
    """Delete the drafts of articles that are none of these (by their UUIDs); return how many."""
    swept = 0
    for path in folder.glob("*.json*"):
        if path.name.partition(".")[0].rpartition("-")[0] not in articles:
            with suppress(OSError):
                path.unlink()
                swept += 1
    return swept


def _read(path: Path) -> Draft | None:
    try:
        if path.stat().st_size > MAX_DRAFT_BYTES:
            return None
        return msgspec.json.decode(path.read_bytes(), type=Draft)
    except (OSError, msgspec.DecodeError):
        log.warning("a draft cannot be read")
        return None
