from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from reader.article.annotation import ReadingPosition
from reader.article.codec import DamagedArticleError
from reader.article.locator import Locator, locator
from reader.article.text import CanonicalText
from reader.errors import CancelledError, EmptyFileError, FolderError, MissingFileError, ReaderError
from reader.library import Added, History, Library, Outcome
from reader.paths import Paths
from reader.store.connection import transaction
from reader.store.errors import LibraryFullError

PARAGRAPHS = (
    "In the spring the ice on the river broke, and the ferrymen carried their boats down to the water again.",
    "The council met every Tuesday in the old school, where the benches were too low for grown people.",
    "Nobody wrote down who had spoken first, but everybody remembered what the miller had said about the bridge.",
    "When the bridge was built at last, the ferrymen painted their boats and sold them to the town.",
)
ARTICLE = "---\ntitle: The Ferry\nauthor: A. Writer\n---\n\n# Spring\n\n" + "\n\n".join(PARAGRAPHS) + "\n"
OTHER = (
    "---\ntitle: The Mill\nauthor: A. Writer\n---\n\n"
    "Grain came in October on carts that were older than their drivers.\n\n"
    "The wheel turned day and night while the frost held off, and the flour was white as the first snow.\n"
)
NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def library(paths: Paths, clock: Clock) -> Iterator[Library]:
    with Library(paths, clock) as library:
        yield library


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return written(tmp_path / "ferry.md", ARTICLE)


