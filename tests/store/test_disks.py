from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from reader.store.connection import Database, transaction
from reader.store.disks import is_remote

LOCAL = """\
/dev/sda1 / ext4 rw 0 0
server:/home {here}/far nfs4 rw,addr=10.0.0.1 0 0
//server/texts {here}/far\\040away cifs rw 0 0
/dev/sdb1 {here}/far/stick vfat rw 0 0
tmpfs {here}/farm tmpfs rw 0 0
"""


@pytest.fixture
def listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A system that has these disks; return where they are."""
    mounts = tmp_path / "mounts"
    mounts.write_text(LOCAL.replace("{here}", str(tmp_path)))
    monkeypatch.setattr("reader.store.disks.MOUNTS", mounts)
    monkeypatch.setattr("reader.store.disks.sys.platform", "linux")
    for name in ("far", "far/stick", "far away", "farm"):
        (tmp_path / name).mkdir()
    return tmp_path


@pytest.mark.parametrize(
    ("folder", "remote"),
    [
        ("far", True),
        ("far/deep/in/it", True),
        ("far away", True),
        ("far/stick/library", False),
        ("farm", False),
        (".", False),
    ],
)
def test_a_disk_of_the_network_is_told_by_its_kind(listed: Path, folder: str, remote: bool) -> None:
    assert is_remote(listed / folder) is remote


def test_a_link_leads_to_the_disk_that_counts(listed: Path) -> None:
    (listed / "near").symlink_to(listed / "far")

    assert is_remote(listed / "near")


def test_where_the_system_tells_nothing_a_disk_counts_as_near(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.store.disks.MOUNTS", tmp_path / "nothing")

    assert not is_remote(tmp_path)


def journal_mode(database: Database) -> str:
    return str(database.connection().execute("PRAGMA journal_mode").fetchone()[0])


def test_a_library_on_a_network_drive_has_no_write_ahead_log(listed: Path) -> None:
    file = listed / "far" / "library.sqlite"
    with closing(Database(file)) as database:
        with transaction(database) as connection:
            connection.execute("INSERT INTO article (uuid, added) VALUES ('kept', '2020')")

        assert journal_mode(database) == "delete"
        assert not list(file.parent.glob("*-wal"))


def test_a_library_that_is_copied_to_a_network_drive_leaves_its_write_ahead_log(listed: Path) -> None:
    near, far = listed / "library.sqlite", listed / "far" / "library.sqlite"
    with closing(Database(near)) as database:
        with transaction(database) as connection:
            connection.execute("INSERT INTO article (uuid, added) VALUES ('kept', '2020')")
        assert journal_mode(database) == "wal"
        for name in ("", "-wal"):  # as it is while it is open: what was written is in the log
            far.with_name(far.name + name).write_bytes(near.with_name(near.name + name).read_bytes())

    with closing(Database(far)) as database, closing(sqlite3.connect(far)) as other:
        assert journal_mode(database) == "delete"
        assert other.execute("SELECT uuid FROM article").fetchall() == [("kept",)]
        with transaction(database) as connection:
            connection.execute("UPDATE article SET uuid = 'changed'")
        assert other.execute("SELECT uuid FROM article").fetchall() == [("changed",)]
