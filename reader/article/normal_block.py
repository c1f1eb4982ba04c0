"""The normal form of one block: its text cleaned, its spans and marks moved with it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from reader.article.composition import composed, composed_at
from reader.article.keys import normal_key
from reader.article.model import Block, BlockKind, Code, Image, ListItem, Mark, Span, SpanKind, TableRow

_OWN_RULES = {BlockKind.CODE, BlockKind.RULE, BlockKind.IMAGE, BlockKind.VERSE}
_NO_SPANS = {BlockKind.CODE, BlockKind.RULE}
_MAY_BE_EMPTY = {BlockKind.CODE, BlockKind.RULE, BlockKind.LIST_ITEM, BlockKind.DEFINITION, BlockKind.IMAGE}
_ITEMS = {BlockKind.LIST_ITEM, BlockKind.DEFINITION}
_DETAILS: dict[BlockKind, ListItem | TableRow | Code] = {
    BlockKind.LIST_ITEM: ListItem(),
    BlockKind.TABLE_ROW: TableRow(),
    BlockKind.CODE: Code(),
}
_VALUED = {SpanKind.LINK, SpanKind.LANGUAGE, SpanKind.ABBREVIATION}
_NEED_VALUE = {SpanKind.LINK, SpanKind.LANGUAGE}

_SPACES = " \t\n"
_UNCLEAN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]|  |^ | $|\n | \n|^\n|\n$"
)
_LINES = re.compile("\r\n?|[\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")
_ODD_SPACES = re.compile("[\x0b\x0c\x1c-\x1f\x85]")
_RULES_OF_CODE = ((_LINES, "\n"), (re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ufffe\uffff\ud800-\udfff]"), ""))
# The patterns match only what changes: a text of millions of words has as many spaces that do not.
_RULES_OF_ROWS = (
    (_LINES, "\n"),
    (_CONTROLS, ""),
    (_ODD_SPACES, " "),
    (re.compile(" {2,}"), " "),
    (re.compile(" ?\n[ \n]*"), "\n"),
    (re.compile("[ \n]*\t[ \n]*"), "\t"),
    (re.compile(r"\A[ \n]+|[ \n]+\Z"), ""),
)
_RULES = (
    (_LINES, "\n"),
    (_CONTROLS, ""),
    (_ODD_SPACES, " "),
    (re.compile("[ \t]{2,}|\t"), " "),
    (re.compile(" \n ?|\n "), "\n"),
    (re.compile(r"\A[ \n]+|[ \n]+\Z"), ""),
)
_INDENTED = re.compile("(?m)^[ \t]+(?=[^ \t\n])")
_NOT_IN_ANCHOR = re.compile(r"[\s{}\"'<>=\\`\x00-\x1f\x7f-\x9f\ud800-\udfff]+")
_NOT_IN_LANGUAGE = re.compile(r"[\s`~{},\"'<>=\\&\x00-\x1f\x7f-\x9f\ud800-\udfff].*", re.DOTALL)
BLANK = " \n\t\xa0\u200b\u2060\ufeff\u3000"
"""A text of nothing else shows nothing."""
MAX_LIST_NUMBER = 999_999_999


def one_line(text: str) -> str:
    """Return text with all white space drawn together to single spaces, NFC, without controls."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    text = _CONTROLS.sub("", _ODD_SPACES.sub(" ", _LINES.sub(" ", text)))
    return composed(re.sub("[ \t\n]+", " ", text)).strip()


def normal_block(block: Block) -> Block | None:
    """Return the block in normal form; None where nothing of it is left."""
    block = _with_detail(block)
    text, spans, marks = _clean(block)
    if text and block.kind not in (BlockKind.CODE, BlockKind.TABLE_ROW) and not text.strip(BLANK):
        text, spans, marks = "", (), tuple(replace(mark, offset=0) for mark in marks)
    if not text.strip(BLANK) and not marks and _is_nothing(block):
        return None
    level = min(max(block.level, 1), 6) if block.kind is BlockKind.HEADING else 0
    nowhere = block.kind is BlockKind.RULE or (block.kind in _ITEMS and not text and not marks)
    anchor = "" if nowhere else _NOT_IN_ANCHOR.sub("-", unicodedata.normalize("NFC", block.anchor.strip()))
    made = Block(block.kind, text, spans, marks, level, _containers(block.within), anchor, block.detail)
    return made


