"""A block's text with its spans and marks, as a run of Markdown."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from reader.article.keys import is_plain_key
from reader.article.model import Mark, Span, SpanKind
from reader.export.markdown_escapes import Around, can_emphasise, escaped, in_attribute

_AUTOLINK = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*")
_ENTITY = re.compile(r"&(?=#?\w{1,32};)")

_OVERLAY = "\N{COMBINING LONG SOLIDUS OVERLAY}"


@dataclass(frozen=True, slots=True)
class Style:
    """Where a text stands: ``line`` in one line (a heading, a term), ``cell`` in a table.

    ``keys`` are those of the article's notes.
    """

    line: bool = False
    cell: bool = False
    keys: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Node:
    """A span (or the whole), with the texts, marks and spans in it."""

    span: Span | None
    children: list[str | Mark | _Node] = field(default_factory=list)


def inline(text: str, spans: Sequence[Span], marks: Sequence[Mark], style: Style) -> str:
    """Return a text in normal form as Markdown; lines are parted by a backslash and a newline."""
    root = _tree(text, _without_crossings(spans), marks)
    return _Writer(style).children(root, "")


def _without_crossings(spans: Sequence[Span]) -> list[Span]:
    """Return the spans, those that cross the end of a link cut there: a link is never cut."""
    links = [span for span in spans if span.kind is SpanKind.LINK]
    starts = [link.start for link in links]
    made = [piece for span in spans for piece in _cut(span, links, starts)]
    return sorted(made, key=lambda span: (span.start, -span.end, span.kind is not SpanKind.LINK, span.kind, span.value))


def _cut(span: Span, links: Sequence[Span], starts: Sequence[int]) -> list[Span]:
    """Cut a span where it leaves the link it begins in, and where it enters the one it ends in."""
    ends = {span.start, span.end}
    before = bisect_left(starts, span.start) - 1
    if before >= 0 and span.start < links[before].end < span.end:
        ends.add(links[before].end)
    last = bisect_left(starts, span.end) - 1
    if last >= 0 and span.start < links[last].start and span.end < links[last].end:
        ends.add(links[last].start)
    return [Span(a, b, span.kind, span.value) for a, b in pairwise(sorted(ends))]


def _tree(text: str, spans: Sequence[Span], marks: Sequence[Mark]) -> _Node:
    """Nest the spans: at each place where one begins or ends, or a mark stands, some close, some open."""
    points = sorted(
        {0, len(text), *(at for span in spans for at in (span.start, span.end)), *(m.offset for m in marks)}
    )
    stack = [_Node(None)]
    waiting, standing = deque(spans), deque(marks)
    wanted: list[Span] = []  # the spans around the place, code innermost: nothing can stand in it
    for i, point in enumerate(points):
        wanted = [span for span in wanted if point < span.end]
        while waiting and waiting[0].start == point:
            wanted.append(waiting.popleft())
        wanted.sort(key=lambda span: span.kind is SpanKind.CODE)
        here = []
        while standing and standing[0].offset == point:
            here.append(standing.popleft())
        _nest(stack, wanted, here)
        if i + 1 < len(points):
            stack[-1].children.append(text[point : points[i + 1]])
    return stack[0]


def _nest(stack: list[_Node], wanted: Sequence[Span], here: Sequence[Mark]) -> None:
    """Close and open nodes until the spans on the stack are those that are wanted; marks go in between."""
    kept = 0
    while kept < min(len(wanted), len(stack) - 1) and stack[kept + 1].span is wanted[kept]:
        if here and wanted[kept].kind is SpanKind.CODE:
            break
        kept += 1
    del stack[kept + 1 :]
    stack[-1].children += here
    for span in wanted[kept:]:
        node = _Node(span)
        stack[-1].children.append(node)
        stack.append(node)


class _Writer:
    def __init__(self, style: Style) -> None:
        self.style = style
        self.in_brackets = 0

    def children(self, node: _Node, before: str) -> str:
        """Return what stands in a node; ``before`` is the character before it (empty: a line begins)."""
        parts: list[str] = []
        for i, child in enumerate(node.children):
            last = parts[-1][-1] if parts else before
            follows = i + 1 < len(node.children)
            if isinstance(child, str):
                after_markup = bool(last) and (i > 0 or node.span is not None)
                made = self._text(child, last, follows or node.span is not None, after_markup)
            elif isinstance(child, Mark):
                made = self._mark(child)
            else:
                made = self._span(child, last, _first(node.children[i + 1]) if follows else "*" if node.span else "")
            parts.append(made)
        return "".join(parts)

    def _text(self, text: str, before: str, markup_follows: bool, after_markup: bool) -> str:
        lines = text.split("\n")
        made: list[str] = []
        for i, line in enumerate(lines):
            around = Around(
                before=before if i == 0 else " " if self.style.line or self.style.cell else "",
                # At the end of a line a backslash follows: a sign before it is as before markup.
                markup_follows=markup_follows or i + 1 < len(lines),
                after_markup=after_markup and i == 0,
                brackets=self.in_brackets > 0,
                cell=self.style.cell,
            )
            if self.style.cell and not around.before:
                around = Around(" ", around.markup_follows, around.after_markup, around.brackets, True)
            piece = escaped(line, around)
            if piece.startswith(_OVERLAY) and (i or after_markup):
                # It would be one character with the sign of the markup before it.
                piece = f"&#{ord(_OVERLAY)};{piece[1:]}"
            made.append(piece)
        return ("<br>" if self.style.line or self.style.cell else "\\\n").join(made)

    def _mark(self, mark: Mark) -> str:
        known = mark.note in self.style.keys
        folded = mark.note.casefold() in {key.casefold() for key in self.style.keys} if not known else False
        plain = known or (is_plain_key(mark.note) and not folded)
        return f"[^{mark.note}]" if plain else f"[^{mark.note}]{{: .mark}}"

    def _span(self, node: _Node, before: str, after: str) -> str:
        assert node.span
        return _FORMS[node.span.kind](self, node, before, after)

    def _inside(self, node: _Node) -> str:
        return self.children(node, "*")

    def _emphasis(self, node: _Node, before: str, after: str) -> str:
        assert node.span
        inside = self._inside(node)
        sign, tag = ("_", "em") if node.span.kind is SpanKind.EMPHASIS else ("**", "strong")
        if can_emphasise(before, inside, after):
            return f"{sign}{inside}{sign}"
        return f"<{tag}>{inside}</{tag}>"

    def _raised(self, node: _Node, before: str, after: str) -> str:
        assert node.span
        tag = "sub" if node.span.kind is SpanKind.SUB else "sup"
        return f"<{tag}>{self._inside(node)}</{tag}>"

    def _language(self, node: _Node, before: str, after: str) -> str:
        assert node.span
        return f'<span lang="{in_attribute(node.span.value)}">{self._inside(node)}</span>'

    def _abbreviation(self, node: _Node, before: str, after: str) -> str:
        assert node.span
        return f'<abbr title="{in_attribute(node.span.value)}">{self._inside(node)}</abbr>'

    def _code(self, node: _Node, before: str, after: str) -> str:
        text = "".join(child for child in node.children if isinstance(child, str))
        if "\n" in text or not text.strip(" ") or (self.style.cell and "|" in text and "\\" in text):
            return f"<code>{self._inside(node)}</code>"
        ticks = "`" * (max((len(run) for run in re.findall("`+", text)), default=0) + 1)
        if before == "`" or after == "`":  # its ticks would run together with others
            return f"<code>{self._inside(node)}</code>"
        if (text[0] in " `" and text[-1] in " `") or "`" in (text[0], text[-1]):
            text = f" {text} "
        if self.style.cell:
            text = text.replace("|", "\\|")
        return f"{ticks}{text}{ticks}"

    def _link(self, node: _Node, before: str, after: str) -> str:
        assert node.span
        target = node.span.value
        if node.children == [target] and _AUTOLINK.fullmatch(target) and "\\" not in target:
            return "<" + (target.replace("|", "\\|") if self.style.cell else target) + ">"
        self.in_brackets += 1
        inside = self._inside(node)
        self.in_brackets -= 1
        return f"[{inside}]({destination(target, self.style.cell)})"


def _first(child: str | Mark | _Node) -> str:
    """Return the first character of what is written for a child, as far as it matters: what kind it is."""
    if not isinstance(child, str):
        return "*"
    return "\\" if child[0] == "\n" else child[0]


def destination(target: str, cell: bool = False) -> str:
    """Return an address as it stands between the brackets of a link or a picture."""
    target = re.sub(r"([\\<>])", r"\\\1", target)
    target = _ENTITY.sub(r"\\&", target)
    if cell:
        target = target.replace("|", "\\|")
    if not target or re.search(r"\s", target):
        return f"<{target}>"
    return re.sub(r"([()])", r"\\\1", target)


_FORMS: dict[SpanKind, Callable[[_Writer, _Node, str, str], str]] = {
    SpanKind.EMPHASIS: _Writer._emphasis,
    SpanKind.STRONG: _Writer._emphasis,
    SpanKind.CODE: _Writer._code,
    SpanKind.LINK: _Writer._link,
    SpanKind.SUB: _Writer._raised,
    SpanKind.SUP: _Writer._raised,
    SpanKind.LANGUAGE: _Writer._language,
    SpanKind.ABBREVIATION: _Writer._abbreviation,
}
