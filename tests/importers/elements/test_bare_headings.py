"""The heading of notes goes with its notes, in every format that goes through the converter."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.article.model import Article, Block, BlockKind, Metadata, Note, SetAside
from reader.importers import registry
from reader.importers.elements.bare_headings import without_bare_headings

NOTE = Note("1", "1", (Block(BlockKind.PARAGRAPH, "A note."),))


def heading(text: str, level: int = 2) -> Block:
    return Block(BlockKind.HEADING, text, level=level)


def text(said: str) -> Block:
    return Block(BlockKind.PARAGRAPH, said)


def left(*blocks: Block, notes: tuple[Note, ...] = (NOTE,)) -> list[str]:
    return [one.text for one in without_bare_headings(Article(Metadata(), blocks, notes)).blocks]


@pytest.mark.parametrize("name", ["Notes", "Footnotes", "ENDNOTES:", "Fußnoten", "Примечания"])
def test_a_heading_whose_notes_are_gone_goes_too(name: str) -> None:
    assert left(heading("Part"), text("Said."), heading(name)) == ["Part", "Said."]


def test_it_goes_before_a_heading_that_is_not_below_it() -> None:
    assert left(text("Said."), heading("Notes"), heading("References"), text("A book.")) == [
        "Said.", "References", "A book.",
    ]  # fmt: skip


def test_it_stays_where_text_or_a_section_of_its_own_is_below_it() -> None:
    assert left(heading("Notes"), text("Said.")) == ["Notes", "Said."]
    assert left(heading("Notes"), heading("To the first part", 3), text("Said."))[0] == "Notes"


def test_it_stays_where_there_are_no_notes() -> None:
    assert left(text("Said."), heading("Notes"), notes=()) == ["Said.", "Notes"]


def test_what_is_set_aside_behind_it_keeps_its_place() -> None:
    blocks = (text("One."), heading("Notes"), heading("Works"), text("Two."))

    made = without_bare_headings(Article(Metadata(), blocks, (NOTE,), (SetAside(0, "menu", "a menu", 3),)))

    assert [(item.text, item.before) for item in made.set_aside] == [("menu", 2), ("Notes", 1)]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.md", "# Head\n\nText.[^1]\n\n## Footnotes\n\n[^1]: A note.\n"),
        (
            "a.html",
            (
                '<html><body><h1>Head</h1><p>Text.<sup><a href="#f" id="r">1</a></sup></p><h2>Footnotes</h2>'
                '<ol><li id="f">A note. <a href="#r">↩</a></li></ol></body></html>'
            ),
        ),
    ],
)
def test_no_empty_section_is_left_in_a_file(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")

    made = registry.read(tmp_path / name).article

    assert (made.blocks[-1].text, len(made.notes)) == ("Text.", 1)
    assert [item.text for item in made.set_aside] == ["Footnotes"]