def _is_nothing(block: Block) -> bool:
    """Say whether a block without text says nothing: an empty row may stand in a table, but names no columns."""
    if isinstance(block.detail, TableRow):
        return block.detail.header
    return block.kind not in _MAY_BE_EMPTY


def _containers(within: str) -> str:
    return "".join(sign for sign in within if sign in ">-") if within else ""


def _with_detail(block: Block) -> Block:
    detail = block.detail
    if block.kind is BlockKind.IMAGE:
        if not isinstance(detail, Image) or not one_line(detail.resource):
            return replace(block, kind=BlockKind.PARAGRAPH, detail=None)
        return replace(block, detail=Image(one_line(detail.resource), one_line(detail.title)))
    default = _DETAILS.get(block.kind)
    if default is None or not isinstance(detail, type(default)):
        return block if detail is default else replace(block, detail=default)
    if isinstance(detail, ListItem) and detail.number is not None:
        detail = ListItem(min(max(detail.number, 0), MAX_LIST_NUMBER))
    if isinstance(detail, Code):
        detail = Code(unicodedata.normalize("NFC", _NOT_IN_LANGUAGE.sub("", detail.language.strip().lstrip("#."))))
    return replace(block, detail=detail)


def _clean(block: Block) -> tuple[str, tuple[Span, ...], tuple[Mark, ...]]:
    if block.kind is BlockKind.RULE:
        return "", (), ()
    if block.kind not in _OWN_RULES and _is_clean(block.text) and _are_normal(block.text, block.spans):
        size = len(block.text)
        keyed = [
            mark if key == mark.note and 0 <= mark.offset <= size else Mark(min(max(mark.offset, 0), size), key)
            for mark in block.marks
            if (key := normal_key(mark.note))
        ]
        keyed.sort(key=lambda mark: mark.offset)
        return block.text, block.spans, tuple(keyed)
    points = [0, *(at for span in block.spans for at in (span.start, span.end)), *(mark.offset for mark in block.marks)]
    points = [min(max(point, 0), len(block.text)) for point in points]
    text, points = _cleaned(block, points)
    ends = points[1 : 1 + 2 * len(block.spans)]
    spans = [Span(a, b, span.kind, span.value) for span, a, b in zip(block.spans, ends[::2], ends[1::2], strict=True)]
    marks = [
        Mark(at, key)
        for mark, at in zip(block.marks, points[1 + 2 * len(block.spans) :], strict=True)
        if (key := normal_key(mark.note))
    ]
    if block.kind is BlockKind.CODE:
        return text, (), ()
    if block.kind is BlockKind.IMAGE:  # a picture's text is plain; a link is around all of it, a mark behind it
        links = [span for span in spans if span.kind is SpanKind.LINK][:1]
        spans = [Span(0, len(text), SpanKind.LINK, span.value) for span in links]
        marks = [Mark(len(text), mark.note) for mark in marks]
    return text, normal_spans(text, spans), tuple(sorted(marks, key=lambda mark: mark.offset))


def _cleaned(block: Block, points: list[int]) -> tuple[str, list[int]]:
    """Return the text by the rules of its kind, and where each of the points has gone."""
    text = block.text
    if block.kind is BlockKind.CODE:
        text, points = _rewrite(text, _RULES_OF_CODE, points)
    elif block.kind is BlockKind.VERSE or _is_unclean(text):
        if block.kind is BlockKind.IMAGE:
            return one_line(text), [0] * len(points)
        if block.kind is BlockKind.VERSE:
            text = _INDENTED.sub(lambda indent: "\N{NO-BREAK SPACE}" * len(indent[0]), text)
        text, points = _rewrite(text, _RULES_OF_ROWS if block.kind is BlockKind.TABLE_ROW else _RULES, points)
    elif block.kind is BlockKind.IMAGE and "\n" in text:
        text = one_line(text)
    if not text.isascii():
        text, points = composed_at(text, points)
    return text, [min(point, len(text)) for point in points]


def _is_clean(text: str) -> bool:
    return not _is_unclean(text) and (text.isascii() or composed_at(text, [])[0] == text)


