"""Archives are read within limits, and nothing in them leads anywhere."""

from __future__ import annotations

import os
import stat
import warnings
import zipfile
from pathlib import Path

import pytest

from reader.errors import EmptyFileError, FolderError, MissingFileError, ReaderError, TooLargeError, UnreadableFileError
from reader.importers import archive as archives
from reader.importers.archive import (
    Archive,
    CrowdedArchiveError,
    EncryptedArchiveError,
    NotAnArchiveError,
    clean_name,
)


def write(path: Path, **members: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members.items():
            made.writestr(name.replace("__", "/"), data)
    return path


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("a/b.txt", "a/b.txt"),
        ("a\\b.txt", "a/b.txt"),
        ("./a//b.txt", "a/b.txt"),
        ("a/../b.txt", "b.txt"),
        ("/etc/passwd", "etc/passwd"),
        ("../b.txt", ""),
        ("a/../../b.txt", ""),
        ("..", ""),
        ("C:\\b.txt", ""),
        ("file:///b.txt", ""),
        ("b.txt\0.png", "b.txt"),
    ],
)
def test_a_name_is_made_clean_or_refused(name: str, clean: str) -> None:
    assert clean_name(name) == clean


def test_a_member_is_found_percent_encoded_and_in_other_letter_case(tmp_path: Path) -> None:
    with Archive(write(tmp_path / "a.zip", Text__ä=b"1", Text__B=b"2")) as archive:
        assert archive.find("Text/%C3%A4") == "Text/ä"
        assert archive.find("text/b") == "Text/B"
        assert archive.find("%2e%2e/Text/B") is None


def test_of_two_members_with_one_name_the_last_counts(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with warnings.catch_warnings(), zipfile.ZipFile(path, "w") as made:
        warnings.simplefilter("ignore")
        made.writestr("a", b"first")
        made.writestr("a", b"second")

    with Archive(path) as archive:
        assert (archive.names, archive.read("a")) == (("a",), b"second")


def test_a_link_in_an_archive_is_no_member(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as made:
        link = zipfile.ZipInfo("link")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        made.writestr(link, "/etc/passwd")

    with Archive(path) as archive:
        assert archive.names == ()


def test_a_member_that_unpacks_to_far_more_than_it_is_is_not_read(tmp_path: Path) -> None:
    with Archive(write(tmp_path / "a.zip", bomb=bytes(40 * 2**20))) as archive:
        assert archive.read("bomb") is None


def test_a_member_that_says_it_is_small_is_read_no_further_than_the_limit(tmp_path: Path) -> None:
    path = write(tmp_path / "a.zip", a=os.urandom(2**20))

    with Archive(path) as archive:
        assert archive.read("a", limit=1000) is None


def test_all_that_is_read_is_limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_ALL_BYTES", 3000)

    with Archive(write(tmp_path / "a.zip", a=bytes(2000), b=bytes(2000))) as archive:
        archive.read("a")
        with pytest.raises(TooLargeError):
            archive.read("b")


def test_an_archive_of_too_many_members_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_MEMBERS", 1)

    with pytest.raises(CrowdedArchiveError):
        Archive(write(tmp_path / "a.zip", a=b"", b=b""))


def test_a_list_of_members_too_long_to_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_DIRECTORY_BYTES", 100)

    with pytest.raises(CrowdedArchiveError):
        Archive(write(tmp_path / "a.zip", a=b"", b=b"", c=b""))


def test_an_encrypted_member_is_told_as_protected(tmp_path: Path) -> None:
    path = write(tmp_path / "a.zip", a=b"text")
    data = bytearray(path.read_bytes())
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(sign) + at] |= 1
    path.write_bytes(data)

    with Archive(path) as archive, pytest.raises(EncryptedArchiveError, match="password"):
        archive.read("a")


def test_a_file_not_copied_whole_gives_the_members_that_are_there(tmp_path: Path) -> None:
    path = write(tmp_path / "a.zip", a=b"one " * 1000, b=os.urandom(5000), c=b"three")
    path.write_bytes(path.read_bytes()[:3000])

    with Archive(path) as archive:
        assert archive.damaged
        assert archive.read("a") == b"one " * 1000
        assert archive.names[0] == "a"


def test_what_is_no_archive_is_refused_with_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(b"no archive at all")

    with pytest.raises(NotAnArchiveError, match=r"“a\.zip” could not be opened"):
        Archive(path)


def test_only_files_are_opened(tmp_path: Path) -> None:
    pipe, empty = tmp_path / "pipe", tmp_path / "empty"
    os.mkfifo(pipe)
    empty.touch()

    found: list[type[ReaderError]] = []
    for path in (tmp_path / "missing", tmp_path, pipe, Path("/dev/zero"), empty):
        with pytest.raises(ReaderError) as told:
            Archive(path)
        found.append(told.type)

    assert found == [MissingFileError, FolderError, UnreadableFileError, UnreadableFileError, EmptyFileError]
