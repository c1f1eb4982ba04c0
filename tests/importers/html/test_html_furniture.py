"""What stands between the paragraphs of a page and is no part of its text, and what only looks so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from reader.article.model import Article, BlockKind
from reader.importers.html.importer import read
from reader.importers.html.masthead import says_who
from reader.importers.html.repeats import MIN_REFRAINS

Made = Callable[[str], Article]
PAGE = "<html><head><title>A title of a page</title></head><body><article>{}</article></body></html>"
PROSE = "<p>A paragraph that is long enough to be taken for text by whoever looks for it on a page, and longer.</p>"


@pytest.fixture
def article_of(tmp_path: Path) -> Made:
    def article_of(inner: str) -> Article:
        path = tmp_path / "page.html"
        path.write_text(PAGE.format(inner), encoding="utf-8")
        return read(path).article

    return article_of


def texts(article: Article) -> list[str]:
    return [block.text for block in article.blocks]


@pytest.mark.parametrize(
    "line",
    [
        "By Nora Finch and Sam Reed",
        "Words by Nora Finch, Sam Reed",
        "Von Nora Finch",
        "Source: The Valley Post",
        "来源：新华社",
    ],
)
def test_a_line_that_says_who_wrote_an_article_is_known(line: str) -> None:
    assert says_who(line)


@pytest.mark.parametrize("line", ["By the river stood a house", "By 1918 it was over", "Von hier an geht es bergab"])
def test_a_sentence_that_begins_like_such_a_line_is_none(line: str) -> None:
    assert not says_who(line)


@pytest.mark.parametrize(
    "line",
    [
        '<p>Read more: <a href="https://example.org/a">Wasps are no bees</a></p>',
        "<p>Follow The Valley Post on Facebook and Instagram for more news.</p>",
        "<p>The Valley Post. © 2023. All rights reserved.</p>",
        (
            '<p><b>Seen also</b><br><a href="https://example.org/a">Wasps are no bees</a><br>'
            '<a href="https://example.org/b">A year with the bees</a></p>'
        ),
        '<div class="video-resource"><p>Now playing</p>A film about bees</div>',
    ],
)
def test_a_line_that_leads_elsewhere_is_set_aside(line: str, article_of: Made) -> None:
    article = article_of(PROSE + line + PROSE)

    assert len(article.blocks) == 2
    assert len(article.set_aside) >= 1


def test_a_class_that_promises_links_is_not_believed_where_there_are_none(article_of: Made) -> None:
    article = article_of(PROSE + '<ul class="postList"><li>The first of three points of a text.</li></ul>' + PROSE)

    assert "The first of three points of a text." in texts(article)


def test_a_line_that_comes_with_every_picture_is_kept_once(article_of: Made) -> None:
    gallery = "".join(f"<div>The school in the valley</div><p>Picture {i} of it.</p>" for i in range(MIN_REFRAINS))

    article = article_of(PROSE * 20 + gallery)

    assert texts(article).count("The school in the valley") == 1
    assert sum(text.startswith("Picture") for text in texts(article)) == MIN_REFRAINS


@pytest.mark.parametrize("line", ["And so the bees flew home again.", "The school in the valley"])
def test_a_sentence_that_comes_again_and_a_page_of_one_line_stay(line: str, article_of: Made) -> None:
    article = article_of(PROSE + f"<p>{line}</p>" * 40)

    assert texts(article).count(line) == 40


def test_a_long_sentence_set_as_a_heading_below_the_title_is_the_lead(article_of: Made) -> None:
    deck = "What forty thousand insects taught a class of fourteen about arithmetic and honey"

    article = article_of(f"<h1>A title of a page</h1><h2>{deck}</h2>{PROSE}<h2>What remains</h2>{PROSE}")

    assert [b.text for b in article.blocks if b.kind is BlockKind.LEAD] == [deck]
    assert [b.text for b in article.blocks if b.kind is BlockKind.HEADING] == ["A title of a page", "What remains"]


def test_a_cell_that_spans_rows_is_repeated_so_that_columns_stay(article_of: Made) -> None:
    table = (
        "<table><tr><th>Year<th>Hive<th>Bees</tr><tr><td rowspan=2>2022<td>blue<td>38</tr><tr><td>white<td>21</tr>"
        "<tr><td>2023<td rowspan=3>red<td>8</tr><tr><td>2024<td>9</tr></table>"
    )

    article = article_of(PROSE + table + PROSE)

    rows = [block.text for block in article.blocks if block.kind is BlockKind.TABLE_ROW]
    assert rows == ["Year\tHive\tBees", "2022\tblue\t38", "2022\twhite\t21", "2023\tred\t8", "2024\tred\t9"]


def test_cells_that_span_more_rows_than_a_reader_can_see_end_somewhere(article_of: Made) -> None:
    table = "<table><tr>" + "<td rowspan=65534>x" * 900 + "</tr>" + "<tr><td>y</tr>" * 400 + "</table>"

    article = article_of(PROSE + table + PROSE)

    assert sum(block.text.count("x") for block in article.blocks) < 25_000


def test_the_headings_of_what_comes_next_on_the_site_are_set_aside(article_of: Made) -> None:
    article = article_of(
        f"<h1>A title of a page</h1>{PROSE * 3}<div class='next_on_news'><ul><li><span>Next on the news</span>"
        "<a href='https://x.example/b'><h3>The bride of four weddings</h3></a></li></ul></div>"
    )

    assert [block.text for block in article.blocks if block.kind is BlockKind.HEADING] == ["A title of a page"]
    assert [item.text for item in article.set_aside if "bride" in item.text]
