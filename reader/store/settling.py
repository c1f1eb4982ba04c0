"""Where a place is in the text that the store has now.

A window may show a text that another process has revised meanwhile: what it then marks has the
offsets of the older text. Checked against the section alone, that costs less than a millisecond, and a few
where SQLite walks over tens of megabytes to it.
"""

from __future__ import annotations

from collections.abc import Iterable

from reader.article.codec import Compiled, StoredArticleError
from reader.article.locator import Locator, find_again, locator
from reader.article.model import Block
from reader.article.text import CanonicalText
from reader.store.articles import Articles


def settled(articles: Articles, article_id: int, place: Locator) -> tuple[Locator, bool]:
    """Return a place as it is in the current text, and whether it is not to be found there.

    Raises:
        NoSuchArticleError: there is no such article.
    """
    revision, title = articles.current(article_id)
    try:
        compiled = articles.opened(revision, title)
        if _stands(compiled, place):
            return place, False
        text = CanonicalText(compiled.article())
    except StoredArticleError:
        return place, False  # nobody can say: it is kept as it was given
    found = find_again(text, place)
    return (place, True) if found is None else (locator(text, found.start, found.end), False)


def _stands(compiled: Compiled, place: Locator) -> bool:
    """Tell whether the words of a place, and those next to it, are there in its section or notes."""
    first, text = _around(compiled, place.start)
    start, end = place.start - first, place.end - first
    if end > len(text):
        return False  # it goes on in the next section: look at the whole
    before, after = text[:start], text[end:]
    return (
        text[start:end] == place.exact
        and (before.endswith(place.prefix) or place.prefix.endswith(before))
        and (after.startswith(place.suffix) or place.suffix.startswith(after))
    )


def _around(compiled: Compiled, offset: int) -> tuple[int, str]:
    """Return where the section around an offset begins and its text; for one in a note, all notes'."""
    blocks: Iterable[Block] = ()
    first = 0
    if compiled.sections:
        section = compiled.section_at(offset)
        entry = compiled.sections[section]
        first = entry.start
        if offset <= first + entry.characters:
            blocks = compiled.blocks(section)
        else:
            first += entry.characters + 1
            blocks = [block for note in compiled.notes() for block in note.blocks]
    return first, "\n".join(block.text for block in blocks)
