"""By what a search can be narrowed: the values that part what it found, each with how many places it leaves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from msgspec import Struct

from reader.search.narrowing import Limit, limit, limits, narrowed, widened
from reader.search.nodes import FieldName
from reader.search.results import Counts

MOST_OF_A_KIND = 12
"""How many values of one kind are offered, those with the most places first."""

Labels = Mapping[int, tuple[str, ...]]
"""By article: its authors, or its tags."""


class Facet(Struct, frozen=True):
    """A limit, its value as somebody wrote it, and how many places there are with it."""

    limit: Limit
    value: str
    count: int


def facets(query: str, count: Callable[[str], Counts], authors: Labels, tags: Labels) -> tuple[Facet, ...]:
    """Return what a query can be narrowed by: places, languages, tags and authors, of each kind the commonest first.

    Where it is limited to a place or a language, all others that it could be limited to instead are among them.
    Nothing is offered that would leave out nothing. ``count`` counts what a query finds.
    """
    found = count(query)
    chosen = limits(query)

    def instead(name: FieldName) -> Counts:
        """Count without the limits of a kind that only one can be of."""
        others = [each for each in chosen if each.name is name]
        wider = query
        for each in others:
            wider = widened(wider, each)
        return count(wider) if others and wider else found

    places, spoken = instead(FieldName.IN), instead(FieldName.LANGUAGE)
    kinds = (
        _of_kind(FieldName.IN, places.places.items(), places.total, query),
        _of_kind(FieldName.LANGUAGE, spoken.languages.items(), spoken.total, query),
        _of_kind(FieldName.TAG, _of_articles(found, tags), found.total, query),
        _of_kind(FieldName.AUTHOR, _of_articles(found, authors), found.total, query),
    )
    return tuple(facet for kind in kinds for facet in kind)


def _of_articles(found: Counts, labels: Labels) -> Iterable[tuple[str, int]]:
    """Yield each label of the articles that were found, with the places in them."""
    counted: Counter[str] = Counter()
    for article, many in found.articles.items():
        for label in set(labels.get(article, ())):
            counted[label] += many
    return counted.items()


def _of_kind(name: FieldName, values: Iterable[tuple[str, int]], total: int, query: str) -> list[Facet]:
    alike: dict[Limit, Facet] = {}
    for value, many in values:
        same = limit(name, value)
        known = alike.get(same)
        alike[same] = Facet(same, known.value if known else value, many + (known.count if known else 0))
    ordered = sorted(alike.values(), key=lambda facet: (-facet.count, facet.value))
    sayable = (facet for facet in ordered if 0 < facet.count < total and facet.limit in limits(_with(query, facet)))
    return [facet for facet, _ in zip(sayable, range(MOST_OF_A_KIND), strict=False)]


def _with(query: str, facet: Facet) -> str:
    return narrowed(query, facet.limit.name, facet.value)
