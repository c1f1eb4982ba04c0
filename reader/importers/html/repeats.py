"""What a page says more than once: pulled quotes in large letters, and the title of a gallery with each picture."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from reader.importers.elements.index import Index, text_of
from reader.importers.elements.text import name_of

MIN_REFRAIN_CHARS, MAX_REFRAIN_CHARS, MIN_REFRAINS = 15, 60, 5
"""A line that a page has so often is no line of its article."""
MAX_REFRAINS_SHARE = 0.15
"""What is more of the text than this is what the page is made of."""
MIN_PULLED_CHARS = 20
_SENTENCE_ENDS = (".", "!", "?", "…", ":", "”", '"', "。")
_PULLED = re.compile(r"pull-?(?:ed)?-?quote|quote-?pull|article-?quote|blickfang", re.IGNORECASE)


def refrains(index: Index, root: Element, own: Mapping[Element, int]) -> Iterator[Element]:
    """Yield the lines below ``root`` that say what others said before, where they are many (``own``: lengths)."""
    times: dict[str, list[Element]] = {}
    for block, length in own.items():
        if not MIN_REFRAIN_CHARS <= length <= MAX_REFRAIN_CHARS or name_of(block) not in ("p", "div", "figcaption"):
            continue
        if length == index.length(block) and index.holds(root, block):
            times.setdefault(text_of(block), []).append(block)
    most = index.length(root) * MAX_REFRAINS_SHARE
    for text, blocks in times.items():
        if len(blocks) >= MIN_REFRAINS and not text.endswith(_SENTENCE_ENDS) and len(blocks) * len(text) <= most:
            yield from blocks[1:]


def pulled(index: Index, root: Element) -> Iterator[Element]:
    """Yield the sentences of an article that it shows once more in large letters."""
    found = [one for one in index.order if _PULLED.search(one.get("class") or "")]
    whole = _bare(text_of(root)) if found else ""
    for one in found:
        said = _bare(text_of(one))
        if len(said) > MIN_PULLED_CHARS and whole.count(said) > 1:
            yield one


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text.lower()).strip()
