"""What a person says of their articles: descriptions, tags, collections; searches they keep; folders they watch."""

from __future__ import annotations

import sqlite3
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from uuid import uuid4

from msgspec import Struct

from reader.store.articles import read_authors, stored_authors
from reader.store.connection import Database, transaction

MAX_NAME = 200
"""Characters of the name of a tag, a collection or a search; the rest is cut off."""


class Description(Struct, frozen=True):
    """What a person says of an article; None where it is as the file says."""

    title: str | None = None
    authors: tuple[str, ...] | None = None
    date: str | None = None
    language: str | None = None


class Labels(Struct, frozen=True):
    """The tags of an article in alphabetical order, and the ids of the collections that it is in."""

    tags: tuple[str, ...] = ()
    collections: tuple[int, ...] = ()


class Collection(Struct, frozen=True):
    """A collection and how many articles of the shelf are in it."""

    id: int
    uuid: str
    name: str
    count: int


class DeletedCollection(Struct, frozen=True):
    """What it takes to bring a collection back: what it was, and all that was in it, on the shelf or not."""

    id: int
    uuid: str
    name: str
    article_ids: tuple[int, ...]


class SavedSearch(Struct, frozen=True):
    """A search that a person keeps."""

    uuid: str
    name: str
    query: str


class Catalogue:
    """Descriptions, tags and collections. What a method returned from is on the disk.

    Unknown articles and collections are passed over: another window may have deleted them.

    Raises:
        LibraryError: it could not be read or written.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    # -- descriptions ------------------------------------------------------------------------------

    def description(self, article_id: int) -> Description:
        """Return what a person said of an article."""
        row = self._database.row(
            "SELECT title, authors, date, language FROM description WHERE article_id = ?", (article_id,)
        )
        if row is None:
            return Description()
        title, authors, date, language = row
        return Description(title, None if authors is None else read_authors(authors), date, language)

    def descriptions(self, article_ids: Iterable[int]) -> dict[int, Description]:
        """Return what a person said of some articles, by article; of each, nothing too."""
        return {article_id: self.description(article_id) for article_id in article_ids}

    def describe(self, article_ids: Iterable[int], changes: Description) -> None:
        """Say the same of several articles at once; what is None in ``changes`` stays as it is."""
        with transaction(self._database) as connection:
            for article_id in article_ids:
                _say(connection, article_id, changes)

    def set_descriptions(self, descriptions: Mapping[int, Description]) -> None:
        """Say this of each article, and nothing else; what is None is again as the file says."""
        with transaction(self._database) as connection:
            for article_id, said in descriptions.items():
                connection.execute("DELETE FROM description WHERE article_id = ?", (article_id,))
                if said != Description():
                    _say(connection, article_id, said)

    # -- tags --------------------------------------------------------------------------------------

    def labels(self) -> dict[int, Labels]:
        """Return the tags and collections of all articles that have any, by article."""
        tags: dict[int, list[str]] = {}
        collections: dict[int, list[int]] = {}
        for article_id, name in self._database.rows("SELECT article_id, name FROM tag ORDER BY article_id, name"):
            tags.setdefault(article_id, []).append(name)
        for article_id, collection in self._database.rows("SELECT article_id, collection_id FROM collected"):
            collections.setdefault(article_id, []).append(collection)
        return {
            article_id: Labels(tuple(tags.get(article_id, ())), tuple(sorted(collections.get(article_id, ()))))
            for article_id in tags.keys() | collections.keys()
        }

    def tags(self) -> dict[str, int]:
        """Return all tags in alphabetical order, and how many articles of the shelf have each."""
        return dict(
            self._database.rows(
                "SELECT name, count(*) FROM tag JOIN article ON article.id = article_id"
                " WHERE removed IS NULL GROUP BY name ORDER BY name"
            )
        )

    def tagged(self, tag: str) -> tuple[int, ...]:
        """Return the articles that have a tag, in whatever capitals."""
        wanted = tidy_name(tag).casefold()
        names = [name for (name,) in self._database.rows("SELECT DISTINCT name FROM tag") if name.casefold() == wanted]
        marks = ", ".join("?" * len(names))
        rows = self._database.rows(f"SELECT DISTINCT article_id FROM tag WHERE name IN ({marks}) ORDER BY 1", names)
        return tuple(article_id for (article_id,) in rows)

    def tag(self, article_ids: Iterable[int], names: Sequence[str]) -> None:
        """Give tags to articles; one that is there in other capitals stays as it is written."""
        with transaction(self._database) as connection:
            known = {name.casefold(): name for (name,) in connection.execute("SELECT DISTINCT name FROM tag")}
            for article_id in article_ids:
                for name in filter(None, map(tidy_name, names)):
                    connection.execute(
                        "INSERT OR IGNORE INTO tag (article_id, name) SELECT id, ? FROM article WHERE id = ?",
                        (known.setdefault(name.casefold(), name), article_id),
                    )

    def untag(self, article_ids: Iterable[int], names: Sequence[str]) -> None:
        """Take tags from articles."""
        with transaction(self._database) as connection:
            connection.executemany(
                "DELETE FROM tag WHERE article_id = ? AND name = ?",
                [(article_id, tidy_name(name)) for article_id in article_ids for name in names],
            )

    def rename_tag(self, old: str, new: str) -> None:
        """Call a tag by another name, in all articles; with one of that name it becomes one."""
        new = tidy_name(new)
        if not new:
            return
        with transaction(self._database) as connection:
            connection.execute("UPDATE OR REPLACE tag SET name = ? WHERE name = ?", (new, old))
            connection.execute("UPDATE tag SET name = ? WHERE name = ?", (new, new))  # in the same capitals

    # -- collections -------------------------------------------------------------------------------

    def collections(self) -> tuple[Collection, ...]:
        """Return the collections in alphabetical order."""
        rows = self._database.rows(
            "SELECT collection.id, uuid, name, (SELECT count(*) FROM collected JOIN article ON article.id = article_id"
            " WHERE collection_id = collection.id AND removed IS NULL) FROM collection ORDER BY name"
        )
        return tuple(Collection(*row) for row in rows)

    def make_collection(self, name: str) -> int:
        """Make a collection and return its id; of one that is there by this name, its id."""
        with transaction(self._database) as connection:
            connection.execute(
                "INSERT OR IGNORE INTO collection (uuid, name) VALUES (?, ?)", (str(uuid4()), tidy_name(name))
            )
            return _collection(connection, tidy_name(name))

    def rename_collection(self, collection: int, name: str) -> bool:
        """Call a collection by another name; say whether that was free."""
        with transaction(self._database) as connection:
            done = connection.execute(
                "UPDATE OR IGNORE collection SET name = ? WHERE id = ?", (tidy_name(name), collection)
            )
            return done.rowcount > 0

    def delete_collection(self, collection: int) -> DeletedCollection | None:
        """Delete a collection, and return what it was; its articles stay."""
        with transaction(self._database) as connection:
            found = connection.execute("SELECT id, uuid, name FROM collection WHERE id = ?", (collection,)).fetchone()
            if found is None:
                return None
            within = connection.execute("SELECT article_id FROM collected WHERE collection_id = ?", (collection,))
            number, uuid, name = found
            deleted = DeletedCollection(number, uuid, name, tuple(article for (article,) in within))
            connection.execute("DELETE FROM collection WHERE id = ?", (collection,))
            return deleted

    def bring_back(self, deleted: DeletedCollection) -> None:
        """Make a collection again that was deleted: the same one, with all that was in it."""
        with transaction(self._database) as connection:
            kept = (deleted.uuid, deleted.name)
            connection.execute(
                "INSERT OR IGNORE INTO collection (id, uuid, name) VALUES (?, ?, ?)", (deleted.id, *kept)
            )
            # Where another has its number it gets a new one; where one has its name, that one takes its articles.
            connection.execute("INSERT OR IGNORE INTO collection (uuid, name) VALUES (?, ?)", kept)
            number = _collection(connection, deleted.name)
        self.collect(number, deleted.article_ids)

    def collect(self, collection: int, article_ids: Iterable[int]) -> None:
        """Put articles into a collection."""
        with transaction(self._database) as connection:
            connection.executemany(
                "INSERT OR IGNORE INTO collected (collection_id, article_id)"
                " SELECT collection.id, article.id FROM collection, article WHERE collection.id = ? AND article.id = ?",
                [(collection, article_id) for article_id in article_ids],
            )

    def take_out(self, collection: int, article_ids: Iterable[int]) -> None:
        """Take articles out of a collection; they stay on the shelf."""
        with transaction(self._database) as connection:
            connection.executemany(
                "DELETE FROM collected WHERE collection_id = ? AND article_id = ?",
                [(collection, article_id) for article_id in article_ids],
            )

    # -- searches and folders ----------------------------------------------------------------------

    def searches(self) -> tuple[SavedSearch, ...]:
        """Return the searches that a person keeps, in the order in which they were kept."""
        return tuple(
            SavedSearch(*row) for row in self._database.rows("SELECT uuid, name, query FROM saved_search ORDER BY id")
        )

    def keep_search(self, name: str, query: str) -> SavedSearch:
        """Keep a search; one of the same name is the same search, with another query."""
        name = tidy_name(name)
        with transaction(self._database) as connection:
            row = connection.execute("SELECT uuid FROM saved_search WHERE name = ?", (name,)).fetchone()
            kept = SavedSearch(str(uuid4()) if row is None else row[0], name, query)
            if row is None:
                connection.execute(
                    "INSERT INTO saved_search (uuid, name, query) VALUES (?, ?, ?)", (kept.uuid, name, query)
                )
            else:
                connection.execute("UPDATE saved_search SET query = ? WHERE uuid = ?", (query, kept.uuid))
        return kept

    def forget_search(self, uuid: str) -> None:
        """Keep a search no longer."""
        with transaction(self._database) as connection:
            connection.execute("DELETE FROM saved_search WHERE uuid = ?", (uuid,))

    def watched(self) -> tuple[str, ...]:
        """Return the folders of this computer whose texts come in by themselves."""
        return tuple(path for (path,) in self._database.rows("SELECT path FROM watched ORDER BY path"))

    def watch(self, path: str) -> None:
        """Let a folder's texts come in by themselves."""
        with transaction(self._database) as connection:
            connection.execute("INSERT OR IGNORE INTO watched (path) VALUES (?)", (path,))

    def unwatch(self, path: str) -> None:
        """Watch a folder no longer; what came in stays."""
        with transaction(self._database) as connection:
            connection.execute("DELETE FROM watched WHERE path = ?", (path,))


def tidy_name(name: str) -> str:
    """Return a name as it is kept: in one line, composed, without spaces around it."""
    return " ".join(unicodedata.normalize("NFC", name).split())[:MAX_NAME].strip()


def _say(connection: sqlite3.Connection, article_id: int, said: Description) -> None:
    authors = None if said.authors is None else stored_authors(said.authors)
    connection.execute(
        "INSERT INTO description (article_id, title, authors, date, language)"
        " SELECT id, ?, ?, ?, ? FROM article WHERE id = ?"
        " ON CONFLICT (article_id) DO UPDATE SET title = coalesce(excluded.title, title),"
        " authors = coalesce(excluded.authors, authors), date = coalesce(excluded.date, date),"
        " language = coalesce(excluded.language, language)",
        (said.title, authors, said.date, said.language, article_id),
    )


def _collection(connection: sqlite3.Connection, name: str) -> int:
    (found,) = connection.execute("SELECT id FROM collection WHERE name = ?", (name,)).fetchone()
    return int(found)
