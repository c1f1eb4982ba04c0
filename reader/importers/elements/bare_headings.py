"""The heading of notes that has nothing below it any more, since the notes stand with the article."""

from __future__ import annotations

import re
import unicodedata
from gettext import gettext as _
from typing import TYPE_CHECKING

from msgspec.structs import replace

from reader.article.model import Article, Block, BlockKind, SetAside

if TYPE_CHECKING:
    from collections.abc import Sequence

_NOTES = frozenset((
    "notes", "footnotes", "endnotes", "anmerkungen", "fussnoten", "endnoten", "notas", "notasderodapé", "note",
    "notesdebasdepage", "notesdefin", "примечания", "сноски", "комментарии", "noten", "voetnoten", "przypisy", "注釈",
    "注释", "註釋", "脚注",
))  # fmt: skip
_NOT_SAID = re.compile(r"[\W_]+")


def names_notes(text: str) -> bool:
    """Say whether a heading says that notes follow."""
    return _NOT_SAID.sub("", unicodedata.normalize("NFKC", text)).casefold() in _NOTES


def without_bare_headings(article: Article) -> Article:
    """Return the article with each such heading set aside. Only an article that has notes can have one."""
    gone = _bare(article.blocks) if article.notes else []
    if not gone:
        return article
    reason = _("the heading of notes")
    asides = [SetAside(0, article.blocks[i].text, reason, i) for i in gone]
    asides = [replace(item, before=_moved(item.before, gone)) for item in (*article.set_aside, *asides)]
    out = set(gone)
    blocks = tuple(block for i, block in enumerate(article.blocks) if i not in out)
    return replace(article, blocks=blocks, set_aside=tuple(asides))


def _bare(blocks: Sequence[Block]) -> list[int]:
    found = []
    for i, block in enumerate(blocks):
        if block.kind is not BlockKind.HEADING or block.marks or not names_notes(block.text):
            continue
        below = blocks[i + 1] if i + 1 < len(blocks) else None
        if below is None or (below.kind is BlockKind.HEADING and below.level <= block.level):
            found.append(i)
    return found


def _moved(place: int, gone: Sequence[int]) -> int:
    return place - sum(i < place for i in gone)
