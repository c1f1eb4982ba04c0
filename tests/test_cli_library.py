"""The commands that keep a library from being lost, as a person or a script gives them."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from reader.cli import main
from reader.library import FILE, Library
from reader.paths import Paths


@pytest.fixture
def home(tmp_path: Path) -> list[str]:
    """A library of two texts, as the arguments that name it."""
    for name in ("ferry", "bridge"):
        (tmp_path / f"{name}.txt").write_text(f"The {name} of the town.\n\n" + f"Words of the {name}. " * 300)
    arguments = ["--data-dir", str(tmp_path / "home")]
    assert main(["import", str(tmp_path / "ferry.txt"), str(tmp_path / "bridge.txt"), *arguments]) == 0
    return arguments


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "home"


def asked(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, Any]:
    capsys.readouterr()
    code = main([*arguments, "--json"])
    assert isinstance(code, int)
    return code, json.loads(capsys.readouterr().out)


def damage(data: Path) -> None:
    with closing(sqlite3.connect(data / FILE, isolation_level=None)) as connection:
        connection.execute("UPDATE compiled SET data = CAST('nonsense' AS BLOB) WHERE revision_id = 1")


def test_a_whole_library_is_told_whole(home: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()

    assert main(["check", *home]) == 0

    assert capsys.readouterr().out == "All is whole: 2 texts and 2 files were looked at.\n"


def test_damage_has_a_code_of_its_own_and_is_mended_where_that_is_asked(
    home: list[str], data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    damage(data)

    found, mended, again = (asked(capsys, "check", *more, *home) for more in ((), ("--repair",), ()))

    assert (found[0], found[1]["faults"]["revisions"]) == (3, [1])
    assert (mended[0], len(mended[1]["told"])) == (0, 2)
    assert again == (0, {"sound": True, "checked": {"texts": 2, "files": 2}, "faults": again[1]["faults"], "told": []})


def test_a_library_that_does_not_open_any_more_comes_back_from_its_backup(
    home: list[str], data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["backup", *home]) == 0
    (data / FILE).write_bytes(b"no database " * 1000)

    damaged, mended = (asked(capsys, "check", *more, *home) for more in ((), ("--repair",)))

    assert (damaged[0], damaged[1]["sound"]) == (3, False)
    assert (mended[0], mended[1]["sound"]) == (0, True)
    with Library(Paths.under(data)) as library:
        assert len(library.shelf.articles()) == 2


def test_backups_are_taken_listed_and_put_back(home: list[str], data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, taken = asked(capsys, "backup", *home)
    with Library(Paths.under(data)) as library:
        library.shelf.remove(1)

    listed = asked(capsys, "backup", "--list", *home)
    back = asked(capsys, "restore", taken["file"], *home)

    assert code == 0
    assert taken["missing_originals"] == 0
    assert listed == (0, [{**taken, "whole": True}])
    assert back[0] == 0
    with Library(Paths.under(data)) as library:
        assert len(library.shelf.articles()) == 2


def test_which_originals_are_gone_is_told_and_that_the_backup_has_them_not(
    home: list[str], data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(data / "originals")
    capsys.readouterr()

    assert (main(["check", *home]), capsys.readouterr().out.splitlines()[0]) == (
        3,
        "2 originals are damaged or missing; their texts can be read all the same.",
    )
    code, found = asked(capsys, "check", *home)
    assert (code, sorted(found["faults"]["titles"])) == (3, ["bridge", "ferry"])
    assert main(["backup", *home]) == 0
    assert capsys.readouterr().err == (
        "2 files that texts came from are not with it; “export --library” takes along all that there are.\n"
    )
    assert main(["backup", "--list", *home]) == 0
    assert "\twhole\twithout originals\t" in capsys.readouterr().out
    assert main(["export", "1", *home]) == 0
    assert "The ferry of the town." in capsys.readouterr().out


def test_originals_that_are_gone_come_back_from_beside_the_backup(
    home: list[str], data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["backup", *home]) == 0
    shutil.rmtree(data / "originals")
    capsys.readouterr()

    assert (main(["check", "--repair", *home]), capsys.readouterr().out.splitlines()) == (
        0,
        [
            "2 files that were damaged or missing are whole again, from the backups.",
            "All is whole: 2 texts and 2 files were looked at.",
        ],
    )


def test_a_library_goes_out_and_comes_in_elsewhere(
    home: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = main(["export", "--library", str(tmp_path / "out"), *home])
    elsewhere = ["--data-dir", str(tmp_path / "elsewhere")]

    first = asked(capsys, "restore", str(tmp_path / "out"), *elsewhere)
    second = asked(capsys, "restore", str(tmp_path / "out"), *elsewhere)

    assert out == 0
    assert first == (0, {"new": 2, "merged": 0, "left_out": {}})
    assert second == (0, {"new": 0, "merged": 2, "left_out": {}})


def test_what_came_in_and_what_was_there_are_told_in_a_sentence_each(
    home: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", "--library", str(tmp_path / "out"), *home]) == 0
    restore = ["restore", str(tmp_path / "out"), "--data-dir", str(tmp_path / "elsewhere")]
    capsys.readouterr()

    assert (main(restore), capsys.readouterr().out) == (0, "2 texts came in.\n")
    assert (main(restore), capsys.readouterr().out) == (
        0,
        "0 texts came in.\n2 texts were there, and have now what was newer.\n",
    )


def test_what_is_no_export_is_refused_in_a_sentence(
    home: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    refused = [asked(capsys, "restore", str(place), *home) for place in (tmp_path, tmp_path / "ferry.txt")]

    assert [code for code, _ in refused] == [1, 1]
    assert all("is no folder that this program exported a library to" in said["refused"] for _, said in refused)


def test_export_wants_a_text_or_a_folder(home: list[str]) -> None:
    assert main(["export", *home]) == 2
    assert main(["export", "1", "--library", "somewhere", *home]) == 2


def test_the_index_is_made_anew(home: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rebuild", *home]) == 0

    code, found = asked(capsys, "search", "ferry", *home)
    assert (code, [each["title"] for each in found["results"]]) == (0, ["ferry"])


@pytest.mark.parametrize("words", [("stats",), ("library", "stats"), ("library", "--verbose", "stats")])
def test_the_word_library_before_a_command_changes_nothing(
    words: tuple[str, ...], home: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    code, told = asked(capsys, *words, *home)

    assert (code, told["texts"]) == (0, 2)
    assert asked(capsys, *home, *words) == (code, told)


def test_the_word_library_keeps_a_folder_that_is_called_so(
    home: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert main(["library", "export", "--library", "library", *home]) == 0

    assert (tmp_path / "library").is_dir()


@pytest.mark.parametrize("words", [("library",), ("library", "chek")])
def test_the_word_library_alone_is_wrong_use(words: tuple[str, ...], home: list[str]) -> None:
    assert main([*words, *home]) == 2


def test_the_word_library_tells_what_may_follow(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["library", "--help"]) == 0

    said = capsys.readouterr().out
    assert all(f"\n  {name} " in said for name in ("check", "backup", "restore", "rebuild", "stats"))
    assert "inspect" not in said


def test_the_library_is_told_in_numbers(home: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    code, stats = asked(capsys, "stats", *home)

    assert code == 0
    assert (stats["texts"], stats["removed"], stats["revisions"]) == (2, 0, 2)
    assert stats["words"] == 2410
    assert stats["database_bytes"] > 0


def test_a_library_that_is_open_is_not_replaced(
    home: list[str], data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, taken = asked(capsys, "backup", *home)

    with Library(Paths.under(data)):
        code, said = asked(capsys, "restore", taken["file"], *home)

    assert code == 1
    assert said["refused"].startswith("The library is open in a window or another program of this computer.")


@pytest.mark.parametrize("command", ["check", "backup", "restore", "rebuild", "stats", "export"])
def test_every_command_tells_its_exit_codes(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, "--help"]) == 0

    assert "3 the library is damaged" in capsys.readouterr().out
