"""The text of an article that is in the store: a piece of it is decoded when it is wanted."""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple, overload

from reader.article.text import Text

if TYPE_CHECKING:
    from reader.article.codec import Compiled
    from reader.article.model import Block
    from reader.article.skeleton import Names, Skeleton

MAX_KEPT_CHARACTERS = 400_000
"""How much decoded text stays: some hundred screens, one or two megabytes with its blocks."""


class StoredText(Text):
    """The text of a compiled article. Any thread may ask; what is asked for again is decoded once.

    Whatever touches the text raises what ``Compiled`` does: DamagedArticleError, and what reading raises.
    """

    def __init__(self, compiled: Compiled) -> None:
        """Take the skeleton.

        Raises:
            DamagedArticleError: an article of version 1, which is decoded for it, is damaged.
        """
        self._compiled = compiled
        self._skeleton = compiled.skeleton
        self.starts = self._skeleton.starts
        self.body_passages = self._skeleton.body_passages
        self._passages = StoredPassages(compiled, self._skeleton)
        self.passages: Sequence[Block] = self._passages

    @property
    def kinds(self) -> bytes:
        return self._skeleton.kinds

    @property
    def skeleton(self) -> Skeleton:
        return self._skeleton

    @property
    def names(self) -> Names:
        return self._compiled.names

    @property
    def string(self) -> str:
        return self.slice(0, len(self))

    def slice(self, start: int, end: int) -> str:
        start, end = max(0, start), min(end, len(self))
        if start >= end:
            return ""
        first, last = self.place(start).passage, self.place(end).passage
        begin = self.starts[first]
        return "\n".join(self._passages.texts(first, last + 1))[start - begin : end - begin]


class _Run(NamedTuple):
    """Decoded passages that lie in one chunk, and their numbers, half open."""

    first: int
    end: int
    blocks: tuple[Block, ...]


class StoredPassages(Sequence["Block"]):
    """The passages of a compiled article as a sequence. The last used chunks stay decoded."""

    def __init__(self, compiled: Compiled, skeleton: Skeleton) -> None:
        self._compiled = compiled
        self._starts = skeleton.starts
        self._firsts = compiled.chunk_firsts
        self._kept: OrderedDict[int, _Run] = OrderedDict()
        self._characters = 0
        self._lock = Lock()
        self._last = _Run(0, 0, ())

    def __len__(self) -> int:
        return len(self._starts) - 1

    @overload
    def __getitem__(self, index: int) -> Block: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Block, ...]: ...
    def __getitem__(self, index: int | slice) -> Block | tuple[Block, ...]:
        if isinstance(index, slice):
            wanted = range(len(self))[index]
            if wanted.step != 1:
                return tuple(self[passage] for passage in wanted)
            return tuple(self._between(wanted.start, wanted.stop))
        if index < 0:
            index += len(self)
        # One name for one moment: another thread may change the attribute meanwhile.
        run = self._last
        if not run.first <= index < run.end:
            run = self._last = self._run(index)
        return run.blocks[index - run.first]

    def __iter__(self) -> Iterator[Block]:
        return self._between(0, len(self))

    def texts(self, first: int, end: int) -> Iterator[str]:
        """Yield the texts of passages; those of many chunks are decoded without the rest, and not kept."""
        chunks = range(self._chunk_of(first), self._chunk_of(end - 1) + 1) if first < end else range(0)
        long = self._starts[end] - self._starts[first] > MAX_KEPT_CHARACTERS // 2
        for chunk in chunks:
            begin = self._firsts[chunk]
            cut = slice(max(0, first - begin), end - begin)
            if long and chunk not in self._kept:
                yield from self._compiled.texts(chunk)[cut]
            else:
                yield from [block.text for block in self._decoded(chunk).blocks[cut]]

    def _between(self, first: int, end: int) -> Iterator[Block]:
        while first < end:
            run = self._run(first)
            yield from run.blocks[first - run.first : end - run.first]
            first = run.end

    def _chunk_of(self, passage: int) -> int:
        if not 0 <= passage < len(self):
            raise IndexError(passage)
        return bisect_right(self._firsts, passage) - 1

    def _run(self, passage: int) -> _Run:
        return self._decoded(self._chunk_of(passage))

    def _decoded(self, chunk: int) -> _Run:
        """Return a chunk, decoded now if it was not; two threads may do that at the same time."""
        with self._lock:
            kept = self._kept.get(chunk)
            if kept is not None:
                self._kept.move_to_end(chunk)
                return kept
        run = _Run(self._firsts[chunk], self._firsts[chunk + 1], self._compiled.chunk(chunk))
        with self._lock:
            if chunk not in self._kept:
                self._kept[chunk] = run
                self._characters += self._size(run)
            while self._characters > MAX_KEPT_CHARACTERS and len(self._kept) > 1:
                self._characters -= self._size(self._kept.popitem(last=False)[1])
        return run

    def _size(self, run: _Run) -> int:
        return self._starts[run.end] - self._starts[run.first]
