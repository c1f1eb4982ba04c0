"""Where the places of a text are in another state of it: its bookmarks, where one reads, the trail."""

from __future__ import annotations

from dataclasses import dataclass

from reader.article.locator import Locator, find_again, locator
from reader.article.text import CanonicalText
from reader.store.annotations import places_of
from reader.store.articles import Known
from reader.store.connection import Database
from reader.store.reading import places_read


@dataclass(frozen=True, slots=True)
class Kin:
    """The article that a text is a revision of, how long its text was, and whether that can be read."""

    known: Known
    length: int
    sound: bool = True


class Moves:
    """Where places of the old text are in the new one, each looked for once.

    Most are looked for before the transaction, so that other windows wait for the writing alone.
    """

    def __init__(self, text: CanonicalText, kin: Kin | None) -> None:
        self.kin = kin
        self._text = text
        self._found: dict[Locator, Locator | None] = {}

    def prepare(self, database: Database) -> None:
        """Look for every place that is stored now."""
        if self.kin is not None:
            article_id = self.kin.known.article_id
            for place in places_of(database, article_id) | places_read(database, article_id):
                self.find(place)

    def find(self, old: Locator) -> Locator | None:
        """Return a place's locator in the new text, or None."""
        if old not in self._found:
            found = find_again(self._text, old)
            self._found[old] = None if found is None else locator(self._text, found.start, found.end)
        return self._found[old]

    def nearby(self, old: Locator) -> Locator:
        """Return the point at the same share of the new text."""
        length = max(1, self.kin.length if self.kin is not None else 1)
        at = min(len(self._text), old.start * len(self._text) // length)
        return locator(self._text, at, at)
