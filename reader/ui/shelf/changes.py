"""What a person does to the library, each with the way back."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QObject

from reader.library import Library, ShelfEntry
from reader.store.catalogue import DeletedCollection, Description, tidy_name
from reader.ui.isolation import isolated
from reader.ui.shelf.scopes import Part, Scope

Entries = tuple[ShelfEntry, ...]


class Change(NamedTuple):
    """A change: the sentence that tells it, what does it, what undoes it, and of which articles."""

    said: str
    do: Callable[[], object]
    undo: Callable[[], object]
    ids: tuple[int, ...] = ()
    sought: bool = False
    """Whether something else is found by it: what is said of the articles."""


class Changes(QObject):
    """Makes changes; nothing is done until ``do`` is called, which may raise LibraryError."""

    def __init__(self, library: Library, parent: QObject) -> None:
        super().__init__(parent)
        self._library = library

    def remove(self, entries: Entries) -> Change:
        """Take readings off the shelf."""
        ids, shelf = _ids(entries), self._library.shelf
        if len(entries) == 1:
            said = self.tr("“{title}” was removed from the library.").format(title=isolated(entries[0].title))
        else:
            said = self.tr("%n reading(s) went to the bin.", "", len(entries))
        return Change(said, lambda: shelf.remove_all(ids), lambda: shelf.restore_all(ids), ids)

    def restore(self, entries: Entries) -> Change:
        """Put readings back that were removed."""
        ids, shelf = _ids(entries), self._library.shelf
        if len(entries) == 1:
            said = self.tr("“{title}” is back in the library.").format(title=isolated(entries[0].title))
        else:
            said = self.tr("%n reading(s) are back in the library.", "", len(entries))
        return Change(said, lambda: shelf.restore_all(ids), lambda: shelf.remove_all(ids), ids)

    def describe(self, entries: Entries, field: str, before: object, now: object) -> Change:
        """Say another title, other authors, another date or language of readings, or other tags."""
        if field == "tags":
            return self._retag(entries, before, now)
        ids, catalogue = _ids(entries), self._library.catalogue
        old = catalogue.descriptions(ids)
        said = Description(**{field: now})  # type: ignore[arg-type]
        told = self.tr("The details of %n reading(s) were changed.", "", len(entries))
        return Change(
            told, lambda: catalogue.describe(ids, said), lambda: catalogue.set_descriptions(old), ids, sought=True
        )

    def as_in_file(self, entries: Entries, field: str) -> Change:
        """Say of readings what their files say."""
        from msgspec import structs

        ids, catalogue = _ids(entries), self._library.catalogue
        old = catalogue.descriptions(ids)
        new = {article_id: structs.replace(said, **{field: None}) for article_id, said in old.items()}
        told = self.tr("Described as in the file again: %n reading(s).", "", len(entries))
        return Change(
            told, lambda: catalogue.set_descriptions(new), lambda: catalogue.set_descriptions(old), ids, sought=True
        )

    def _retag(self, entries: Entries, before: object, now: object) -> Change:
        old, new = (tuple(map(str, names)) if isinstance(names, tuple) else () for names in (before, now))
        given = tuple(name for name in new if name not in old)
        taken = tuple(name for name in old if name not in new)
        catalogue, ids = self._library.catalogue, _ids(entries)
        lacking = {name: tuple(entry.id for entry in entries if name not in entry.tags) for name in given}

        def do() -> None:
            catalogue.untag(ids, taken)
            catalogue.tag(ids, given)

        def undo() -> None:
            for name, those in lacking.items():
                catalogue.untag(those, (name,))
            catalogue.tag(ids, taken)

        return Change(self.tr("The tags of %n reading(s) were changed.", "", len(entries)), do, undo, ids)

    def put(self, entries: Entries, scope: Scope, name: str) -> Change:
        """Put readings into a collection, or give them a tag."""
        catalogue, key = self._library.catalogue, scope.key
        if scope.part is Part.TAG:
            ids = tuple(entry.id for entry in entries if key not in entry.tags)
            said = self.tr("%n reading(s) got the tag “{name}”.", "", len(ids))
            return Change(
                said.format(name=isolated(name)),
                lambda: catalogue.tag(ids, (str(key),)),
                lambda: catalogue.untag(ids, (str(key),)),
                ids,
            )
        ids = tuple(entry.id for entry in entries if key not in entry.collections)
        said = self.tr("Put into “{name}”: %n reading(s).", "", len(ids))
        return Change(
            said.format(name=isolated(name)),
            lambda: catalogue.collect(int(key), ids),
            lambda: catalogue.take_out(int(key), ids),
            ids,
        )

    def take_out(self, entries: Entries, scope: Scope, name: str) -> Change:
        """Take readings out of a collection, or a tag from them."""
        put_back = self.put(tuple(_without(entry, scope) for entry in entries), scope, name)
        said = self.tr("Taken out of “{name}”: %n reading(s).", "", len(entries))
        return Change(said.format(name=isolated(name)), put_back.undo, put_back.do, put_back.ids)

    def make(self, name: str, entries: Entries = ()) -> Change:
        """Make a collection, of readings or without any."""
        catalogue, ids = self._library.catalogue, _ids(entries)
        gone: list[DeletedCollection] = []

        def do() -> None:
            if gone:
                catalogue.bring_back(gone.pop())
            else:
                catalogue.collect(catalogue.make_collection(name), ids)

        def undo() -> None:
            _keep(gone, catalogue.delete_collection(catalogue.make_collection(name)))

        return Change(self.tr("The collection “{name}” was made.").format(name=isolated(name)), do, undo, ids)

    def rename(self, scope: Scope, old: str, new: str) -> Change:
        """Call a collection or a tag by another name; a tag that has it already becomes one with this one."""
        catalogue = self._library.catalogue
        said = self.tr("“{old}” is called “{new}” now.").format(old=isolated(old), new=isolated(new))
        if scope.part is Part.TAG:
            return Change(said, lambda: catalogue.rename_tag(old, new), self._parting(old, new))
        number = int(scope.key)
        return Change(
            said,
            lambda: catalogue.rename_collection(number, new),
            lambda: catalogue.rename_collection(number, old),
        )

    def _parting(self, old: str, new: str) -> Callable[[], None]:
        """Return what gives a tag its old name again; one that had the new name before keeps it, and what it was at."""
        catalogue = self._library.catalogue
        same = tidy_name(old).casefold() == tidy_name(new).casefold()
        ours, theirs = catalogue.tagged(old), () if same else catalogue.tagged(new)

        def undo() -> None:
            if theirs:
                catalogue.untag(set(ours).difference(theirs), (new,))
                catalogue.tag(ours, (old,))
            else:
                catalogue.rename_tag(new, old)

        return undo

    def delete(self, scope: Scope, name: str, entries: Entries) -> Change:
        """Delete a collection or a tag; the readings stay."""
        catalogue, ids = self._library.catalogue, _ids(entries)
        if scope.part is Part.TAG:
            said = self.tr("The tag “{name}” was deleted; its readings stay.").format(name=isolated(name))
            return Change(said, lambda: catalogue.untag(ids, (name,)), lambda: catalogue.tag(ids, (name,)), ids)
        number = int(scope.key)
        gone: list[DeletedCollection] = []

        def do() -> None:
            _keep(gone, catalogue.delete_collection(number))

        def undo() -> None:
            while gone:
                catalogue.bring_back(gone.pop())

        said = self.tr("The collection “{name}” was deleted; its readings stay.").format(name=isolated(name))
        return Change(said, do, undo, ids)


def _keep(gone: list[DeletedCollection], deleted: DeletedCollection | None) -> None:
    """Keep what was deleted, to be brought back; another window may have been sooner."""
    if deleted is not None:
        gone.append(deleted)


def _ids(entries: Entries) -> tuple[int, ...]:
    return tuple(entry.id for entry in entries)


def _without(entry: ShelfEntry, scope: Scope) -> ShelfEntry:
    from msgspec import structs

    if scope.part is Part.TAG:
        return structs.replace(entry, tags=tuple(tag for tag in entry.tags if tag != scope.key))
    return structs.replace(entry, collections=tuple(each for each in entry.collections if each != scope.key))
