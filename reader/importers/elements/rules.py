"""How an element tree is read, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.etree.ElementTree import Element

from reader.article.model import Block, BlockKind, SetAside
from reader.importers.elements import tags

LINE = "data-line"
"""The attribute that says in which line of the file an element stood."""


@dataclass(frozen=True, slots=True)
class Rules:
    """How one tree is to be read.

    ``marks`` names the elements that are footnote marks, with the keys of their notes: nothing of
    their content is text. ``elsewhere`` names elements that are read on their own (the bodies of
    notes). ``picture`` gives the name of a picture's resource for its ``src``, or None where its
    alternative text shall stand alone. ``kinds`` says what a ``class`` makes of a paragraph.
    ``aliases`` is filled with the ids that a block has beside its anchor, and that anchor.
    """

    marks: Mapping[Element, str] = field(default_factory=dict)
    elsewhere: frozenset[Element] = frozenset()
    picture: Callable[[str], str | None] = field(default=lambda source: source)
    kinds: Mapping[str, BlockKind] = field(default_factory=lambda: tags.CLASSES)
    aside: Mapping[Element, str] = field(default_factory=dict)
    breaks_part: bool = False
    aliases: dict[str, str] = field(default_factory=dict)


class Converted(NamedTuple):
    """The blocks of a tree, and what of it is no text of the article (``before`` counts these blocks)."""

    blocks: tuple[Block, ...]
    set_aside: tuple[SetAside, ...]
