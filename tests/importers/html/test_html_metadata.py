"""What a page says of its article."""

from __future__ import annotations

import pytest

from reader.importers.html.importer import read_string
from reader.importers.html.metadata import best_title, names_of

WORDS = "<p>A paragraph that is long enough to be taken for text by whoever looks for it on a page.</p>"


@pytest.mark.parametrize(
    ("said", "page", "headings", "site", "title"),
    [
        ("The river", "The river | The Daily Example", [], "The Daily Example", "The river"),
        ("", "The Daily Example: The river came back", ["The river came back"], "", "The river came back"),
        ("", "The river that came back - The Daily Example", [], "", "The river that came back"),
        ("The river – The Daily Example", "", [], "The Daily Example", "The river"),
        ("", "Rivers - a short history - Example", ["Rivers - a short history"], "", "Rivers - a short history"),
        ("War | Peace", "War | Peace | Site", [], "Site", "War | Peace"),
        ("", "", ["Only heading"], "", "Only heading"),
        ("", "", [], "", ""),
    ],
)
def test_the_title_is_without_the_name_of_its_site(
    said: str, page: str, headings: list[str], site: str, title: str
) -> None:
    assert best_title(said, page, headings, site) == title


@pytest.mark.parametrize(
    ("said", "names"),
    [
        (["By Ada Miller"], ("Ada Miller",)),
        (["Ada Miller and Ben Okoro"], ("Ada Miller", "Ben Okoro")),
        (["Ada Miller, Ben Okoro, Cy Young"], ("Ada Miller", "Ben Okoro", "Cy Young")),
        (["Von Eva Groß", "Eva Groß"], ("Eva Groß",)),
        (["https://example.org/ada", "admin"], ()),
        (["Miller, Ada"], ("Miller, Ada",)),
    ],
)
def test_names_are_told_apart(said: list[str], names: tuple[str, ...]) -> None:
    assert names_of(said) == names


@pytest.mark.parametrize(
    ("head", "date"),
    [
        ('<meta property="article:published_time" content="2024-03-05T10:00:00+01:00">', "2024-03-05"),
        ('<meta name="citation_publication_date" content="2019/07">', "2019-07"),
        ('<meta name="date" content="20180619T055000+0900">', "2018-06-19"),
        ('<meta name="dc.date" content="5 March 2024">', "2024-03-05"),
        (
            '<script type="application/ld+json">{"@type": ["Article"], "datePublished": "2020-01-02"}</script>',
            "2020-01-02",
        ),
        ('<script type="application/ld+json">{broken</script><meta name="date" content="1998">', "1998"),
    ],
)
def test_the_date_is_said_in_many_ways(head: str, date: str) -> None:
    article = read_string(f"<html><head>{head}</head><body>{WORDS}</body></html>").article

    assert article.metadata.date == date


def test_the_language_is_guessed_where_the_page_does_not_say_it() -> None:
    text = "<p>Der Fluss war in dem Tal nicht mehr zu sehen, und die Menschen sind mit dem Rad zu ihm gefahren.</p>"

    assert read_string(text).article.metadata.language == "de"


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("By Ada Miller | Science Editor", ("Ada Miller",)),
        ("By Ada Miller, Staff", ("Ada Miller",)),
        ("Falstaff", ("Falstaff",)),
        ("The Valley Staff", ()),
        ("Staff Writer", ()),
        ("National Desk", ()),
        ("March 3, 2024", ()),
        ("Updated March 3", ()),
        ("www.example.org", ()),
    ],
)
def test_only_people_are_taken_for_authors(said: str, names: tuple[str, ...]) -> None:
    assert names_of([said]) == names
