"""A real article, copied off a web page: what the importer makes of it, against what is in it."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from reader.article.model import Article, BlockKind
from reader.article.notes import marks_by_note, orphan_marks, orphan_notes
from reader.importers.plaintext import importer as plaintext


@pytest.fixture(scope="module")
def source(shared: Path) -> str:
    return (shared / "article" / "soviets-article.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def expected(shared: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        (shared / "article" / "soviets-article.expected.json").read_text(encoding="utf-8")
    )
    return found


@pytest.fixture(scope="module")
def article(shared: Path) -> Article:
    return plaintext.read(shared / "article" / "soviets-article.txt").article


def texts(article: Article, kind: BlockKind) -> list[str]:
    return [block.text for block in article.blocks if block.kind is kind]


@pytest.mark.parametrize("name", ["title", "kicker", "date", "language"])
def test_its_masthead_is_read(article: Article, expected: dict[str, Any], name: str):
    assert getattr(article.metadata, name) == expected[name]


@pytest.mark.parametrize("name", ["authors", "translators"])
def test_its_byline_is_read(article: Article, expected: dict[str, Any], name: str):
    assert list(getattr(article.metadata, name)) == expected[name]


def test_its_lead_is_found(article: Article, expected: dict[str, Any]):
    assert article.lead.startswith(expected["lead_starts"])


def test_all_its_headings_are_found_and_no_false_one(article: Article, expected: dict[str, Any]):
    headings = [(block.level, block.text) for block in article.blocks if block.kind is BlockKind.HEADING]

    assert headings == [(heading["level"], heading["text"]) for heading in expected["headings"]]


def test_its_captions_are_found(article: Article, expected: dict[str, Any]):
    assert texts(article, BlockKind.CAPTION) == expected["captions"]


def test_its_references_are_found(article: Article, expected: dict[str, Any]):
    assert texts(article, BlockKind.REFERENCE) == expected["references"]


def test_nearly_all_its_quotations_are_found_and_no_false_one(article: Article, expected: dict[str, Any]):
    source_quotations = [quotation["starts"] for quotation in expected["quotations"]]
    paragraphs = sum(len(quotation["lines"]) for quotation in expected["quotations"])

    found = texts(article, BlockKind.QUOTATION)
    known = [start for start in source_quotations if any(text.startswith(start) for text in found)]

    assert len(known) >= 4
    assert paragraphs - 1 <= len(found) <= paragraphs


def test_its_notes_and_marks_are_paired(article: Article, expected: dict[str, Any]):
    marks = marks_by_note(article)

    found = [
        {"label": note.label, "text": note.blocks[0].text, "marks": len(marks.get(note.key, ()))}
        for note in sorted(article.notes, key=lambda note: int(note.label))
    ]

    assert found == expected["notes"]
    assert list(orphan_notes(article)) == expected["orphan_notes"]
    assert orphan_marks(article) == ()


def test_a_note_that_nothing_marks_is_told(article: Article):
    assert "Note 4 is marked nowhere in the text." in article.warnings


def test_only_its_clutter_is_set_aside(article: Article, expected: dict[str, Any]):
    assert [item.line for item in article.set_aside] == expected["dropped_lines"]


def test_every_other_word_of_it_is_there_once(article: Article, expected: dict[str, Any], source: str):
    lines = source.split("\n")
    printed = Counter(re.findall(r"\w+", source))
    for number in expected["dropped_lines"]:
        printed -= Counter(re.findall(r"\w+", lines[number - 1]))
    read_as_metadata = Counter(re.findall(r"\w+", f"{expected['kicker']} {expected['title']} {expected['byline']}"))
    read_as_metadata += Counter(["December", "12", "2021"])
    labels = Counter(note["label"] for note in expected["notes"])
    marks = Counter(note["label"] for note in expected["notes"] for _ in range(note["marks"]))
    printed = printed - read_as_metadata - labels - marks

    blocks = [*article.blocks, *(block for note in article.notes for block in note.blocks)]
    found = Counter(re.findall(r"\w+", " ".join(block.text for block in blocks)))

    assert found == printed
