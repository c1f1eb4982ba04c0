"""What a person said of an article, in an export and here: of each field, what was said last counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from sqlite3 import Connection

import msgspec
from msgspec import structs

from reader.keeping import forms, operations
from reader.keeping.operations import Told
from reader.keeping.web_annotations import Annotated
from reader.store import times
from reader.store.annotations import insert_bookmark, stored_place
from reader.store.articles import Articles, stored_authors
from reader.store.catalogue import tidy_name
from reader.store.journal import Journal, Key, Last, Operation, latest
from reader.store.settling import settled

_DESCRIPTION = ("title", "authors", "date", "language")


class Merge:
    """One article of an export on its way into the library, in a transaction.

    ``theirs`` is its UUID in the export, ``ours`` the one that it has here.
    """

    def __init__(
        self, connection: Connection, articles: Articles, journal: Journal, told: Told, theirs: str, ours: str
    ) -> None:
        self._connection = connection
        self._articles = articles
        self._journal = journal
        self._told = told
        self._theirs, self._ours = theirs, ours
        self._mark = _last_seq(connection)
        self._here = {kind: latest(journal.of(kind, ours)) for kind in ("article", "reading")}
        self._there = {kind: latest(told.of(kind, theirs)) for kind in ("article", "reading")}

    def article(self, number: int, form: forms.ExportedArticle) -> None:
        """Merge what was said of the article itself."""
        if self._is_newer("article", "removed"):
            removed = None if form.removed is None else times.written(form.removed)
            self._connection.execute("UPDATE article SET removed = ? WHERE id = ?", (removed, number))
        self._describe(number, form)
        for name in map(tidy_name, form.tags):
            if name and self._is_newer("article", "tag", name):
                self._connection.execute("INSERT OR IGNORE INTO tag (article_id, name) VALUES (?, ?)", (number, name))
        for name in self._taken_away("article", "tag"):
            self._connection.execute("DELETE FROM tag WHERE article_id = ? AND name = ?", (number, name))
        self._read(number, form)

    def bookmark(self, number: int, annotated: Annotated, *, is_back: bool) -> bool:
        """Merge a bookmark: a new one comes in, of a known one the fields that were changed later there.

        Returns whether it is here then: one that was deleted here later is not, unless its text ``is_back`` with it.
        """
        each, connection = annotated.bookmark, self._connection
        ours, theirs = self._journal.of("bookmark", each.id), self._told.of("bookmark", each.id)
        if connection.execute("SELECT 1 FROM bookmark WHERE uuid = ?", (each.id,)).fetchone() is None:
            if not is_back and operations.stays_gone(ours, theirs):
                return False
            place, lost = settled(self._articles, number, each.target)
            new = structs.replace(each, target=place, lost=lost or each.lost)
            insert_bookmark(connection, number, new, annotated.removed)
            return True
        removed = None if annotated.removed is None else times.written(annotated.removed)
        here, there = latest(ours), latest(theirs)
        for field, value in (("label", each.label), ("remark", each.remark), ("removed", removed)):
            key = ("bookmark", each.id, field, "")
            if operations.newer(here, there, key, key):
                connection.execute(
                    f"UPDATE bookmark SET {field} = ?, changed = max(changed, ?) WHERE uuid = ?",
                    (value, times.written(each.changed), each.id),
                )
        return True

    def journal(self, bookmarks: Iterable[str]) -> None:
        """Let the journal tell what was restored as it was done, not as done now."""
        entities = [("article", self._theirs, self._ours), ("reading", self._theirs, self._ours)]
        entities += [("bookmark", uuid, uuid) for uuid in bookmarks]
        for kind, theirs, ours in entities:
            rewrite(self._connection, self._mark, self._told.of(kind, theirs), kind, ours, {self._theirs: self._ours})

    def _is_newer(self, kind: str, field: str, value: str = "") -> bool:
        keys = ((kind, uuid, field, value.casefold()) for uuid in (self._ours, self._theirs))
        return operations.newer(self._here[kind], self._there[kind], *keys)

    def _taken_away(self, kind: str, field: str) -> Iterator[str]:
        """Yield the values that were taken away there after they came here."""
        for (_kind, _uuid, each, value), last in self._there[kind].items():
            if each == field and not last.present and self._is_newer(kind, field, value):
                yield value

    def _describe(self, number: int, form: forms.ExportedArticle) -> None:
        said = form.description
        authors = None if said.authors is None else stored_authors(said.authors)
        for field, value in zip(_DESCRIPTION, (said.title, authors, said.date, said.language), strict=True):
            if self._is_newer("article", field):
                if value is not None:
                    self._connection.execute("INSERT OR IGNORE INTO description (article_id) VALUES (?)", (number,))
                self._connection.execute(f"UPDATE description SET {field} = ? WHERE article_id = ?", (value, number))

    def _read(self, number: int, form: forms.ExportedArticle) -> None:
        """Merge the place last read, the way there, what was chosen and what was folded."""
        execute, at = self._connection.execute, form.position
        if at is not None and self._is_newer("reading", "position"):
            place, _lost = settled(self._articles, number, at.place)
            execute(
                "INSERT INTO reading (article_id, place, share, furthest, at) VALUES (?, ?, ?, ?, ?)"
                " ON CONFLICT (article_id) DO UPDATE SET place = excluded.place, share = excluded.share,"
                " furthest = max(furthest, excluded.furthest), at = excluded.at",
                (number, stored_place(place), _share(at.share), _share(at.furthest), times.written(at.at)),
            )
        if (way := form.history) is not None:
            places = msgspec.json.encode(way.places).decode()
            current = min(max(way.current, 0), len(way.places))
            execute("INSERT OR IGNORE INTO history VALUES (?, ?, ?)", (number, places, current))
        for field, table, value in (("choices", "choice", form.choices), ("folded", "folding", form.folded)):
            if self._is_newer("reading", field):
                execute(f"DELETE FROM {table} WHERE article_id = ?", (number,))
                if value:
                    execute(f"INSERT INTO {table} VALUES (?, ?)", (number, msgspec.json.encode(value).decode()))


def merge_library(
    connection: Connection, journal: Journal, library: forms.ExportedLibrary, told: Told, ids: dict[str, str]
) -> None:
    """Merge collections, searches and what the program brought; ``ids`` gives the UUIDs here of the articles there."""
    mark = _last_seq(connection)
    for collection in library.collections:
        _collection(connection, journal, mark, collection, told, ids)
    for search in library.searches:
        _search(connection, journal, mark, search, told)
    listed = {("collection", each.id) for each in library.collections}
    listed |= {("saved_search", each.id) for each in library.searches}
    for kind, entity in told.ended():
        if (kind, entity) not in listed:
            _end(connection, journal, mark, kind, entity, told.of(kind, entity))
    for edition in library.editions:
        connection.execute(
            "INSERT OR IGNORE INTO bundled (name, sha256, article_id)"
            " VALUES (?, ?, (SELECT id FROM article WHERE uuid = ?))",
            (edition.name, edition.sha256, ids.get(edition.article or "", "")),
        )


def _collection(
    connection: Connection,
    journal: Journal,
    mark: int,
    there: forms.ExportedCollection,
    told: Told,
    ids: dict[str, str],
) -> None:
    name = tidy_name(there.name)
    row = connection.execute(
        "SELECT id, uuid FROM collection WHERE uuid = ? OR name = ? ORDER BY uuid = ? DESC", (there.id, name, there.id)
    ).fetchone()
    if row is None and operations.stays_gone(journal.of("collection", there.id), told.of("collection", there.id)):
        return
    if row is None:
        done = connection.execute("INSERT INTO collection (uuid, name) VALUES (?, ?)", (there.id, name))
        row = (done.lastrowid, there.id)
    number, uuid = row
    ours: dict[Key, Last] = latest(each for each in journal.of("collection", uuid) if each.seq <= mark)
    theirs = latest(told.of("collection", there.id))
    if operations.newer(ours, theirs, ("collection", uuid, "name", ""), ("collection", there.id, "name", "")):
        connection.execute("UPDATE OR IGNORE collection SET name = ? WHERE id = ?", (name, number))
    wanted = {(article, True) for article in there.articles}
    wanted |= {(key[3], False) for key, last in theirs.items() if key[2] == "member" and not last.present}
    for article, present in wanted:
        member = ids.get(article, "")
        keys = (
            (which, each, "member", one.casefold())
            for which, each, one in (("collection", uuid, member), ("collection", there.id, article))
        )
        if member and operations.newer(ours, theirs, *keys):
            _put_member(connection, number, member, present=present)
    rewrite(connection, mark, told.of("collection", there.id), "collection", uuid, ids)


def _put_member(connection: Connection, collection: int, article: str, *, present: bool) -> None:
    statement = (
        "INSERT OR IGNORE INTO collected (collection_id, article_id) SELECT ?, id FROM article WHERE uuid = ?"
        if present
        else "DELETE FROM collected WHERE collection_id = ? AND article_id = (SELECT id FROM article WHERE uuid = ?)"
    )
    connection.execute(statement, (collection, article))


def _search(connection: Connection, journal: Journal, mark: int, there: forms.ExportedSearch, told: Told) -> None:
    same = connection.execute(
        "SELECT 1 FROM saved_search WHERE uuid <> ? AND name = ? AND query = ?", (there.id, there.name, there.query)
    ).fetchone()
    said, told_of = journal.of("saved_search", there.id), told.of("saved_search", there.id)
    here = connection.execute("SELECT 1 FROM saved_search WHERE uuid = ?", (there.id,)).fetchone()
    if same is not None or (here is None and operations.stays_gone(said, told_of)):
        return
    ours, theirs = latest(said), latest(told_of)
    connection.execute(
        "INSERT OR IGNORE INTO saved_search (uuid, name, query) VALUES (?, ?, ?)", (there.id, there.name, there.query)
    )
    for field, value in (("name", there.name), ("query", there.query)):
        key = ("saved_search", there.id, field, "")
        if operations.newer(ours, theirs, key, key):
            connection.execute(f"UPDATE saved_search SET {field} = ? WHERE uuid = ?", (value, there.id))
    rewrite(connection, mark, told_of, "saved_search", there.id, {})


def _end(
    connection: Connection, journal: Journal, mark: int, kind: str, entity: str, said: Sequence[Operation]
) -> None:
    """Let the journal tell of what was deleted there; a collection or a search goes here, too, where that came last.

    A text and a bookmark that are here stay.
    """
    if connection.execute(f"SELECT 1 FROM {kind} WHERE uuid = ?", (entity,)).fetchone() is None:
        operations.write(connection, said, entity, {})
    elif kind in _ENDING and operations.stays_gone(said, journal.of(kind, entity)):
        connection.execute(f"DELETE FROM {kind} WHERE uuid = ?", (entity,))
        connection.execute("DELETE FROM operation WHERE seq > ? AND kind = ? AND entity = ?", (mark, kind, entity))
        operations.write(connection, said, entity, {})


_ENDING = frozenset({"collection", "saved_search"})


def rewrite(
    connection: Connection,
    mark: int,
    told: Iterable[Operation],
    kind: str,
    entity: str,
    members: dict[str, str],
) -> None:
    """Put the operations of the export in the place of those that this restoring made (after ``mark``).

    Where the export has none of a field, those stay. What is there was not deleted last, whatever the export says.
    """
    told = operations.of_what_is_there(tuple(told))
    for field in {each.field for each in told}:
        connection.execute(
            "DELETE FROM operation WHERE seq > ? AND kind = ? AND entity = ? AND field = ?", (mark, kind, entity, field)
        )
    operations.write(connection, told, entity, members)
    if kind == "reading":  # of these only the last is kept
        connection.execute(
            "DELETE FROM operation WHERE kind = 'reading' AND entity = ? AND EXISTS (SELECT 1 FROM operation AS later"
            " WHERE later.kind = 'reading' AND later.entity = operation.entity AND later.field = operation.field"
            " AND (later.at, later.seq) > (operation.at, operation.seq))",
            (entity,),
        )


def _last_seq(connection: Connection) -> int:
    return int(connection.execute("SELECT coalesce(max(seq), 0) FROM operation").fetchone()[0])


def _share(value: float) -> float:
    return min(max(value, 0.0), 1.0)
