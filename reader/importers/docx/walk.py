"""The walk through one story: what each element's beginning and end mean. It is no recursion."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from reader.importers.docx import blocks, drawings, inline, maths, tables
from reader.importers.docx.parts import M_COMPATIBILITY, W
from reader.importers.docx.story import Story
from reader.importers.office.placing import end

if TYPE_CHECKING:
    from lxml import etree


_PARAGRAPH = W + "p"
_DEEP = 2
"""How many elements are around a paragraph of the body."""


def walk(story: Story, root: etree._Element) -> None:
    """Put what an element holds into the story's flow."""
    path = [root]
    waiting = [iter(root)]
    while waiting:
        child = next(waiting[-1], None)
        if child is None:
            waiting.pop()
            done = path.pop()
            closer = _CLOSERS.get(done.tag)
            if closer is not None:
                closer(story, done)
            if len(path) == _DEEP and done.tag == _PARAGRAPH:
                done.clear()  # the tree goes as what is made of it grows
            continue
        opener = _OPENERS.get(child.tag)
        if opener is None or opener(story, child):
            path.append(child)
            waiting.append(iter(child))
    blocks.finish_pending(story)
    end(story.source, story.flow)


def _pass_over(story: Story, element: etree._Element) -> bool:
    return False


def _deleted(story: Story, element: etree._Element) -> bool:
    story.source.deletions += 1
    return False


def _chunk(story: Story, element: etree._Element) -> bool:
    story.source.warnings.append(blocks.foreign_part())
    return False


_OPENERS: dict[object, Callable[[Story, etree._Element], bool]] = {
    W + "p": blocks.open_paragraph,
    W + "r": inline.open_run,
    W + "t": inline.text,
    W + "tab": inline.tab,
    W + "ptab": inline.tab,
    W + "br": inline.line_break,
    W + "cr": inline.line_break,
    W + "noBreakHyphen": inline.no_break_hyphen,
    W + "sym": inline.sign,
    W + "ruby": inline.ruby,
    W + "hyperlink": inline.open_link,
    W + "fldChar": inline.field_character,
    W + "instrText": inline.instruction,
    W + "fldSimple": inline.open_simple_field,
    W + "bookmarkStart": inline.bookmark,
    W + "footnoteReference": inline.footnote_mark,
    W + "endnoteReference": inline.endnote_mark,
    W + "commentRangeStart": inline.begin_comment,
    W + "commentRangeEnd": inline.end_comment,
    W + "commentReference": inline.comment,
    W + "tbl": tables.open_table,
    W + "tr": tables.open_row,
    W + "tc": tables.open_cell,
    W + "txbxContent": blocks.open_box,
    W + "sdt": blocks.open_control,
    W + "altChunk": _chunk,
    W + "del": _deleted,
    W + "moveFrom": _deleted,
    W + "drawing": drawings.open_drawing,
    W + "pict": drawings.open_drawing,
    W + "object": drawings.embedded,
    maths.M + "oMath": inline.equation,
    M_COMPATIBILITY + "AlternateContent": drawings.open_alternatives,
    M_COMPATIBILITY + "Choice": drawings.open_form,
    M_COMPATIBILITY + "Fallback": drawings.open_form,
    drawings.WP + "docPr": drawings.properties,
    drawings.PIC + "cNvPr": drawings.properties,
    drawings.A + "blip": drawings.blip,
    drawings.CHART + "chart": drawings.chart,
    drawings.DIAGRAM + "relIds": drawings.diagram,
    drawings.V + "imagedata": drawings.image_data,
    drawings.V + "textpath": drawings.text_path,
    drawings.V + "rect": drawings.open_shape,
    **dict.fromkeys(
        (
            W + name
            for name in (
                "pPr", "rPr", "tblPr", "tblGrid", "tblPrEx", "trPr", "tcPr", "sectPr", "sdtPr", "sdtEndPr", "delText",
                "delInstrText", "numPicBullet", "ffData", "customXmlPr", "smartTagPr", "rubyPr",
            )
        ),
        _pass_over,
    ),
}  # fmt: skip
_CLOSERS: dict[object, Callable[[Story, etree._Element], None]] = {
    W + "p": blocks.close_paragraph,
    W + "r": inline.close_run,
    W + "hyperlink": inline.close_link,
    W + "fldSimple": inline.close_simple_field,
    W + "tbl": tables.close_table,
    W + "tc": tables.close_cell,
    W + "txbxContent": blocks.close_box,
    W + "drawing": drawings.close_drawing,
    W + "pict": drawings.close_drawing,
}
