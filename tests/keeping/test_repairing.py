"""Libraries that are damaged in earnest: bytes of their files are changed or gone."""

from __future__ import annotations

import json
import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from reader.article.locator import Locator
from reader.errors import ReaderError
from reader.keeping.backups import FOLDER, newest_whole
from reader.keeping.errors import InUseError, NoBackupError
from reader.keeping.repairing import put_back, rebuild_database, recovery_folder
from reader.library import FILE, Library, no_step
from reader.paths import Paths
from reader.store import times
from reader.store.errors import LibraryDamagedError

PLACE = Locator(4, 7, "ice", "The ", " on the river")


@pytest.fixture
def filled(paths: Paths, tmp_path: Path) -> Paths:
    """A closed library of twelve texts with a bookmark each."""
    with Library(paths) as library:
        for number in range(12):
            file = tmp_path / f"text {number}.txt"
            file.write_text(f"The ice on the river broke, number {number}.\n\n" + f"Word {number} of many. " * 400)
            added = library.add(file)
            library.bookmarks.add(added.article_id, PLACE, f"label {number}", f"remark {number}")
    return paths


def damage_text(paths: Paths, revision: int) -> None:
    with closing(sqlite3.connect(paths.data / FILE, isolation_level=None)) as connection:
        connection.execute(
            "UPDATE compiled SET data = CAST(substr(data, 1, 300) || x'00' || substr(data, 302) AS BLOB)"
            " WHERE revision_id = ?",
            (revision,),
        )


def test_a_sound_library_is_told_sound_and_counted(filled: Paths) -> None:
    with Library(filled) as library:
        found = library.keeping().check(no_step)

        assert found.is_sound
        assert (found.texts_checked, found.files_checked) == (12, 12)
        assert library.keeping().health().checked == found


def test_every_changed_byte_of_a_text_is_found(filled: Paths) -> None:
    damage_text(filled, 3)

    with Library(filled) as library:
        found = library.keeping().check(no_step)

    assert (found.texts, found.files, found.database) == ((3,), (), ())


def test_texts_without_a_checksum_get_one_if_they_are_whole(filled: Paths) -> None:
    with closing(sqlite3.connect(filled.data / FILE, isolation_level=None)) as connection:
        before = connection.execute("SELECT revision_id, sha256 FROM compiled").fetchall()
        connection.execute("UPDATE compiled SET sha256 = NULL")
    damage_text(filled, 3)

    with Library(filled) as library:
        assert library.keeping().check(no_step).texts == (3,)

    with closing(sqlite3.connect(filled.data / FILE)) as connection:
        after = connection.execute("SELECT revision_id, sha256 FROM compiled").fetchall()
    assert after == [(revision, None if revision == 3 else digest) for revision, digest in before]


def test_a_damaged_text_comes_back_from_a_backup(filled: Paths) -> None:
    with Library(filled) as library:
        library.keeping().back_up(no_step)
        whole = library.article(3)
    damage_text(filled, 3)

    with Library(filled) as library:
        repaired = library.keeping().repair(library.keeping().check(no_step), no_step)

        assert library.article(3) == whole
        assert library.keeping().check(no_step).is_sound
    assert repaired.folder is not None
    assert repaired.told == (
        "“text 2” was damaged and is whole again, from a backup.",
        f"What was there before is in “{repaired.folder}”.",
    )
    assert [file.name for file in repaired.folder.iterdir()] == ["revision-3.damaged"]


def test_a_damaged_text_is_read_again_from_its_original(filled: Paths) -> None:
    with Library(filled) as library:
        whole = library.article(3)
    damage_text(filled, 3)

    with Library(filled) as library:
        repaired = library.keeping().repair(library.keeping().check(no_step), no_step)

        assert library.article(3) == whole
        assert [mark.label for mark in library.bookmarks.of(3)] == ["label 2"]
    assert repaired.told[0] == "“text 2” was damaged and was read again from the file that it came from."


