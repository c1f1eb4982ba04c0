"""What is exported and restored is the same library: whatever a person did in it."""

from __future__ import annotations

import random
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.article.annotation import ReadingPosition
from reader.article.locator import Locator, locator
from reader.article.section_names import SectionName
from reader.article.text import CanonicalText
from reader.importers.sandbox import Readers
from reader.library import Library
from reader.paths import Paths
from reader.store.catalogue import Description
from reader.store.reading import History
from tests.keeping.conftest import FERRY, SVG, everything, export_to, restore_from

WORDS = (
    "Ferry",
    "ледоход",
    "con",
    "NUL.txt",
    "a/b\\c:d",
    "..",
    "  ",
    "Œuvre\u0301",
    "👩‍🚀",
    "x" * 90,
    "<b>&amp;",
    "\u202eabc",
)
text = st.one_of(st.sampled_from(WORDS), st.text(max_size=12))


class Person:
    """Does what a person does, chosen by chance, in a library."""

    def __init__(self, library: Library, folder: Path, draw: st.DataObject) -> None:
        self.library, self.folder, self.draw = library, folder, draw
        self.number = 0
        (folder / "map.svg").write_text(SVG)
        self.add()

    def any(self) -> int:
        return self.draw.draw(st.sampled_from([entry.id for entry in self.library.shelf.articles()]))

    def word(self) -> str:
        word = self.draw.draw(text)
        return word.encode("utf-8", "replace").decode().replace("\x00", "")

    def place(self, article: int) -> Locator:
        canonical = CanonicalText(self.library.article(article))
        start = self.draw.draw(st.integers(0, len(canonical)))
        return locator(canonical, start, min(len(canonical), start + 9))

    def add(self) -> None:
        self.number += 1
        file = self.folder / f"{self.number}.md"
        file.write_text(FERRY.replace("The Ferry", f"The Ferry {self.number}") + f"\nText *number* {self.number}.\n")
        self.library.add(file)

    def revise(self) -> None:
        article = self.any()
        manuscript = self.library.manuscript(article)
        self.library.revise(article, manuscript.text + "\nMore of it, and `more`.\n", manuscript.revision)

    def mark(self) -> None:
        article = self.any()
        self.library.bookmarks.add(article, self.place(article), self.word(), self.word())

    def change(self) -> None:
        article = self.any()
        marks = self.library.bookmarks.of(article)
        if not marks:
            return
        mark = self.draw.draw(st.sampled_from(marks))
        if self.draw.draw(st.booleans()):
            self.library.bookmarks.change(mark.id, remark=self.word())
        else:
            self.library.bookmarks.remove(mark.id)

    def read(self) -> None:
        article = self.any()
        place, share = self.place(article), self.draw.draw(st.floats(0, 1))
        self.library.reading.save(article, ReadingPosition(place, share, datetime.now(UTC)))
        self.library.reading.save_history(article, History((place, self.place(article)), 1))
        self.library.reading.choose(article, "type", {"size": self.number, "face": self.word()})
        self.library.folding.save(article, (SectionName(("Spring", self.word())),))

    def describe(self) -> None:
        said = Description(self.word(), (self.word(),), "1918", self.draw.draw(st.sampled_from(("ru", "en"))))
        self.library.catalogue.describe((self.any(),), said)

    def tag(self) -> None:
        self.library.catalogue.tag((self.any(),), (self.word(), "History"))
        self.library.catalogue.untag((self.any(),), ("History",))

    def collect(self) -> None:
        number = self.library.catalogue.make_collection(self.word() or "Course")
        self.library.catalogue.collect(number, (self.any(),))
        self.library.catalogue.take_out(number, (self.any(),))

    def keep_search(self) -> None:
        self.library.catalogue.keep_search(self.word(), self.word())

    def forget(self) -> None:
        catalogue = self.library.catalogue
        for collection in catalogue.collections()[:1]:
            deleted = catalogue.delete_collection(collection.id)
            if deleted is not None and self.draw.draw(st.booleans()):
                catalogue.bring_back(deleted)
        for search in catalogue.searches()[:1]:
            catalogue.forget_search(search.uuid)

    def remove(self) -> None:
        if len(self.library.shelf.articles()) > 1:
            self.library.shelf.remove(self.any())

    DEEDS = (
        add,
        revise,
        mark,
        mark,
        change,
        change,
        read,
        describe,
        tag,
        collect,
        collect,
        keep_search,
        forget,
        remove,
    )


