"""The section tree."""

from __future__ import annotations

from hypothesis import given

from reader.article.model import Article, Block, BlockKind
from reader.article.outline import Section, headings, outline, section_at
from tests.strategies import articles

PARAGRAPH = Block(BlockKind.PARAGRAPH, "Text.")


def heading(title: str, level: int, within: str = "") -> Block:
    return Block(BlockKind.HEADING, title, level=level, within=within)


def shape(section: Section) -> list[object]:
    return [(child.title, shape(child)) for child in section.children]


def test_sections_nest_by_level() -> None:
    blocks = [heading("A", 1), heading("A1", 2), heading("A1x", 3), heading("A2", 2), heading("B", 1)]

    root = outline(blocks)

    assert shape(root) == [("A", [("A1", [("A1x", [])]), ("A2", [])]), ("B", [])]


def test_a_skipped_level_nests_without_a_gap() -> None:
    blocks = [heading("A", 1), heading("Deep", 4), heading("Less deep", 2)]

    root = outline(blocks)

    assert shape(root) == [("A", [("Deep", []), ("Less deep", [])])]


def test_a_first_heading_that_is_low_is_a_top_section() -> None:
    blocks = [heading("Low", 3), heading("High", 1)]

    root = outline(blocks)

    assert shape(root) == [("Low", []), ("High", [])]


def test_a_section_ends_where_the_next_of_its_level_begins() -> None:
    blocks = [PARAGRAPH, heading("A", 1), PARAGRAPH, heading("A1", 2), PARAGRAPH, heading("B", 1), PARAGRAPH]

    root = outline(blocks)

    assert [(part.number, part.title, part.first, part.own_end, part.end) for part in root.walk()] == [
        (0, "A", 1, 3, 5),
        (1, "A1", 3, 5, 5),
        (2, "B", 5, 7, 7),
    ]
    assert (root.number, root.first, root.own_end, root.end) == (-1, 0, 1, 7)


def test_a_heading_in_a_quotation_is_no_section() -> None:
    root = outline([heading("A", 1), heading("Quoted", 1, within=">")])

    assert shape(root) == [("A", [])]


def test_without_headings_there_is_the_root_alone() -> None:
    assert outline([PARAGRAPH, PARAGRAPH]) == Section(-1, 0, "", 0, 2, 2)


def test_a_block_is_in_its_innermost_section() -> None:
    blocks = [PARAGRAPH, heading("A", 1), PARAGRAPH, heading("A1", 2), PARAGRAPH]
    root = outline(blocks)

    assert [section_at(root, block).title for block in range(5)] == ["", "A", "A", "A1", "A1"]


@given(articles(max_blocks=20))
def test_every_heading_is_one_section_that_its_parent_holds(article: Article) -> None:
    root = outline(article.blocks)

    sections = list(root.walk())
    assert [section.first for section in sections] == [head.block for head in headings(article.blocks)]
    assert [section.number for section in sections] == list(range(len(sections)))
    for parent in (root, *sections):
        for child in parent.children:
            assert parent.level < child.level
            assert parent.first <= child.first < child.own_end <= child.end <= parent.end
    for block in range(len(article.blocks)):
        innermost = [section for section in sections if section.first <= block < section.own_end]
        assert [section_at(root, block)] == (innermost or [root])
