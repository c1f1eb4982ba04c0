"""Other forms of a word that is sought: of the same stem in the article's language, or a letter apart.

Stems are not indexed. What has the same stem as a word begins nearly as it does, so of the vocabulary
only that neighbourhood is stemmed, when a word is sought.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import islice

from reader.search.vocabulary import Vocabulary

ASSUMED_LANGUAGE = "en"
"""Of an article that does not say."""

MAX_NEIGHBOURS = 5_000
"""Terms that are stemmed for one word; of more the first."""

MIN_FUZZY_CHARACTERS = 3
_MIN_COMMON_CHARACTERS = 3
_MIN_STEMMED_CHARACTERS = 3
_MAX_FUZZY_CHARACTERS = 32
_MAX_LETTERS = 64  # of an alphabet

# The signs above these letters are folded away, and endings are told by them.
_UNFOLDED = {"ru": (("скии", "ский"), ("ыи", "ый"), ("ои", "ой"), ("еи", "ей"))}

Stem = Callable[[str], str]


@lru_cache(32)
def _stemmer(language: str) -> Stem | None:
    from whoosh.lang.snowball import classes

    made = classes.get({"nb": "no", "nn": "no"}.get(language, language))
    if made is None:
        return None
    stem: Stem = lru_cache(20_000)(made().stem)  # type: ignore[attr-defined]
    unfolded = _UNFOLDED.get(language, ())

    def of_folded(word: str) -> str:
        for ending, real in unfolded:
            if word.endswith(ending):
                return stem(word.removesuffix(ending) + real)
        return stem(word)

    return of_folded


def same_stem(term: str, language: str, vocabularies: Iterable[Vocabulary]) -> frozenset[str]:
    """Return the other terms that have this one's stem in a language (a tag without region; may be empty)."""
    stem = _stemmer(language or ASSUMED_LANGUAGE)
    if stem is None or len(term) < _MIN_STEMMED_CHARACTERS or not term.isalpha():
        return frozenset()
    root = stem(term)
    # The last letter of a stem may be another than in the word: “studies” and “study” have “studi”.
    common = _common(term, root)
    beginning = common[:-1] if len(common) > _MIN_COMMON_CHARACTERS else common
    if len(beginning) < _MIN_COMMON_CHARACTERS and len(beginning) < len(term) - 1:
        return frozenset()
    found: set[str] = set()
    for vocabulary in vocabularies:
        neighbours = vocabulary.terms(vocabulary.beginning(beginning))
        found.update(other for other in islice(neighbours, MAX_NEIGHBOURS) if other != term and stem(other) == root)
    return frozenset(found)


def _common(one: str, other: str) -> str:
    """Return how both begin."""
    return one[: next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(other))]


def a_letter_apart(term: str, vocabularies: Iterable[Vocabulary]) -> frozenset[str]:
    """Return the other terms in which one letter is left out, put in, changed or swapped with the next."""
    if not MIN_FUZZY_CHARACTERS <= len(term) <= _MAX_FUZZY_CHARACTERS:
        return frozenset()
    near = set(_edited(term, _alphabet(term))) - {term}
    return frozenset(other for vocabulary in vocabularies for other in near if vocabulary.rank(other) >= 0)


def _edited(term: str, letters: str) -> Iterator[str]:
    for at in range(len(term) + 1):
        before, after = term[:at], term[at:]
        yield from (before + letter + after for letter in letters)
        yield before + after[1:]
        yield from (before + letter + after[1:] for letter in letters)
        yield before + after[1:2] + after[:1] + after[2:]


def _alphabet(term: str) -> str:
    """Return the small letters of the scripts that a word is written in, and its own signs."""
    letters = dict.fromkeys(term)
    for script in {_script(sign) for sign in term}:
        letters |= dict.fromkeys(_of_script(script))
    return "".join(letters)


def _script(sign: str) -> str:
    return unicodedata.name(sign, "").partition(" ")[0]


@lru_cache(16)
def _of_script(script: str) -> str:
    """Return the commonest letters of a script as they are after folding; none of one that has too many."""
    if script == "LATIN":
        return "abcdefghijklmnopqrstuvwxyz"
    if script == "DIGIT":
        return "0123456789"
    letters = (chr(code) for code in range(0x370, 0x2000))
    of_script = [sign for sign in letters if sign.islower() or unicodedata.category(sign) == "Lo"]
    return "".join([sign for sign in of_script if _script(sign) == script][:_MAX_LETTERS])