def test_a_mended_text_that_is_read_again_from_its_original_is_told_without_what_was_mended(filled: Paths) -> None:
    with Library(filled) as library:
        manuscript = library.manuscript(3)
        library.revise(3, manuscript.text + "\n\nA word of mine.\n", manuscript.revision)
        mended = library.shelf.entry(3).revision
        damage_text(filled, mended)
        found = library.keeping().check(no_step)
        repaired = library.keeping().repair(found, no_step)

        assert found.texts == (mended,)
        assert library.manuscript(3).text == manuscript.text
    assert repaired.told[0] == (
        "“text 2” was damaged and was read again from the file that it came from. What was mended in it by hand is"
        " lost; look whether an earlier version still has it."
    )


def test_a_text_that_nothing_has_any_more_leaves_its_bookmarks_readable(filled: Paths) -> None:
    with Library(filled) as library:
        library.original(3).write_bytes(b"\x00\x01")
        uuid = library.shelf.entry(3).uuid
    damage_text(filled, 3)

    with Library(filled) as library:
        repaired = library.keeping().repair(library.keeping().check(no_step), no_step)

        assert [mark.label for mark in library.bookmarks.of(3)] == ["label 2"]
    assert repaired.folder is not None
    assert "remark 2" in (repaired.folder / f"{uuid}.md").read_text()
    (mark,) = json.loads((repaired.folder / f"{uuid}.jsonld").read_bytes())["items"]
    assert mark["target"]["selector"][1]["exact"] == "ice"


@pytest.mark.parametrize("harm", ["changed", "missing"])
def test_a_damaged_original_is_told_and_whole_again_when_the_file_is_brought_in(
    filled: Paths, tmp_path: Path, harm: str
) -> None:
    with Library(filled) as library:
        original = library.original(5)
        if harm == "changed":
            original.write_bytes(original.read_bytes()[:-1] + b"!")
        else:
            original.unlink()

        found = library.keeping().check(no_step)
        repaired = library.keeping().repair(found, no_step)

        library.add(tmp_path / "text 4.txt")
        assert library.keeping().check(no_step).is_sound
        assert library.shelf.entry(5).number == 1

    assert found.files == (f"{original.parent.name}/{original.name}",)
    assert repaired.told[0].startswith("A file that “text 4” came from is damaged or missing")


def rebuild(paths: Paths) -> tuple[str, ...]:
    folder = recovery_folder(paths.data, times.now())
    return rebuild_database(paths.data / FILE, paths.data / FOLDER, folder).told


def state(paths: Paths) -> tuple[set[str], set[str]]:
    """Return the titles of texts that can be read, and the labels of bookmarks."""
    with Library(paths) as library:
        titles = set()
        for entry in library.shelf.articles():
            try:
                library.article(entry.id)
                titles.add(entry.title)
            except ReaderError:
                continue
        return titles, {each.bookmark.label for each in library.bookmarks.all()}


