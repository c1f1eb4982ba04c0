"""A library that is shipped with the program, next to its own edition: what the person has of it, and keeps."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from reader import library as front_door
from reader import shipped, specimens
from reader.article.locator import locator
from reader.article.text import CanonicalText
from reader.library import Added, Library, Outcome
from reader.paths import Paths
from reader.store.catalogue import Catalogue

FERRY = "---\ntitle: The ferry\n---\n\n# The ferry\n\nEverybody remembered the miller, and nobody the ferryman.\n"


class Program:
    """A program with an edition and a library in its resources, and the person's library."""

    def __init__(self, folder: Path) -> None:
        self.resources = folder / "resources"
        self.theirs = self.resources / "library"
        self.write("articles/own.md", "---\ntitle: Our own\n---\n\nA text.\n")
        self.now = datetime.fromisoformat("2026-11-24T12:00:00+00:00")
        self.library = Library(Paths.under(folder / "home"), lambda: self.now)

    def write(self, name: str, text: str) -> Path:
        file = self.resources / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    def titles(self) -> list[str]:
        return sorted(entry.title for entry in self.library.shelf.articles())


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    made = Program(tmp_path)
    monkeypatch.setattr(front_door, "resources", lambda: made.resources)
    return made


def test_a_program_without_one_brings_its_own_edition_only(program: Program) -> None:
    program.library.add_bundled()

    assert program.titles() == ["Our own"]


def test_every_text_of_every_format_and_folder_comes_onto_the_shelf_once(program: Program) -> None:
    (program.theirs / "term 1" / "week 2").mkdir(parents=True)
    made = specimens.write(program.theirs / "term 1" / "week 2")
    program.write("library/ferry.md", FERRY)
    program.write("library/.hidden.md", "# Hidden\n\nNot for the shelf.\n")
    program.write("library/cover.psd", "no text")

    outcomes = [added.outcome for added in program.library.add_bundled()]

    assert program.titles() == sorted(["Our own", "The ferry", *(text.title for text in made)])
    assert outcomes == [Outcome.NEW] * 6
    assert program.library.add_bundled() == ()


def test_a_folder_is_a_collection_and_what_a_person_took_out_of_it_stays_out(program: Program) -> None:
    program.write("library/alone.md", "# Alone\n\nIt lies in no folder.\n")
    text = program.write("library/Term 1/Week 2/ferry.md", FERRY)
    _, alone, ferry = (added.article_id for added in program.library.add_bundled())
    catalogue = Catalogue(program.library._database)

    (made,) = catalogue.collections()
    assert (made.name, made.count) == ("Term 1 / Week 2", 1)
    assert catalogue.labels()[ferry].collections == (made.id,)
    assert alone not in catalogue.labels()
    catalogue.take_out(made.id, [ferry])
    text.write_text(FERRY + "\nA line more.\n", encoding="utf-8")
    program.library.add_bundled()
    assert ferry not in catalogue.labels()


def test_what_is_shipped_is_only_read(program: Program) -> None:
    file = program.write("library/ferry.md", FERRY)
    file.chmod(0o444)
    program.theirs.chmod(0o555)

    program.library.add_bundled()

    assert "The ferry" in program.titles()
    assert [each.name for each in program.theirs.iterdir()] == ["ferry.md"]


def test_texts_of_one_name_in_two_folders_are_two(program: Program) -> None:
    program.write("library/one/text.md", "# The ferry\n\nThe miller was remembered by everybody who had crossed.\n")
    program.write("library/two/text.md", "# The bridge\n\nIts arches were of brick, and the buttress was of stone.\n")

    program.library.add_bundled()

    assert program.titles() == ["Our own", "The bridge", "The ferry"]


def test_an_upgrade_brings_the_newer_text_and_bookmarks_stay(program: Program) -> None:
    program.write("library/ferry.md", FERRY)
    ferry = program.library.add_bundled()[1].article_id
    text = CanonicalText(program.library.article(ferry))
    start = text.string.index("the miller")
    program.library.bookmarks.add(ferry, locator(text, start, start + len("the miller")))
    program.write("library/ferry.md", FERRY.replace("# The ferry\n", "# The ferry\n\nIt was spring.\n"))

    assert program.library.add_bundled() == (Added(ferry, Outcome.REVISED, bookmarks_found=1),)

    (bookmark,) = program.library.bookmarks.of(ferry)
    assert bookmark.target.exact == "the miller"
    assert not bookmark.lost


def test_what_a_person_removed_does_not_come_back_with_an_upgrade(program: Program) -> None:
    program.write("library/ferry.md", FERRY)
    ferry = program.library.add_bundled()[1].article_id
    program.library.shelf.remove(ferry)
    program.write("library/ferry.md", FERRY + "\nA line more.\n")

    assert program.library.add_bundled() == ()
    program.now += timedelta(days=400)
    program.library.tidy()
    program.write("library/ferry.md", FERRY + "\nTwo lines more.\n")
    assert program.library.add_bundled() == ()
    assert program.titles() == ["Our own"]


def test_what_a_person_removed_does_not_come_back_under_another_name(program: Program) -> None:
    file = program.write("library/ferry.md", FERRY)
    ferry = program.library.add_bundled()[1].article_id
    program.library.shelf.remove(ferry)
    file.rename(program.theirs / "crossing.md")

    assert program.library.add_bundled() == ()
    assert program.titles() == ["Our own"]


def test_a_program_that_ships_no_library_any_more_takes_nothing_away(program: Program) -> None:
    file = program.write("library/ferry.md", FERRY)
    program.library.add_bundled()
    file.unlink()
    program.theirs.rmdir()

    program.library.add_bundled()

    assert program.titles() == ["Our own", "The ferry"]


def test_a_text_that_cannot_be_read_is_logged_and_holds_up_none_of_the_others(
    program: Program, caplog: pytest.LogCaptureFixture
) -> None:
    program.write("library/broken.epub", "no book")
    program.write("library/empty.md", "")
    program.write("library/ferry.md", FERRY)

    with caplog.at_level(logging.WARNING, "reader.library"):
        program.library.add_bundled()

    assert program.titles() == ["Our own", "The ferry"]
    assert [record.levelname for record in caplog.records] == ["WARNING", "WARNING"]


def test_a_folder_without_texts_ships_nothing(program: Program) -> None:
    program.write("library/cover.psd", "no text")

    assert shipped.library(program.theirs) == {}
