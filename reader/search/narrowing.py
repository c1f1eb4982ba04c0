"""A query as it is typed: its limits, which there are, one more, one less; and its last word, where that is only begun.

A limit is ``lang:``, ``author:``, ``tag:`` or ``in:`` with its value, where it limits the whole query: not
behind NOT, not in a parenthesis, not beside OR.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from reader.search.analysis import TokenKind, tokens
from reader.search.nodes import FieldName
from reader.search.query import FIELDS, LEXEMES, MAX_QUERY_CHARACTERS, MIN_PREFIX_CHARACTERS, PLACES, QUOTES

ONE_OF_A_KIND = (FieldName.IN, FieldName.LANGUAGE)
"""A block stands in one place and in one language: another limit of the kind takes the place of the first."""

_KINDS = (FieldName.IN, FieldName.LANGUAGE, FieldName.TAG, FieldName.AUTHOR)
_VALUES = ("word", "phrase")
_JOINS = ("near", "between")
_BINDS = ("not", "near", "field")
_DANGLING = ("not", "near")
_TYPED = {"NOTE": "notes", "HEADING": "headings", "HEAD": "title", "TEXT": "text"}
_PLAIN = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_OPEN_ENDS = ("*", "~")
_OPERATORS = ("OR", "AND", "NOT", "NEAR")
_QUOTED = re.compile(f"[{QUOTES}]")


class Limit(NamedTuple):
    """``value`` is as limits are compared: the name of a ``Place``, a language, a tag, the words of a name."""

    name: FieldName
    value: str


class _Lexeme(NamedTuple):
    kind: str
    value: str
    start: int
    end: int


class _Stretch(NamedTuple):
    """Where a limit stands in a text, and its value as it is written there."""

    limit: Limit
    written: str
    start: int
    end: int


def limit(name: FieldName, value: str) -> Limit:
    """Return the limit by a place's name, a language, a tag or an author as somebody writes them."""
    value = " ".join(value.split())
    if name is FieldName.IN:
        return Limit(name, PLACES.get(value.casefold(), ""))
    if name is FieldName.AUTHOR:
        words = [token.term for token in tokens(value) if token.kind is TokenKind.WORD]
        return Limit(name, " ".join(words) + (value[-1] if value[-1:] in _OPEN_ENDS and words else ""))
    return Limit(name, value.casefold())


def limits(text: str) -> dict[Limit, str]:
    """Return the limits of a query in the order typed, each with its value as it is written."""
    return {stretch.limit: stretch.written for stretch in _stretches(text)}


def bare(text: str) -> str:
    """Return a query without its limits."""
    return _without(text, list(_stretches(text)))


def end_of_words(text: str) -> int:
    """Return where in a query one goes on with its words: before the limits at its end."""
    end = len(text.rstrip())
    for stretch in reversed(list(_stretches(text))):
        if stretch.end == end:
            end = len(text[: stretch.start].rstrip())
    return end


def begun(text: str) -> str:
    """Return a query whose last word is only the beginning of one; empty where there is no word to go on with."""
    end = end_of_words(text)
    found = [each for each in _lexemes(text) if each.end <= end]
    if not found or found[-1].kind != "word" or _last(found[:-1]) == "field":
        return ""
    word = found[-1].value
    return f"{text[:end]}*{text[end:]}" if _PLAIN.fullmatch(word) and len(word) >= MIN_PREFIX_CHARACTERS else ""


def narrowed(text: str, name: FieldName, value: str) -> str:
    """Return a query that finds, of what it found, only what a further limit allows.

    It is returned as it was where the limit cannot be said in a query: a tag with quotation marks.
    """
    wanted = limit(name, value)
    if name in ONE_OF_A_KIND:
        text = _without(text, [stretch for stretch in _stretches(text) if stretch.limit.name is name])
    longer = f"{_closed(text)} {name}:{_written(wanted, value)}".strip()
    return longer if wanted in limits(longer) and len(longer) <= MAX_QUERY_CHARACTERS else text


def widened(text: str, unwanted: Limit) -> str:
    """Return a query without a limit."""
    return _without(text, [stretch for stretch in _stretches(text) if stretch.limit == unwanted])


def _lexemes(text: str) -> list[_Lexeme]:
    return [
        _Lexeme(match.lastgroup or "near", match[match.lastgroup or 0] or "", *match.span())
        for match in LEXEMES.finditer(text)
    ]


def _last(found: list[_Lexeme]) -> str:
    """Return the kind of the last lexeme that is no AND."""
    return next((each.kind for each in reversed(found) if each.kind != "and"), "")


def _stretches(text: str) -> Iterator[_Stretch]:
    found = _lexemes(text)
    depths = list(_depths(found))
    if any(each.kind == "or" and not depth for each, depth in zip(found, depths, strict=True)):
        return
    for at, (each, depth) in enumerate(zip(found[:-1], depths, strict=False)):
        value = found[at + 1]
        alone = _last(found[:at]) not in _BINDS and (at + 2 == len(found) or found[at + 2].kind not in _JOINS)
        if depth or each.kind != "field" or value.kind not in _VALUES or not alone:
            continue
        name = FIELDS[each.value.casefold()]
        if name in _KINDS and (meant := limit(name, value.value)).value:
            yield _Stretch(meant, value.value.strip(), each.start, value.end)


def _depths(found: list[_Lexeme]) -> Iterator[int]:
    depth = 0
    for each in found:
        depth = max(0, depth - (each.kind == "close"))
        yield depth
        depth += each.kind == "open"


def _closed(text: str) -> str:
    """Return a query behind which something can be said of all of it."""
    text = _balanced(text).strip()
    found = _lexemes(text)
    depths = list(_depths(found))
    alternatives = any(each.kind == "or" and not depth for each, depth in zip(found, depths, strict=True))
    return f"({text})" if alternatives or _last(found) in _DANGLING else text


def _balanced(text: str) -> str:
    """Return a query whose quotation marks and parentheses are closed and opened."""
    found = _lexemes(text)
    if found and found[-1].kind == "phrase" and found[-1].end == found[-1].start + 1 + len(found[-1].value):
        text += '"'
    depth, needless = 0, []
    for each in found:
        if each.kind == "close" and not depth:
            needless.append(each.start)
        depth = max(0, depth + (each.kind == "open") - (each.kind == "close"))
    for at in reversed(needless):
        text = f"{text[:at]}({text[at:]}"
    return text + ")" * depth


def _written(wanted: Limit, value: str) -> str:
    if wanted.name is FieldName.IN:
        return _TYPED.get(wanted.value, value)
    value = " ".join(value.split())
    if wanted.name is FieldName.AUTHOR:
        value = " ".join(_QUOTED.sub(" ", value).split())
    return value if _PLAIN.fullmatch(value) and value not in _OPERATORS else f'"{value}"'


def _without(text: str, stretches: list[_Stretch]) -> str:
    if not stretches:
        return text
    for stretch in reversed(stretches):
        text = f"{text[: stretch.start].rstrip()} {text[stretch.end :].lstrip()}"
    return _unwrapped(text.strip())


def _unwrapped(text: str) -> str:
    """Return what is in the parenthesis that holds all of a query."""
    found = _lexemes(text)
    if len(found) < 2 or found[0].kind != "open" or found[-1].kind != "close":
        return text
    depths = list(_depths(found))
    whole = all(depths[1:-1]) and found[-1].end == len(text)
    return text[found[0].end : found[-1].start].strip() if whole else text
