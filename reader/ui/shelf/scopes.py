"""Which part of the library is shown: all, what is begun, a collection, what a person wrote."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from enum import Enum

from msgspec import Struct

from reader.library import ShelfEntry
from reader.ui.shelf.phrases import begun


class Part(Enum):
    """What divides the library. ``BIN`` is what was taken off the shelf."""

    ALL = "all"
    BEGUN = "begun"
    UNREAD = "unread"
    FINISHED = "finished"
    COLLECTION = "collection"
    TAG = "tag"
    AUTHOR = "author"
    LANGUAGE = "language"
    BIN = "bin"


class Scope(Struct, frozen=True):
    """A part, and which: the id of a collection, the name of a tag or an author, a language."""

    part: Part = Part.ALL
    key: str | int = ""

    def holds(self) -> Callable[[ShelfEntry], bool]:
        """Return what says whether an entry is in it."""
        key = self.key
        match self.part:
            case Part.BEGUN:
                return begun
            case Part.UNREAD:
                return unread
            case Part.FINISHED:
                return lambda entry: entry.finished
            case Part.COLLECTION:
                return lambda entry: key in entry.collections
            case Part.TAG:
                return lambda entry: key in entry.tags
            case Part.AUTHOR:
                return lambda entry: key in entry.authors
            case Part.LANGUAGE:
                return lambda entry: language_of(entry) == key
            case _:
                return lambda _entry: True


ALL, BIN = Scope(), Scope(Part.BIN)
DROPPABLE = (Part.COLLECTION, Part.TAG)
"""Onto what articles can be dragged."""


def unread(entry: ShelfEntry) -> bool:
    """Say whether a reading was never opened."""
    return entry.last_read is None


def language_of(entry: ShelfEntry) -> str:
    """Return the language without its country: “en” for “en-GB”, an empty string where none is known."""
    return entry.language.replace("_", "-").partition("-")[0].lower()


def counted(entries: Iterable[ShelfEntry]) -> Mapping[Scope, int]:
    """Return how many entries are in each part that has any."""
    counts: Counter[Scope] = Counter()
    parts: Counter[Part] = Counter()
    keys: dict[Part, Counter[str | int]] = {
        part: Counter() for part in (Part.COLLECTION, Part.TAG, Part.AUTHOR, Part.LANGUAGE)
    }
    for entry in entries:
        parts[Part.ALL] += 1
        parts[_state(entry)] += 1
        keys[Part.COLLECTION].update(entry.collections)
        keys[Part.TAG].update(entry.tags)
        keys[Part.AUTHOR].update(set(entry.authors))
        keys[Part.LANGUAGE][language_of(entry)] += 1
    for part, count in parts.items():
        counts[Scope(part)] = count
    for part, found in keys.items():
        for key, count in found.items():
            if key != "":
                counts[Scope(part, key)] = count
    return counts


def _state(entry: ShelfEntry) -> Part:
    if entry.finished:
        return Part.FINISHED
    return Part.UNREAD if entry.last_read is None else Part.BEGUN
