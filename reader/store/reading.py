"""Where a person is in each article, and the places to go back to."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Mapping
from typing import Any

import msgspec
from msgspec import Struct

from reader.article.annotation import ReadingPosition
from reader.article.locator import Locator
from reader.store import times
from reader.store.annotations import FindAgain, read_place, stored_place
from reader.store.articles import Articles
from reader.store.connection import Database, transaction
from reader.store.settling import settled

log = logging.getLogger(__name__)

MAX_PLACES = 100
"""How many places back and forward are kept for an article; the oldest go first."""

_read_places = msgspec.json.Decoder(tuple[Locator, ...]).decode


class History(Struct, frozen=True):
    """The places that a person jumped from, oldest first.

    ``current`` is the index of the place that “back” leads to, plus one: what is before it lies
    behind, what is from it on lies ahead. With nothing ahead it is the number of places.
    """

    places: tuple[Locator, ...] = ()
    current: int = 0


class Resumed(Struct, frozen=True):
    """What a reading goes on with: the place, and what the person chose for this reading alone, by name.

    A choice is anything that JSON can write.
    """

    position: ReadingPosition | None = None
    choices: Mapping[str, Any] = {}


class Reading:
    """The reading positions, histories and choices. What a method returned from is on the disk."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._articles = Articles(database)

    def position(self, article_id: int) -> ReadingPosition | None:
        """Return where the person was last; None in what was never opened."""
        row = self._database.row("SELECT place, share, at FROM reading WHERE article_id = ?", (article_id,))
        return None if row is None else ReadingPosition(read_place(row[0]), row[1], times.read(row[2]))

    def resume(self, article_id: int) -> Resumed:
        """Return where the person was last, and what they chose for this reading, in one query."""
        row = self._database.row(
            "SELECT place, share, at, choices FROM (SELECT ? AS id)"
            " LEFT JOIN reading ON reading.article_id = id LEFT JOIN choice ON choice.article_id = id",
            (article_id,),
        )
        if row is None:
            return Resumed()
        place, share, at, choices = row
        position = None if place is None else ReadingPosition(read_place(place), share, times.read(at))
        return Resumed(position, {} if choices is None else _read_choices(choices))

    def choose(self, article_id: int, name: str, value: object) -> None:
        """Remember a choice for one reading; None forgets it. Of an unknown article nothing is kept."""
        with transaction(self._database) as connection:
            row = connection.execute("SELECT choices FROM choice WHERE article_id = ?", (article_id,)).fetchone()
            choices = {} if row is None else _read_choices(row[0])
            choices.pop(name, None)
            if value is not None:
                choices[name] = value
            if choices:
                connection.execute(
                    "INSERT OR REPLACE INTO choice (article_id, choices) SELECT id, ? FROM article WHERE id = ?",
                    (msgspec.json.encode(choices).decode(), article_id),
                )
            else:
                connection.execute("DELETE FROM choice WHERE article_id = ?", (article_id,))

    def save(self, article_id: int, position: ReadingPosition) -> None:
        """Remember where the person is. Of two windows the one that saved last counts.

        Raises:
            NoSuchArticleError: there is no such article.
        """
        share = min(max(position.share, 0.0), 1.0)
        with transaction(self._database) as connection:
            place, _lost = settled(self._articles, article_id, position.target)
            connection.execute(
                "INSERT INTO reading (article_id, place, share, furthest, at) VALUES (?, ?, ?, ?, ?)"
                " ON CONFLICT (article_id) DO UPDATE SET place = excluded.place, share = excluded.share,"
                " furthest = max(furthest, excluded.furthest), at = excluded.at",
                (article_id, stored_place(place), share, share, times.written(position.at)),
            )

    def last_article(self) -> int | None:
        """Return the article on the shelf that was read last."""
        row = self._database.row(
            "SELECT article_id FROM reading JOIN article ON article.id = article_id"
            " WHERE removed IS NULL ORDER BY at DESC LIMIT 1"
        )
        return None if row is None else row[0]

    def history(self, article_id: int) -> History:
        """Return the places to go back and forward to."""
        row = self._database.row("SELECT places, current FROM history WHERE article_id = ?", (article_id,))
        return History() if row is None else History(_read_places(row[0]), row[1])

    def save_history(self, article_id: int, history: History) -> None:
        """Remember the places; of more than ``MAX_PLACES`` the newest."""
        dropped = max(0, len(history.places) - MAX_PLACES)
        places = history.places[dropped:]
        with transaction(self._database) as connection:
            connection.execute(
                "INSERT OR REPLACE INTO history (article_id, places, current)"
                " SELECT id, ?, ? FROM article WHERE id = ?",
                (
                    msgspec.json.encode(places).decode(),
                    min(max(history.current - dropped, 0), len(places)),
                    article_id,
                ),
            )


def _read_choices(text: str) -> dict[str, Any]:
    try:
        return msgspec.json.decode(text, type=dict[str, Any])
    except msgspec.DecodeError:
        log.warning("the choices of a reading cannot be read")
        return {}


def move_reading(
    connection: sqlite3.Connection, article_id: int, find_again: FindAgain, nearby: Callable[[Locator], Locator]
) -> None:
    """Put the reading position and the history of an article where its new text has the words.

    Where a position's words are gone, it goes to the place that ``nearby`` gives. Places of the
    history whose words are gone are dropped.
    """
    row = connection.execute("SELECT place FROM reading WHERE article_id = ?", (article_id,)).fetchone()
    if row is not None:
        old = read_place(row[0])
        new = find_again(old) or nearby(old)
        connection.execute("UPDATE reading SET place = ? WHERE article_id = ?", (stored_place(new), article_id))
    row = connection.execute("SELECT places, current FROM history WHERE article_id = ?", (article_id,)).fetchone()
    if row is None:
        return
    moved = [find_again(place) for place in _read_places(row[0])]
    behind = sum(place is not None for place in moved[: row[1]])
    kept = tuple(place for place in moved if place is not None)
    connection.execute(
        "UPDATE history SET places = ?, current = ? WHERE article_id = ?",
        (msgspec.json.encode(kept).decode(), behind, article_id),
    )


def places_read(database: Database, article_id: int) -> frozenset[Locator]:
    """Return the reading position and all places of the history of an article."""
    row = database.row("SELECT place FROM reading WHERE article_id = ?", (article_id,))
    places = {read_place(row[0])} if row else set()
    row = database.row("SELECT places FROM history WHERE article_id = ?", (article_id,))
    return frozenset(places.union(_read_places(row[0]) if row else ()))
