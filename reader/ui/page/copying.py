"""What leaves the page by copying: the article's own words, without what the screen added."""

from __future__ import annotations

from reader.article.text import CanonicalText
from reader.ui.page.document import PageDocument

_SCREEN_SIGNS = {0x2029: "\n", 0x2028: "\n", 0xFDD0: "\n", 0xFDD1: "\n", 0xFFFC: ""}


def plain_text(page: PageDocument, text: CanonicalText, start: int, end: int) -> str:
    """Return the words between two document positions.

    The canonical text is taken as it is; of what the screen adds, only the head of the page is
    copied: numbers of notes, signs of lists and links back are not.
    """
    offsets = page.offsets
    head = ""
    first = (
        offsets.to_position(text.offset(offsets.first))
        if offsets.first < offsets.end
        else page.document.characterCount()
    )
    if start < first:
        units = page.document.toRawText().encode("utf-16-le", "surrogatepass")
        raw = units[2 * start : 2 * min(end, first)].decode("utf-16-le", "replace")
        head = raw.translate(_SCREEN_SIGNS)
    if end <= first:
        return head.strip("\n")
    return head + text.string[offsets.to_offset(max(start, first)) : offsets.to_offset(end)]