def spoil(file: Path, chance: random.Random, pages: int) -> None:
    """Write nonsense over pages of a database, but not over those that say which tables there are."""
    with closing(sqlite3.connect(file)) as connection:
        contents = {page for (page,) in connection.execute("SELECT pageno FROM dbstat WHERE name = 'sqlite_schema'")}
    data = bytearray(file.read_bytes())
    for page in chance.sample(sorted({*range(len(data) // 4096)} - {page - 1 for page in contents}), pages):
        data[4096 * page : 4096 * (page + 1)] = chance.randbytes(4096)
    file.write_bytes(data)


@pytest.mark.parametrize("seed", range(8))
def test_what_a_damaged_database_still_has_is_salvaged_and_the_rest_comes_from_the_backup(
    filled: Paths, seed: int
) -> None:
    with Library(filled) as library:
        library.keeping().back_up(no_step)
        library.bookmarks.add(1, PLACE, "after the backup")
    spoil(filled.data / FILE, random.Random(seed), 4)

    told = rebuild(filled)
    with Library(filled) as library:
        library.keeping().repair(library.keeping().check(no_step), no_step)

    titles, labels = state(filled)
    assert titles == {f"text {number}" for number in range(12)}
    assert labels >= {f"label {number}" for number in range(12)}
    assert told[-1].startswith("The library as it was is in")
    with Library(filled) as library:
        assert library.keeping().check(no_step).is_sound


@pytest.mark.parametrize("seed", range(8))
def test_without_a_backup_what_can_be_read_is_kept_and_the_library_opens(filled: Paths, seed: int) -> None:
    spoil(filled.data / FILE, random.Random(seed), 2)

    rebuild(filled)
    with Library(filled) as library:
        library.keeping().repair(library.keeping().check(no_step), no_step)

        assert not library.keeping().check(no_step).database
    titles, labels = state(filled)
    assert len(titles) + len(labels) > 12


def test_where_the_list_of_the_tables_is_gone_the_backup_takes_its_place(filled: Paths) -> None:
    with Library(filled) as library:
        library.keeping().back_up(no_step)
    file = filled.data / FILE
    with closing(sqlite3.connect(file)) as connection:
        pages = [page for (page,) in connection.execute("SELECT pageno FROM dbstat WHERE name = 'sqlite_schema'")]
    data = bytearray(file.read_bytes())
    for page in pages[1:]:
        data[4096 * (page - 1) : 4096 * page] = bytes(4096)
    file.write_bytes(data)

    rebuild(filled)

    assert state(filled) == ({f"text {number}" for number in range(12)}, {f"label {number}" for number in range(12)})


@pytest.mark.parametrize("harm", [b"", b"not a database " * 1000])
def test_a_library_of_which_nothing_is_left_is_the_newest_whole_backup(filled: Paths, harm: bytes) -> None:
    with Library(filled) as library:
        library.keeping().back_up(no_step)
    (filled.data / FILE).write_bytes(harm)

    if harm:
        with pytest.raises(LibraryDamagedError):
            Library(filled)
    rebuild(filled)

    assert len(state(filled)[0]) == 12


def test_a_library_of_which_nothing_is_left_and_no_backup_is_left_alone(filled: Paths) -> None:
    (filled.data / FILE).write_bytes(b"not a database " * 1000)

    with pytest.raises(NoBackupError):
        rebuild(filled)

    assert (filled.data / FILE).read_bytes() == b"not a database " * 1000
    assert not list(filled.data.glob("recovered-*"))


def test_a_library_that_is_open_is_not_rebuilt(filled: Paths) -> None:
    with Library(filled), pytest.raises(InUseError):
        rebuild(filled)


def test_bookmarks_of_a_text_that_is_lost_are_put_where_a_person_can_read_them(filled: Paths) -> None:
    with closing(sqlite3.connect(filled.data / FILE, isolation_level=None)) as connection:
        connection.execute("DELETE FROM revision WHERE article_id = 4")  # foreign keys are off: as damage does

    told = rebuild(filled)

    (folder,) = filled.data.glob("recovered-*")
    (mark,) = json.loads((folder / "rows.json").read_text())["bookmark"]
    assert (mark["label"], mark["remark"]) == ("label 3", "remark 3")
    assert any("rows.json" in sentence for sentence in told)


def test_a_backup_is_put_back_and_what_was_there_is_kept(filled: Paths) -> None:
    with Library(filled) as library:
        library.keeping().back_up(no_step)
        library.shelf.remove(1)
        library.bookmarks.add(2, PLACE, "later")
    backup = newest_whole(filled.data / FOLDER)
    assert backup is not None

    folder = recovery_folder(filled.data, times.now())
    put_back(filled.data / FILE, backup, folder)

    assert state(filled) == ({f"text {number}" for number in range(12)}, {f"label {number}" for number in range(12)})
    with closing(sqlite3.connect(folder / FILE)) as connection:
        assert connection.execute("SELECT count(*) FROM bookmark WHERE label = 'later'").fetchone() == (1,)
