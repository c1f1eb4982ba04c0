"""The normal form of an article: the one shape that every importer gives and every writer expects.

In normal form

* text is NFC, has no control characters, no white space at either end of a line, and never two
  spaces in a row (code is left as it is; the indentation of a verse is kept as no-break spaces);
* spans of one kind and value are as long as they can be, and neither begin nor end at white space;
* containers (``within``) only name what is really open, at most ``MAX_WITHIN`` deep;
* every block carries the detail of its kind and nothing that its kind cannot show;
* notes stand in the order of their marks (unmarked ones behind their neighbours), labels are computed;
* what ``findings`` says of an article are the first of its warnings.

``normal`` is idempotent, and keeps every word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from reader.article.anchors import link_headings
from reader.article.findings import findings
from reader.article.keys import normal_key
from reader.article.model import Article, Block, BlockKind, Metadata, Note, SetAside, TableRow
from reader.article.normal_block import normal_block, one_line
from reader.article.notes import keys_in_reading_order, labels
from reader.article.title import implied_title

MAX_WITHIN = 24
"""How deep containers may stand in one another; what is deeper is drawn up."""

_TIME_OF_DAY = re.compile(r"^(\d{4}-\d\d-\d\d)[T ]\d\d:\d\d.*$")
_GOES_ON = {BlockKind.LIST_ITEM, BlockKind.DEFINITION}


def normal(article: Article) -> Article:
    """Return the article in normal form."""
    blocks, moved = _normal_blocks(article.blocks)
    notes = _in_reading_order(
        blocks,
        [
            replace(note, key=normal_key(note.key), blocks=_normal_blocks(note.blocks)[0])
            for note in article.notes
            if normal_key(note.key)
        ],
    )
    blocks, notes = link_headings(blocks, notes)
    made = Article(
        metadata=_normal_metadata(article.metadata, blocks),
        blocks=blocks,
        notes=notes,
        set_aside=_normal_set_aside(article.set_aside, blocks, moved),
    )
    found = findings(made)
    said = [one_line(warning) for warning in article.warnings]
    return replace(made, warnings=tuple(dict.fromkeys([*found, *filter(None, said)])))


def _normal_blocks(blocks: Sequence[Block]) -> tuple[tuple[Block, ...], list[int]]:
    """Return the blocks in normal form, and for each old index (and the end) the new one."""
    made: list[Block] = []
    moved: list[int] = []
    open_now = ""
    defined: dict[str, BlockKind] = {}
    for block in map(normal_block, blocks):
        moved.append(len(made))
        if block is None:
            continue
        within = _really_open(block.within, open_now)
        if block.kind is BlockKind.QUOTATION and not within.endswith(">"):
            within = (within + ">") if len(within) < MAX_WITHIN else within[:-1] + ">"
        kind = _defines(block.kind, within, defined)
        if kind is not block.kind and not block.text and not block.marks:
            continue  # an empty definition of nothing
        if kind is BlockKind.PARAGRAPH and within.endswith(">"):
            kind = BlockKind.QUOTATION
        if within != block.within or kind is not block.kind:
            block = replace(block, within=within, kind=kind)
        open_now = within + "-" if kind in _GOES_ON else within
        if not _join(made, block):
            made.append(block)
    moved.append(len(made))
    return tuple(_with_whole_tables(made)), moved


def _really_open(within: str, open_now: str) -> str:
    """Return ``within`` without the list items that no block above has opened."""
    kept = ""
    for sign in within:
        if sign == ">" or (open_now[len(kept) : len(kept) + 1] == "-" and open_now.startswith(kept)):
            kept += sign
    kept = kept[:MAX_WITHIN]
    return kept


def _join(made: list[Block], block: Block) -> bool:
    """Move a paragraph into the empty list item or definition just above it; say whether that was done."""
    if not made or block.kind is not BlockKind.PARAGRAPH:
        return False
    above = made[-1]
    if above.kind not in _GOES_ON or above.text or above.marks or block.within != above.within + "-":
        return False
    made[-1] = replace(
        block, kind=above.kind, within=above.within, detail=above.detail, anchor=above.anchor or block.anchor
    )
    return True


def _defines(kind: BlockKind, within: str, above: dict[str, BlockKind]) -> BlockKind:
    """Return the kind of a block: a definition is one only below a term or another definition.

    ``above`` has for each container the term or definition that a definition may follow there.
    """
    if kind is BlockKind.DEFINITION and within not in above:
        kind = BlockKind.PARAGRAPH
    inside = [one for one in above if above[one] is BlockKind.DEFINITION and within.startswith(one + "-")]
    kept = {one: above[one] for one in inside}
    above.clear()
    above.update(kept)
    if kind in (BlockKind.TERM, BlockKind.DEFINITION):
        above[within] = kind
    return kind


def _with_whole_tables(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the blocks; in a row that names columns, one letter of alignment a column."""
    for block in blocks:
        row = block.detail
        if isinstance(row, TableRow):
            columns = len(block.cells) if row.header else 0
            align = (row.align + "-" * columns)[:columns]
            block = replace(block, detail=TableRow(row.header, align)) if align != row.align else block
        yield block


