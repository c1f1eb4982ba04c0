"""The section tree: an article's headings, and what stands under each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec import Struct

from reader.article.model import Block, BlockKind


class Section(Struct, frozen=True):
    """A heading and the blocks down to the next heading of its level or above.

    ``first`` and ``end`` are block indices, half open; ``own_end`` is where the first subsection
    begins (or ``end``). ``number`` counts sections from 0 in reading order. The root has level 0,
    no title and number -1: its own blocks are those before the first heading.
    """

    number: int
    level: int
    title: str
    first: int
    end: int
    own_end: int
    children: tuple[Section, ...] = ()

    def walk(self) -> Iterator[Section]:
        """Yield the sections below this one in reading order."""
        for child in self.children:
            yield child
            yield from child.walk()


class Heading(NamedTuple):
    """A heading that begins a section: its block's index, its level (1 to 6) and its text."""

    block: int
    level: int
    title: str


def headings(blocks: Sequence[Block]) -> list[Heading]:
    """Return the headings that begin sections; one inside a quotation or a list does not."""
    return [
        Heading(index, block.level, block.text)
        for index, block in enumerate(blocks)
        if block.kind is BlockKind.HEADING and not block.within
    ]


def outline(blocks: Sequence[Block]) -> Section:
    """Return the root of the section tree. A skipped level (1, then 3) nests without a gap."""
    return tree(headings(blocks), len(blocks))


def tree(heads: Sequence[Heading], blocks: int) -> Section:
    """Return the root of the section tree of an article of so many blocks."""
    position = 0

    def children(level: int) -> tuple[Section, ...]:
        nonlocal position
        found: list[Section] = []
        while position < len(heads) and heads[position].level > level:
            number = position
            head = heads[number]
            position += 1
            own_end = heads[position].block if position < len(heads) else blocks
            below = children(head.level)
            end = heads[position].block if position < len(heads) else blocks
            found.append(Section(number, head.level, head.title, head.block, end, own_end, below))
        return tuple(found)

    return Section(-1, 0, "", 0, blocks, heads[0].block if heads else blocks, children(0))


def section_at(root: Section, block: int) -> Section:
    """Return the innermost section that holds a block; the root where none does."""
    current = root
    while True:
        inner = next((child for child in current.children if child.first <= block < child.end), None)
        if inner is None:
            return current
        current = inner
