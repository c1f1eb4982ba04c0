"""How a section is told, so that it is found again in a revised text: by its heading and those above it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from reader.article.outline import Section


class SectionName(Struct, frozen=True, array_like=True):
    """The titles of a section and of those around it, outermost first.

    ``nth`` counts from 0 among the sections of an article that have the same titles.
    """

    titles: tuple[str, ...]
    nth: int = 0


def section_names(sections: Sequence[Section], numbers: Iterable[int]) -> tuple[SectionName, ...]:
    """Return the names of the sections with these numbers, in reading order; ``sections`` are all, in that order."""
    wanted = frozenset(numbers)
    return tuple(name for number, name in enumerate(_names(sections)) if number in wanted)


def sections_named(sections: Sequence[Section], names: Iterable[SectionName]) -> frozenset[int]:
    """Return the numbers of the sections with these names.

    One that moved, or whose surroundings were renamed, is known by its own title where no other
    section has that. What is not there any more is left out.
    """
    by_name = {name: number for number, name in enumerate(_names(sections))}
    counted = Counter(section.title for section in sections)
    by_title = {section.title: number for number, section in enumerate(sections) if counted[section.title] == 1}
    found = (by_name.get(name, by_title.get(name.titles[-1]) if name.titles else None) for name in names)
    return frozenset(number for number in found if number is not None)


def _names(sections: Sequence[Section]) -> Iterator[SectionName]:
    around: list[Section] = []
    seen: Counter[tuple[str, ...]] = Counter()
    for section in sections:
        while around and around[-1].end <= section.first:
            around.pop()
        around.append(section)
        titles = tuple(each.title for each in around)
        yield SectionName(titles, seen[titles])
        seen[titles] += 1
