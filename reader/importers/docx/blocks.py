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
from reader.importers.office.look import Seen
from reader.importers.office.names import Kind, Role

if TYPE_CHECKING:
    from lxml import etree

MAX_OUTLINED_CHARS = 200
"""Of a paragraph that is a heading by its own outline level only; longer ones are text."""
MAX_CAPTION_CHARS = 600
FRONT_PARAGRAPHS = 20
"""Paragraphs among which the title is looked for."""
BOLD_SHARE = 0.95

_GONE = (W + "del", W + "moveFrom")
_CLASSES = {Kind.CAPTION: "caption", Kind.VERSE: "verse", Kind.REFERENCE: "reference"}
_NAMES = {Kind.CODE: "pre", Kind.TERM: "dt", Kind.DEFINITION: "dd"}


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
            made.role = Role(Kind.HEADING, level + 1)
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
        story.contents.append("".join(paragraph.contents))
    if paragraph.joins_next:
        story.pending = paragraph
        return
    finish(story, paragraph)


def finish(story: Story, paragraph: Paragraph) -> None:
    """Put a paragraph that is whole, then the text boxes that hang on it, into what is being made."""
    source = story.source
    if paragraph.line.empty:
        story.flow.blank()
    else:
        flush_contents(story, paragraph.line)
        element = _named(story, paragraph)
        source.links += paragraph.line.links
        source.spoken += paragraph.line.spoken
        if element is not None:
            _take_bookmarks(story, element)
            source.paragraphs += 1
    for box in paragraph.boxes:
        if len(box) or box.tag == "hr":
            story.flow.end_lists()
            story.flow.add(box)
    if paragraph.ends_section is not None and story.is_body:
        source.notes.end_section()


def flush_contents(story: Story, line: Line | None) -> None:
    """Set aside the contents table that was gathered, where the text goes on."""
    lines, story.contents = story.contents, []
    said = "\n".join(filter(None, map(str.strip, lines)))
    if not said:
        return
    holder = line or Line()
    holder.remark(story.aside(said, _("a table of contents")))
    if line is None:
        story.flow.add(holder.finish("div"))


def _take_bookmarks(story: Story, element: Element) -> None:
    names, story.bookmarks = story.bookmarks, []
    if not names:
        return
    element.set("id", names[0])
    story.source.anchored.append(element)
    story.source.anchors.update(dict.fromkeys(names, names[0]))


def _named(story: Story, paragraph: Paragraph) -> Element | None:
    """Name a paragraph's element for what it is and put it in its place; None where it is no text."""
    kind = paragraph.role.kind if paragraph.role is not None else None
    line = paragraph.line
    if kind is Kind.CONTENTS and not line.things:
        story.contents.append("".join(line.finish("p").itertext()))
        return None
    if kind is Kind.HEADING:
        return _heading(story, paragraph)
    if kind in (Kind.TITLE, Kind.SUBTITLE):
        return _front(story, paragraph, kind)
    if story.is_body and (story.source.title or story.source.paragraphs >= FRONT_PARAGRAPHS):
        story.source.in_front = False
    if paragraph.is_caption and line.length < MAX_CAPTION_CHARS and kind is None:
        kind = Kind.CAPTION
    return _text(story, paragraph, kind)


def _heading(story: Story, paragraph: Paragraph) -> Element:
    level = paragraph.role.level if paragraph.role is not None else 1
    by_style = paragraph.style.role is not None and paragraph.style.role.kind is Kind.HEADING
    if not by_style and paragraph.line.length > MAX_OUTLINED_CHARS:
        return _text(story, paragraph, None)
    counted = paragraph.counted
    if counted is not None and counted.label:
        paragraph.line.prefix = counted.label + counted.glue
    element = paragraph.line.finish(f"h{min(level, 6)}")
    story.source.headings += paragraph.line.has_text
    story.source.in_front = False
    story.flow.end_lists()
    story.flow.add(element)
    return element


def _front(story: Story, paragraph: Paragraph, kind: Kind) -> Element | None:
    """Deal with a title or subtitle; only the first, before everything else, is the document's own."""
    source, line = story.source, paragraph.line
    in_front = story.is_body and source.in_front and not story.tables
    story.flow.end_lists()
    if kind is Kind.TITLE:
        element = line.finish("h1")
        if in_front:
            source.title.append(" ".join("".join(element.itertext()).split()))
            if not line.things:
                return None
        else:
            source.headings += line.has_text
    else:
        is_lead = in_front and bool(source.title)
        element = line.finish("p", **({"class": "lead"} if is_lead else {}))
    story.flow.add(element)
    return element


def _text(story: Story, paragraph: Paragraph, kind: Kind | None) -> Element:
    line, counted, indent = paragraph.line, paragraph.counted, paragraph.indent
    if counted is not None and not counted.plain and counted.label:
        line.prefix = counted.label + counted.glue
    name = _NAMES.get(kind, "p") if kind is not None else "p"
    css = _CLASSES.get(kind) if kind is not None else None
    element = line.finish(name, **({"class": css} if css else {}))
    if kind in (Kind.CODE, Kind.VERSE):
        story.flow.line(element, indent)
    elif kind is Kind.QUOTATION:
        holder = Element("blockquote")
        holder.append(element)
        story.flow.add(holder, _item(counted, indent), indent)
    elif counted is not None and not counted.plain:
        story.flow.inside_item(element)
    else:
        story.flow.add(element, _item(counted, indent), indent)
    if story.is_body and not story.boxes and not story.tables:
        _look_at(story, paragraph, element, kind)
    return element


def _item(counted: Counted | None, indent: int) -> Item | None:
    return Item(counted.key, counted.depth, counted.number, indent) if counted is not None and counted.plain else None


def _look_at(story: Story, paragraph: Paragraph, element: Element, kind: Kind | None) -> None:
    """Remember how a paragraph looks: headings may have to be told by that."""
    letters = paragraph.letters
    story.source.seen.append(
        Seen(
            element,
            "".join(element.itertext()),
            letters > 0 and paragraph.bold_letters >= BOLD_SHARE * letters,
            paragraph.size,
            paragraph.centred,
            plain=kind is None and paragraph.counted is None and not paragraph.line.links,
        )
    )


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
    """Pass over a content control that only asks for text, or that holds the contents table."""
    properties = element.find(W + "sdtPr")
    if properties is None:
        return True
    if properties.find(W + "showingPlcHdr") is not None:
        return False
    gallery = properties.find(f"{W}docPartObj/{W}docPartGallery")
    if gallery is None or gallery.get(W + "val") != "Table of Contents":
        return True
    for line in element.iter(W + "p"):
        story.contents.append("".join(one.text or " " for one in line.iter(W + "t", W + "tab")))
    return False


def rule(story: Story) -> None:
    if story.paragraph is not None:
        story.paragraph.boxes.append(Element("hr"))
    else:
        SubElement(story.flow.into, "hr")


def foreign_part() -> str:
    return _("A part of the file that is in another format is left out.")
