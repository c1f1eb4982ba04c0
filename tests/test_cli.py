from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from reader import __version__
from reader.article.annotation import ReadingPosition
from reader.article.locator import locator
from reader.article.text import CanonicalText
from reader.cli import OpenWindow, main
from reader.library import Library
from reader.paths import Paths

ARTICLE = """---
title: The Ferry
kicker: Report
authors: [A. Writer, B. Writer]
translators: [C. Other]
date: 1918-03
lang: en
---

# Spring

The ice broke.[^1] It broke [late](https://example.org/ice).[^9]

> Nobody wrote down who had spoken first.
>
> Everybody remembered the miller.

Between them.

> > A quotation in a quotation.

## The bridge

It was built at last.[^1]

[^1]: See the gazette.

    Its second page.

[^2]: Nothing marks this one.
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "ferry.md"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


@pytest.fixture
def home(tmp_path: Path) -> list[str]:
    return ["--data-dir", str(tmp_path / "home")]


@pytest.fixture
def imported(file: Path, home: list[str], capsys: pytest.CaptureFixture[str]) -> Iterator[Library]:
    """The library that the command line wrote to."""
    assert main(["import", str(file), *home]) == 0
    capsys.readouterr()
    with Library(Paths.under(Path(home[1]))) as library:
        yield library


def run_json(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> Any:
    assert main([*arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


# How the window is asked for


def test_no_arguments_ask_for_the_window() -> None:
    wish = main([])

    assert isinstance(wish, OpenWindow)
    assert (wish.files, wish.screenshot, wish.size, wish.theme, wish.pdf) == ((), None, None, None, None)


def test_files_and_a_picture_are_asked_for() -> None:
    wish = main(["a.md", "b.txt", "--screenshot", "s.png", "--size", "1280x900", "--theme", "sepia"])

    assert isinstance(wish, OpenWindow)
    assert wish[1:] == ((Path("a.md"), Path("b.txt")), Path("s.png"), (1280, 900), "sepia", None)


def test_a_pdf_is_asked_for() -> None:
    wish = main(["a.md", "--pdf", "a.pdf"])

    assert isinstance(wish, OpenWindow)
    assert (wish.files, wish.pdf) == ((Path("a.md"),), Path("a.pdf"))


def test_a_file_that_is_named_like_a_command_is_opened_by_its_path() -> None:
    wish = main(["./list"])

    assert isinstance(wish, OpenWindow)
    assert wish.files == (Path("list"),)


def test_the_places_are_given_by_the_option_then_by_the_environment_then_by_the_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STUDY_READER_HOME", str(tmp_path / "environment"))
    by_option, by_environment = main(["--data-dir", str(tmp_path / "option")]), main([])
    monkeypatch.setenv("STUDY_READER_HOME", "")
    by_system = main([])

    assert isinstance(by_option, OpenWindow)
    assert by_option.paths == Paths.under(tmp_path / "option")
    assert isinstance(by_environment, OpenWindow)
    assert by_environment.paths == Paths.under(tmp_path / "environment")
    assert isinstance(by_system, OpenWindow)
    assert by_system.paths == Paths.of_user()


@pytest.mark.parametrize(
    "arguments",
    [
        ["--nonsense"],
        ["inspect"],
        ["inspect", "a", "b"],
        ["import"],
        ["search"],
        ["export", "one"],
        ["export", "1", "--to", "pdf"],
        ["list", "extra"],
        ["--size", "big"],
        ["--size", "0x0"],
        ["--size", "99999x5"],
        ["--theme", "puce"],
        ["--data-dir"],
        ["--data", "x"],
    ],
)
def test_wrong_use_is_said_and_has_its_code(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2

    said = capsys.readouterr()
    assert said.out == ""
    assert "usage: study-reader" in said.err


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"study-reader {__version__}\n"


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0

    said = capsys.readouterr().out
    for command in ("inspect", "import", "list", "search", "bookmarks", "export", "--screenshot", "--data-dir"):
        assert command in said


# inspect


def test_inspect_tells_all_that_was_found(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = run_json(["inspect", str(file)], capsys)

    assert list(found) == [
        "title",
        "kicker",
        "authors",
        "translators",
        "date",
        "language",
        "headings",
        "captions",
        "quotations",
        "references",
        "notes",
        "orphan_notes",
        "marks_without_note",
        "links",
        "set_aside",
        "warnings",
        "text",
    ]
    assert (found["title"], found["kicker"], found["date"], found["language"]) == (
        "The Ferry",
        "Report",
        "1918-03",
        "en",
    )
    assert (found["authors"], found["translators"]) == (["A. Writer", "B. Writer"], ["C. Other"])
    assert found["headings"] == [{"level": 1, "text": "Spring"}, {"level": 2, "text": "The bridge"}]
    assert found["links"] == [{"text": "late", "target": "https://example.org/ice"}]


def test_inspect_tells_quotations_apart_and_keeps_their_paragraphs_together(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_json(["inspect", str(file)], capsys)["quotations"] == [
        "Nobody wrote down who had spoken first.\nEverybody remembered the miller.",
        "A quotation in a quotation.",
    ]


def test_inspect_counts_the_marks_of_notes_and_names_what_has_no_partner(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = run_json(["inspect", str(file)], capsys)

    assert found["notes"] == [
        {"label": "1", "text": "See the gazette.\nIts second page.", "marks": 2},
        {"label": "2", "text": "Nothing marks this one.", "marks": 0},
    ]
    assert found["orphan_notes"] == ["2"]
    assert found["marks_without_note"] == ["9"]


def test_inspect_gives_the_canonical_text_of_the_body(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = run_json(["inspect", str(file)], capsys)["text"]

    assert text.splitlines()[:2] == ["Spring", "The ice broke. It broke late."]
    assert "gazette" not in text


def test_inspect_touches_no_library(file: Path, home: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    run_json(["inspect", str(file), *home], capsys)

    assert not Path(home[1]).exists()


def test_inspect_tells_a_person_on_one_page(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspect", str(file)]) == 0

    said = capsys.readouterr().out
    assert said.startswith("The Ferry\nReport · A. Writer, B. Writer · translated by C. Other · 1918-03 · en\n")
    for line in ("  Spring\n    The bridge\n", "2 quotations\n", "2 notes\n", "Notes that nothing marks: 2\n"):
        assert line in said


def test_a_refusal_is_a_sentence_and_json_where_json_was_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["inspect", str(tmp_path / "none.md"), "--json"]) == 1

    said = capsys.readouterr()
    sentence = "“none.md” could not be opened: there is no such file."
    assert json.loads(said.out) == {"refused": sentence}
    assert said.err == sentence + "\n"


def test_a_refusal_without_json_leaves_stdout_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspect", str(tmp_path)]) == 1
    assert capsys.readouterr().out == ""


# import, list


def test_import_tells_what_became_of_each_file(file: Path, home: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", str(file), *home]) == 0
    assert main([*home, "import", str(file)]) == 0
    file.write_text(ARTICLE.replace("at last", "at long last"), encoding="utf-8")
    assert main(["import", *home, str(file)]) == 0

    assert capsys.readouterr().out == (
        "1\tThe Ferry\tadded\n1\tThe Ferry\talready in the library\n1\tThe Ferry\ta new revision\n"
    )


def test_import_goes_on_after_a_failure_and_says_so_at_the_end(
    file: Path, home: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty.txt").touch()

    code = main(["import", str(tmp_path / "none.md"), str(file), str(tmp_path / "empty.txt"), *home])

    said = capsys.readouterr()
    assert code == 1
    assert said.out == "1\tThe Ferry\tadded\n"
    assert said.err.splitlines() == [
        "“none.md” could not be opened: there is no such file.",
        "“empty.txt” could not be opened: there is no text in it.",
    ]


def test_list_shows_the_shelf(imported: Library, home: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list", *home]) == 0
    assert capsys.readouterr().out == "1\tThe Ferry\tA. Writer, B. Writer\t32 words\t0 % read\n"

    (entry,) = run_json(["list", *home], capsys)
    assert (entry["id"], entry["title"], entry["authors"]) == (1, "The Ferry", ["A. Writer", "B. Writer"])


def test_a_new_library_has_nothing_to_list(home: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list", *home]) == 0
    assert capsys.readouterr() == ("", "")


# search, bookmarks, export


def test_search_finds_what_was_just_imported(
    imported: Library, home: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    found = run_json(["search", "miller", *home], capsys)

    assert (found["query"], found["total"], found["hint"]) == ("miller", 1, "")
    assert found["results"] == [
        {
            "id": 1,
            "title": "The Ferry",
            "hits": [{"section": "Spring", "passage": 3, "text": "Everybody remembered the miller."}],
        }
    ]
    assert main(["search", "remembered", "the", "miller", *home]) == 0
    assert capsys.readouterr().out == "1\tThe Ferry\n\tSpring\tEverybody remembered the miller.\n"


def test_a_search_that_finds_nothing_is_no_failure(
    imported: Library, home: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["search", "zeppelin", *home]) == 0
    assert capsys.readouterr().out == ""


def test_bookmarks_are_listed(imported: Library, home: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    text = CanonicalText(imported.article(1))
    start = text.string.index("the miller")
    made = imported.bookmarks.add(1, locator(text, start, start + 10), "who", "a remark")

    assert run_json(["bookmarks", *home], capsys) == [
        {
            "id": made.id,
            "article": 1,
            "title": "The Ferry",
            "label": "who",
            "remark": "a remark",
            "text": "the miller",
            "start": start,
            "end": start + 10,
            "lost": False,
            "created": made.created.isoformat(),
            "changed": made.changed.isoformat(),
        }
    ]
    assert main(["bookmarks", *home]) == 0
    assert capsys.readouterr().out == "1\tThe Ferry\twho\tthe miller\ta remark\t\n"


def test_an_export_is_what_can_be_imported_again(
    imported: Library, home: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", "1", "--to", "markdown", *home]) == 0
    exported = capsys.readouterr().out

    (tmp_path / "again.md").write_text(exported, encoding="utf-8")
    assert run_json(["inspect", str(tmp_path / "again.md")], capsys)["notes"][0]["text"].startswith("See the gazette.")


def test_an_article_that_is_not_there_is_refused(home: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "7", *home]) == 1
    assert capsys.readouterr().err == "There is no article number 7 in the library.\n"


def test_progress_is_listed(imported: Library, home: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    place = locator(CanonicalText(imported.article(1)), 5, 5)
    imported.reading.save(1, ReadingPosition(place, 0.42, datetime(2024, 5, 1, tzinfo=UTC)))

    assert main(["list", *home]) == 0
    assert capsys.readouterr().out.endswith("\t42 % read\n")


def test_a_mistake_of_ours_is_a_sentence_too(
    home: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Library, "__init__", lambda self, paths: 1 / 0)

    assert main(["list", *home, "--json"]) == 1

    said = capsys.readouterr()
    assert said.err == "Something went wrong inside the program. Run it again with --verbose to see what.\n"
    assert json.loads(said.out) == {"refused": said.err.strip()}
