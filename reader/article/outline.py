"""The section tree: an article's headings, and what stands under each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from reader.article.model import Block, BlockKind


@dataclass(frozen=True, slots=True)
class Section:
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
    children: tuple[Section, ...] = field(default=())

    def walk(self) -> Iterator[Section]:
        """Yield the sections below this one in reading order."""
        for child in self.children:
            yield child
            yield from child.walk()


def outline(blocks: Sequence[Block]) -> Section:
    """Return the root of the section tree. A skipped level (1, then 3) nests without a gap."""
    heads = [
        (i, block.level, block.text)
        for i, block in enumerate(blocks)
        if block.kind is BlockKind.HEADING and not block.within
    ]
    position = 0

    def children(level: int, end: int) -> tuple[Section, ...]:
        nonlocal position
        found: list[Section] = []
        while position < len(heads) and heads[position][1] > level:
            number = position
            first, own_level, title = heads[number]
            position += 1
            own_end = heads[position][0] if position < len(heads) else end
            below = children(own_level, end)
            section_end = heads[position][0] if position < len(heads) else end
            found.append(Section(number, own_level, title, first, section_end, own_end, below))
        return tuple(found)

    first_heading = heads[0][0] if heads else len(blocks)
    return Section(-1, 0, "", 0, len(blocks), first_heading, children(0, len(blocks)))


def section_at(root: Section, block: int) -> Section:
    """Return the innermost section that holds a block; the root where none does."""
    current = root
    while True:
        inner = next((child for child in current.children if child.first <= block < child.end), None)
        if inner is None:
            return current
        current = inner
