"""Bringing the search index up to date from anywhere: in a process of its own, say.

It needs no more than where the library lies. What is there is compared with what is indexed, so whatever
stopped it, a kill too, it goes on where the last batch was written.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

from reader.errors import CancelledError
from reader.library import Library
from reader.paths import Paths


def bring_up_to_date(paths: Paths, told: Callable[[float], object], stop: Event) -> bool:
    """Index what is new and changed in a library, and merge; say whether that came to its end.

    ``told`` hears the share that is done, 0 to 1, after each article, and 1 again and again during a merge.
    When ``stop`` is set, it ends after the article at hand.

    Raises:
        LibraryError, IndexWriteError: see ``Library.refresh_index``.
    """

    def step(share: float) -> None:
        if stop.is_set():
            raise CancelledError
        told(share)

    with Library(paths) as library:
        try:
            library.refresh_index(step)
        except CancelledError:
            return False
    return True
