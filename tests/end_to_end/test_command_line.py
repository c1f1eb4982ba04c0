"""The program as a person starts it, in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ARTICLE = "---\ntitle: Die Fähre\n---\n\n# Frühling\n\nDas Eis “brach” — 冰.[^1]\n\n[^1]: Siehe die Zeitung.\n"
LONG_LINE_BYTES = 50 * 2**20
NOBODY = 65534
FULL_DISK = Path("/dev/full")


class Program:
    """Starts the program with a library and a home of its own."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.environment = {
            **{name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH") if name in os.environ},
            "HOME": str(home),
            "PYTHONPATH": str(ROOT),
            "STUDY_READER_HOME": str(home / "library"),
        }

    def __call__(
        self, *arguments: str | Path, environment: Mapping[str, str] | None = None, cwd: Path | None = None
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(*arguments),
            env={**self.environment, **(environment or {})},
            cwd=cwd or self.home,
            capture_output=True,
            encoding="utf-8",
            timeout=300,
        )

    def command(self, *arguments: str | Path) -> list[str]:
        return [sys.executable, "-m", "reader", *map(str, arguments)]


@pytest.fixture
def program(tmp_path: Path) -> Program:
    home = tmp_path / "home"
    home.mkdir()
    return Program(home)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "Fähre.md"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def test_a_text_is_brought_in_listed_found_and_given_back(program: Program, file: Path) -> None:
    imported = program("import", file)
    listed = program("list")
    found = program("search", "zeitung", "--json")
    exported = program("export", "1", "--to", "markdown")

    assert (imported.returncode, imported.stdout, imported.stderr) == (0, "1\tDie Fähre\tadded\n", "")
    assert listed.stdout.startswith("1\tDie Fähre\t")
    assert json.loads(found.stdout)["results"][0]["hits"][0]["text"] == "Siehe die Zeitung."
    assert exported.stdout.startswith("---\n")
    assert "Das Eis “brach” — 冰.[^1]" in exported.stdout


@pytest.mark.parametrize("locale", ["C", "POSIX", "C.UTF-8", "de_DE.ISO-8859-1", "no_such_locale"])
def test_output_is_utf8_whatever_the_locale(program: Program, file: Path, locale: str) -> None:
    environment = {"LC_ALL": locale, "LANG": locale, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}

    inspected = program("inspect", file, "--json", environment=environment)
    refused = program("inspect", "–nicht da–.md", environment=environment)

    assert json.loads(inspected.stdout)["text"] == "Frühling\nDas Eis “brach” — 冰."
    assert refused.returncode == 1
    assert refused.stderr.count("\n") == 1


def test_inspect_needs_no_library_no_home_and_no_qt(program: Program, file: Path) -> None:
    trap = program.home / "PySide6"
    trap.mkdir()
    (trap / "__init__.py").write_text("raise SystemExit('Qt was loaded')")
    environment = {
        "PYTHONPATH": f"{program.home}{os.pathsep}{ROOT}",
        "STUDY_READER_HOME": "/dev/null/nowhere",
        "HOME": "/dev/null",
    }

    inspected = program("inspect", file, "--json", environment=environment)

    assert (inspected.returncode, inspected.stderr) == (0, "")
    assert json.loads(inspected.stdout)["title"] == "Die Fähre"


def test_the_data_dir_holds_everything(program: Program, file: Path, tmp_path: Path) -> None:
    program("import", file, "--data-dir", tmp_path / "stick")
    program("search", "Eis", "--data-dir", tmp_path / "stick")

    assert {"library.sqlite", "originals", "cache"} <= {path.name for path in (tmp_path / "stick").iterdir()}
    assert list(program.home.iterdir()) == []


# Hostile files


def hostile(kind: str, folder: Path) -> Path:
    path = folder / f"{kind}.txt"
    match kind:
        case "empty":
            path.touch()
        case "blank":
            path.write_bytes(b"\n \t\r\n\0\0\n")
        case "link to itself":
            path.symlink_to(path)
        case "pipe":
            os.mkfifo(path)
        case "noise":
            path.write_bytes(bytes(range(256)) * 64)
        case "program":
            path.write_bytes(b"\x7fELF" + b"\0" * 4000)
        case "below a file":
            path.write_text("text")
            path = path / "chapter.txt"
    return path


KINDS = ["empty", "blank", "missing", "link to itself", "pipe", "noise", "program", "below a file"]


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_no_text_gives_a_sentence_and_leaves_nothing(program: Program, tmp_path: Path, kind: str) -> None:
    path = hostile(kind, tmp_path)

    inspected = program("inspect", path, "--json")
    imported = program("import", path)
    listed = program("list")

    assert (inspected.returncode, imported.returncode) == (1, 1)
    assert json.loads(inspected.stdout) == {"refused": imported.stderr.strip()}
    assert inspected.stderr == imported.stderr
    assert imported.stderr.startswith("“")
    assert imported.stderr.count("\n") == 1
    assert imported.stdout == listed.stdout == ""
    assert not (program.home / "library" / "originals").exists()