def written(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def place(library: Library, article_id: int, words: str) -> Locator:
    text = CanonicalText(library.article(article_id))
    start = text.string.index(words)
    return locator(text, start, start + len(words))


# What comes in


def test_a_file_becomes_an_article_on_the_shelf(library: Library, file: Path) -> None:
    added = library.add(file)

    entry = library.shelf.entry(added.article_id)
    assert added == Added(1, Outcome.NEW)
    assert (entry.title, entry.authors, entry.format, entry.number) == ("The Ferry", ("A. Writer",), "markdown", 1)
    assert entry.words == len(" ".join(("Spring", *PARAGRAPHS)).split())
    assert [block.text for block in library.article(1).blocks] == ["Spring", *PARAGRAPHS]


def test_the_original_file_is_kept(library: Library, file: Path) -> None:
    added = library.add(file)
    file.unlink()

    assert library.original(added.article_id).read_text(encoding="utf-8") == ARTICLE
    assert library.original(added.article_id).suffix == ".md"


def test_sections_are_read_one_by_one(library: Library, file: Path) -> None:
    library.add(file)

    compiled = library.compiled(1)

    assert compiled.metadata.title == "The Ferry"
    assert [section.title for section in compiled.sections] == ["Spring"]
    assert compiled.blocks(0) == library.article(1).blocks


def test_a_picture_comes_with_its_article(library: Library, tmp_path: Path) -> None:
    (tmp_path / "map.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    library.add(written(tmp_path / "a.md", ARTICLE + "\n![A map](map.svg)\n"))
    (tmp_path / "map.svg").unlink()

    (name,) = {block.detail.resource for block in library.article(1).blocks if hasattr(block.detail, "resource")}
    assert library.resource(1, name) == b'<svg xmlns="http://www.w3.org/2000/svg"/>'
    assert library.resource(1, "other.svg") is None


def test_the_same_bytes_are_known_wherever_they_lie(library: Library, file: Path, tmp_path: Path) -> None:
    library.add(file)
    copy = written(tmp_path / "copy.md", ARTICLE)

    assert library.add(file) == Added(1, Outcome.KNOWN)
    assert library.add(copy) == Added(1, Outcome.KNOWN)
    assert len(library.shelf.articles()) == 1


def test_a_removed_article_that_is_added_again_comes_back_with_its_bookmarks(library: Library, file: Path) -> None:
    library.add(file)
    bookmark = library.bookmarks.add(1, place(library, 1, "the miller"))
    library.shelf.remove(1)

    assert library.add(file) == Added(1, Outcome.KNOWN)

    assert library.bookmarks.of(1) == (bookmark,)
    assert library.shelf.entry(1).bookmark_count == 1


def test_a_file_whose_name_is_no_text_is_brought_in(library: Library, tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))
    path.write_text("\n\n".join(PARAGRAPHS))

    library.add(path)

    assert library.shelf.entry(1).title == "caf"
    assert library.add(written(path, "\n\n".join((*PARAGRAPHS, "One more.")))).outcome is Outcome.REVISED


# Revisions


def test_a_revised_file_is_a_new_revision_of_its_article(library: Library, file: Path) -> None:
    library.add(file)

    added = library.add(written(file, ARTICLE.replace("every Tuesday", "every Wednesday")))

    assert added == Added(1, Outcome.REVISED)
    assert library.shelf.entry(1).number == 2
    assert "every Wednesday" in library.article(1).blocks[2].text


def test_bookmarks_move_with_their_words(library: Library, file: Path) -> None:
    library.add(file)
    bookmark = library.bookmarks.add(1, place(library, 1, "the miller had said"), "label", "remark")

    added = library.add(
        written(file, ARTICLE.replace("# Spring\n", "# Spring\n\nA new paragraph before all others.\n"))
    )

    (moved,) = library.bookmarks.of(1)
    assert added == Added(1, Outcome.REVISED, bookmarks_found=1)
    assert moved.target == place(library, 1, "the miller had said")
    assert moved.target.start == bookmark.target.start + len("A new paragraph before all others.\n")
    assert (moved.id, moved.label, moved.remark, moved.lost) == (bookmark.id, "label", "remark", False)
    assert (moved.created, moved.changed) == (bookmark.created, bookmark.changed)


def test_a_bookmark_whose_words_are_gone_is_kept_as_lost_and_found_by_a_later_revision(
    library: Library, file: Path
) -> None:
    library.add(file)
    bookmark = library.bookmarks.add(1, place(library, 1, PARAGRAPHS[2]))
    written(file, ARTICLE.replace(PARAGRAPHS[2], "Something else stands here now, about bees and their keepers."))

    assert library.add(file) == Added(1, Outcome.REVISED, bookmarks_found=0, bookmarks_lost=1)
    (lost,) = library.bookmarks.of(1)
    assert library.add(written(file, ARTICLE)) == Added(1, Outcome.REVISED, bookmarks_found=1)
    (found,) = library.bookmarks.of(1)

    assert (lost.lost, lost.target) == (True, bookmark.target)
    assert (found.lost, found.target) == (False, bookmark.target)


def test_the_reading_position_and_the_history_move_too(library: Library, file: Path) -> None:
    library.add(file)
    library.reading.save(1, ReadingPosition(place(library, 1, "When the bridge"), 0.7, NOON))
    library.reading.save_history(1, History((place(library, 1, "Nobody wrote"),), 1))

    library.add(written(file, ARTICLE.replace("# Spring\n", "# Spring\n\nA new paragraph before all others.\n")))

    position = library.reading.position(1)
    assert position == ReadingPosition(place(library, 1, "When the bridge"), 0.7, NOON)
    assert library.reading.history(1) == History((place(library, 1, "Nobody wrote"),), 1)


def test_a_position_whose_words_are_gone_stays_at_its_share(library: Library, file: Path) -> None:
    library.add(file)
    text = CanonicalText(library.article(1))
    half = text.string.index(PARAGRAPHS[2])
    library.reading.save(1, ReadingPosition(locator(text, half, half + len(PARAGRAPHS[2])), 0.5, NOON))

    library.add(written(file, ARTICLE.replace(PARAGRAPHS[2], "x")))

    position = library.reading.position(1)
    assert position is not None
    length = len(CanonicalText(library.article(1)))
    assert position.target.start == half * length // len(text)


def test_a_mended_copy_elsewhere_with_the_same_title_is_a_revision(
    library: Library, file: Path, tmp_path: Path
) -> None:
    library.add(file)

    mended = written(tmp_path / "mended.md", ARTICLE.replace("too low", "much too low"))

    assert library.add(mended) == Added(1, Outcome.REVISED)


def test_another_article_saved_over_the_same_path_is_a_new_article(library: Library, file: Path) -> None:
    library.add(file)

    added = library.add(written(file, OTHER))

    assert added == Added(2, Outcome.NEW)
    assert [entry.title for entry in library.shelf.articles()] == ["The Mill", "The Ferry"]
    assert library.add(written(file, OTHER + "\nA line more.\n")) == Added(2, Outcome.REVISED)


def test_another_article_of_the_same_title_and_author_is_a_new_article(
    library: Library, file: Path, tmp_path: Path
) -> None:
    library.add(file)

    added = library.add(written(tmp_path / "other.md", OTHER.replace("The Mill", "The Ferry")))

    assert added == Added(2, Outcome.NEW)


def test_an_older_text_from_elsewhere_does_not_undo_the_newer_one(library: Library, file: Path, tmp_path: Path) -> None:
    old = written(tmp_path / "backup.md", ARTICLE)
    library.add(file)
    library.add(written(file, ARTICLE.replace("too low", "much too low")))

    assert library.add(old) == Added(1, Outcome.KNOWN)

    assert library.shelf.entry(1).number == 2


def test_an_open_article_goes_on_while_a_revision_comes_in(library: Library, file: Path) -> None:
    library.add(file)
    compiled = library.compiled(1)

    library.add(written(file, ARTICLE.replace("every Tuesday", "every Wednesday")))

    assert "every Tuesday" in compiled.blocks(0)[2].text


def test_a_stored_text_that_is_damaged_is_mended_by_the_same_file(library: Library, file: Path) -> None:
    library.add(file)
    with transaction(library._database) as connection:
        connection.execute("UPDATE compiled SET data = zeroblob(40)")
    with pytest.raises(DamagedArticleError):
        library.article(1)

    library.add(file)

    assert library.article(1).blocks[0].text == "Spring"
    assert len(library.shelf.articles()) == 1


def test_a_known_file_is_told_by_its_bytes_and_not_read(
    library: Library, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.add(file)
    monkeypatch.setattr("reader.intake.decode", lambda data: pytest.fail("the text was decoded"))
    monkeypatch.setattr(library, "readers", lambda: None)

    assert library.add(file).outcome is Outcome.KNOWN


def test_a_known_file_whose_stored_text_lost_a_bit_is_read_again(library: Library, file: Path) -> None:
    library.add(file)
    with transaction(library._database) as connection:
        ((data,),) = connection.execute("SELECT data FROM compiled")
        connection.execute("UPDATE compiled SET data = ?", (data[:-3] + bytes([data[-3] ^ 1]) + data[-2:],))

    library.add(file)

    assert library.article(1).blocks[0].text == "Spring"


# What cannot come in


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (lambda path: None, MissingFileError),
        (lambda path: path.mkdir(), FolderError),
        (lambda path: path.touch(), EmptyFileError),
        (lambda path: path.write_bytes(b" \n\t\n"), EmptyFileError),
    ],
)
def test_what_is_no_text_is_refused_and_nothing_is_left(library: Library, tmp_path: Path, make, error) -> None:
    path = tmp_path / "thing.md"
    make(path)

    with pytest.raises(error):
        library.add(path)

    assert library.shelf.articles() == ()
    assert not (library.paths.data / "originals").exists()


