"""What is read while it is measured: the source text beside the checkout, and texts made of its paragraphs."""

from __future__ import annotations

import html
import random
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from reader.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
ARTICLE = ROOT.parent / "shared" / "article" / "soviets-article.txt"
WINDOW = (Settings().window_width, Settings().window_height)  # pixels; the floor's is as large as the reader's


def lines() -> list[str]:
    """Return the lines of the source that are not empty."""
    return [line for line in map(str.strip, ARTICLE.read_text(encoding="utf-8").splitlines()) if line]


def article_html() -> str:
    """Return the source as the simplest HTML: short lines without a full stop are headings."""
    blocks = []
    for line in lines():
        is_heading = len(line) < 70 and line[-1] != "." and line[0] not in "[0123456789"
        tag = "h2" if is_heading else "p"
        blocks.append(f"<{tag}>{html.escape(line)}</{tag}>")
    return '<html><head><meta charset="utf-8"></head><body>' + "\n".join(blocks) + "</body></html>"


def words(many: int) -> list[str]:
    """Return words of the source from the commonest to the rare, of five letters or more."""
    counted = Counter(word for word in re.findall(r"[a-z]{5,}", " ".join(lines()).casefold()))
    ordered = [word for word, _ in counted.most_common()]
    return ordered[:: max(1, len(ordered) // many)][:many]


def book(megabytes: int) -> str:
    """Return a book of about so many megabytes: chapters of some twenty paragraphs, in no language, always the same."""
    drawn = random.Random(megabytes)
    syllables = ("ar", "be", "co", "di", "el", "fo", "la", "mi", "ne", "os", "pa", "re", "sa", "to", "ul", "vi")
    stock = ["".join(drawn.choices(syllables, k=drawn.randint(1, 4))) for _ in range(8_000)]
    parts, length, chapter = [], 0, 0
    while length < megabytes * 1_000_000:
        if chapter % 18 == 0:
            parts.append(f"# Book {1 + chapter // 18}")
        chapter += 1
        parts.append(f"## Chapter {chapter}")
        for _ in range(26):
            sentence = " ".join(drawn.choices(stock, k=drawn.randint(12, 32))).capitalize() + "."
            parts.append(sentence)
            length += len(sentence) + 2
    return "\n\n".join(parts) + "\n"


def texts(many: int, paragraphs: int) -> Iterator[str]:
    """Yield Markdown texts with titles of their own, each of some paragraphs drawn from the source, always the same."""
    drawn = random.Random(1917)
    stock = [line for line in lines() if len(line) > 200 and line[0] != "["]
    for number in range(many):
        yield "\n\n".join([f"# Text number {number}", *drawn.choices(stock, k=paragraphs)]) + "\n"
