"""Captions whose pictures were lost in copying: told by their words, then by how they are set off."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reader.article.model import BlockKind
from reader.importers.plaintext.lines import Layout, Piece

MAX_CAPTION = 240
SURE = 3

_SIGNS: tuple[tuple[re.Pattern[str], int], ...] = (
    (re.compile(r"^\[(?:Illustration|Image|Photo|Picture|Abbildung|Figure)\b"), 6),
    (
        re.compile(
            r"^(?:fig(?:ure|\.)?|abb(?:ildung|\.)?|figura|figuur|photo(?:graph|s)?|foto(?:s|grafía)?|image|bild|imagen|"
            r"immagine|imagem|illustration|caption|картина|рис(?:унок|\.)|фото)\s*(?:\d+(?:\.\d+)*)?\s*[.:–—]",
            re.IGNORECASE,
        ),
        5,
    ),
    (
        re.compile(
            r"\b(?:wiki(?:media|pedia)|creative commons|cc[- ]by|public domain|getty images|reuters|"
            r"shutterstock|flickr|"
            r"associated press|unsplash|pixabay|library of congress|bundesarchiv)\b",
            re.IGNORECASE,
        ),
        3,
    ),
    (
        re.compile(
            r"\b(?:uploaded by|photo(?:graph)?(?:ed)? by|picture by|image by|illustration by|courtesy of|"
            r"scan(?:ned)? from|"
            r"photo(?: credit)?:|credit:|source:|image:|foto:|bild:|quelle:|crédit|© \w+|photographie de|"
            r"fotografía de|foto di|фото)",
            re.IGNORECASE,
        ),
        3,
    ),
    (re.compile(r"\((?:[^()]{0,20}\s)?(?:1[4-9]|20)\d\d(?:\s?[-–—]\s?\d{2,4})?\)"), 1),
    (re.compile(r"\bby [A-ZÀ-Þ][\w.]+(?: [A-ZÀ-Þ][\w.]+)+"), 1),
    (
        re.compile(
            r"\b(?:from|in) left\b|\b(?:centre|center|left|right)\)|\(left|\(right|\bv\. ?l\. ?n\. ?r", re.IGNORECASE
        ),
        2,
    ),
)


def caption_weight(text: str) -> int:
    """Return how strongly a line's words say that it is a caption."""
    return sum(weight for sign, weight in _SIGNS if sign.search(text))


def is_caption_like(text: str) -> bool:
    """Return whether a line's words alone make it a caption."""
    return len(text) <= MAX_CAPTION and caption_weight(text) >= SURE


def mark_captions(pieces: list[Piece], possible: Sequence[int], headings: set[int], layout: Layout) -> set[int]:
    """Mark the captions among the pieces that may be one, and return their indices.

    Where paragraphs follow each other without empty lines, an empty line on either side is the hole
    that a picture left: there a line that is set off just as the sure captions are is one as well.
    """
    sure = {i for i in possible if _is_sure(pieces[i]) and i > 0}
    found = set(sure)
    if sure and not layout.spaced:
        found |= {i for i in possible if i not in sure and i not in headings and _is_set_off(pieces, i, sure) and i > 0}
    for i in found:
        pieces[i].kind = BlockKind.CAPTION
    return found


def _is_sure(piece: Piece) -> bool:
    short = 12 < len(piece.text) <= MAX_CAPTION and (len(piece.text) < 160 or piece.text.count(". ") <= 2)
    return short and caption_weight(piece.text) >= SURE


def _is_set_off(pieces: Sequence[Piece], i: int, sure: set[int]) -> bool:
    """Return whether empty lines that belong to no caption beside it stand on both sides of a line."""
    piece = pieces[i]
    if len(piece.text) > MAX_CAPTION or piece.text.endswith((":", ",")):
        return False
    before = piece.blanks > 0 and i - 1 not in sure
    after = piece.blanks_after > 0 and i + 1 not in sure
    return before and after and i + 1 < len(pieces)