def test_an_import_that_is_stopped_leaves_nothing(library: Library, file: Path) -> None:
    def stop(share: float) -> None:
        raise CancelledError

    with pytest.raises(CancelledError):
        library.add(file, stop)

    assert library.shelf.articles() == ()


def test_a_file_that_cannot_be_stored_leaves_nothing(library: Library, file: Path, paths: Paths) -> None:
    (paths.data / "originals").write_text("a file where the folder should be")

    with pytest.raises(ReaderError, match="could not be opened for writing"):
        library.add(file)

    assert library.shelf.articles() == ()


def test_a_disk_that_is_full_gives_a_sentence_and_leaves_nothing(
    library: Library, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(LibraryFullError):
            library.add(file)

    assert library.shelf.articles() == ()
    assert [path for path in (library.paths.data / "originals").rglob("*") if path.is_file()] == []
    assert library.add(file) == Added(1, Outcome.NEW)


# The program's own editions


def test_a_first_start_brings_the_bundled_edition(library: Library) -> None:
    (added,) = library.add_bundled()

    assert added.outcome is Outcome.NEW
    assert library.shelf.entry(added.article_id).words > 2000
    assert library.add_bundled() == ()


def test_a_newer_edition_is_a_revision(library: Library, tmp_path: Path) -> None:
    written(tmp_path / "editions" / "ferry.md", ARTICLE)
    library.add_bundled(tmp_path / "editions")
    library.bookmarks.add(1, place(library, 1, "the miller"))
    written(tmp_path / "editions" / "ferry.md", OTHER.replace("Grain", ARTICLE.split("---\n")[2] + "Grain"))

    assert library.add_bundled(tmp_path / "editions") == (Added(1, Outcome.REVISED, bookmarks_found=1),)


def test_an_edition_that_a_person_removed_does_not_come_back(library: Library, tmp_path: Path, clock: Clock) -> None:
    edition = written(tmp_path / "editions" / "ferry.md", ARTICLE)
    library.add_bundled(tmp_path / "editions")
    library.shelf.remove(1)

    assert library.add_bundled(tmp_path / "editions") == ()
    clock.now += timedelta(days=400)
    library.tidy()
    written(edition, ARTICLE + "\nA line more.\n")
    assert library.add_bundled(tmp_path / "editions") == ()
    assert library.shelf.articles() == ()


# Tidying


def test_what_was_removed_long_ago_is_deleted_with_its_files(library: Library, file: Path, clock: Clock) -> None:
    library.add(file)
    original = library.original(1)
    library.shelf.remove(1)

    library.tidy()
    assert original.exists()
    clock.now += timedelta(days=31)
    library.tidy()

    assert not original.exists()
    with pytest.raises(ReaderError):
        library.shelf.restore(1)


def test_a_draft_lives_as_long_as_its_article_can_be_brought_back(library: Library, file: Path, clock: Clock) -> None:
    library.add(file)
    draft = written(library.paths.data / "drafts" / f"{library.shelf.entry(1).uuid}-0a1b2c3d.json", "{}")
    library.shelf.remove(1)

    library.tidy()
    assert draft.exists()
    clock.now += timedelta(days=31)
    library.tidy()

    assert not draft.exists()


def test_tidying_leaves_the_files_of_every_revision(library: Library, file: Path) -> None:
    library.add(file)
    library.add(written(file, ARTICLE.replace("too low", "much too low")))

    library.tidy()

    assert len(list((library.paths.data / "originals").glob("*/*"))) == 2


def test_what_an_interrupted_import_left_is_swept(library: Library, file: Path) -> None:
    library.add(file)
    orphan = written(library.paths.data / "originals" / "ab" / "cdef.md.77.part", "half a fi")

    library.tidy()

    assert not orphan.exists()
    assert library.original(1).exists()


def test_the_background_work_of_a_start_sweeps(paths: Paths) -> None:
    orphan = written(paths.data / "originals" / "ab" / "cdef.md.77.part", "half a fi")

    with Library(paths) as library:
        library.refresh_index()

    assert not orphan.exists()


# Searching


def test_what_was_indexed_is_found_with_the_words_around_it(library: Library, file: Path) -> None:
    library.add(file)
    library.refresh_index()

    answer = library.search("miller")

    (group,) = answer.groups
    (hit,) = group.hits
    assert (answer.total, answer.hint) == (1, "")
    assert (group.entry.id, hit.article_id, hit.passage, hit.section_title) == (1, 1, 3, "Spring")
    assert [PARAGRAPHS[2][start:end] for start, end in hit.ranges] == ["miller"]
    assert "what the miller had said" in hit.snippet.text


def test_a_search_in_one_article_leaves_the_others(library: Library, file: Path, tmp_path: Path) -> None:
    library.add(file)
    library.add(written(tmp_path / "mill.md", OTHER))
    library.refresh_index()

    assert {group.entry.id for group in library.search("the").groups} == {1, 2}
    assert {group.entry.id for group in library.search("the", article_id=2).groups} == {2}


def test_a_search_can_be_stopped_between_two_places(library: Library, tmp_path: Path) -> None:
    library.add(written(tmp_path / "a.md", "# A\n\n" + "The miller sang.\n\n" * 30))
    library.add(written(tmp_path / "b.md", "# B\n\nThe miller slept.\n"))
    library.refresh_index()
    shares: list[float] = []

    def until_the_second_text(share: float) -> None:
        shares.append(share)
        if share:
            raise CancelledError

    with pytest.raises(CancelledError):
        library.search("miller", step=until_the_second_text)

    assert shares[-1] == 0.5


def test_the_places_of_one_text_can_be_stopped_between(library: Library, tmp_path: Path) -> None:
    library.add(written(tmp_path / "a.md", "# A\n\n" + "The miller sang.\n\n" * 30))
    library.refresh_index()
    steps: list[float] = []

    library.search("miller", step=steps.append)

    assert len(steps) > 30


def test_notes_and_titles_are_found_and_named(library: Library, tmp_path: Path) -> None:
    library.add(written(tmp_path / "a.md", ARTICLE.replace("again.", "again.[^1]") + "\n[^1]: See the gazette.\n"))
    library.refresh_index()

    (in_note,) = library.search("gazette").groups[0].hits
    (in_title, *_) = library.search("Ferry").groups[0].hits

    assert in_note.section_title == "Notes"
    assert in_note.snippet.text == "See the gazette."
    assert in_title.snippet.text.startswith("The Ferry")


def test_the_index_follows_revisions_and_removals(library: Library, file: Path) -> None:
    library.add(file)
    library.refresh_index()
    library.add(written(file, ARTICLE.replace("miller", "baker")))
    library.refresh_index()

    assert (library.search("miller").total, library.search("baker").total) == (0, 1)
    library.shelf.remove(1)
    library.refresh_index()
    assert library.search("baker").total == 0
    library.shelf.restore(1)
    library.refresh_index()
    assert library.search("baker").total == 1


def test_a_hit_that_the_text_no_longer_has_is_not_shown(library: Library, file: Path) -> None:
    library.add(file)
    library.refresh_index()

    library.add(written(file, ARTICLE.replace("miller", "baker")))

    assert library.search("miller").groups == ()


def test_an_article_removed_after_it_was_indexed_is_not_shown(library: Library, file: Path) -> None:
    library.add(file)
    library.refresh_index()

    library.shelf.remove(1)

    assert library.search("miller").groups == ()


def test_an_index_that_is_missing_or_damaged_is_made_anew(library: Library, file: Path, paths: Paths) -> None:
    library.add(file)
    library.refresh_index()
    for path in (paths.cache / "index").rglob("*"):
        if path.is_file():
            path.write_bytes(b"rubbish")

    library.refresh_index()

    assert library.search("miller").total == 1


@pytest.mark.parametrize("query", ["", " ", '"', "*", "AND", "NOT", "(", ")))", "\0", "a" * 10_000, "🙂", "-"])
def test_whatever_is_typed_gives_an_answer(library: Library, file: Path, query: str) -> None:
    library.add(file)
    library.refresh_index()

    assert library.search(query).groups == ()


def test_indexing_can_be_stopped_and_goes_on_later(library: Library, file: Path) -> None:
    library.add(file)

    def stop(share: float) -> None:
        raise CancelledError

    with pytest.raises(CancelledError):
        library.refresh_index(stop)
    library.refresh_index()

    assert library.search("miller").total == 1


# The whole of it


def test_everything_is_there_after_a_restart(paths: Paths, file: Path) -> None:
    with Library(paths) as before:
        before.add(file)
        bookmark = before.bookmarks.add(1, place(before, 1, "the miller"), "label")
        before.reading.save(1, ReadingPosition(place(before, 1, "Nobody"), 0.5, NOON))

    with Library(paths) as after:
        assert after.bookmarks.of(1) == (bookmark,)
        assert after.reading.last_article() == 1
        assert after.reading.position(1) == ReadingPosition(place(after, 1, "Nobody"), 0.5, NOON)
        assert after.article(1).metadata.title == "The Ferry"


def test_two_windows_see_what_the_other_did(paths: Paths, file: Path) -> None:
    with Library(paths) as one, Library(paths) as two:
        one.add(file)
        made = two.bookmarks.add(1, place(two, 1, "the miller"))

        assert one.bookmarks.of(1) == (made,)
        assert one.shelf.entry(1).bookmark_count == 1


def test_a_bookmark_made_in_a_text_that_another_window_revised_stands_at_its_words(paths: Paths, file: Path) -> None:
    with Library(paths) as one, Library(paths) as two:
        one.add(file)
        seen_before = place(one, 1, "the miller")
        two.add(written(file, ARTICLE.replace("# Spring\n", "# Spring\n\nA new paragraph before all others.\n")))

        made = one.bookmarks.add(1, seen_before)
        one.reading.save(1, ReadingPosition(seen_before, 0.5, NOON))

        assert made.target == place(two, 1, "the miller")
        assert two.reading.position(1) == ReadingPosition(made.target, 0.5, NOON)


def test_a_bookmark_whose_words_another_window_took_out_is_kept_as_lost(paths: Paths, file: Path) -> None:
    with Library(paths) as one, Library(paths) as two:
        one.add(file)
        seen_before = place(one, 1, PARAGRAPHS[2])
        two.add(written(file, ARTICLE.replace(PARAGRAPHS[2], "Bees.")))

        made = one.bookmarks.add(1, seen_before)

        assert (made.target, made.lost) == (seen_before, True)


def test_opening_loads_nothing_that_only_imports_and_searches_need(paths: Paths) -> None:
    import subprocess
    import sys

    program = (
        "import sys; from pathlib import Path; from reader.library import Library; from reader.paths import Paths\n"
        "library = Library(Paths.under(Path(sys.argv[1]))); library.shelf.articles(); library.reading.last_article()\n"
        "print(*[name for name in sys.modules if name.partition('.')[0] in"
        " ('whoosh', 'markdown', 'charset_normalizer', 'PySide6', 'hashlib', 'json', 'asyncio', 'platformdirs')"
        " or name.startswith(('reader.importers', 'reader.search', 'reader.export', 'reader.intake'))])"
    )
    loaded = subprocess.run([sys.executable, "-c", program, paths.data], capture_output=True, text=True, check=True)

    assert loaded.stdout.split() == []
