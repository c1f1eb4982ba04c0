"""What was set aside when a text came in, as it stands in its Markdown, and putting it back."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from reader.article.asides import read_comment
from reader.article.model import Article, Block, BlockKind, Metadata, SetAside

_COMMENT = re.compile(r"<!--((?:(?!-->).)*?)-->", re.DOTALL)


class Aside(Struct, frozen=True):
    """Something that was set aside: where its comment stands in the Markdown, its words, and why."""

    start: int
    end: int
    text: str
    reason: str


def asides(markdown: str) -> Iterator[Aside]:
    """Yield what is set aside in a text, in its order; plain comments are left out."""
    at = 0
    while (at := markdown.find("<!--", at)) >= 0:
        comment = _COMMENT.match(markdown, at)
        if comment is None:
            return
        told = read_comment(SetAside(0, comment[1], "", 0))
        if isinstance(told, SetAside) and told.reason:
            yield Aside(comment.start(), comment.end(), told.text, told.reason)
        at = comment.end()


def as_markdown(aside: Aside) -> str:
    """Return the words that were set aside as paragraphs of Markdown, that say just what they said."""
    from reader.article.normal import normal
    from reader.export.markdown import write

    paragraphs = [lines.strip() for lines in aside.text.split("\n\n") if lines.strip()]
    blocks = tuple(Block(BlockKind.PARAGRAPH, text) for text in paragraphs)
    return write(normal(Article(Metadata(), blocks))).strip("\n")
