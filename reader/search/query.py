"""What a person types, understood: words, "phrases", AND, OR, NOT, NEAR, parentheses, prefix*, fuzzy~, title:word.

Every string has a reading. Words beside each other must all occur in a block; ``OR`` binds
loosest; ``-word`` is ``NOT word``; a quotation mark that is never closed reaches to the end, a
parenthesis too many is passed over. A word in quotation marks is sought in no other form.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from gettext import gettext as _

from reader.search.analysis import Token, TokenKind, is_unspaced, tokens
from reader.search.nodes import (
    All,
    Either,
    Field,
    FieldName,
    Fuzzy,
    Leaf,
    Near,
    Node,
    Phrase,
    Prefix,
    Word,
    fields,
    leaves,
    typed,
)

MAX_QUERY_CHARACTERS = 1_000
MAX_TERMS = 32
MAX_DEPTH = 16
MIN_PREFIX_CHARACTERS = 2
BETWEEN = 10
"""Words between those that stand near each other, unless it is said how many."""

PLACES = {
    "note": "NOTE",
    "notes": "NOTE",
    "heading": "HEADING",
    "headings": "HEADING",
    "title": "HEAD",
    "head": "HEAD",
    "text": "TEXT",
}
"""What may stand behind ``in:``, and the name of the ``Place`` that it means."""

FIELDS = {name.value: name for name in FieldName} | {"language": FieldName.LANGUAGE}


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
        return tuple(dict.fromkeys(term for leaf in self.sought for term in typed(leaf)))


def parse(text: str) -> Query:
    """Understand what was typed. Never raises."""
    reader = _Reader(text)
    node = reader.alternatives(0)
    if node is None:
        return Query(text, None, _("Type at least one word to look for."))
    if isinstance(node, _Not):
        return Query(text, None, _("Type at least one word to look for; NOT only leaves out what others find."))
    return Query(text, node, reader.hint, tuple(dict.fromkeys(_sought(node))))


def _sought(node: Node) -> Iterable[Leaf]:
    """Return what a block is found by; where that is nothing, what heads of articles are."""
    of_blocks = list(leaves(node))
    return of_blocks or [leaf for found in fields(node) if found.node is not None for leaf in leaves(found.node)]


@dataclass(frozen=True, slots=True)
class _Not:
    """While reading only: a part that says what is not wanted."""

    node: Node


_Part = Node | _Not

_FUZZY = re.compile(r"(.+?)~1?")

QUOTES = '"“”„‟«»「」『』＂'
_OPEN = "(（"
_CLOSE = ")）"
_ENDS = rf"(?![^\s{QUOTES}{_OPEN}{_CLOSE}])"
LEXEMES = re.compile(
    rf"[{QUOTES}](?P<phrase>[^{QUOTES}]*)(?:[{QUOTES}]|\Z)"
    rf"|(?<=[{QUOTES}])~(?P<between>[0-9]{{1,3}})"
    rf"|(?P<open>[{_OPEN}])|(?P<close>[{_CLOSE}])"
    rf"|(?P<not>NOT{_ENDS}|[-−](?=\S)(?![-−]))"
    rf"|(?P<or>OR{_ENDS})|(?P<and>AND{_ENDS})|NEAR(?:/(?P<near>[0-9]{{1,3}}))?{_ENDS}"
    rf"|(?P<field>(?i:{'|'.join(FIELDS)})):(?=[^\s{_OPEN}{_CLOSE}])"
    rf"|(?P<word>[^\s{QUOTES}{_OPEN}{_CLOSE}]+)",
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
        for match in LEXEMES.finditer(text):
            kind = match.lastgroup or "near"
            self.lexemes.append((kind, match.group(kind) or ""))

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
        found = self.one(depth)
        while self.peek() == "near":
            between = int(self.lexemes[self.at][1] or BETWEEN)
            self.at += 1
            if self.peek() in ("", "or", "and", "close"):
                break
            found = _near(found, self.one(depth), between)
        return found if wanted else _negated(found)

    def one(self, depth: int) -> _Part | None:
        """Read what stands between operators."""
        kind, value = self.lexemes[self.at]
        self.at += 1
        if kind == "open":
            return self.inside(depth)
        if kind == "field":
            return self.limited(FIELDS[value.casefold()])
        return self.operand(kind, value)

    def operand(self, kind: str, value: str) -> _Part | None:
        if kind == "word":
            return self.word(value)
        if kind != "phrase":
            return None  # an operator that joins nothing
        found = self.counted(value)
        if self.peek() != "between":
            return _sequence(found, exact=True)
        between = int(self.lexemes[self.at][1])
        self.at += 1
        terms = tuple(dict.fromkeys(token.term for token in found if token.kind is TokenKind.WORD))
        return Near(terms, between) if len(terms) > 1 else _sequence(found, exact=True)

    def limited(self, name: FieldName) -> _Part | None:
        """Read the value of a field, which follows it at once."""
        kind, value = self.lexemes[self.at]
        self.at += 1
        if name in (FieldName.TITLE, FieldName.AUTHOR):
            found = self.operand(kind, value)
            return None if found is None or isinstance(found, _Not) else Field(name, node=found)
        value = value.strip().casefold()
        if name is not FieldName.IN:
            return Field(name, value) if value else None
        if value in PLACES:
            return Field(name, PLACES[value])
        self.hint = self.hint or _("Behind in: can stand notes, headings, title or text.")
        return None

    def inside(self, depth: int) -> _Part | None:
        if depth == MAX_DEPTH:
            return None  # the parenthesis is passed over, what is in it is read as if it were not there
        found = self.alternatives(depth + 1)
        self.at += self.peek() == "close"
        return found

    def word(self, value: str) -> _Part | None:
        if fuzzy := _FUZZY.fullmatch(value):
            found = self.counted(fuzzy.group(1))
            return Fuzzy(found[0].term) if len(found) == 1 else _sequence(found)
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


def _near(left: _Part | None, right: _Part | None, between: int) -> _Part | None:
    """Return what finds both near each other; where that has no meaning, what finds both."""
    terms = (*_terms_near(left), *_terms_near(right))
    if _terms_near(left) and _terms_near(right) and len(set(terms)) > 1:
        return Near(tuple(dict.fromkeys(terms)), between)
    return _all((left, right))


def _terms_near(part: _Part | None) -> tuple[str, ...]:
    if isinstance(part, Near):
        return part.terms
    return (part.term,) if isinstance(part, Word) else ()


def _sequence(found: Sequence[Token], *, exact: bool = False) -> _Part | None:
    """Return what finds the tokens one after another, compounds apart or written as one."""
    apart = {token.position: token.term for token in found if token.kind is TokenKind.WORD}
    joined = _joined(found)
    rows = [tuple(apart.values())]
    if joined:
        rows.append(tuple(_with_joined(apart, joined)))
    return _either([_row(row, exact) for row in rows])


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


def _row(terms: tuple[str, ...], exact: bool) -> Node | None:
    if len(terms) > 1:
        return Phrase(terms)
    return Word(terms[0], exact) if terms else None


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