def test_a_folder_is_not_inspected_and_one_without_texts_brings_nothing_in(program: Program, tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()

    inspected = program("inspect", folder)
    imported = program("import", folder)

    assert (inspected.returncode, imported.returncode) == (1, 1)
    assert inspected.stderr == "“papers” could not be opened: it is a folder. Choose a file in it.\n"
    assert imported.stderr == "“papers” could not be brought in: there is no text in it that this program reads.\n"
    assert not (program.home / "library" / "originals").exists()


def test_a_line_of_fifty_megabytes_is_brought_in_or_refused_but_never_hangs(program: Program, tmp_path: Path) -> None:
    path = tmp_path / "line.txt"
    path.write_bytes(b"the council met again and again " * (LONG_LINE_BYTES // 32))

    imported = program("import", path)
    listed = program("list")

    assert imported.returncode in (0, 1)
    assert len(listed.stdout.splitlines()) == 1 - imported.returncode
    assert imported.stderr.count("\n") == imported.returncode
    assert imported.stderr[:1] == "“" * imported.returncode


def as_nobody(program: Program, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the program as a person to whom files can be forbidden; root reads everything."""
    if os.getuid() != 0:
        return program(*arguments)
    runner = (
        # What the program needs is loaded while it may be read, then the rights are given up.
        "import sys; import reader.cli, reader.intake, reader.library, reader.importers.registry, reader.inspection\n"
        "import reader.importers.encoding, reader.importers.sandbox, reader.article.codec, platformdirs\n"
        "import reader.bulk, reader.progress_line, reader.importers.markdown.importer, sqlite3, hashlib, json\n"
        f"import os; os.setgroups([]); os.setgid({NOBODY}); os.setuid({NOBODY})\n"
        "from reader.__main__ import main\n"
        "sys.exit(main())"
    )
    return subprocess.run(
        [sys.executable, "-c", runner, *map(str, arguments)],
        env=program.environment,
        cwd="/",
        capture_output=True,
        encoding="utf-8",
        timeout=300,
    )


@pytest.fixture
def open_folder(tmp_path: Path) -> Path:
    """A folder that everybody may pass through, for the time of the test."""
    for folder in (tmp_path, *tmp_path.parents):
        if folder.stat().st_uid == os.getuid() and folder != Path("/"):
            folder.chmod(folder.stat().st_mode | 0o055)
    return tmp_path


def test_a_file_that_may_not_be_read_gives_a_sentence(program: Program, open_folder: Path) -> None:
    path = open_folder / "secret.txt"
    path.write_text("A secret text.")
    path.chmod(0)

    inspected = as_nobody(program, "inspect", path, "--json")

    assert inspected.returncode == 1
    assert json.loads(inspected.stdout) == {
        "refused": "“secret.txt” could not be read. Check that you may read it, and that its disk is there."
    }


def test_a_folder_that_may_not_be_written_gives_a_sentence(program: Program, open_folder: Path, file: Path) -> None:
    locked = open_folder / "locked"
    locked.mkdir(mode=0o555)

    imported = as_nobody(program, "import", file, "--data-dir", locked / "library")

    assert imported.returncode == 1
    assert imported.stderr == (
        f"The library in “{locked / 'library'}” could not be opened for writing. "
        "Check that you may write in that folder, and that its disk is there.\n"
    )
    assert imported.stdout == ""


def test_a_library_that_may_only_be_read_gives_a_sentence(program: Program, open_folder: Path, file: Path) -> None:
    home = open_folder / "read only"
    assert program("import", file, "--data-dir", home).returncode == 0
    for path in (*home.rglob("*"), home):
        path.chmod(0o555 if path.is_dir() else 0o444)

    listed = as_nobody(program, "list", "--data-dir", home)
    imported = as_nobody(program, "import", file, "--data-dir", home)

    assert (listed.returncode, imported.returncode) == (1, 1)
    assert listed.stderr == imported.stderr
    assert "could not be opened for writing" in listed.stderr
    assert listed.stderr.count("\n") == 1


def test_a_damaged_library_gives_a_sentence(program: Program, file: Path) -> None:
    program("import", file)
    (program.home / "library" / "library.sqlite").write_bytes(b"rubbish " * 4096)

    listed = program("list", "--json")

    assert listed.returncode == 1
    assert json.loads(listed.stdout)["refused"] + "\n" == listed.stderr
    assert "is damaged; it was left as it is" in listed.stderr


# Pipes and keys


def test_a_reader_that_goes_away_is_no_error(program: Program, tmp_path: Path) -> None:
    path = tmp_path / "long.md"
    path.write_text("A line of text that is long enough to fill the pipe.\n\n" * 20_000)
    child = subprocess.Popen(
        program.command("inspect", path, "--json"),
        env=program.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert child.stdout is not None
    assert child.stderr is not None

    child.stdout.read(10)
    child.stdout.close()
    said = child.stderr.read()
    child.stderr.close()

    assert (child.wait(timeout=60), said) == (0, b"")


def test_a_full_disk_behind_the_output_is_a_sentence(program: Program, file: Path) -> None:
    with FULL_DISK.open("w") as full:
        written = subprocess.run(
            program.command("inspect", file, "--json"),
            env=program.environment,
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            timeout=60,
        )

    assert (written.returncode, written.stderr) == (1, "The result could not be written out.\n")


def test_control_c_is_quiet(program: Program, file: Path, tmp_path: Path) -> None:
    interrupted = (
        "import os, signal, sys\n"
        "from reader import cli, library\n"
        "library.Library.add_many = lambda self, files: os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.exit(cli.main(sys.argv[1:]))"
    )

    stopped = subprocess.run(
        [sys.executable, "-c", interrupted, "import", str(file)],
        env=program.environment,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )

    assert (stopped.returncode, stopped.stdout, stopped.stderr) == (130, "", "")
