"""What is printed: an article, cut into stretches that are laid out one by one."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from msgspec import Struct

from reader.article.model import BlockKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from reader.article.model import Block, Metadata, Resource
    from reader.article.text import Text
    from reader.ui.page.typography import Typography

STRETCH_CHARACTERS = 3000
"""So much is laid out at once: one page or two, some ten milliseconds."""
_ROW = int(BlockKind.TABLE_ROW)


class Heading(Struct, frozen=True):
    """A heading that the contents list: its passage, its level from 1, its words."""

    passage: int
    level: int
    title: str


class Matter(Struct, frozen=True):
    """An article and how its reader has it set. ``breaks`` says where words may be broken (see ``StyleBook``)."""

    metadata: Metadata
    text: Text
    resources: Mapping[str, Resource]
    headings: tuple[Heading, ...]
    typography: Typography
    breaks: Callable[[Block], Sequence[int]] | None = None

    @property
    def title(self) -> str:
        return " ".join(self.metadata.title.split())

    def heading_at(self, passage: int) -> Heading | None:
        """Return the heading that a passage stands under, or that it is."""
        number = bisect_right(self.headings, passage, key=lambda heading: heading.passage)
        return self.headings[number - 1] if number else None


class Stretch(Struct, frozen=True):
    """Passages that are laid out together: of the body, or of one note (``note`` is its key).

    ``titled`` puts the heading “Notes” above them.
    """

    first: int
    end: int
    note: str = ""
    titled: bool = False


def body_stretches(text: Text, first: int, end: int) -> Iterator[Stretch]:
    """Yield the passages of a range in stretches; a table, and a caption with what it belongs to, stay whole."""
    starts, kinds = text.starts, text.kinds
    begin = first
    while begin < end:
        upto = begin + 1
        while upto < end and (starts[upto + 1] - starts[begin] <= STRETCH_CHARACTERS or kinds[upto] == _ROW):
            upto += 1
        yield Stretch(begin, upto)
        begin = upto
