"""What is found by fields, in other forms and near each other; pages, counts and suggestions."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from reader.article.model import Article, Block, BlockKind, Metadata, Note
from reader.search.index import SearchIndex
from reader.search.results import HEAD, Answer, Page, marked

Found = Callable[[Answer], list[tuple[int, int]]]


def written(title: str, by: str, language: str, *paragraphs: str, note: str = "") -> Article:
    blocks = [
        Block(BlockKind.HEADING, text[2:], level=2) if text.startswith("# ") else Block(BlockKind.PARAGRAPH, text)
        for text in paragraphs
    ]
    notes = (Note("1", "1", (Block(BlockKind.PARAGRAPH, note),)),) if note else ()
    return Article(Metadata(title=title, authors=(by,), language=language), tuple(blocks), notes)


ENGLISH = ("# On bread", "bread for the city")


@pytest.fixture
def shelf(index: SearchIndex) -> SearchIndex:
    """Three articles: 1 and 2 in English, 3 in German."""
    index.replace_many(
        [
            (1, 1, written("The council and the city", "Rosa Marten", "en-GB", *ENGLISH, note="bread, too")),
            (2, 1, written("Bread", "Karl Council", "en", "a council met", "the city had councils and bread")),
            (3, 1, written("Das Brot", "Rosa Marten", "de", "Brot und Häuser", "ein Haus ohne bread")),
        ]
    )
    return index


FINDS = [
    ("title:council", [(1, HEAD)]),
    ("author:council", [(2, HEAD)]),
    ("author:marten", [(1, HEAD), (3, HEAD)]),
    ('title:"council and the"', [(1, HEAD)]),
    ('title:"city rosa"', []),
    ("title:coun*", [(1, HEAD)]),
    ("title:council bread", [(1, 0), (1, 1), (1, 2)]),
    ("bread -title:council", [(2, HEAD), (2, 1), (3, 1)]),
    ("author:marten title:brot", [(3, HEAD)]),
    ("title:council OR title:brot", [(1, HEAD), (3, HEAD)]),
    ("met OR title:brot", [(2, 0), (3, HEAD)]),
    ("lang:de", [(3, HEAD)]),
    ("lang:en bread", [(1, 0), (1, 1), (1, 2), (2, HEAD), (2, 1)]),
    ("LANG:en-gb bread", []),
    ("in:notes bread", [(1, 2)]),
    ("in:headings bread", [(1, 0)]),
    ("in:title bread", [(2, HEAD)]),
    ("in:text bread", [(1, 1), (2, 1), (3, 1)]),
    ("in:notes", [(1, 2)]),
    ("tag:old bread", [(3, 1)]),
    ("tag:old", [(3, HEAD)]),
    ("tag:none", []),
    ("councils", [(1, HEAD), (2, HEAD), (2, 0), (2, 1)]),
    ('"councils"', [(2, 1)]),
    ("Haus", [(3, 0), (3, 1)]),
    ("cities", [(1, HEAD), (1, 1), (2, 1)]),
    ("bred~", [(1, 0), (1, 1), (1, 2), (2, HEAD), (2, 1), (3, 1)]),
    ("ctiy~ -council*", [(1, 1)]),
    ("city NEAR/2 bread", [(1, 1)]),
    ("city NEAR bread", [(1, 1), (2, 1)]),
    ('"bread had"~1', []),
    ('"bread had"~2', [(2, 1)]),
]


@pytest.mark.parametrize(("typed", "places"), FINDS)
def test_a_query_finds_what_it_says(
    shelf: SearchIndex, found: Found, typed: str, places: list[tuple[int, int]]
) -> None:
    answer = shelf.search(typed, tagged=lambda tag: [3, 77] if tag == "old" else [])

    assert found(answer) == places
    assert answer.total == len(places)


def test_the_form_that_was_typed_comes_first_however_often_others_stand_there(index: SearchIndex) -> None:
    index.replace(1, 1, written("Councils", "", "en", "councils councils"))
    index.replace(2, 1, written("", "", "en", " ".join(["other"] * 500) + " council"))

    groups = index.search("council").groups

    assert [group.article_id for group in groups] == [2, 1]


def test_stems_are_those_of_the_language_of_the_article(index: SearchIndex, found: Found) -> None:
    index.replace(1, 1, written("", "", "fr", "deux chevaux"))
    index.replace(2, 1, written("", "", "en", "two chevaux"))

    assert found(index.search("cheval")) == [(1, 0)]


def test_other_forms_and_near_words_are_marked_too(shelf: SearchIndex) -> None:
    text = "The cities, a city; ciy"

    assert [text[a:b] for a, b in marked(text, shelf.search("city"))] == ["city"]
    shelf.replace(4, 1, written("", "", "en", text))
    assert [text[a:b] for a, b in marked(text, shelf.search("city"))] == ["cities", "city"]
    assert [text[a:b] for a, b in marked(text, shelf.search("city~"))] == ["city", "ciy"]


def test_words_that_stand_close_come_first(index: SearchIndex) -> None:
    filler = " ".join(["other"] * 30)
    index.replace(1, 1, written("", "", "en", f"red {filler} flag {filler}"))
    index.replace(2, 1, written("", "", "en", f"{filler} a red flag {filler}"))

    answer = index.search("red flag")

    assert [group.article_id for group in answer.groups] == [2, 1]


def test_a_page_has_the_best_blocks_of_the_best_articles(index: SearchIndex) -> None:
    many = {number: ["word and others"] * number for number in range(1, 31)}
    index.replace_many([(number, 1, written("", "", "en", *texts)) for number, texts in many.items()])
    index.replace(40, 1, written("word", "", "en", "word", "word of many others here", "word of others", "word"))

    answer = index.search("word", page=Page(articles=5, each=3))

    assert len(answer.groups) == 5
    assert max(len(group.hits) for group in answer.groups) == 3
    assert [hit.passage for hit in answer.groups[0].hits] == [HEAD, 0, 3]
    assert answer.total == sum(range(31)) + 5


def test_a_page_may_come_before_all_are_counted(index: SearchIndex) -> None:
    index.replace(1, 1, written("", "", "en", *["one two three"] * 30))

    first = index.search('"one two"', limit=5, counted=False)
    counts = index.count('"one two"')

    assert (len(first.groups[0].hits), first.total, first.whole) == (5, 5, False)
    assert (counts.total, counts.articles, counts.whole) == (30, {1: 30}, True)
    assert index.search('"one two"', limit=5).total == 30


def test_counts_tell_articles_languages_and_places(shelf: SearchIndex) -> None:
    counts = shelf.count("bread")

    assert counts.total == 6
    assert counts.articles == {1: 3, 2: 2, 3: 1}
    assert counts.languages == {"en": 5, "de": 1}
    assert counts.places == {"HEAD": 1, "HEADING": 1, "TEXT": 3, "NOTE": 1}


def test_nothing_is_counted_where_nothing_is_sought(index: SearchIndex) -> None:
    assert index.count("word").total == 0
    assert index.count("").total == 0


@pytest.mark.parametrize(
    ("typed", "suggested"),
    [
        ("coucil", "council"),
        ("the Coucil and bread", "the council and bread"),
        ("bread", ""),
        ("xyzzy", ""),
        ('-bread "coucil"', '-bread "council"'),
    ],
)
def test_a_word_that_stands_nowhere_is_put_right(shelf: SearchIndex, typed: str, suggested: str) -> None:
    assert shelf.search(typed).suggestion == suggested


@pytest.mark.parametrize("typed", ["in:foo bread", "in:* bread"])
def test_an_unknown_place_is_told(shelf: SearchIndex, typed: str) -> None:
    assert shelf.search(typed).hint == "Behind in: can stand notes, headings, title or text."