def live(data: Path, deeds: list[int], draw: st.DataObject, folder: Path) -> None:
    with Library(Paths.under(data)) as library:
        person = Person(library, folder, draw)
        for deed in deeds:
            Person.DEEDS[deed](person)


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(deeds=st.lists(st.integers(0, len(Person.DEEDS) - 1), min_size=4, max_size=14), draw=st.data())
def test_export_wipe_restore_gives_the_same_library(readers: Readers, deeds: list[int], draw: st.DataObject) -> None:
    with TemporaryDirectory() as name:
        here = Path(name)
        live(here / "one", deeds, draw, here)
        before = everything(here / "one")

        export_to(here / "one", here / "export")
        shutil.rmtree(here / "one")
        restored = restore_from(here / "export", here / "one", readers)
        after = everything(here / "one")
        again = restore_from(here / "export", here / "one", readers)

        assert restored.left_out == ()
        assert restored.new == len(before["articles"])
        assert {name: len(rows) for name, rows in after.items()} == {name: len(rows) for name, rows in before.items()}
        assert after == before
        assert (again.new, everything(here / "one")) == (0, before)


def test_a_library_that_went_on_keeps_what_is_newer_and_gets_what_it_has_not(tmp_path: Path, readers: Readers) -> None:
    (tmp_path / "map.svg").write_text(SVG)
    (tmp_path / "ferry.md").write_text(FERRY)
    place = Locator(0, 6, "Spring", "", "\nThe ice")
    with Library(Paths.under(tmp_path / "one")) as library:
        library.add(tmp_path / "ferry.md")
        kept, changed, lost = (library.bookmarks.add(1, place, label) for label in ("kept", "changed", "lost"))
        library.catalogue.tag((1,), ("History", "Winter"))
        library.catalogue.collect(library.catalogue.make_collection("Course"), (1,))
    export_to(tmp_path / "one", tmp_path / "early")

    with Library(Paths.under(tmp_path / "one")) as library:
        library.bookmarks.change(changed.id, label="newer")
        library.bookmarks.remove(lost.id)
        library.catalogue.untag((1,), ("Winter",))
        library.catalogue.describe((1,), Description(title="My Ferry"))
        library.catalogue.rename_collection(1, "Seminar")
        text = library.manuscript(1)
        library.revise(1, "A new beginning.\n\n" + text.text, text.revision)
    later = everything(tmp_path / "one")
    restore_from(tmp_path / "early", tmp_path / "one", readers)

    assert everything(tmp_path / "one") == later

    export_to(tmp_path / "one", tmp_path / "late")
    restore_from(tmp_path / "early", tmp_path / "two", readers)
    early = everything(tmp_path / "two")
    restore_from(tmp_path / "late", tmp_path / "two", readers)

    merged = everything(tmp_path / "two")
    for name in ("tags", "descriptions", "collections", "members", "articles"):
        assert merged[name] == later[name], name
    assert [row[4] for row in early["bookmarks"]].count("changed") == 1
    assert {(row[1], row[4], row[8] is None) for row in merged["bookmarks"]} == {
        (kept.id, "kept", True),
        (changed.id, "newer", True),
        (lost.id, "lost", False),
    }
    assert sorted(row[1] for row in merged["revisions"]) == [1, 2]


def test_what_was_deleted_for_good_comes_back_whole(tmp_path: Path, readers: Readers) -> None:
    (tmp_path / "map.svg").write_text(SVG)
    (tmp_path / "ferry.md").write_text(FERRY)
    with Library(Paths.under(tmp_path / "one")) as library:
        library.add(tmp_path / "ferry.md")
        library.bookmarks.add(1, Locator(0, 6, "Spring", "", "\nThe ice"), "when", "why")
    before = everything(tmp_path / "one")
    export_to(tmp_path / "one", tmp_path / "export")
    with Library(Paths.under(tmp_path / "one")) as library:
        library.shelf.remove(1)
        library.curating().delete_for_good((1,))
        assert library.shelf.articles() == ()

    restore_from(tmp_path / "export", tmp_path / "one", readers)

    after = everything(tmp_path / "one")
    gone = [row for row in after["journal"] if row[4] == "gone"]
    assert {**after, "journal": [row for row in after["journal"] if row not in gone]} == before
    assert sorted(row[2] for row in gone) == ["article", "bookmark"]


@pytest.fixture
def early(tmp_path: Path, readers: Readers) -> Path:
    """An export of a library with a text, a bookmark, a collection and two searches; it was restored to “two”."""
    (tmp_path / "map.svg").write_text(SVG)
    (tmp_path / "ferry.md").write_text(FERRY)
    with Library(Paths.under(tmp_path / "one")) as library:
        library.add(tmp_path / "ferry.md")
        library.bookmarks.add(1, Locator(0, 6, "Spring", "", "\nThe ice"), "when", "why")
        library.catalogue.collect(library.catalogue.make_collection("Course"), (1,))
        for name in ("ice", "spring"):
            library.catalogue.keep_search(name, name)
    export_to(tmp_path / "one", tmp_path / "early")
    restore_from(tmp_path / "early", tmp_path / "two", readers)
    return tmp_path / "early"


