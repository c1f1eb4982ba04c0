"""The signs inside a paragraph: printed marks go, emphasis between underscores and addresses become spans."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from reader.article.model import Mark, Span, SpanKind

MAX_EMPHASIS = 600
"""How many characters may stand between two underscores."""

_ADDRESS = re.compile(
    r"(?:https?|ftp)://[^\s<>\"“”«»{}|\\^`]+|\bwww\.[\w-]+\.[^\s<>\"“”«»]+|"
    r"(?<![\w.@/+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63}){1,4}"
)
_CLOSING = {")": "(", "]": "[", "»": "«", "’": "‘"}
_EMPHASIS = re.compile(r"(?<![\w_])_(?=[^\s_])([^_]{1,600}?)(?<=[^\s_])_(?![\w_])")


class Cuts:
    """Stretches to take out of a text, and where each place of the old text is in the new one."""

    def __init__(self, ranges: Iterable[tuple[int, int]]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._gone: list[int] = [0]
        for start, end in sorted(ranges):
            start = max(start, self._ends[-1] if self._ends else 0)
            if start < end:
                self._starts.append(start)
                self._ends.append(end)
                self._gone.append(self._gone[-1] + end - start)

    def apply(self, text: str) -> str:
        """Return what is left of the text."""
        parts: list[str] = []
        position = 0
        for start, end in zip(self._starts, self._ends, strict=True):
            parts.append(text[position:start])
            position = end
        parts.append(text[position:])
        return "".join(parts)

    def moved(self, offset: int) -> int:
        """Return where a place of the old text is in the new one."""
        k = bisect_right(self._starts, offset) - 1
        if k < 0:
            return offset
        inside = min(offset, self._ends[k]) - self._starts[k]
        return offset - self._gone[k] - inside


def address_end(text: str, start: int, end: int) -> int:
    """Return where an address ends that a sentence's signs follow."""
    while end > start:
        last = text[end - 1]
        if last in ".,;:!?'\"’”*…" or (
            last in _CLOSING and text.count(_CLOSING[last], start, end) < text.count(last, start, end)
        ):
            end -= 1
        else:
            break
    return end


def inline(
    text: str, marks: Sequence[tuple[int, int, str]], *, emphasis: bool
) -> tuple[str, tuple[Span, ...], tuple[Mark, ...], tuple[str, ...]]:
    """Return the text without printed marks and signs of emphasis, its spans and marks.

    The last value are the keys of marks around which a doubled full stop was made one.
    """
    cuts: list[tuple[int, int]] = []
    doubled: list[str] = []
    for start, end, key in marks:
        begin, finish = _around(text, start, end)
        if finish > end:
            doubled.append(key)
        cuts.append((begin, finish))
    spans: list[tuple[int, int, SpanKind, str]] = []
    if emphasis and "_" in text:
        for hit in _EMPHASIS.finditer(text):
            spans.append((hit.start(1), hit.end(1), SpanKind.EMPHASIS, ""))
            cuts += [(hit.start(), hit.start() + 1), (hit.end() - 1, hit.end())]
    spans += _addresses(text)
    table = Cuts(cuts)
    made = [Span(table.moved(a), table.moved(b), kind, value) for a, b, kind, value in spans]
    placed = [Mark(table.moved(_around(text, start, end)[0]), key) for start, end, key in marks]
    ordered = sorted((span for span in made if span.start < span.end), key=lambda s: (s.start, -s.end, s.kind))
    return table.apply(text), tuple(ordered), tuple(sorted(placed, key=lambda m: m.offset)), tuple(doubled)


def _addresses(text: str) -> list[tuple[int, int, SpanKind, str]]:
    if "://" not in text and "www." not in text and "@" not in text:
        return []
    found: list[tuple[int, int, SpanKind, str]] = []
    for hit in _ADDRESS.finditer(text):
        end = address_end(text, hit.start(), hit.end())
        target = text[hit.start() : end]
        if "://" not in target:
            target = "https://" + target if target.startswith("www.") else "mailto:" + target
        found.append((hit.start(), end, SpanKind.LINK, target))
    return found


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return what to take out with a printed mark: a space that stood there for it, a full stop printed twice."""
    begin = start
    before, after = (
        text[:start].rstrip(" \u00a0") if start < 64 else text[start - 64 : start].rstrip(" \u00a0"),
        text[end : end + 1],
    )
    spaces = start - (len(before) if start < 64 else start - 64 + len(before))
    if spaces and (not after or after in " \u00a0\n.,;:!?)]”’»[(¹²³⁰⁴⁵⁶⁷⁸⁹—"):
        begin = start - spaces
    last = before[-1:]
    if after and after == last and after in ".,;:" and text[end : end + 2] != "..":
        return begin, end + 1
    return begin, end
