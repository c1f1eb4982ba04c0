"""What a person types, understood: words, "phrases", AND, OR, NOT, parentheses, prefix*.

Every string has a reading. Words beside each other must all occur in a block; ``OR`` binds
loosest; ``-word`` is ``NOT word``; a quotation mark that is never closed reaches to the end, a
parenthesis too many is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from gettext import gettext as _

from reader.search.analysis import Token, TokenKind, is_unspaced, tokens

MAX_QUERY_CHARACTERS = 1_000
MAX_TERMS = 32
MAX_DEPTH = 16
MIN_PREFIX_CHARACTERS = 2


@dataclass(frozen=True, slots=True)
class Word:
    term: str


@dataclass(frozen=True, slots=True)
class Prefix:
    """Every term that begins so."""

    beginning: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Terms at positions that follow each other; two or more."""

    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class All:
    """Blocks that match each of ``parts``, of which there is at least one, and none of ``without``."""

    parts: tuple[Node, ...]
    without: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Either:
    parts: tuple[Node, ...]


Leaf = Word | Prefix | Phrase
Node = Leaf | All | Either


@dataclass(frozen=True, slots=True)
class Query:
    """A query as it is understood: ``node`` is None where there is nothing to look for.

    ``hint`` is a sentence for the person, or empty; ``sought`` are the leaves that a block is found
    by (not those behind NOT), in the order typed: they can be marked in it.
    """

    text: str
    node: Node | None
    hint: str = ""
    sought: tuple[Leaf, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """The terms that are sought, each once."""
        return tuple(dict.fromkeys(term for leaf in self.sought for term in _terms(leaf)))


def parse(text: str) -> Query:
    """Understand what was typed. Never raises."""
    reader = _Reader(text)
    node = reader.alternatives(0)
    if node is None:
        return Query(text, None, _("Type at least one word to look for."))
    if isinstance(node, _Not):
        return Query(text, None, _("Type at least one word to look for; NOT only leaves out what others find."))
    return Query(text, node, reader.hint, tuple(dict.fromkeys(_leaves(node))))


@dataclass(frozen=True, slots=True)
class _Not:
    """While reading only: a part that says what is not wanted."""

    node: Node


_Part = Node | _Not

_QUOTES = '"“”„‟«»「」『』＂'
_OPEN = "(（"
_CLOSE = ")）"
_LEXEMES = re.compile(
    rf"[{_QUOTES}](?P<phrase>[^{_QUOTES}]*)(?:[{_QUOTES}]|\Z)"
    rf"|(?P<open>[{_OPEN}])|(?P<close>[{_CLOSE}])"
    rf"|(?P<not>NOT(?![^\s{_QUOTES}{_OPEN}{_CLOSE}])|[-−](?=\S)(?![-−]))"
    rf"|(?P<or>OR(?![^\s{_QUOTES}{_OPEN}{_CLOSE}]))|(?P<and>AND(?![^\s{_QUOTES}{_OPEN}{_CLOSE}]))"
    rf"|(?P<word>[^\s{_QUOTES}{_OPEN}{_CLOSE}]+)",
)


@dataclass
class _Reader:
    """A recursive descent over the lexemes of one query."""

    text: str
    hint: str = ""
    terms: int = 0
    at: int = 0
    lexemes: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        text = self.text
        if len(text) > MAX_QUERY_CHARACTERS:
            text = text[:MAX_QUERY_CHARACTERS]
            self.hint = _("That was too long: only its beginning was looked for.")
        for match in _LEXEMES.finditer(text):
            kind = str(match.lastgroup)
            self.lexemes.append((kind, match.group(kind)))

    def peek(self) -> str:
        return self.lexemes[self.at][0] if self.at < len(self.lexemes) else ""

    def alternatives(self, depth: int) -> _Part | None:
        """Read parts joined by OR, down to the closing parenthesis or the end."""
        found = [self.together(depth)]
        while kind := self.peek():
            if kind == "close" and depth:
                break
            self.at += 1  # OR, or a parenthesis that closes nothing
            found.append(self.together(depth) if kind == "or" else _all((found.pop(), self.together(depth))))
        return _either(found)

    def together(self, depth: int) -> _Part | None:
        """Read parts that must all match, down to OR, a closing parenthesis or the end."""
        found: list[_Part | None] = []
        while self.peek() not in ("", "or", "close"):
            found.append(self.part(depth))
        return _all(found)

    def part(self, depth: int) -> _Part | None:
        wanted = True
        while self.peek() in ("and", "not"):
            if self.peek() == "not":
                wanted = not wanted
            self.at += 1
        if self.peek() in ("", "or", "close"):
            return None
        kind, value = self.lexemes[self.at]
        self.at += 1
        found = self.inside(depth) if kind == "open" else self.operand(kind, value)
        return found if wanted else _negated(found)

    def operand(self, kind: str, value: str) -> _Part | None:
        return _sequence(self.counted(value)) if kind == "phrase" else self.word(value)

    def inside(self, depth: int) -> _Part | None:
        if depth == MAX_DEPTH:
            return None  # the parenthesis is passed over, what is in it is read as if it were not there
        found = self.alternatives(depth + 1)
        self.at += self.peek() == "close"
        return found

    def word(self, value: str) -> _Part | None:
        stem = value.rstrip("*")
        found = self.counted(stem)
        if stem == value:
            if value.startswith("*"):
                self.hint = self.hint or _("A * can stand only at the end of a word.")
            return _sequence(found)
        words = [token for token in found if token.kind is TokenKind.WORD]
        if not words or is_unspaced(words[-1].term):
            return _sequence(found)
        if len(words[-1].term) < MIN_PREFIX_CHARACTERS:
            self.hint = self.hint or _("Type at least two letters before a *.")
            return _sequence(found)
        apart = _all([*(Word(token.term) for token in words[:-1]), Prefix(words[-1].term)])
        whole = [token.term for token in found if token.kind is TokenKind.JOINED and token.end == words[-1].end]
        return _either([apart, *(Prefix(term) for term in whole)])

    def counted(self, value: str) -> list[Token]:
        """Return a value's tokens, as far as the query may still grow."""
        found = list(tokens(value))
        left = MAX_TERMS - self.terms
        kept = [token for token in found if token.position < left]
        if len(kept) < len(found):
            self.hint = self.hint or _("That was too long: only its beginning was looked for.")
        self.terms += kept[-1].position + 1 if kept else 0
        return kept


def _sequence(found: Sequence[Token]) -> _Part | None:
    """Return what finds the tokens one after another, compounds apart or written as one."""
    # A pair comes after its first character in the list, and says more.
    apart = {token.position: token.term for token in found if token.kind is not TokenKind.JOINED}
    pairs = [token.position for token in found if token.kind is TokenKind.PAIR]
    if pairs and pairs[-1] == max(apart) - 1:
        del apart[max(apart)]  # the last character of a run is in the pair before it
    joined = _joined(found)
    rows = [tuple(apart.values())]
    if joined:
        rows.append(tuple(_with_joined(apart, joined)))
    return _either([_row(row) for row in rows])


def _joined(found: Iterable[Token]) -> dict[int, Token]:
    """Return by the first position of each compound its token at the last."""
    first: dict[tuple[int, int], int] = {}
    whole: dict[int, Token] = {}
    for token in found:
        if token.kind is TokenKind.JOINED:
            begins = first.setdefault((token.start, token.end), token.position)
            if begins != token.position:
                whole[begins] = token
    return whole


def _with_joined(apart: dict[int, str], joined: dict[int, Token]) -> Iterable[str]:
    covered = -1
    for position, term in apart.items():
        if position in joined:
            covered = joined[position].position
            yield joined[position].term
        elif position > covered:
            yield term


def _row(terms: tuple[str, ...]) -> Node | None:
    if len(terms) > 1:
        return Phrase(terms)
    return Word(terms[0]) if terms else None


def _negated(part: _Part | None) -> _Part | None:
    if part is None:
        return None
    return part.node if isinstance(part, _Not) else _Not(part)


def _all(parts: Iterable[_Part | None]) -> _Part | None:
    """Join by AND. Where every part says what is not wanted, so does the whole."""
    wanted, unwanted = _sorted(parts)
    if wanted:
        return All(wanted, unwanted) if len(wanted) > 1 or unwanted else wanted[0]
    either = _either(unwanted)
    return None if either is None else _negated(either)


def _either(parts: Iterable[_Part | None]) -> _Part | None:
    """Join by OR: ``a OR NOT b`` is ``NOT (b AND NOT a)``, which can be told from the rest."""
    wanted, unwanted = _sorted(parts)
    if unwanted:
        return _Not(All(unwanted, wanted) if len(unwanted) > 1 or wanted else unwanted[0])
    if wanted:
        return Either(wanted) if len(wanted) > 1 else wanted[0]
    return None


def _sorted(parts: Iterable[_Part | None]) -> tuple[tuple[Node, ...], tuple[Node, ...]]:
    """Return the parts that are wanted and those that are not, each once, in order."""
    wanted: dict[Node, None] = {}
    unwanted: dict[Node, None] = {}
    for part in parts:
        if isinstance(part, _Not):
            unwanted[part.node] = None
        elif part is not None:
            wanted[part] = None
    return tuple(wanted), tuple(unwanted)


def _leaves(node: Node) -> Iterator[Leaf]:
    """Yield what a block is found by, in order."""
    if isinstance(node, All | Either):
        for part in node.parts:
            yield from _leaves(part)
    else:
        yield node


def _terms(leaf: Leaf) -> tuple[str, ...]:
    if isinstance(leaf, Word):
        return (leaf.term,)
    return (f"{leaf.beginning}*",) if isinstance(leaf, Prefix) else leaf.terms
