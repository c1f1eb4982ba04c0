"""No text is lost, and none comes twice: the words of a file are the words of its article."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.article.model import Article, Block
from reader.importers.encoding import read_text, tidy
from reader.importers.plaintext import importer as plaintext

DATA = Path(__file__).resolve().parents[2] / "data" / "plaintext"
TEXTS = sorted(DATA.glob("*.txt"))

# What may be read without being kept: signs that count items, label notes and mark places; the
# words around names and dates in a byline; a date, which is kept as ISO 8601.
NUMBERING = re.compile(r"[\d¹²³⁰⁴-⁹]+|[A-Za-z]|[ivxl]+|Footnote", re.IGNORECASE)

WORDS = (
    "the", "Lamp", "[1]", "[2]", "(1)", "1.", "2.", "¹", "*", "†", "[Footnote", "1:", "]", "water.", "door:",
    "said", "_so_", "http://a.example/x.", "—", "--", "“Yes,”", "it", "was", "lit", "CHAPTER", "I", "II.",
    "Notes", "References", "1917", "(1905)", "Smith,", "Share", "©", "by", "Anna", "Marlowe", "March", "3,",
    "2021", ">", "#", "-", "=====", "Глава", "первая", "word-", "km²", "a\tb", "|", "\f", "[a]", "{1}", "^",
    "Contents", "....", "7",
)  # fmt: skip
LINES = st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join)
SOUP = st.lists(st.one_of(st.just(""), LINES, LINES.map(lambda line: "    " + line)), max_size=24).map("\n".join)


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W_]+", text.replace("\u00ad", "")))


def kept(article: Article, name: str) -> Counter[str]:
    known = article.metadata
    blocks: list[Block] = [*article.blocks, *(block for note in article.notes for block in note.blocks)]
    texts = [block.text for block in blocks] + [item.text for item in article.set_aside]
    title = "" if known.title == name else known.title
    texts += [title, known.kicker, *known.authors, *known.translators, known.source, known.rights]
    return words("\n".join(texts))


def joined(lost: Counter[str], gained: Counter[str]) -> None:
    """Take from both sides the words that a hyphen at a line's end parted."""
    for whole in list(gained):
        for cut in range(1, len(whole)):
            start, rest = whole[:cut], whole[cut:]
            if lost[start] > 0 and lost[rest] > 0:
                lost.subtract([start, rest])
                gained.subtract([whole])
                break


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_a_text_keeps_its_words(path: Path):
    text = read_text(path)

    article = plaintext.read(path).article

    before, after = words(text), kept(article, path.stem)
    lost, gained = before - after, after - before
    joined(lost, gained)
    assert sum(lost.values()) <= 0.05 * before.total() + 3 * len(article.notes) + 12
    # A title page says again what a frame around the text has said.
    assert sum(gained.values()) <= len(words(article.metadata.title)) + 8


@given(SOUP)
def test_whatever_the_lines_no_word_is_lost_or_comes_twice(text: str):
    text = tidy(text)

    article = plaintext.parse(text, name="☃").article

    before, after = words(text), kept(article, "☃")
    lost, gained = +(before - after), +(after - before)
    joined(lost, gained)
    read = words("by Anna Marlowe March 3 2021 Share")
    assert not [
        word for word, count in lost.items() if count > 0 and not NUMBERING.fullmatch(word) and word not in read
    ]
    assert not [word for word, count in gained.items() if count > 0]


@given(st.text(max_size=300))
def test_any_text_becomes_an_article(text: str):
    article = plaintext.parse(tidy(text), name="x").article

    assert article.metadata.title
    for block in article.blocks:
        assert all(0 <= span.start < span.end <= len(block.text) for span in block.spans)
        assert all(0 <= mark.offset <= len(block.text) for mark in block.marks)


@given(SOUP)
def test_marks_and_notes_have_keys_that_fit(text: str):
    article = plaintext.parse(tidy(text), name="x").article

    keys = [note.key for note in article.notes]
    assert len(keys) == len(set(keys))
    assert all(note.label and note.blocks for note in article.notes)
    assert all(item.before <= len(article.blocks) for item in article.set_aside)


def test_a_name_that_is_signed_twice_is_kept_once_and_set_aside_once() -> None:
    article = plaintext.parse("by Lamp\nby Lamp").article

    assert article.metadata.authors == ("Lamp",)
    assert [aside.text for aside in article.set_aside] == ["by Lamp"]
