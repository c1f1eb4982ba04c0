"""What the article that comes with the program promises to those who study with it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtSvg import QSvgRenderer

from reader.article.model import Article, Block, BlockKind, Imported, SpanKind
from reader.article.notes import marks_by_note, orphan_marks, orphan_notes
from reader.article.outline import outline
from reader.importers.markdown import importer as markdown
from reader.paths import resources

EDITION = resources() / "articles" / "councils-to-bureaucracy.md"
DRAWINGS = sorted(EDITION.parent.glob("*.svg"))

SVG = "{http://www.w3.org/2000/svg}"
DRAWING_ELEMENTS = {"svg", "title", "desc", "g", "rect", "line", "path", "circle", "text"}
# The page puts the theme's text, accent, muted and page colours in the place of these.
COLOURS = {"currentColor", "#9C2F21", "#67615A", "#FFFFFF", "none"}
SMALLEST_TYPE_PX = 12


@pytest.fixture(scope="module")
def imported() -> Imported:
    return markdown.read(EDITION)


@pytest.fixture(scope="module")
def article(imported: Imported) -> Article:
    return imported.article


def kinds(article: Article, *wanted: BlockKind) -> list[Block]:
    return [block for block in article.blocks if block.kind in wanted]


def count_words(blocks: Iterable[Block]) -> int:
    return sum(len(block.text.split()) for block in blocks)


def runs_of_eight(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return {tuple(words[i : i + 8]) for i in range(len(words) - 7)}


def block_with_anchor(article: Article, anchor: str) -> int:
    return next(i for i, block in enumerate(article.blocks) if block.anchor == anchor)


# The text


def test_the_edition_says_what_it_is_and_whose(article: Article) -> None:
    about = article.metadata

    assert about.title == "The Councils and the Apparatus"
    assert about.kicker == "Study edition"
    assert about.authors == ("The Study Reader editors",)
    assert about.date == "2026-11-24"
    assert about.language == "en"
    assert "CC BY 4.0" in about.rights
    assert article.lead.startswith("In 1917 councils elected in factories and barracks")


def test_it_comes_in_without_a_doubt(article: Article) -> None:
    assert article.warnings == ()
    assert article.set_aside == ()


def test_its_running_text_can_be_read_in_one_sitting(article: Article) -> None:
    running = count_words(kinds(article, BlockKind.PARAGRAPH, BlockKind.QUOTATION))

    assert 2_500 <= running <= 4_000


def test_with_captions_tables_terms_and_questions_it_stays_a_short_text(article: Article) -> None:
    body = count_words(block for block in article.blocks if block.kind not in (BlockKind.REFERENCE, BlockKind.IMAGE))

    assert 2_900 <= body <= 4_000


def test_no_syntax_of_the_file_shows_in_the_text(article: Article) -> None:
    texts = [block.text for block in article.blocks] + [b.text for note in article.notes for b in note.blocks]

    assert [text for text in texts if re.search(r"\{:|\[\^|\]\(|\*\[|\*\*|^:\s", text)] == []


def test_outside_the_references_no_eight_words_running_are_those_of_the_article_that_inspired_it(
    article: Article, shared: Path
) -> None:
    inspiring = (shared / "article" / "soviets-article.txt").read_text(encoding="utf-8")
    blocks = [block for block in article.blocks if block.kind is not BlockKind.REFERENCE]
    blocks += [block for note in article.notes for block in note.blocks]

    common = runs_of_eight("\n".join(block.text for block in blocks)) & runs_of_eight(inspiring)

    assert common == set()


# The outline


def test_eight_sections_and_four_more_for_study(article: Article) -> None:
    root = outline(article.blocks)

    assert [section.title for section in root.children] == [
        "An invention of strikers",
        "1917: who speaks for the councils?",
        "A state made of councils",
        "One party",
        "The apparatus",
        "The great break",
        "Terror under a new constitution",
        "Continuity or break?",
        "Timeline",
        "Terms",
        "Questions for study",
        "Works and sources",
    ]


def test_most_sections_have_subsections(article: Article) -> None:
    root = outline(article.blocks)

    assert sum(1 for section in root.children if section.children) >= 6


def test_every_link_inside_the_edition_leads_to_a_place_in_it(article: Article) -> None:
    anchors = {block.anchor for block in article.blocks if block.anchor}
    links = {span.value for block in article.blocks for span in block.spans if span.kind is SpanKind.LINK}

    inside = {link.removeprefix("#") for link in links if link.startswith("#")}

    assert {"timeline", "terms", "questions", "on-paper", "famine"} <= inside
    assert inside <= anchors


# The notes


def test_sixteen_notes_all_marked_and_all_marks_answered(article: Article) -> None:
    assert len(article.notes) == 16
    assert orphan_notes(article) == ()
    assert orphan_marks(article) == ()


def test_the_notes_are_numbered_as_they_are_first_marked(article: Article) -> None:
    first_marks = list(dict.fromkeys(mark.note for block in article.blocks for mark in block.marks))

    assert [note.key for note in article.notes] == first_marks


def test_the_note_on_the_calendar_is_marked_twice_in_the_text(article: Article) -> None:
    calendar = article.notes[0]
    marks = [mark.note for block in article.blocks for mark in block.marks]

    assert "Julian calendar" in calendar.blocks[0].text
    assert marks.count(calendar.key) == 2


def test_some_notes_lead_on_to_other_notes(article: Article) -> None:
    leading = {
        note.label: [mark.note for block in note.blocks for mark in block.marks]
        for note in article.notes
        if any(block.marks for block in note.blocks)
    }

    assert leading == {"6": [article.notes[2].key], "12": [article.notes[0].key]}
    assert len(marks_by_note(article)[article.notes[0].key]) == 3


def test_several_notes_have_two_paragraphs(article: Article) -> None:
    long_notes = [note for note in article.notes if len(note.blocks) >= 2]

    assert len(long_notes) >= 5


def test_words_of_other_languages_are_marked_as_such(article: Article) -> None:
    passages = [*article.blocks, *(block for note in article.notes for block in note.blocks)]
    tags = {span.value for block in passages for span in block.spans if span.kind is SpanKind.LANGUAGE}

    assert {"ru-Latn", "de", "fr", "la", "es"} <= tags


# Quotations, tables, references


def test_only_two_primary_documents_are_quoted(article: Article) -> None:
    quoted = [block.text for block in kinds(article, BlockKind.QUOTATION)]

    assert len(quoted) == 3
    assert quoted[0].startswith("24. The All-Russian Congress of Soviets is the supreme power")
    assert quoted[2].startswith("Since the present soviets")


def test_the_timeline_is_a_table_with_a_caption(article: Article) -> None:
    start = block_with_anchor(article, "timeline")
    end = block_with_anchor(article, "terms")
    caption, names, *rows = article.blocks[start + 1 : end]

    assert caption.kind is BlockKind.CAPTION
    assert names.cells == ("Old style", "New style", "Event")
    assert len(rows) == 27
    assert all(row.kind is BlockKind.TABLE_ROW and len(row.cells) == 3 for row in rows)
    assert all(row.cells[1] and row.cells[2] for row in rows)


def test_the_shares_in_the_table_of_delegates_are_those_of_its_numbers(article: Article) -> None:
    rows = [row.cells for row in kinds(article, BlockKind.TABLE_ROW) if len(row.cells) == 5][1:]

    def number(cell: str) -> float:
        found = re.search(r"[\d.]+", cell.replace(",", ""))
        assert found
        return float(found.group())

    assert len(rows) == 6
    assert [number(share) for *_, share in rows] == pytest.approx(
        [100 * number(bolsheviks) / number(delegates) for _, _, delegates, bolsheviks, _ in rows], abs=0.5
    )


def test_terms_have_explanations_and_questions_have_numbers(article: Article) -> None:
    terms = kinds(article, BlockKind.TERM)
    questions = kinds(article, BlockKind.LIST_ITEM)

    assert len(terms) == len(kinds(article, BlockKind.DEFINITION)) == 9
    assert [question.text[-1] for question in questions] == ["?"] * 7


def test_the_works_are_references_of_differing_judgement(article: Article) -> None:
    works = [block.text for block in kinds(article, BlockKind.REFERENCE)]
    authors = {work.partition(",")[0] for work in works}

    assert len(works) == 29
    assert {"Carr", "Pipes", "Rabinowitch", "Fitzpatrick", "Figes", "Conquest", "Getty", "Lenin", "Trotsky"} <= authors


# The figures


def test_four_figures_each_with_a_description_and_a_caption(imported: Imported) -> None:
    pairs = [(a, b) for a, b in pairwise(imported.article.blocks) if a.kind is BlockKind.IMAGE]

    assert len(pairs) == 4
    assert [caption.kind for _, caption in pairs] == [BlockKind.CAPTION] * 4
    assert [caption.text.split(".")[0] for _, caption in pairs] == ["Figure 1", "Figure 2", "Figure 3", "Figure 4"]
    assert all(len(image.text) > 100 for image, _ in pairs)


def test_the_figures_come_with_the_article(imported: Imported) -> None:
    shown = {block.detail.resource for block in imported.article.blocks if block.kind is BlockKind.IMAGE}

    assert {resource.name for resource in imported.resources} == shown
    assert {resource.media_type for resource in imported.resources} == {"image/svg+xml"}
    assert {path.read_bytes() for path in DRAWINGS} == {resource.data for resource in imported.resources}


@pytest.mark.parametrize("path", DRAWINGS, ids=lambda path: path.stem)
def test_a_drawing_tells_in_words_what_it_shows(path: Path) -> None:
    root = ElementTree.parse(path).getroot()

    assert len(root.findtext(f"{SVG}title") or "") > 20
    assert len(root.findtext(f"{SVG}desc") or "") > 100


@pytest.mark.parametrize("path", DRAWINGS, ids=lambda path: path.stem)
def test_a_drawing_holds_plain_shapes_and_fetches_nothing(path: Path) -> None:
    root = ElementTree.parse(path).getroot()
    values = [value for element in root.iter() for value in element.attrib.values()]
    names = {name for element in root.iter() for name in element.attrib}

    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= DRAWING_ELEMENTS
    assert [value for value in values if re.search(r"url\(|:|//|data", value)] == []
    assert [name for name in names if name.startswith(("on", "style", "class", "{"))] == []
    assert "<!" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", DRAWINGS, ids=lambda path: path.stem)
def test_a_drawing_uses_only_colours_that_a_theme_replaces(path: Path) -> None:
    root = ElementTree.parse(path).getroot()

    used = {element.get(name) for element in root.iter() for name in ("fill", "stroke")} - {None}

    assert "currentColor" in used
    assert used <= COLOURS
    assert all(element.get("fill") for element in root.iter(f"{SVG}text"))


@pytest.mark.parametrize("path", DRAWINGS, ids=lambda path: path.stem)
def test_the_words_of_a_drawing_can_be_read(path: Path) -> None:
    root = ElementTree.parse(path).getroot()
    sizes = [float(element.get("font-size", "0")) for element in root.iter(f"{SVG}text")]

    assert root.get("viewBox", "").split()[2] == "594"
    assert min(sizes) >= SMALLEST_TYPE_PX
    # Qt's SVG takes the whole attribute for one family: a list would fall back to another face.
    assert root.get("font-family") == "Inter"


@pytest.mark.parametrize("path", DRAWINGS, ids=lambda path: path.stem)
def test_qt_can_draw_a_drawing(path: Path) -> None:
    renderer = QSvgRenderer(path.read_bytes())

    assert renderer.isValid()
    assert renderer.defaultSize().width() == 594


def test_the_bars_are_as_high_as_the_table_says(article: Article) -> None:
    shares = [
        float(row.cells[4].partition(" ")[0])
        for row in kinds(article, BlockKind.TABLE_ROW)
        if len(row.cells) == 5 and "%" in row.cells[4]
    ]
    root = ElementTree.parse(EDITION.parent / "congress-delegates.svg").getroot()
    heights = [float(bar.get("height", "0")) for bar in root.iter(f"{SVG}rect") if float(bar.get("width", "0")) > 20]

    assert [100 * height / 206 for height in heights] == pytest.approx(shares, abs=0.5)
