"""Paragraphs, tables, text boxes and what holds them: where each goes in the element tree."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from reader.importers.docx.inline import end_mark
from reader.importers.docx.numbering import Counted
from reader.importers.docx.parts import W, number_of
from reader.importers.docx.story import Paragraph, Place, Run, Story
from reader.importers.docx.styles import ParagraphStyle, indent_of
from reader.importers.office.flow import Flow, Item
from reader.importers.office.line import Line
from reader.importers.office.names import Kind, Role
from reader.importers.office.placing import Whole, place

if TYPE_CHECKING:
    from lxml import etree

BOLD_SHARE = 0.95

_GONE = (W + "del", W + "moveFrom")


def open_paragraph(story: Story, element: etree._Element) -> bool:
    properties = element.find(W + "pPr")
    named = properties.find(W + "pStyle") if properties is not None else None
    style = story.source.styles.paragraph((named.get(W + "val") or "") if named is not None else "")
    before, story.pending = story.pending, None
    made = Paragraph(before.line if before is not None else Line(), style, style.role)
    if before is not None:
        made.boxes, made.letters, made.bold_letters, made.size = (
            before.boxes, before.letters, before.bold_letters, before.size
        )  # fmt: skip
    if properties is not None:
        _direct(story, made, properties)
    made.counted = None if made.joins_next else _count(story, style, properties)
    own = indent_of(properties)
    of_list = made.counted.indent if made.counted is not None else None
    made.indent = next((one for one in (own, of_list, style.indent) if one is not None), 0)
    story.paragraph, story.run = made, Run()
    return True


def _direct(story: Story, made: Paragraph, properties: etree._Element) -> None:
    """Take over what a paragraph says itself."""
    outline = properties.find(W + "outlineLvl")
    if outline is not None and (made.role is None or made.role.kind in (Kind.HEADING, Kind.BODY)):
        level = number_of(outline, default=9)
        by_style = made.role is not None and made.role.kind is Kind.HEADING
        if level < 9 and not by_style:
            made.role, made.outlined = Role(Kind.HEADING, level + 1), True
        elif level >= 9 and by_style:
            made.role = None
    aligned = properties.find(W + "jc")
    made.centred = made.style.centred if aligned is None else aligned.get(W + "val") == "center"
    frame = properties.find(W + "framePr")
    dropped = frame is not None and frame.get(W + "dropCap") in ("drop", "margin")
    mark = properties.find(W + "rPr")
    gone = mark is not None and any(mark.find(name) is not None for name in _GONE)
    made.joins_next = dropped or gone
    story.source.deletions += gone
    made.ends_section = properties.find(W + "sectPr")


def _count(story: Story, style: ParagraphStyle, properties: etree._Element | None) -> Counted | None:
    """Return how a paragraph is counted, by itself or by its style."""
    list_id, depth, by_style = style.list_id, style.depth, style.numbered_by
    own = properties.find(W + "numPr") if properties is not None else None
    if own is not None:
        number, level = own.find(W + "numId"), own.find(W + "ilvl")
        if number is not None:
            list_id, by_style = number.get(W + "val") or "0", ""
            depth = number_of(level) if level is not None else depth
        elif level is not None:
            depth = number_of(level)
    if list_id is None or list_id == "0":
        return None
    if depth is None:
        depth = story.source.numbering.depth_of_style(list_id, by_style)
    return story.source.numbering.count(list_id, depth)


def close_paragraph(story: Story, element: etree._Element) -> None:
    end_mark(story)
    paragraph, story.paragraph = story.paragraph, None
    if paragraph is None:
        return
    if paragraph.contents or story.hidden:
        story.source.contents.append("".join(paragraph.contents))
    if paragraph.joins_next:
        story.pending = paragraph
        return
    finish(story, paragraph)


def finish(story: Story, paragraph: Paragraph) -> None:
    """Put a paragraph that is whole, then the text boxes that hang on it, into what is being made."""
    counted, letters = paragraph.counted, paragraph.letters
    is_heading = paragraph.role is not None and paragraph.role.kind is Kind.HEADING
    if counted is not None and counted.label and (is_heading or not counted.plain):
        paragraph.line.prefix = counted.label + counted.glue
    place(
        story.source,
        story.flow,
        Whole(
            paragraph.line,
            paragraph.role,
            item=_item(counted, paragraph.indent),
            inside=counted is not None and not counted.plain,
            depth=counted.depth if counted is not None else None,
            indent=paragraph.indent,
            outlined=paragraph.outlined,
            is_caption=paragraph.is_caption,
            in_body=story.is_body,
            free=not story.boxes and not story.tables,
            counted=counted is not None,
            bold=letters > 0 and paragraph.bold_letters >= BOLD_SHARE * letters,
            size=paragraph.size,
            centred=paragraph.centred,
        ),
    )
    for box in paragraph.boxes:
        if len(box) or box.tag == "hr":
            story.flow.end_lists()
            story.flow.add(box)
    if paragraph.ends_section is not None and story.is_body:
        story.source.notes.end_section()


def _item(counted: Counted | None, indent: int) -> Item | None:
    return Item(counted.key, counted.depth, counted.number, indent) if counted is not None and counted.plain else None


def finish_pending(story: Story) -> None:
    """Put a paragraph whose continuation did not come."""
    pending, story.pending = story.pending, None
    if pending is not None:
        finish(story, pending)


# Text boxes


def open_box(story: Story, element: etree._Element) -> bool:
    story.boxes.append(
        Place(story.paragraph, story.pending, story.run, story.fields, story.links, story.flow, story.tables)
    )
    story.flow = Flow(Element("div"))
    story.paragraph, story.pending, story.run = None, None, Run()
    story.fields, story.links, story.tables = [], [], []
    story.drawn += 1
    return True


def close_box(story: Story, element: etree._Element) -> None:
    finish_pending(story)
    made = story.flow.into
    place = story.boxes.pop()
    story.paragraph, story.pending, story.run = place.paragraph, place.pending, place.run
    story.fields, story.links, story.flow, story.tables = place.fields, place.links, place.flow, place.tables
    if story.paragraph is not None:
        story.paragraph.boxes.append(made)
    else:
        story.flow.add(made)


def open_control(story: Story, element: etree._Element) -> bool:
    """Pass over a content control that holds the contents table: its lines are set aside."""
    properties = element.find(W + "sdtPr")
    if properties is None:
        return True
    gallery = properties.find(f"{W}docPartObj/{W}docPartGallery")
    if gallery is None or gallery.get(W + "val") != "Table of Contents":
        return True
    for line in element.iter(W + "p"):
        story.source.contents.append("".join(one.text or " " for one in line.iter(W + "t", W + "tab")))
    return False


def rule(story: Story) -> None:
    if story.paragraph is not None:
        story.paragraph.boxes.append(Element("hr"))
    else:
        SubElement(story.flow.into, "hr")


def foreign_part() -> str:
    return _("A part of the file that is in another format is left out.")
