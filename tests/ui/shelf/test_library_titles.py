"""How a library files titles."""

from __future__ import annotations

import pytest

from reader.ui.shelf.model import filing_name
from reader.ui.shelf.titles import filing_title, initial, one_line, reads_leftwards, short_title


@pytest.mark.parametrize(
    ("title", "language", "filed"),
    [
        ("The Ferry", "en", "Ferry"),
        ("The Ferry", "", "Ferry"),
        ("Die Fähre", "de-CH", "Fähre"),
        ("Die Another Day", "en", "Die Another Day"),
        ("L’œuvre", "fr", "œuvre"),
        ("“The Ferry”", "en", "Ferry”"),
        ("A", "en", "A"),
        ("…", "en", "…"),
        ("Theatre", "en", "Theatre"),
    ],
)
def test_a_title_is_filed_without_the_article_of_its_language(title: str, language: str, filed: str) -> None:
    assert filing_title(title, language) == filed


@pytest.mark.parametrize(
    ("title", "letter"),
    [("The ferry", "F"), ("école", "É"), ("e\N{COMBINING ACUTE ACCENT}cole", "E\N{COMBINING ACUTE ACCENT}"), ("", "")],
)
def test_the_initial_is_the_letter_under_which_a_title_is_filed(title: str, letter: str) -> None:
    assert initial(title, "en") == letter


def test_an_initial_stays_one_letter() -> None:
    assert initial("ßeta", "en") == "ß"


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("Ferries of the north: a history", "Ferries of the north"),
        ("Ferries of the north — a history", "Ferries of the north"),
        ("Who pays? A question", "Who pays"),
        ("1917: five readings", "1917: five readings"),
        ("Part 1.5 of it", "Part 1.5 of it"),
    ],
)
def test_a_cover_has_what_stands_before_the_colon_where_that_is_enough(title: str, short: str) -> None:
    assert short_title(title) == short


def test_a_title_of_many_lines_is_shown_in_one_of_bearable_length() -> None:
    assert one_line("One\n\ttwo   three") == "One two three"
    assert len(one_line("word " * 10_000)) <= 500


def test_the_first_letter_tells_in_which_direction_a_title_is_read() -> None:
    assert reads_leftwards("1917 تاریخ")
    assert not reads_leftwards("1917 History תולדות")
    assert not reads_leftwards("1917")


@pytest.mark.parametrize(
    ("author", "filed"), [("Anna Reed", "Reed, Anna"), ("Reed, Anna", "Reed, Anna"), ("Homer", "Homer")]
)
def test_an_author_is_filed_by_the_last_name(author: str, filed: str) -> None:
    assert filing_name(author) == filed
