"""By what a search of a library can be narrowed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.facets import MOST_OF_A_KIND, Facet
from reader.library import Library
from reader.paths import Paths
from reader.search.narrowing import Limit, limit, narrowed
from reader.search.nodes import FieldName

AUTHOR, IN, LANGUAGE, TAG = FieldName.AUTHOR, FieldName.IN, FieldName.LANGUAGE, FieldName.TAG

TEXTS = (
    (
        "---\ntitle: River\nauthor: [Anna Lind, Joris Hale]\nlang: en\n---\n\n"
        "## Bread\n\nBread and bread.[^1]\n\n[^1]: Bread.\n"
    ),
    "---\ntitle: Sea\nauthor: Anna Lind\nlang: en-GB\n---\n\nBread at sea.\n",
    "---\ntitle: Brot\nauthor: Ida Berg\nlang: de\n---\n\nDas heißt bread.\n",
)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """Three texts with “bread” in five places: a heading, three paragraphs and a note."""
    with Library(Paths.under(tmp_path / "home")) as opened:
        for number, text in enumerate(TEXTS, 1):
            file = tmp_path / f"{number}.md"
            file.write_text(text, encoding="utf-8")
            opened.add(file)
        opened.catalogue.tag((1, 3), ("exam",))
        opened.catalogue.tag((2,), ('the "new"',))
        opened.refresh_index()
        yield opened


def told(found: tuple[Facet, ...], *names: FieldName) -> list[tuple[str, int]]:
    return [(facet.value, facet.count) for facet in found if facet.limit.name in names]


def test_each_kind_tells_its_values_with_their_places_the_commonest_first(library: Library) -> None:
    found = library.facets("bread")

    assert told(found, IN) == [("TEXT", 3), ("HEADING", 1), ("NOTE", 1)]
    assert told(found, LANGUAGE) == [("en", 4), ("de", 1)]
    assert told(found, TAG) == [("exam", 4)]
    assert told(found, AUTHOR) == [("Anna Lind", 4), ("Joris Hale", 3), ("Ida Berg", 1)]


def test_each_value_leaves_as_many_places_as_it_says(library: Library) -> None:
    for facet in library.facets("bread"):
        narrower = narrowed("bread", facet.limit.name, facet.value)

        assert library.search(narrower).total == facet.count, narrower


def test_what_would_leave_out_nothing_is_not_offered(library: Library) -> None:
    found = library.facets("brot")

    assert found == ()


def test_in_place_of_a_place_or_a_language_the_others_are_offered(library: Library) -> None:
    found = library.facets("bread in:notes lang:en")

    assert told(found, IN) == [("TEXT", 2), ("HEADING", 1), ("NOTE", 1)]
    assert told(found, LANGUAGE) == []
    assert told(library.facets("bread lang:de"), LANGUAGE) == [("en", 4), ("de", 1)]


def test_behind_a_tag_is_offered_what_parts_its_readings(library: Library) -> None:
    found = library.facets("bread tag:exam")

    assert told(found, TAG) == []
    assert told(found, AUTHOR) == [("Anna Lind", 3), ("Joris Hale", 3), ("Ida Berg", 1)]


def test_in_one_reading_only_places_are_told_apart(library: Library) -> None:
    found = library.facets("bread", article_id=1)

    assert told(found, IN) == [("HEADING", 1), ("NOTE", 1), ("TEXT", 1)]
    assert told(found, LANGUAGE, TAG, AUTHOR) == []


def test_one_tag_in_two_spellings_is_one(library: Library) -> None:
    library.catalogue.tag((2,), ("Exam",))

    found = [facet for facet in library.facets("bread in:text") if facet.limit == Limit(TAG, "exam")]

    assert found == []  # it is in all of them, then


def test_of_many_values_the_commonest_are_offered(library: Library) -> None:
    library.catalogue.tag((3,), [f"lesson {number}" for number in range(30)])

    found = told(library.facets("bread"), TAG)

    assert len(found) == MOST_OF_A_KIND
    assert found[0] == ("exam", 4)


def test_nothing_is_offered_where_nothing_is_found(library: Library) -> None:
    assert library.facets("") == library.facets("zephyr") == ()


def test_a_facet_knows_the_limit_that_it_puts() -> None:
    assert limit(LANGUAGE, "DE") == Limit(LANGUAGE, "de")
