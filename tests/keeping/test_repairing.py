"""Libraries that are damaged in earnest: bytes of their files are changed or gone."""

from __future__ import annotations

import json
import random
import shutil
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
from reader.mending.errors import NoOriginalError
from reader.paths import Paths
from reader.store import times
from reader.store.errors import LibraryDamagedError, LibraryEmptiedError

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
    """Write nonsense over pages of a database, whatever stands on them."""
    data = bytearray(file.read_bytes())
    for page in chance.sample(range(len(data) // 4096), pages):
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


@pytest.mark.parametrize("backed_up", [True, False], ids=["with a backup", "without a backup"])
@pytest.mark.parametrize("gone", [slice(1), slice(1, None), slice(None)], ids=["its head", "the rest", "all of it"])
def test_where_the_list_of_the_tables_is_gone_it_is_put_in_anew_and_nothing_is_lost(
    filled: Paths, gone: slice, backed_up: bool
) -> None:
    with Library(filled) as library:
        if backed_up:
            library.keeping().back_up(no_step)
        library.bookmarks.add(1, PLACE, "after the backup")
    file = filled.data / FILE
    with closing(sqlite3.connect(file)) as connection:
        pages = [page for (page,) in connection.execute("SELECT pageno FROM dbstat WHERE name = 'sqlite_schema'")]
    data = bytearray(file.read_bytes())
    for page in sorted(pages)[gone]:
        data[4096 * (page - 1) : 4096 * page] = random.Random(page).randbytes(4096)
    file.write_bytes(data)

    told = rebuild(filled)

    assert told[0] == "The list of the tables was damaged; it was put in anew."
    titles, labels = state(filled)
    assert titles == {f"text {number}" for number in range(12)}
    assert labels == {"after the backup", *(f"label {number}" for number in range(12))}
    (kept,) = filled.data.glob("recovered-*")
    assert (kept / FILE).read_bytes() == data
    assert sorted(path.name for path in filled.data.glob("library.sqlite*")) == [FILE]


@pytest.mark.parametrize(("share", "texts"), [(0.5, 0), (0.9, 12)])
def test_what_stands_before_the_place_where_a_database_was_cut_off_is_kept(
    filled: Paths, share: float, texts: int
) -> None:
    kept = {path.name: path.read_bytes() for path in (filled.data / "originals").rglob("*.txt")}
    file = filled.data / FILE
    data = file.read_bytes()
    file.write_bytes(data[: int(share * len(data)) | 1])
    with pytest.raises(LibraryDamagedError), Library(filled) as library:
        library.shelf.articles()

    rebuild(filled)
    with Library(filled) as library:
        library.keeping().repair(library.keeping().check(no_step), no_step)

        assert library.keeping().check(no_step).is_sound
        library.tidy()
    titles, labels = state(filled)
    assert (len(titles), len(labels)) == (texts, texts)
    found = [*filled.data.glob("originals/*/*"), *filled.data.glob("recovered-*/originals/*/*")]
    assert {path.name: path.read_bytes() for path in found} == kept
    assert any(filled.data.glob("recovered-*/rows.json")) is (texts == 0)


@pytest.mark.parametrize("what", ["table tag", "trigger record_tag_made", "index revision_by_title"])
def test_what_a_database_must_have_and_has_not_is_found_and_made_anew(filled: Paths, what: str) -> None:
    with Library(filled) as library:
        library.catalogue.tag((1,), ("History",))
        library.keeping().back_up(no_step)
    with closing(sqlite3.connect(filled.data / FILE, isolation_level=None)) as connection:
        connection.execute(f"DROP {what}")

    with Library(filled) as library:
        found = library.keeping().check(no_step)
    rebuild(filled)

    assert f"missing: {what}" in found.database
    with Library(filled) as library:
        assert library.keeping().check(no_step).is_sound
        assert library.catalogue.tags() == {"History": 1}


@pytest.mark.parametrize("harm", ["missing", "empty", "without its log"])
def test_where_the_database_itself_is_gone_no_empty_library_takes_its_place(filled: Paths, harm: str) -> None:
    with Library(filled) as library:
        library.keeping().back_up(no_step)
    originals = sorted((filled.data / "originals").rglob("*"))
    (filled.data / FILE).unlink()
    if harm != "missing":
        (filled.data / FILE).touch()
    if harm == "without its log":  # what a first start leaves whose log was lost
        with closing(sqlite3.connect(filled.data / FILE)) as connection:
            connection.execute("PRAGMA journal_mode = WAL").fetchone()

    with pytest.raises(LibraryEmptiedError) as refused:
        Library(filled)

    assert "is missing or empty" in str(refused.value)
    assert sorted((filled.data / "originals").rglob("*")) == originals
    rebuild(filled)
    assert len(state(filled)[0]) == 12


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


def test_lost_originals_come_back_from_beside_the_backups(filled: Paths) -> None:
    with Library(filled) as library:
        library.keeping().back_up(no_step)
        before = library.original(5).read_bytes()
        shutil.rmtree(filled.data / "originals")

        found = library.keeping().check(no_step)
        repaired = library.keeping().repair(found, no_step)

        assert len(found.files) == 12
        assert repaired.told == ("12 files that were damaged or missing are whole again, from the backups.",)
        assert library.original(5).read_bytes() == before
        assert library.keeping().check(no_step).is_sound


def test_what_was_deleted_for_good_comes_back_with_a_backup_and_its_original(filled: Paths) -> None:
    with Library(filled) as library:
        backup = library.keeping().back_up(no_step)
        library.shelf.remove(3)
        library.curating().delete_for_good((3,))
        assert len(list((filled.data / "originals").glob("??/*"))) == 11

    put_back(filled.data / FILE, backup, recovery_folder(filled.data, times.now()))

    with Library(filled) as library:
        assert library.original(3).is_file()
        assert library.keeping().check(no_step).is_sound


def test_what_came_after_a_backup_that_is_put_back_is_kept_with_its_file(filled: Paths, tmp_path: Path) -> None:
    with Library(filled) as library:
        backup = library.keeping().back_up(no_step)
        (tmp_path / "later.txt").write_text("The bridge was built later.\n\nIt stands there still.")
        library.add(tmp_path / "later.txt")

    folder = recovery_folder(filled.data, times.now())
    told = put_back(filled.data / FILE, backup, folder).told
    with Library(filled) as library:
        library.tidy()

    assert told[1] == "1 file belongs to no text any more; it is in “originals” there, to be brought in again."
    (kept,) = (folder / "originals").glob("??/*")
    assert kept.read_bytes() == (tmp_path / "later.txt").read_bytes()


def test_of_many_lost_files_the_first_are_named_and_the_others_counted(
    filled: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.keeping.repairing.MAX_NAMED", 2)
    with Library(filled) as library:
        shutil.rmtree(filled.data / "originals")
        told = library.keeping().repair(library.keeping().check(no_step), no_step).told

        assert library.article(3).blocks
        with pytest.raises(NoOriginalError) as refused:
            library.original_again(3)

    assert len(told) == 3
    assert told[0].startswith("A file that “text ")
    assert told[2] == "So are 10 more files."
    assert str(refused.value).startswith("The library’s own copy of “text 2.txt” cannot be read;")


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
