"""What the tree of the window holds for an assistive program, wherever a person is in it."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from reader.article.model import Block
from reader.library import Library
from reader.paths import Paths
from tests.accessibility.session import Ear

pytestmark = pytest.mark.xdist_group("accessibility")

BUTTONS = ("push button", "check box", "toggle button", "radio button", "button menu", "menu item", "check menu item")
ROWS = ("table cell", "list item", "tree item")  # Qt says of each row that it can be focused; views name them
ADDED = re.compile("[\N{SOFT HYPHEN}\N{WORD JOINER}\N{ZERO WIDTH SPACE}]")


def unnamed(ear: Ear) -> list[str]:
    """What can have the focus or be pressed, and has no name with a letter in it."""
    return [
        f"{node['role']} {node['path']} “{node['name']}”"
        for node in ear.shown()
        if ("focusable" in node["states"] or node["role"] in BUTTONS)
        and node["role"] not in ROWS
        and not re.search(r"\w", str(node["name"]))
    ]


def plain(text: str) -> str:
    """Return text without what the page adds to it, and with one space wherever there is any."""
    return " ".join(ADDED.sub("", text).split())


def with_marks(block: Block, labels: Mapping[str, str]) -> str:
    """Return a passage as the page shows it: with the numbers of its notes."""
    text, done = "", 0
    for mark in block.marks:
        text += block.text[done : mark.offset] + labels[mark.note]
        done = mark.offset
    return text + block.text[done:]


def test_the_whole_text_is_there(reading: Ear) -> None:
    with Library(Paths.under(reading.home / "library")) as library:
        (entry,) = library.shelf.articles()
        article = library.article(entry.id)
    labels = {note.key: note.label for note in article.notes}
    blocks = (*article.blocks, *(block for note in article.notes for block in note.blocks))
    words = [cell for block in blocks for cell in with_marks(block, labels).split("\t")]

    shown = reading.until(lambda: plain(reading.text()), "the text")

    place = 0
    for number, piece in enumerate(map(plain, words)):
        found = shown.find(piece, place)
        assert found >= 0, f"piece {number} of {len(words)} is not in the tree, or not in its order"
        place = found + len(piece)


def test_the_text_is_a_text_and_has_the_articles_name(reading: Ear) -> None:
    (text,) = reading.shown("text", "The Councils and the Apparatus")

    assert {"focusable", "multi-line", "read-only"} <= set(text["states"])


def test_the_window_has_the_name_of_what_is_read(reading: Ear) -> None:
    (window,) = reading.shown("frame")

    assert str(window["name"]).startswith("The Councils and the Apparatus")


def test_every_command_is_in_a_menu_of_the_tree(reading: Ear) -> None:
    def items() -> list[str]:
        return [str(node["name"]) for node in reading.tree() if node["role"] in ("menu item", "check menu item")]

    names = reading.until(items, "the menus")

    assert {"Next section", "Next paragraph", "Next note mark", "Where am I", "Find in this reading…"} <= set(names)
    assert all(re.search(r"\w", name) for name in names)


def test_sections_are_rows_of_a_tree_that_tell_their_level(reading: Ear) -> None:
    (tree,) = reading.shown("tree", "Sections")
    rows = [node for node in reading.shown("table cell") if str(node["path"]).startswith(f"{tree['path']}/")]

    assert len(rows) > 5
    assert all(str(row["description"]).startswith("Level ") for row in rows)


def test_marks_on_the_screen_are_things_that_tell_their_notes(reading: Ear) -> None:
    reading.until(lambda: reading.shown("push button", "Note 1"), "the first mark")

    (mark,) = [node for node in reading.shown("push button") if node["name"] == "Note 1"]

    assert len(str(mark["description"])) > 20
    assert "Press" in mark["actions"]
    assert "focusable" in mark["states"]


def test_nothing_is_without_a_name_at_the_start(reading: Ear) -> None:
    assert unnamed(reading) == []


@pytest.mark.parametrize(
    ("keys", "shows"),
    [
        ("ctrl+f", ("text", "Find in this text")),
        ("ctrl+shift+f", ("text", "Search the library")),
        ("ctrl+b", ("page tab", "Notes")),
        ("ctrl+shift+n", ("text", "Filter footnotes")),
        ("ctrl+shift+p", ("list", "Commands")),
        ("F1", ("dialog", "Keyboard shortcuts")),
    ],
)
def test_nothing_is_without_a_name_in_what_opens(reading: Ear, keys: str, shows: tuple[str, str]) -> None:
    reading.press(keys)
    reading.until(lambda: reading.shown(*shows), f"{shows}")

    assert unnamed(reading) == []


def test_nothing_is_without_a_name_beside_an_open_note(reading: Ear) -> None:
    reading.press("F8", "Return")
    reading.until(lambda: reading.shown("push button", "Go to note"), "the note")

    assert unnamed(reading) == []


def test_nothing_is_without_a_name_on_the_card_of_type(reading: Ear) -> None:
    reading.press_button("push button", "^Type and theme$")
    reading.until(lambda: reading.shown("", "Dark"), "the card")

    assert unnamed(reading) == []


def test_nothing_is_without_a_name_in_the_library(reading: Ear) -> None:
    reading.press("ctrl+l")
    reading.until(lambda: reading.shown("list", "All readings"), "the library")

    named = unnamed(reading)
    reading.press("alt+Left")
    reading.until(lambda: reading.shown("text", "The Councils"), "the text")

    assert named == []
