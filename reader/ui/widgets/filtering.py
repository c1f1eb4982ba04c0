"""Letters made alike, so that a filter finds “Cafe” in “café”."""

from __future__ import annotations

_ALIKE = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\N{SOFT HYPHEN}": None, "ё": "е"})


def folded(text: str) -> str:
    """Return ``text`` without case, accents and kinds of quotes; offsets into it mean nothing."""
    if text.isascii():
        return text.lower()
    import unicodedata  # not before somebody filters

    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).translate(_ALIKE)


def matches(words: tuple[str, ...], *texts: str) -> bool:
    """Return whether every one of ``words`` (folded) is in one of ``texts``."""
    heap = "\n".join([folded(text) for text in texts])
    return all(word in heap for word in words)


def words_of(query: str) -> tuple[str, ...]:
    """Return the words of a filter, folded."""
    return tuple(folded(query).split())