def _in_reading_order(blocks: tuple[Block, ...], notes: Sequence[Note]) -> tuple[Note, ...]:
    """Return the notes sorted by first mark, with their labels; one that nothing marks stays behind its neighbour."""
    joined: dict[str, Note] = {}
    for note in notes:
        known = joined.get(note.key)
        joined[note.key] = replace(known, blocks=known.blocks + note.blocks) if known else note
    order = _walked(blocks, joined)
    shown = labels(keys_in_reading_order(blocks, [(key, joined[key].blocks) for key in order]))
    return tuple(replace(joined[key], label=shown[key]) for key in order)


def _walked(blocks: Sequence[Block], notes: Mapping[str, Note]) -> list[str]:
    """Return the keys as a reader comes upon them: from the body, then from notes.

    A note that nothing leads to, with those that only it leads to, stands behind the note that it
    was given behind: note 4 behind note 3, though the text has no mark 4.
    """
    found: dict[str, None] = {}

    def follow(keys: Iterator[str]) -> list[str]:
        before = len(found)
        waiting = [key for key in dict.fromkeys(keys) if key in notes and key not in found]
        found.update(dict.fromkeys(waiting))
        while waiting:
            further = [mark.note for key in waiting for block in notes[key].blocks for mark in block.marks]
            waiting = [key for key in dict.fromkeys(further) if key in notes and key not in found]
            found.update(dict.fromkeys(waiting))
        return list(found)[before:]

    follow(mark.note for block in blocks for mark in block.marks)
    if len(found) == len(notes):
        return list(found)
    marked = list(found)
    behind: dict[str | None, list[str]] = {}
    neighbour: str | None = None
    for key in notes:
        if key not in found:
            behind[neighbour] = follow(iter([key]))
        neighbour = key
    order: list[str] = []
    waiting = [*reversed(marked), *reversed(behind.get(None, []))]
    while waiting:
        order.append(waiting.pop())
        waiting += reversed(behind.get(order[-1], []))
    return order


def _normal_set_aside(items: Sequence[SetAside], blocks: Sequence[Block], moved: Sequence[int]) -> tuple[SetAside, ...]:
    """Return what was set aside, in the order of the text, each at a place between two blocks.

    Nothing can be told to stand between two rows of a table, or between a term and its definition:
    there it is moved below.
    """
    made = []
    for item in items:
        text = _said(item.text)
        before = moved[min(max(item.before, 0), len(moved) - 1)]
        while before < len(blocks) and before and _continues(blocks[before]):
            before += 1
        if text:
            made.append(SetAside(max(item.line, 0), text, one_line(item.reason), before))
    return tuple(sorted(made, key=lambda item: item.before))


def _said(text: str) -> str:
    """Return lines that were set aside, each without white space around it."""
    return "\n".join(one_line(line) for line in text.split("\n")).strip("\n")


def _continues(block: Block) -> bool:
    row = block.detail
    return block.kind is BlockKind.DEFINITION or (isinstance(row, TableRow) and not row.header)


def _normal_metadata(metadata: Metadata, blocks: Sequence[Block]) -> Metadata:
    def lines(names: Sequence[str]) -> tuple[str, ...]:
        return tuple(filter(None, map(one_line, names)))

    return Metadata(
        title=one_line(metadata.title) or implied_title(blocks),
        kicker=one_line(metadata.kicker),
        authors=lines(metadata.authors),
        translators=lines(metadata.translators),
        date=_TIME_OF_DAY.sub(r"\1", one_line(metadata.date)),
        language=one_line(metadata.language),
        source=one_line(metadata.source),
        rights=one_line(metadata.rights),
    )


__all__ = ["MAX_WITHIN", "normal"]
