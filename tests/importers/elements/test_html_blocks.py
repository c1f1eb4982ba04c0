"""An element tree of HTML becomes blocks."""

from __future__ import annotations

from xml.etree.ElementTree import Comment, Element, SubElement, fromstring

from reader.article.model import Block, BlockKind, Image, ListItem, Mark, Span, SpanKind, TableRow
from reader.article.normal_block import normal_block
from reader.importers.elements.blocks import convert
from reader.importers.elements.rules import Rules


def texts(source: str) -> list[tuple[str, str]]:
    return [(block.kind.name, block.text) for block in convert(fromstring(source)).blocks]


def test_white_space_is_drawn_together_as_html_does_it() -> None:
    tree = fromstring("<div> one\n  two <b> three</b>  <p>\n four </p> five </div>")

    blocks = convert(tree).blocks

    assert [block.text.strip() for block in blocks] == ["one two three", "four", "five"]


def test_a_namespace_makes_no_difference() -> None:
    tree = fromstring('<body xmlns="http://www.w3.org/1999/xhtml"><h2>Title</h2><p>A <em>b</em></p></body>')

    blocks = convert(tree).blocks

    assert blocks == (
        Block(BlockKind.HEADING, "Title", level=2),
        Block(BlockKind.PARAGRAPH, "A b", (Span(2, 3, SpanKind.EMPHASIS),)),
    )


def test_an_element_that_is_a_mark_has_no_characters() -> None:
    tree = fromstring("<p>Said<sup>12</sup>.</p>")

    blocks = convert(tree, Rules(marks={tree[0]: "12"})).blocks

    assert blocks == (Block(BlockKind.PARAGRAPH, "Said.", marks=(Mark(4, "12"),)),)


def test_an_element_that_is_read_elsewhere_is_passed_over() -> None:
    tree = fromstring("<div><p>Body</p><div>The note</div><p>More</p></div>")

    blocks = convert(tree, Rules(elsewhere=frozenset({tree[1]}))).blocks

    assert [block.text for block in blocks] == ["Body", "More"]


def test_lists_in_quotations_say_what_they_stand_in() -> None:
    tree = fromstring(
        "<blockquote><ol start='4'><li>four<ul><li>inner</li></ul></li><li><p>five</p><p>on</p></li></ol></blockquote>"
    )

    blocks = convert(tree).blocks

    assert [(block.text, block.within, block.detail) for block in blocks] == [
        ("four", ">", ListItem(4)),
        ("inner", ">-", ListItem(None)),
        ("five", ">", ListItem(5)),
        ("on", ">-", None),
    ]


def test_a_table_gives_rows_whose_cells_are_parted_by_tabs() -> None:
    tree = fromstring(
        "<table><thead><tr><th align='right'>a</th><th>b</th></tr></thead>"
        "<tbody><tr><td><p>1</p><p>2</p></td><td colspan='2'>3</td></tr></tbody></table>"
    )

    blocks = [normal_block(block) for block in convert(tree).blocks]

    assert [(block.text, block.detail) for block in blocks if block] == [
        ("a\tb", TableRow(True, "r-")),
        ("1\n2\t3\t", TableRow(False, "")),
    ]


def test_a_table_that_lays_out_a_page_gives_plain_blocks() -> None:
    found = texts("<table><tr><td><table><tr><td>data</td></tr></table></td><td><p>text</p></td></tr></table>")

    assert found == [("TABLE_ROW", "data"), ("PARAGRAPH", "text")]


def test_scripts_and_frames_are_set_aside_with_the_reason() -> None:
    tree = fromstring("<div><p>a</p><script>alert(1)</script><iframe src='https://example.org'/><p>b</p></div>")

    found = convert(tree)

    assert [block.text for block in found.blocks] == ["a", "b"]
    assert [(item.text, item.before) for item in found.set_aside] == [("alert(1)", 1), ("https://example.org", 1)]
    assert "script" in found.set_aside[0].reason


def test_a_comment_is_set_aside_where_it_stood() -> None:
    root = Element("div")
    SubElement(root, "p").text = "a"
    root.append(Comment(" said "))  # type: ignore[arg-type]

    found = convert(root)

    assert [(item.text, item.before) for item in found.set_aside] == [("said", 1)]


def test_a_picture_in_a_paragraph_of_its_own_is_a_block_and_its_link_is_kept() -> None:
    tree = fromstring('<p><a href="https://example.org"><img src="a.png" alt="A" title="T"/></a></p>')

    blocks = convert(tree).blocks

    assert blocks == (
        Block(BlockKind.IMAGE, "A", (Span(0, 1, SpanKind.LINK, "https://example.org"),), detail=Image("a.png", "T")),
    )


def test_a_heading_that_is_only_a_picture_says_what_the_picture_says() -> None:
    found = texts('<h1><img src="a.png" alt="Logo"/></h1>')

    assert found == [("HEADING", "Logo"), ("IMAGE", "")]


def test_code_keeps_its_white_space_and_says_its_language() -> None:
    tree = fromstring('<pre><code class="language-py">a\n\n  <b>b</b>\n</code></pre>')

    (block,) = convert(tree).blocks

    assert (block.kind, block.text) == (BlockKind.CODE, "a\n\n  b")
    assert block.spans == ()


def test_a_term_and_its_definitions() -> None:
    found = texts("<dl><dt>T</dt><dd>one</dd><dd><p>two</p><p>more</p></dd></dl>")

    assert found == [("TERM", "T"), ("DEFINITION", "one"), ("DEFINITION", "two"), ("PARAGRAPH", "more")]


def test_a_tree_ten_thousand_elements_deep_is_walked() -> None:
    root = at = Element("div")
    for _ in range(10_000):
        at = SubElement(at, "div")
    at.text = "deep"

    blocks = convert(root).blocks

    assert [block.text for block in blocks] == ["deep"]
