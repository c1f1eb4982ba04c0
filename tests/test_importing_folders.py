from __future__ import annotations

import json
import os
import socket
from collections import Counter
from pathlib import Path

import pytest

from reader.bulk import Report
from reader.cli import main
from reader.errors import CancelledError, FileError
from reader.gathering import NoTextsError, gather
from reader.library import Added, Library
from reader.paths import Paths


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    for name in ("b.md", "a.txt", "deep/deeper/c.md"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"# {name}\n\nThe text of {name}.\n", encoding="utf-8")
    return folder


def found(*places: Path) -> tuple[list[str], Counter[str]]:
    skipped: Counter[str] = Counter()
    return [path.name for path in gather(places, skipped)], skipped


def test_texts_are_met_by_name_and_those_of_inner_folders_behind(folder: Path) -> None:
    assert found(folder) == (["a.txt", "b.md", "c.md"], Counter())


def test_what_is_no_text_is_left_out_and_counted(folder: Path) -> None:
    (folder / ".hidden.md").write_text("x")
    (folder / ".git").mkdir()
    (folder / "sheet.xlsx").write_text("x")
    (folder / "program").write_text("x")
    os.mkfifo(folder / "pipe.md")
    (folder / "device.md").symlink_to("/dev/zero")
    (folder / "broken.md").symlink_to("nowhere")
    (folder / "page.html").write_text("<p>x</p>")
    (folder / "page_files").mkdir()
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(os.path.relpath(folder / "socket.md"))  # its whole path would be too long a name

        names, skipped = found(folder)

    assert names == ["a.txt", "b.md", "page.html", "c.md"]
    assert skipped == {"hidden": 2, "unknown": 2, "special": 4, "beside": 1}


def test_links_lead_neither_in_a_circle_nor_out_of_the_folder(folder: Path) -> None:
    (folder / "deep" / "up").symlink_to(folder)
    (folder / "root").symlink_to("/")

    assert found(folder, folder) == (["a.txt", "b.md", "c.md"], Counter(linked=3))


def test_a_folder_without_texts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NoTextsError, match="there is no text in it"):
        gather((tmp_path,), Counter())


def test_names_of_any_bytes_are_brought_in(tmp_path: Path, paths: Paths) -> None:
    names = ("two\nlines.md", "\udcff\udcfe.md", "\u202egnp.md", " .md", "%2e%2e.md", "-rf.md")
    for name in names:
        (tmp_path / name).write_text(f"The text of {name!a}.\n", encoding="utf-8")

    with Library(paths) as library:
        report = library.add_all((tmp_path,))

        assert (report.failed, report.brought_in) == ([], len(names))
        assert len(library.shelf.articles()) == len(names)


def test_a_refusal_is_one_line_whatever_the_name(tmp_path: Path, paths: Paths) -> None:
    file = tmp_path / "two\nlines \u202e\u2066\udcff.md"
    file.touch()

    with Library(paths) as library, pytest.raises(FileError) as refused:
        library.add(file)

    assert str(refused.value) == "“two lines ?.md” could not be opened: there is no text in it."


def test_what_comes_in_many_at_once_comes_in_their_order(folder: Path, paths: Paths) -> None:
    (folder / "empty.md").touch()
    files = gather((folder,), Counter())

    with Library(paths) as library:
        told = list(library.add_many(files))

    assert tuple(path for path, _outcome in told) == files
    assert [type(outcome).__name__ for _path, outcome in told] == ["Added", "Added", "EmptyFileError", "Added"]


def test_the_same_text_twice_is_one_article(tmp_path: Path, paths: Paths) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    for number in range(6):
        (folder / f"{number}.md").write_text("# The ferry\n\nIt crossed.\n", encoding="utf-8")

    with Library(paths) as library:
        report = library.add_all((folder,))

        assert report.sentences() == ("1 text was added.", "5 texts were in the library already.")


def test_what_came_in_before_a_stop_stays(folder: Path, paths: Paths) -> None:
    def step(share: float) -> None:
        if share > 0.3:
            raise CancelledError

    with Library(paths) as library:
        report = library.add_all((folder,), step)

        assert (report.stopped, report.brought_in) == (True, 1)
        assert report.sentences()[0] == "Stopped; what came in until then stays."
        assert len(library.shelf.articles()) == 1
        assert library.readers().process_ids == () or library.add_all((folder,)).brought_in == 2


def test_leaving_the_loop_stops_the_rest(folder: Path, paths: Paths) -> None:
    with Library(paths) as library:
        for _path, outcome in library.add_many(gather((folder,), Counter())):
            assert isinstance(outcome, Added)
            break

        assert len(library.shelf.articles()) == 1


def test_a_folder_that_came_in_by_the_command_line_is_ready_for_search(folder: Path, tmp_path: Path) -> None:
    (folder / "d.md").write_text("# Found\n\nBy the sempiternal word.\n", encoding="utf-8")

    main(["import", str(folder), "--data-dir", str(tmp_path / "home")])

    with Library(Paths.under(tmp_path / "home")) as library:
        assert library.search("sempiternal").total == 1


def test_the_command_line_counts_and_reports(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "empty.md").touch()
    (folder / "sheet.xlsx").touch()
    report = tmp_path / "report.json"

    code = main(["import", str(folder), "--data-dir", str(tmp_path / "home"), "--report", str(report)])

    said = capsys.readouterr()
    assert code == 1
    assert said.out == "1\ta.txt\tadded\n2\tb.md\tadded\n3\tc.md\tadded\n".replace("c.md", "deep/deeper/c.md")
    assert said.err.splitlines() == [
        "“empty.md” could not be opened: there is no text in it.",
        "4 of 4 files",
        "3 texts were added.",
        "1 file could not be read.",
        "1 file or folder was left out: hidden, or of another kind.",
    ]
    assert json.loads(report.read_text(encoding="utf-8")) == {
        "stopped": False,
        "added": 3,
        "revised": 0,
        "known": 0,
        "failed": [
            {"path": str(folder / "empty.md"), "reason": "“empty.md” could not be opened: there is no text in it."}
        ],
        "skipped": {"hidden": 0, "unknown": 1, "special": 0, "linked": 0, "unreadable": 0, "beside": 0},
    }


def test_a_report_that_cannot_be_written_is_said(folder: Path, paths: Paths) -> None:
    with pytest.raises(FileError, match="The report could not be written"):
        Report().write(folder / "missing" / "report.json")
