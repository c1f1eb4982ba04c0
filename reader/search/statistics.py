"""What a query needs to know of the whole index: how rare its words are, and which forms they have."""

from __future__ import annotations

from collections.abc import Sequence
from math import log

from reader.search.segment import Segment, speaks
from reader.search.variants import a_letter_apart, same_stem

Forms = tuple[tuple[str, str], ...]
"""Other forms of a word, each with the language in which it is one."""


class Statistics:
    """Of the segments of one generation; what was found once is remembered."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._segments = segments
        self._vocabularies = [segment.terms.vocabulary for segment in segments]
        self._documents = max(1, sum(segment.count for segment in segments))
        self.languages = tuple({speaks(tag): None for segment in segments for tag in segment.documents.languages})
        self._forms: dict[str, Forms] = {}
        self._weights: dict[tuple[str, Forms], float] = {}
        self._of_prefix: dict[str, float] = {}
        self._near: dict[str, tuple[str, ...]] = {}

    def frequency(self, term: str) -> int:
        """Return in how many documents a term stands, deleted ones included."""
        return sum(
            segment.frequency(rank) for segment in self._segments if (rank := segment.terms.vocabulary.rank(term)) >= 0
        )

    def rarity(self, frequency: int) -> float:
        """Return the weight of a term that so many documents have: greater, the fewer."""
        frequency = min(frequency, self._documents)
        return log(1 + (self._documents - frequency + 0.5) / (frequency + 0.5))

    def weight(self, term: str, forms: Forms = ()) -> float:
        """Return the weight of a term; of one that stands nowhere, that of the commonest of its forms."""
        known = self._weights.get((term, forms))
        if known is None:
            frequency = self.frequency(term) or max((self.frequency(form) for form, _ in forms), default=0)
            known = self._weights[term, forms] = self.rarity(frequency)
        return known

    def forms(self, term: str) -> Forms:
        """Return the other terms of the same stem, in the languages of the articles."""
        if term not in self._forms:
            self._forms[term] = tuple(
                (form, language)
                for language in self.languages
                for form in sorted(same_stem(term, language, self._vocabularies))
            )
        return self._forms[term]

    def of_stem(self, term: str) -> tuple[str, ...]:
        """Return the other forms of a word, whatever the language."""
        return tuple({form: None for form, _ in self.forms(term)})

    def rarity_of_prefix(self, beginning: str) -> float:
        """Return the weight of all terms that begin so, as if they were one."""
        if beginning not in self._of_prefix:
            ranges = ((each, each.terms.vocabulary.beginning(beginning)) for each in self._segments)
            frequency = sum(sum(each.terms.frequencies[ranks.start : ranks.stop]) for each, ranks in ranges)
            self._of_prefix[beginning] = self.rarity(frequency)
        return self._of_prefix[beginning]

    def near(self, term: str) -> tuple[str, ...]:
        """Return the other terms that are a letter apart, commonest first."""
        if term not in self._near:
            found = a_letter_apart(term, self._vocabularies)
            self._near[term] = tuple(sorted(found, key=lambda other: (-self.frequency(other), other)))
        return self._near[term]
