"""Which asterisks and underscores are emphasis: the delimiter runs of CommonMark, paired."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(slots=True)
class Delimiter:
    """A run of one sign; once paired: the elements it ends, those it begins, and what is left as text."""

    sign: str
    count: int
    can_open: bool
    can_close: bool
    closes: list[str] = field(default_factory=list)
    opens: list[str] = field(default_factory=list)
    left: int = 0

    @classmethod
    def between(cls, run: str, before: str, after: str) -> Delimiter:
        """Return the delimiter of a run with the characters around it (a space at the text's ends)."""
        left = not after.isspace() and (not _is_mark(after) or before.isspace() or _is_mark(before))
        right = not before.isspace() and (not _is_mark(before) or after.isspace() or _is_mark(after))
        sign = run[0]
        can_open = left and (sign != "_" or not right or _is_mark(before))
        can_close = right and (sign != "_" or not left or _is_mark(after))
        return cls(sign, len(run), can_open, can_close, left=len(run))

    @property
    def rest(self) -> str:
        return self.sign * self.left


def _is_mark(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"


def pair(delimiters: Sequence[Delimiter]) -> None:
    """Pair openers with closers, as CommonMark does it; linear, for what found no opener is remembered."""
    stack: list[Delimiter] = []
    floor: dict[tuple[str, int, bool], int] = {}  # below which no opener can be found
    for closer in delimiters:
        while closer.can_close and closer.left:
            key = (closer.sign, closer.count % 3, closer.can_open)
            place = _opener(stack, closer, min(floor.get(key, 0), len(stack)))
            if place is None:
                floor[key] = len(stack)
                break
            del stack[place + 1 :]
            opener = stack[place]
            _wrap(opener, closer)
            if not opener.left:
                stack.pop()
            for known in floor:
                floor[known] = min(floor[known], len(stack))
        if closer.can_open and closer.left:
            stack.append(closer)


def _opener(stack: Sequence[Delimiter], closer: Delimiter, floor: int) -> int | None:
    for place in range(len(stack) - 1, floor - 1, -1):
        opener = stack[place]
        if opener.sign != closer.sign:
            continue
        either = opener.can_close or closer.can_open
        if either and (opener.count + closer.count) % 3 == 0 and (opener.count % 3 or closer.count % 3):
            continue
        return place
    return None


def _wrap(opener: Delimiter, closer: Delimiter) -> None:
    if opener.sign == "~":
        width, name = 2, "del"
    else:
        width = 2 if opener.left >= 2 and closer.left >= 2 else 1
        name = "strong" if width == 2 else "em"
    opener.left -= width
    closer.left -= width
    opener.opens.append(name)
    closer.closes.append(name)
