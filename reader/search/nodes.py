"""A query as it is understood: a tree of what a block must have, and must not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Word:
    """A term, and unless it is ``exact`` the other forms of the word, which count less."""

    term: str
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Prefix:
    """Every term that begins so."""

    beginning: str


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """A term, and those that are a letter apart from it, which count less."""

    term: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Terms at positions that follow each other; two or more."""

    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Near:
    """Terms in any order, with so many other words ``between`` them at most; two or more."""

    terms: tuple[str, ...]
    between: int


class FieldName(StrEnum):
    """By what the blocks of an article are limited, or, where nothing else is sought, its head is found."""

    TITLE = "title"
    AUTHOR = "author"
    LANGUAGE = "lang"
    TAG = "tag"
    IN = "in"


@dataclass(frozen=True, slots=True)
class Field:
    """Blocks of the articles whose title or authors match ``node``, or of which ``value`` is true.

    IN alone is of the block itself: ``value`` is the name of a ``Place``.
    """

    name: FieldName
    value: str = ""
    node: Node | None = None


@dataclass(frozen=True, slots=True)
class All:
    """Blocks that match each of ``parts``, of which there is at least one, and none of ``without``."""

    parts: tuple[Node, ...]
    without: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Either:
    parts: tuple[Node, ...]


Leaf = Word | Prefix | Fuzzy | Phrase | Near
Node = Leaf | Field | All | Either


def leaves(node: Node) -> Iterator[Leaf]:
    """Yield what a block is found by, in order; not what an article is."""
    if isinstance(node, All | Either):
        for part in node.parts:
            yield from leaves(part)
    elif not isinstance(node, Field):
        yield node


def fields(node: Node) -> Iterator[Field]:
    """Yield what articles are found by, in order."""
    if isinstance(node, All | Either):
        for part in node.parts:
            yield from fields(part)
    elif isinstance(node, Field):
        yield node


def typed(leaf: Leaf) -> tuple[str, ...]:
    """Return the terms of a leaf as they were typed."""
    if isinstance(leaf, Word):
        return (leaf.term,)
    if isinstance(leaf, Prefix):
        return (f"{leaf.beginning}*",)
    return (leaf.term,) if isinstance(leaf, Fuzzy) else leaf.terms
