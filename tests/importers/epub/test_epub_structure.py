"""The order, headings, links and metadata of books."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.article.model import Article, BlockKind, SpanKind
from reader.errors import CancelledError
from reader.importers.epub import importer
from tests.importers.epub.binding import METADATA, PNG, bind, nav, ncx

TEXT = "Some text that makes a paragraph long enough to look like one, as books have them."


def headings(article: Article) -> list[tuple[int, str]]:
    return [(block.level, block.text) for block in article.blocks if block.kind is BlockKind.HEADING]


def test_the_package_says_title_people_date_and_publisher(tmp_path: Path) -> None:
    metadata = (
        '<dc:title id="t">Main</dc:title><meta refines="#t" property="title-type">main</meta>'
        '<dc:title id="s">Second Line</dc:title><meta refines="#s" property="title-type">subtitle</meta>'
        '<dc:creator id="a">Ann Writer</dc:creator><meta refines="#a" property="role">aut</meta>'
        '<dc:creator opf:role="trl">Theo Turner</dc:creator><dc:contributor opf:role="bkp">a program</dc:contributor>'
        '<dc:date opf:event="modification">2020-01-01</dc:date><dc:date opf:event="publication">1905</dc:date>'
        "<dc:language>en_GB</dc:language><dc:publisher>Small Press</dc:publisher><dc:rights>Free</dc:rights>"
    )

    known = importer.read(bind(tmp_path, {"a.xhtml": f"<p>{TEXT}</p>"}, metadata=metadata)).article.metadata

    assert (known.title, known.authors, known.translators) == ("Main: Second Line", ("Ann Writer",), ("Theo Turner",))
    assert (known.date, known.language, known.source, known.rights) == ("1905", "en-GB", "Small Press", "Free")


def test_the_heading_in_the_text_is_kept_however_the_contents_word_it(tmp_path: Path) -> None:
    pages = {
        "a.xhtml": f"<h2>CHAPTER THE FIRST.<br/>In which it begins</h2><p>{TEXT}</p>",
        "nav.xhtml": nav(("a.xhtml", "1. Beginning")),
    }

    article = importer.read(bind(tmp_path, pages)).article

    assert headings(article) == [(2, "CHAPTER THE FIRST.\nIn which it begins")]


def test_the_contents_give_a_heading_to_a_file_without_one(tmp_path: Path) -> None:
    pages = {
        "a.xhtml": f"<p>{TEXT}</p>",
        "b.xhtml": f"<h1>Second</h1><p>{TEXT}</p>",
        "toc.ncx": ncx(("a.xhtml", "First"), ("b.xhtml", "Second")),
    }

    article = importer.read(bind(tmp_path, pages)).article

    assert headings(article) == [(1, "First"), (1, "Second")]


def test_a_paragraph_that_says_what_the_contents_say_is_a_heading(tmp_path: Path) -> None:
    pages = {
        "a.xhtml": f'<p class="n">Chapter I</p><p class="t">The Road</p><p>{TEXT}</p>',
        "toc.ncx": ncx(("a.xhtml", "Chapter I: The Road")),
    }

    article = importer.read(bind(tmp_path, pages)).article

    assert [block.text for block in article.blocks] == ["Chapter I\nThe Road", TEXT]
    assert article.blocks[0].kind is BlockKind.HEADING


def test_the_contents_part_a_book_whose_headings_are_all_of_one_level(tmp_path: Path) -> None:
    pages = {
        "p.xhtml": "<h1>Part One</h1>",
        "a.xhtml": f"<h1>First</h1><p>{TEXT}</p>",
        "b.xhtml": f"<h1>Second</h1><p>{TEXT}</p>",
        "nav.xhtml": nav(("p.xhtml", "Part One", [("a.xhtml", "First"), ("b.xhtml", "Second")])),
    }

    article = importer.read(bind(tmp_path, pages)).article

    assert headings(article) == [(1, "Part One"), (2, "First"), (2, "Second")]


def test_pages_of_contents_are_set_aside(tmp_path: Path) -> None:
    pages = {
        "nav.xhtml": nav(("a.xhtml", "First"), ("b.xhtml", "Second")),
        "a.xhtml": f"<h1>First</h1><p>{TEXT}</p>",
        "b.xhtml": f"<h1>Second</h1><p>{TEXT}</p>",
    }

    article = importer.read(bind(tmp_path, pages)).article

    assert headings(article) == [(1, "First"), (1, "Second")]
    assert [(item.text, item.before) for item in article.set_aside] == [("Contents\nFirst\nSecond", 0)]


def test_a_page_beside_the_order_comes_last_if_something_leads_there(tmp_path: Path) -> None:
    pages = {
        "x.xhtml": "<p>An answer.</p>",
        "y.xhtml": "<p>An advertisement.</p>",
        "a.xhtml": f'<h1>First</h1><p>{TEXT} <a href="x.xhtml">The answer</a>.</p>',
    }

    article = importer.read(bind(tmp_path, pages, nonlinear=("x.xhtml", "y.xhtml"))).article

    assert [block.text for block in article.blocks] == ["First", f"{TEXT} The answer.", "An answer."]
    assert [item.text for item in article.set_aside] == ["An advertisement."]


def test_a_link_into_another_file_leads_to_a_place_in_the_article(tmp_path: Path) -> None:
    pages = {
        "a.xhtml": f'<p>{TEXT} <a href="b.xhtml#here">there</a> <a href="b.xhtml">b</a></p>',
        "b.xhtml": f'<h1>Second</h1><p id="here">{TEXT}</p>',
    }

    article = importer.read(bind(tmp_path, pages)).article

    assert [span.value for span in article.blocks[0].spans] == ["#b/here", "#b"]
    assert [block.anchor for block in article.blocks] == ["", "b", "b/here"]


def test_links_that_run_or_open_something_are_text(tmp_path: Path) -> None:
    body = (
        '<p><a href="javascript:x()">one</a> <a href="file:///etc/passwd">two</a> <a href="data:text/html,x">three</a>'
        ' <a href="nowhere.xhtml">four</a> <a href="https://example.org/">five</a></p>'
    )

    block = importer.read(bind(tmp_path, {"a.xhtml": body})).article.blocks[0]

    assert block.text == "one two three four five"
    assert [span.value for span in block.spans if span.kind is SpanKind.LINK] == ["https://example.org/"]


def test_the_title_page_stays_when_it_also_lists_the_contents(tmp_path: Path) -> None:
    links = "".join(f'<li><a href="{name}.xhtml">The chapter {name}</a></li>' for name in "abcd")
    pages = {"t.xhtml": f"<h1>A Book</h1><div><ul>{links}</ul></div>"}
    pages |= {f"{name}.xhtml": f"<h1>The chapter {name}</h1><p>{TEXT}</p>" for name in "abcd"}

    article = importer.read(
        bind(tmp_path, pages, extra='<guide><reference type="toc" href="t.xhtml"/></guide>')
    ).article

    assert headings(article)[:2] == [(1, "A Book"), (1, "The chapter a")]
    assert len(article.set_aside) == 1


def test_verse_breaks_of_scenes_and_page_numbers(tmp_path: Path) -> None:
    body = (
        f'<p>{TEXT}<span class="pagenum">[Pg 5]</span></p><p class="center">* * *</p>'
        '<div class="stanza"><p>One line</p><p>and another</p></div><p class="epigraph">A saying.</p>'
    )

    article = importer.read(bind(tmp_path, {"a.xhtml": body})).article

    assert [(block.kind, block.text) for block in article.blocks] == [
        (BlockKind.PARAGRAPH, TEXT),
        (BlockKind.RULE, ""),
        (BlockKind.VERSE, "One line\nand another"),
        (BlockKind.QUOTATION, "A saying."),
    ]


def test_a_style_sheet_makes_a_class_italic(tmp_path: Path) -> None:
    page = (
        '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><link rel="stylesheet" href="s.css"/>'
        '</head><body><p>A <span class="it">word</span>.</p></body></html>'
    )

    article = importer.read(bind(tmp_path, {"s.css": "span.it, .x { font-style: italic }", "a.xhtml": page})).article

    assert [(span.start, span.end, span.kind) for span in article.blocks[0].spans] == [(2, 6, SpanKind.EMPHASIS)]


def test_pictures_come_from_the_book_by_every_kind_of_element(tmp_path: Path) -> None:
    pages = {
        "a.xhtml": '<p><img src="a%20b.png" alt="A"/></p>'
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'
        '<title>B</title><image xlink:href="b.png"/></svg>'
        '<svg xmlns="http://www.w3.org/2000/svg"><title>C</title><circle r="1"/></svg>',
        "a b.png": PNG,
        "b.png": PNG,
    }

    imported = importer.read(bind(tmp_path, pages))

    assert [block.text for block in imported.article.blocks] == ["A", "B", "C"]
    assert [resource.media_type for resource in imported.resources] == ["image/svg+xml", "image/png", "image/png"]


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        ('<math alttext="a+b"><mi>a</mi></math>', "a+b"),
        (
            "<math><semantics><mi>x</mi><annotation encoding='application/x-tex'>x^2</annotation></semantics></math>",
            "x^2",
        ),
        ("<math><mi>y</mi><mo>=</mo><mfrac><mi>a</mi><mn>2</mn></mfrac></math>", "y = a/2"),
    ],
)
def test_a_formula_is_a_line_of_text(formula: str, text: str, tmp_path: Path) -> None:
    article = importer.read(bind(tmp_path, {"a.xhtml": f"<p>So {formula}.</p>"})).article

    assert article.blocks[0].text == f"So {text}."


def test_text_is_read_though_its_markup_is_broken(tmp_path: Path) -> None:
    body = "<p>One&nbsp;two &mdash; three & four<br>five<p>Six <b>seven"

    article = importer.read(bind(tmp_path, {"a.xhtml": body}, metadata=METADATA)).article

    assert [block.text for block in article.blocks] == ["One\xa0two — three & four\nfive", "Six seven"]


def test_only_languages_that_differ_from_the_books_are_said(tmp_path: Path) -> None:
    body = '<div lang="fr"><p>Moulin.</p></div><p xml:lang="en-GB">Mill.</p><p>A <i lang="de">Mühle</i>.</p>'

    article = importer.read(bind(tmp_path, {"a.xhtml": body})).article

    spans = [[span.value for span in block.spans if span.kind is SpanKind.LANGUAGE] for block in article.blocks]
    assert spans == [["fr"], [], ["de"]]


def test_without_a_language_in_the_package_the_first_file_says_it(tmp_path: Path) -> None:
    page = '<?xml version="1.0"?><html xml:lang="ru"><body><p>Текст.</p></body></html>'

    article = importer.read(bind(tmp_path, {"a.xhtml": page}, metadata="<dc:title>A Book</dc:title>")).article

    assert article.metadata.language == "ru"


def test_a_part_that_lists_its_chapters_keeps_its_heading(tmp_path: Path) -> None:
    links = "".join(f'<p><a href="{name}.xhtml">The chapter {name}</a></p>' for name in "abcd")
    pages = {"p.xhtml": f"<h1>Part One</h1>{links}"}
    pages |= {f"{name}.xhtml": f"<h1>The chapter {name}</h1><p>{TEXT}</p>" for name in "abcd"}
    pages["nav.xhtml"] = nav(("p.xhtml", "Part One"), ("a.xhtml", "The chapter a"))

    article = importer.read(bind(tmp_path, pages)).article

    assert headings(article)[:2] == [(1, "Part One"), (1, "The chapter a")]


def test_a_page_named_contents_is_one_wherever_it_stands(tmp_path: Path) -> None:
    names = [f"c{number:02}" for number in range(12)]
    pages = {f"{name}.xhtml": f"<h1>Chapter {name}</h1><p>{TEXT}</p>" for name in names}
    links = "".join(f'<p><a href="{name}.xhtml">Chapter {name}</a></p>' for name in names)

    article = importer.read(bind(tmp_path, pages | {"z.xhtml": f"<h1>Inhalt</h1>{links}"})).article

    assert len(headings(article)) == 12
    assert [item.reason for item in article.set_aside] == ["the contents of the book"]


def test_a_late_page_of_links_is_an_index_and_stays(tmp_path: Path) -> None:
    names = [f"c{number:02}" for number in range(12)]
    pages = {f"{name}.xhtml": f"<h1>Chapter {name}</h1><p>{TEXT}</p>" for name in names}
    links = "".join(f'<p><a href="{name}.xhtml">subject {name}</a></p>' for name in names)

    article = importer.read(bind(tmp_path, pages | {"z.xhtml": f"<h1>Index</h1>{links}"})).article

    assert headings(article)[-1] == (1, "Index")
    assert article.set_aside == ()


def test_a_picture_may_stand_in_the_text_itself(tmp_path: Path) -> None:
    body = f'<p>{TEXT}</p><img src="data:image/png;base64,iVBORw0KGgo=" alt="A"/>'

    imported = importer.read(bind(tmp_path, {"a.xhtml": body}))

    assert [(resource.media_type, resource.data) for resource in imported.resources] == [
        ("image/png", b"\x89PNG\r\n\x1a\n")
    ]


def test_a_book_laid_out_page_by_page_says_so(tmp_path: Path) -> None:
    metadata = METADATA + '<meta property="rendition:layout">pre-paginated</meta>'

    article = importer.read(bind(tmp_path, {"a.xhtml": f"<p>{TEXT}</p>"}, metadata=metadata)).article

    assert [block.text for block in article.blocks] == [TEXT]
    assert len(article.warnings) == 1


def test_the_share_that_is_done_grows_and_reading_can_be_stopped(tmp_path: Path) -> None:
    book = bind(tmp_path, {f"{name}.xhtml": f"<p>{TEXT}</p>" for name in "abcd"})
    shares: list[float] = []

    def stop(share: float) -> None:
        shares.append(share)
        if share > 0.5:
            raise CancelledError

    with pytest.raises(CancelledError):
        importer.read(book, stop)

    assert shares == sorted(shares)
    assert 0 <= shares[0] <= shares[-1] <= 1


def test_a_book_of_nothing_but_contents_is_read_all_the_same(tmp_path: Path) -> None:
    article = importer.read(bind(tmp_path, {"nav.xhtml": nav(("nav.xhtml", "Here"))})).article

    assert [block.text for block in article.blocks] == ["Contents", "Here"]
    assert article.set_aside == ()