def _are_normal(text: str, spans: Sequence[Span]) -> bool:
    """Say whether spans stand apart from each other, in order, and are as they shall be; most are."""
    last = -1
    for span in spans:
        start, end, value = span.start, span.end, span.value
        if not last < start < end <= len(text) or text[start] in _SPACES or text[end - 1] in _SPACES:
            return False
        if text.find("\t", start, end) >= 0 or value != (one_line(value) if span.kind in _VALUED else ""):
            return False
        if not value and span.kind in _NEED_VALUE:
            return False
        last = end
    return True


def _is_unclean(text: str) -> bool:
    if text.isprintable() and text[:1] != " " and text[-1:] != " ":  # neither controls nor line ends
        return "  " in text
    return _UNCLEAN.search(text) is not None


def _rewrite(text: str, rules: Sequence[tuple[re.Pattern[str], str]], points: list[int]) -> tuple[str, list[int]]:
    """Apply the rules one after the other; a point inside what is replaced stays within its place."""
    for pattern, new in rules:
        found = [(match.start(), match.end()) for match in pattern.finditer(text)]
        if not found or all(text[a:b] == new for a, b in found):
            continue
        points = _moved(points, found, len(new))
        text = pattern.sub(new, text)
    return text, points


def _moved(points: list[int], found: list[tuple[int, int]], width: int) -> list[int]:
    """Return where points are once each of the ranges ``found`` is ``width`` characters wide."""
    made = list(points)
    order = sorted(range(len(points)), key=points.__getitem__)
    shift, k = 0, 0
    for index in order:
        point = points[index]
        while k < len(found) and found[k][1] <= point:
            shift += width - (found[k][1] - found[k][0])
            k += 1
        inside = k < len(found) and found[k][0] < point
        made[index] = found[k][0] + shift + min(point - found[k][0], width) if inside else point + shift
    return made


def normal_spans(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return spans joined where they touch, without white space at their ends, in their order."""
    if not spans:
        return ()
    groups: dict[tuple[SpanKind, str], list[tuple[int, int]]] = {}
    for span in spans:
        value = one_line(span.value) if span.kind in _VALUED else ""
        if span.start < span.end and (value or span.kind not in _NEED_VALUE):
            groups.setdefault((span.kind, value), []).append((span.start, span.end))
    made = [
        Span(start, end, kind, value)
        for (kind, value), ranges in groups.items()
        for joined in _joined(sorted(ranges))
        for start, end in _trimmed(text, *joined)
    ]
    made.sort(key=lambda span: (span.start, -span.end, span.kind, span.value))
    return tuple(_without_nested_links(text, made))


def _joined(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    made: list[tuple[int, int]] = []
    for start, end in ranges:
        if made and start <= made[-1][1]:
            made[-1] = (made[-1][0], max(end, made[-1][1]))
        else:
            made.append((start, end))
    return made


def _trimmed(text: str, start: int, end: int) -> Iterable[tuple[int, int]]:
    """Return the range cut at tabs (a span never leaves its cell), each piece without space at its ends."""
    solid = start < end <= len(text) and text[start] not in _SPACES and text[end - 1] not in _SPACES
    if solid and text.find("\t", start, end) < 0:  # as nearly all are
        return ((start, end),)
    return _cut(text, start, end)


def _cut(text: str, start: int, end: int) -> Iterable[tuple[int, int]]:
    at = start
    for piece in text[start:end].split("\t"):
        left = len(piece) - len(piece.lstrip(_SPACES))
        right = len(piece.rstrip(_SPACES))
        if left < right:
            yield at + left, at + right
        at += len(piece) + 1


def _without_nested_links(text: str, spans: Sequence[Span]) -> Iterable[Span]:
    """Yield the spans; of two links over one place the first has it."""
    made: list[Span] = []
    linked = 0
    for span in spans:
        if span.kind is SpanKind.LINK:
            if span.end <= linked:
                continue
            if span.start < linked:
                rest = list(_trimmed(text, linked, span.end))
                span = Span(*rest[0], span.kind, span.value) if rest else span
                if not rest:
                    continue
            linked = span.end
        made.append(span)
    made.sort(key=lambda span: (span.start, -span.end, span.kind, span.value))
    return made
