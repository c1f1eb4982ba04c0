"""What a desktop is told of the program: valid by the tools that judge it, and true."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest

from desktop import describe
from reader import __version__, cli_library
from reader.cli import COMMANDS, _parser
from reader.importers.registry import FORMATS
from reader.settings import THEMES

ADDRESSES = {"homepage": "https://example.org/", "pictures": "https://example.org/pictures"}
HIDDEN_OPTIONS = {"--smoke", "--shot", "--limit"}
"""Those of ``--smoke``, which the parser of the command line never sees."""
MEDIA_TYPES = {
    ".md": "text/markdown",
    ".txt": "text/plain",
    ".html": "text/html",
    ".xhtml": "application/xhtml+xml",
    ".mht": "application/x-mimearchive",
    ".epub": "application/epub+zip",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".docm": "application/vnd.ms-word.document.macroenabled.12",
    ".dotx": "application/vnd.openxmlformats-officedocument.wordprocessingml.template",
    ".dotm": "application/vnd.ms-word.template.macroenabled.12",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ott": "application/vnd.oasis.opendocument.text-template",
    ".fodt": "application/vnd.oasis.opendocument.text-flat-xml",
}
SAME_TYPE = {".htm", ".xht", ".mhtml", ".markdown", ".mdown", ".mkd", ".mkdn", ".mdtxt", ".text", ".asc"}


def judged(program: str, package: str, *arguments: str | Path) -> str:
    """Let a tool of the system judge, and return what it had to say; skip where it is not installed."""
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed here; the package {package} has it")
    done = subprocess.run(
        [program, *map(str, arguments)],
        capture_output=True,
        text=True,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
        timeout=60,
    )
    said = done.stdout + done.stderr
    assert done.returncode == 0, said
    return said


def entry() -> dict[str, str]:
    lines = (describe.HERE / "study-reader.desktop").read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line)


# The entry in the menu


def test_the_entry_is_valid() -> None:
    assert judged("desktop-file-validate", "desktop-file-utils", describe.HERE / "study-reader.desktop") == ""


def test_the_entry_names_every_kind_of_file_that_is_read() -> None:
    endings = {ending for endings in FORMATS.values() for ending in endings}

    assert endings == MEDIA_TYPES.keys() | SAME_TYPE
    assert set(describe.media_types()) == set(MEDIA_TYPES.values())


def test_the_entry_starts_a_program_that_is_installed_and_hands_it_files() -> None:
    pyproject = (describe.ROOT / "pyproject.toml").read_text(encoding="utf-8")

    assert entry()["Exec"] == "study-reader-window %F"
    assert 'study-reader-window = "reader.__main__:main"' in pyproject


def test_the_systems_list_of_markdown_is_made_whole() -> None:
    tree = ElementTree.parse(describe.HERE / "study-reader-mime.xml")

    globs = {
        each.get("pattern", "") for each in tree.iter("{http://www.freedesktop.org/standards/shared-mime-info}glob")
    }
    assert {f"*{ending}" for ending in FORMATS["markdown"]} == globs | {"*.md", "*.markdown", "*.mkd"}


def test_the_system_takes_the_definitions(tmp_path: Path) -> None:
    (tmp_path / "packages").mkdir()
    shutil.copy(describe.HERE / "study-reader-mime.xml", tmp_path / "packages")

    judged("update-mime-database", "shared-mime-info", tmp_path)

    assert "50:text/markdown:*.mdown" in (tmp_path / "globs2").read_text().splitlines()


# The description for software centres


@pytest.mark.parametrize("addresses", [{}, ADDRESSES])
def test_the_description_is_valid(tmp_path: Path, addresses: dict[str, str]) -> None:
    file = tmp_path / describe.METAINFO
    file.write_text(describe.metainfo("1.2.3", "2026-11-24", addresses), encoding="utf-8")

    said = judged("appstreamcli", "appstream", "validate", "--no-net", file)

    assert not re.search(r"^[EW]: ", said, re.MULTILINE), said


def test_the_description_invents_no_address() -> None:
    without = describe.metainfo("1.2.3", "2026-11-24", {})

    assert "http" not in without
    assert '<release version="1.2.3" date="2026-11-24"/>' in without


def test_the_description_shows_pictures_that_there_are() -> None:
    tree = ElementTree.fromstring(describe.metainfo("1.2.3", "2026-11-24", ADDRESSES))

    images = [image.text or "" for image in tree.iter("image")]
    names = [image.removeprefix("https://example.org/pictures/") for image in images]
    assert len(names) >= 3
    assert all((describe.ROOT / "docs" / "pictures" / name).is_file() for name in names)


def test_the_description_has_the_version_of_the_program(tmp_path: Path) -> None:
    describe.write_metainfo(tmp_path / describe.METAINFO, "2026-11-24")

    tree = ElementTree.parse(tmp_path / describe.METAINFO)
    assert [release.get("version") for release in tree.iter("release")] == [__version__]
    assert {each.text for each in tree.iter("mediatype")} == set(describe.media_types())


# The man page and the completion


def options_of(name: str) -> set[str]:
    return {each for action in _parser(name)._actions for each in action.option_strings if each.startswith("--")}


def test_the_man_page_is_set_without_a_warning(tmp_path: Path) -> None:
    page = tmp_path / "study-reader.1"
    page.write_text(describe.manual("2026-11-24"), encoding="utf-8")

    said = judged("man", "man-db", "--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z", page)

    assert "warning" not in said


def test_the_man_page_tells_of_every_option_and_command_and_of_no_other() -> None:
    page = describe.manual("2026-11-24").replace("\\-", "-")

    options = set(re.findall(r"--[a-z][a-z-]*", page))
    commands = set(re.findall(r"^\.TP\n\.B ([a-z]+)$", page, re.MULTILINE))
    assert options == set().union(*map(options_of, ["", *COMMANDS])) | HIDDEN_OPTIONS
    assert commands == set(COMMANDS)
    assert all(re.search(rf"\b{theme}\b", page) for theme in THEMES)
    assert f"Study Reader {__version__}" in page


def completed(*words: str) -> set[str]:
    if shutil.which("bash") is None:
        pytest.skip("bash is not installed here")
    script = describe.HERE / "study-reader.bash-completion"
    asking = (
        'source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _study_reader; printf "%s\\n" "${COMPREPLY[@]}"'
    )
    done = subprocess.run(
        ["bash", "-c", asking, "bash", script, "study-reader", *words], capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


def test_the_completion_knows_every_option_of_every_command() -> None:
    assert completed("--") == options_of("") | HIDDEN_OPTIONS
    for name in COMMANDS:
        assert completed(name, "--") == options_of(name), name


def test_the_completion_knows_the_commands_and_the_themes(tmp_path: Path) -> None:
    assert completed("insp") == {"inspect"}
    assert completed("library", "") == set(cli_library.COMMANDS)
    assert completed("library", "check", "--") == options_of("check")
    assert completed("--theme", "") == set(THEMES)
