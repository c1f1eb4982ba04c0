"""Which sections of an article a person folded away."""

from __future__ import annotations

import msgspec

from reader.article.section_names import SectionName
from reader.store.connection import Database, transaction

_read_names = msgspec.json.Decoder(tuple[SectionName, ...]).decode


class Folding:
    """The folded sections of each article. What a method returned from is on the disk."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, article_id: int) -> tuple[SectionName, ...]:
        """Return what is folded, named as the text was when it was folded."""
        row = self._database.row("SELECT sections FROM folding WHERE article_id = ?", (article_id,))
        return () if row is None else _read_names(row[0])

    def save(self, article_id: int, names: tuple[SectionName, ...]) -> None:
        """Remember what is folded. Of two windows the one that saved last counts."""
        with transaction(self._database) as connection:
            if not names:
                connection.execute("DELETE FROM folding WHERE article_id = ?", (article_id,))
                return
            connection.execute(
                "INSERT OR REPLACE INTO folding (article_id, sections) SELECT id, ? FROM article WHERE id = ?",
                (msgspec.json.encode(names).decode(), article_id),
            )
