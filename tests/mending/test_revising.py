"""What was mended is a newer revision of the same article: its bookmarks, file and pictures stay."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.article.locator import Locator, locator
from reader.article.model import BlockKind
from reader.article.text import CanonicalText
from reader.library import Library
from reader.mending import revising
from reader.mending.errors import EmptiedError, NewerRevisionError, NoOriginalError, TooLongToMendError
from reader.paths import Paths
from reader.store.articles import Outcome

FERRY = """---
title: The Ferry
---

In the spring the ice on the river broke,
and the ferrymen carried their boats down.

The council

It met every Tuesday in the old school, where the benches were too low.

![A boat](boat.png)
"""
PICTURE = b"\x89PNG\r\n\x1a\n not much of a boat"


@pytest.fixture
def library(paths: Paths) -> Iterator[Library]:
    with Library(paths) as library:
        yield library


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "boat.png").write_bytes(PICTURE)
    path = tmp_path / "ferry.md"
    path.write_text(FERRY, encoding="utf-8")
    return path


@pytest.fixture
def article(library: Library, file: Path) -> int:
    return library.add(file).article_id


def place(library: Library, article_id: int, words: str) -> Locator:
    text = CanonicalText(library.article(article_id))
    start = text.string.index(words)
    return locator(text, start, start + len(words))


def mend(library: Library, article_id: int, old: str, new: str) -> None:
    taken = library.manuscript(article_id)
    assert old in taken.text
    library.revise(article_id, taken.text.replace(old, new), taken.revision)


def kinds(library: Library, article_id: int) -> list[BlockKind]:
    return [block.kind for block in library.article(article_id).blocks]


def test_a_text_given_out_and_taken_back_unchanged_is_no_new_revision(library: Library, article: int) -> None:
    taken = library.manuscript(article)

    added = library.revise(article, taken.text, taken.revision)

    assert added.outcome is Outcome.KNOWN
    assert library.shelf.entry(article).number == 1


def test_what_was_mended_is_the_newest_revision_of_the_same_article(library: Library, article: int) -> None:
    mend(library, article, "The council", "## The council")

    assert kinds(library, article)[1] is BlockKind.HEADING
    assert library.shelf.entry(article).number == 2
    assert len(library.shelf.articles()) == 1


def test_bookmarks_stay_at_their_words(library: Library, article: int) -> None:
    kept = library.bookmarks.add(article, place(library, article, "every Tuesday"), "When")

    mend(library, article, "In the spring", "It was long ago, and in a cold country: in the spring")

    (found,) = library.bookmarks.of(article)
    target = found.target
    assert found.id == kept.id
    assert CanonicalText(library.article(article)).string[target.start : target.end] == "every Tuesday"


def test_the_file_that_came_in_is_kept(library: Library, article: int) -> None:
    mend(library, article, "The council", "## The council")

    assert library.original(article).read_text(encoding="utf-8") == FERRY


def test_pictures_are_kept(library: Library, article: int) -> None:
    mend(library, article, "The council", "## The council")

    assert library.resource(article, "boat.png") == PICTURE


def test_a_picture_that_was_cut_out_can_be_written_in_again(library: Library, article: int) -> None:
    mend(library, article, "![A boat](boat.png)", "No boat.")

    mend(library, article, "No boat.", "![A boat](boat.png)")

    assert library.resource(article, "boat.png") == PICTURE


def test_the_same_file_brought_in_again_undoes_nothing(library: Library, article: int, file: Path) -> None:
    mend(library, article, "The council", "## The council")

    added = library.add(file)

    assert (added.article_id, added.outcome) == (article, Outcome.KNOWN)
    assert kinds(library, article)[1] is BlockKind.HEADING


def test_a_changed_file_is_a_newer_revision_of_what_was_mended(library: Library, article: int, file: Path) -> None:
    mend(library, article, "The council", "## The council")
    file.write_text(FERRY.replace("low.", "low for grown people."), encoding="utf-8")

    added = library.add(file)

    assert (added.article_id, added.outcome) == (article, Outcome.REVISED)
    assert library.shelf.entry(article).number == 3


def test_one_starts_again_from_the_original(library: Library, article: int) -> None:
    first = library.article(article)
    mend(library, article, "The council", "## The council")

    added = library.original_again(article)

    assert (added.article_id, added.outcome) == (article, Outcome.REVISED)
    assert library.article(article) == first
    assert library.shelf.entry(article).number == 3


def test_one_starts_again_from_the_library_s_copy_where_the_file_is_gone(
    library: Library, article: int, file: Path
) -> None:
    mend(library, article, "The council", "## The council")
    file.unlink()
    (file.parent / "boat.png").unlink()

    library.original_again(article)

    assert kinds(library, article)[1] is BlockKind.PARAGRAPH
    assert library.resource(article, "boat.png") == PICTURE


def test_that_the_library_s_copy_is_gone_is_told(library: Library, article: int) -> None:
    library.original(article).unlink()

    with pytest.raises(NoOriginalError, match=r"ferry\.md"):
        library.original_again(article)


def test_a_web_page_is_mended_as_markdown_and_read_as_a_web_page_again(library: Library, tmp_path: Path) -> None:
    page = tmp_path / "ferry.html"
    words = "The ferry crossed the river at dawn, and nobody could say who had paid for it. " * 5
    page.write_text(f"<html><body><article><h1>The ferry</h1><p>{words}</p></article></body></html>")
    article = library.add(page).article_id
    mend(library, article, "# The ferry", "The ferry")

    library.original_again(article)

    assert library.shelf.entry(article).format == "html"
    assert kinds(library, article) == [BlockKind.HEADING, BlockKind.PARAGRAPH]


def test_two_windows_cannot_undo_each_other_unasked(library: Library, article: int, paths: Paths) -> None:
    taken = library.manuscript(article)
    with Library(paths) as other:
        mend(other, article, "The council", "## The council")

    with pytest.raises(NewerRevisionError):
        library.revise(article, taken.text.replace("low.", "high."), taken.revision)

    assert kinds(library, article)[1] is BlockKind.HEADING


def test_a_person_may_save_over_what_another_window_saved(library: Library, article: int, paths: Paths) -> None:
    taken = library.manuscript(article)
    with Library(paths) as other:
        mend(other, article, "The council", "## The council")

    library.revise(article, taken.text.replace("low.", "high."), taken.revision, over_newer=True)

    assert "too high." in CanonicalText(library.article(article)).string
    assert library.shelf.entry(article).number == 3


def test_one_goes_back_to_what_a_text_was_before(library: Library, article: int) -> None:
    mend(library, article, "The council", "## The council")
    mended, revision = library.article(article), library.shelf.entry(article).revision
    library.original_again(article)

    library.back_to(article, revision)

    assert library.article(article) == mended
    assert library.shelf.entry(article).number == 4


def test_a_text_is_not_emptied(library: Library, article: int) -> None:
    taken = library.manuscript(article)

    with pytest.raises(EmptiedError):
        library.revise(article, "\n\n", taken.revision)


def test_a_very_long_text_is_mended_elsewhere(library: Library, article: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(revising, "MAX_MENDED_CHARACTERS", 20)

    with pytest.raises(TooLongToMendError):
        library.manuscript(article)