def delete_much(data: Path) -> None:
    with Library(Paths.under(data)) as library:
        library.bookmarks.remove(library.bookmarks.of(1)[0].id)
        library.curating().tidy(datetime.now(UTC) + timedelta(days=1))
        library.catalogue.delete_collection(1)
        library.catalogue.forget_search(library.catalogue.searches()[0].uuid)


def test_nothing_that_was_deleted_later_comes_back(tmp_path: Path, readers: Readers, early: Path) -> None:
    delete_much(tmp_path / "one")
    before = everything(tmp_path / "one")

    restore_from(early, tmp_path / "one", readers)

    assert everything(tmp_path / "one") == before
    assert [row[1] for row in before["searches"]] == ["spring"]
    assert (before["collections"], before["bookmarks"]) == ([], [])


def test_collections_and_searches_that_were_deleted_there_go_and_marks_stay(
    tmp_path: Path, readers: Readers, early: Path
) -> None:
    delete_much(tmp_path / "one")
    export_to(tmp_path / "one", tmp_path / "late")

    restore_from(tmp_path / "late", tmp_path / "two", readers)
    restore_from(tmp_path / "late", tmp_path / "three", readers)

    one, two, three = (everything(tmp_path / name) for name in ("one", "two", "three"))
    assert three == one
    assert (two["searches"], two["collections"]) == (one["searches"], one["collections"])
    assert [row[4] for row in two["bookmarks"]] == ["when"]


def test_what_was_brought_back_or_called_anew_since_is_there(tmp_path: Path, readers: Readers, early: Path) -> None:
    with Library(Paths.under(tmp_path / "one")) as library:
        deleted = library.catalogue.delete_collection(1)
        assert deleted is not None
        library.catalogue.bring_back(deleted)
    export_to(tmp_path / "one", tmp_path / "late")
    with Library(Paths.under(tmp_path / "two")) as library:
        library.catalogue.rename_collection(1, "Seminar")

    for name in ("two", "three"):
        restore_from(tmp_path / "late", tmp_path / name, readers)

    one, two, three = (everything(tmp_path / name) for name in ("one", "two", "three"))
    assert three == one
    assert [row[1] for row in two["collections"]] == ["Seminar"]
    assert len(two["members"]) == 1


def test_an_edition_that_both_libraries_have_is_one_text_with_the_marks_of_both(
    tmp_path: Path, readers: Readers
) -> None:
    shipped = tmp_path / "shipped"
    shipped.mkdir()
    (shipped / "ferry.md").write_text(FERRY)
    (shipped / "map.svg").write_text(SVG)
    for name in ("one", "two"):
        with Library(Paths.under(tmp_path / name)) as library:
            library.add_bundled(shipped)
            library.bookmarks.add(1, Locator(0, 6, "Spring", "", "\nThe ice"), name)
            library.catalogue.collect(library.catalogue.make_collection("Course"), (1,))
    export_to(tmp_path / "one", tmp_path / "export")

    restored = restore_from(tmp_path / "export", tmp_path / "two", readers)

    assert (restored.new, restored.merged) == (0, 1)
    with Library(Paths.under(tmp_path / "two")) as library:
        (entry,) = library.shelf.articles()
        assert entry.number == 1
        assert {mark.label for mark in library.bookmarks.of(1)} == {"one", "two"}
        assert [each.count for each in library.catalogue.collections()] == [1]


def test_the_later_word_counts_though_a_clock_went_back(tmp_path: Path, readers: Readers) -> None:
    chance, wrong = random.Random(7), datetime.now(UTC) - timedelta(days=400)
    (tmp_path / "map.svg").write_text(SVG)
    (tmp_path / "ferry.md").write_text(FERRY)
    with Library(Paths.under(tmp_path / "one")) as library:
        library.add(tmp_path / "ferry.md")
        mark = library.bookmarks.add(1, Locator(0, 6, "Spring", "", "\nThe ice"), "early")
    export_to(tmp_path / "one", tmp_path / "export")

    with Library(Paths.under(tmp_path / "one"), clock=lambda: wrong + timedelta(seconds=chance.random())) as library:
        library.bookmarks.change(mark.id, label="late")
    restore_from(tmp_path / "export", tmp_path / "one", readers)

    with Library(Paths.under(tmp_path / "one")) as library:
        assert [each.label for each in library.bookmarks.of(1)] == ["late"]
