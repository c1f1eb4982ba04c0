"""The contents of a book and the headings in its text: the text's own are kept, the contents fill gaps.

A line of the contents leads to a place. Where a heading stands there, however it is worded, it is
the heading. Where a paragraph there says the same, it is one after all. A file without any heading
gets those that the contents have for it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from msgspec.structs import replace

from reader.article.model import Block, BlockKind

MAX_HEADING_CHARS = 200
MAX_LINES = 4
"""Over how many paragraphs a heading may run."""
MAX_BEFORE = 3
"""How many short blocks may stand between the place that the contents name and its heading."""
MAX_SHORT_CHARS = 120

_NOT_SAID = re.compile(r"[\W_]+")


class Listed(NamedTuple):
    """A line of the contents: where it leads (an index among the blocks) and how deep it stands, from 1."""

    title: str
    block: int
    depth: int


class File(NamedTuple):
    """Which blocks a file of the book has: ``first`` up to ``end``."""

    first: int
    end: int


class Reconciled(NamedTuple):
    """The blocks, and for each index among those given (and the end) the new one."""

    blocks: tuple[Block, ...]
    moved: tuple[int, ...]


def reconcile(blocks: Sequence[Block], files: Sequence[File], listed: Sequence[Listed]) -> Reconciled:
    """Return the blocks with the headings that the contents know of, at levels that part the book."""
    work = _Work(list(blocks), files, sorted(listed, key=lambda one: one.block))
    work.run()
    return work.result()


def said(text: str) -> str:
    """Return what a heading says, without signs, spaces and letter case."""
    return _NOT_SAID.sub("", unicodedata.normalize("NFKC", text)).casefold()


class _Work:
    def __init__(self, blocks: list[Block], files: Sequence[File], listed: Sequence[Listed]) -> None:
        self.blocks = blocks
        self.listed = listed
        self.end_of: list[int] = [len(blocks)] * (len(blocks) + 1)
        self.start_of: list[int] = [0] * (len(blocks) + 1)
        self.bare: list[bool] = [False] * (len(blocks) + 1)
        for first, end in files:
            bare = not any(is_heading(block) for block in blocks[first:end])
            for i in range(first, end):
                self.start_of[i], self.end_of[i], self.bare[i] = first, end, bare
        self.depths: dict[int, int] = {}  # of headings that the contents name
        self.missing: dict[int, list[Listed]] = {}  # what stands before a block, and is not in the text
        self.joined: dict[int, int] = {}  # how many blocks a heading takes up

    def run(self) -> None:
        places = sorted({one.block for one in self.listed})
        following = dict(zip(places, [*places, len(self.blocks)][1:], strict=True))
        done: set[int] = set()
        for one in self.listed:
            if one.block >= len(self.blocks):
                continue
            end = min(following[one.block], self.end_of[one.block])
            at = self._own(one, end, done)
            if at is not None:
                done.add(at)
                self.depths[at] = min(one.depth, self.depths.get(at, one.depth))
        self._levels()

    def _own(self, one: Listed, end: int, done: set[int]) -> int | None:
        """Return where the text has the heading of a line of the contents; None where it has none."""
        title = said(one.title)
        headings = [i for i in range(one.block, min(end, one.block + 12)) if is_heading(self.blocks[i])]
        same = next((i for i in headings if i not in done and said(self.blocks[i].text) == title), None)
        if same is not None:
            return same
        near = next((i for i in headings if i not in done and self._is_near(one.block, i)), None)
        if near is not None:
            return near
        before = one.block - 1
        if (
            before >= self.start_of[one.block]
            and is_heading(self.blocks[before])
            and _alike(self.blocks[before], title)
        ):
            return before
        return self._paragraph(one, title, end) if not headings else None

    def _is_near(self, start: int, heading: int) -> bool:
        between = self.blocks[start:heading]
        return len(between) <= MAX_BEFORE and all(len(block.text) <= MAX_SHORT_CHARS for block in between)

    def _paragraph(self, one: Listed, title: str, end: int) -> int | None:
        """Find the paragraphs that say what the line says; without them, note that a heading is missing."""
        for start in range(one.block, min(end, one.block + MAX_BEFORE + 1)):
            lines = 0
            text = ""
            while start + lines < end and lines < MAX_LINES and _may_be_heading(self.blocks[start + lines]):
                text += said(self.blocks[start + lines].text)
                lines += 1
                if text == title and text:
                    self._join(start, lines)
                    return start
                if not title.startswith(text):
                    break
        if self._says_nearly(one, title, end):
            self._join(one.block, 1)
            return one.block
        if self.bare[one.block] and self._has_text(one.block, end):
            self.missing.setdefault(one.block, []).append(one)
        return None

    def _says_nearly(self, one: Listed, title: str, end: int) -> bool:
        """Say whether the paragraph that a line leads to is its heading, worded a little otherwise."""
        block = self.blocks[one.block]
        if not _may_be_heading(block) or one.block + 1 >= end or block.text.endswith((".", ",", ";", ":")):
            return False
        text = said(block.text)
        short, long = sorted((text, title), key=len)
        return bool(short) and short in long and len(short) * 2 >= len(long)

    def _has_text(self, first: int, end: int) -> bool:
        return any(block.kind is not BlockKind.IMAGE and block.text for block in self.blocks[first:end])

    def _join(self, start: int, lines: int) -> None:
        """Make one heading of paragraphs."""
        first = self.blocks[start]
        text, spans, marks = first.text, list(first.spans), list(first.marks)
        for block in self.blocks[start + 1 : start + lines]:
            base = len(text) + 1
            text += "\n" + block.text
            spans += [replace(span, start=span.start + base, end=span.end + base) for span in block.spans]
            marks += [replace(mark, offset=mark.offset + base) for mark in block.marks]
        heading = Block(BlockKind.HEADING, text, tuple(spans), tuple(marks), 1, anchor=first.anchor)
        self.blocks[start] = heading
        self.joined[start] = lines
        self.missing.setdefault(start, [])

    def _levels(self) -> None:
        """Where all headings are of one level and the contents have more, theirs count."""
        made = set(self.joined)
        alike = {self.blocks[i].level for i in range(len(self.blocks)) if is_heading(self.blocks[i]) and i not in made}
        self.by_depth = self._levels_by_depth(made)
        deep = len(set(self.depths.values())) > 1
        level = 1
        for i, block in enumerate(self.blocks):
            if not is_heading(block):
                continue
            if i in made or (deep and len(alike) == 1):
                level = self._level(self.depths[i]) if i in self.depths else level
                self.blocks[i] = replace(block, level=level)
            else:
                level = block.level

    def _levels_by_depth(self, made: set[int]) -> dict[int, int]:
        counted: dict[int, Counter[int]] = {}
        for i, depth in self.depths.items():
            if i not in made:
                counted.setdefault(depth, Counter())[self.blocks[i].level] += 1
        levels = {depth: counter.most_common(1)[0][0] for depth, counter in counted.items()}
        return levels if len(set(levels.values())) == len(levels) else {}

    def _level(self, depth: int) -> int:
        return min(max(self.by_depth.get(depth, depth), 1), 6)

    def result(self) -> Reconciled:
        made: list[Block] = []
        moved: list[int] = []
        skipped = 0
        for i, block in enumerate(self.blocks):
            for one in self.missing.get(i, ()):
                anchor, block = block.anchor, replace(block, anchor="")
                made.append(Block(BlockKind.HEADING, one.title, level=self._level(one.depth), anchor=anchor))
            moved.append(len(made) - (skipped > 0))
            if skipped:
                skipped -= 1
                continue
            skipped = self.joined.get(i, 1) - 1
            made.append(block)
        moved.append(len(made))
        return Reconciled(tuple(made), tuple(moved))


def is_heading(block: Block) -> bool:
    return block.kind is BlockKind.HEADING


def _may_be_heading(block: Block) -> bool:
    return block.kind in (BlockKind.PARAGRAPH, BlockKind.LEAD, BlockKind.VERSE, BlockKind.QUOTATION) and (
        0 < len(block.text) <= MAX_HEADING_CHARS
    )


def _alike(block: Block, title: str) -> bool:
    text = said(block.text)
    return bool(text) and (text in title or title in text)
