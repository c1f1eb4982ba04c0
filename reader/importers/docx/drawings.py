"""Pictures, drawings and embedded objects: what can be shown is shown, the rest is named."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from reader.importers.docx.blocks import rule
from reader.importers.docx.inline import say
from reader.importers.docx.parts import M_COMPATIBILITY, R, W
from reader.importers.docx.story import Story

if TYPE_CHECKING:
    from lxml import etree

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
V = "{urn:schemas-microsoft-com:vml}"
O = "{urn:schemas-microsoft-com:office:office}"  # noqa: E741
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"

MAX_TITLE_CHARS = 300
_SAYING = (W + "txbxContent", W + "t", W + "sym", A + "blip", V + "imagedata", MATH + "oMath", CHART + "chart",
           DIAGRAM + "relIds", V + "textpath")  # fmt: skip


def open_alternatives(story: Story, element: etree._Element) -> bool:
    """Choose one of several forms of the same thing: the first that says something we can read."""
    forms = [one for one in element if one.tag in (M_COMPATIBILITY + "Choice", M_COMPATIBILITY + "Fallback")]
    chosen = next((one for one in forms if next(one.iterdescendants(*_SAYING), None) is not None), None)
    story.refused.update(one for one in forms if one is not chosen)
    return True


def open_form(story: Story, element: etree._Element) -> bool:
    return element not in story.refused


def open_drawing(story: Story, element: etree._Element) -> bool:
    story.alternative, story.drawn = "", 0
    return True


def close_drawing(story: Story, element: etree._Element) -> None:
    if not story.drawn and story.alternative:
        say(story, story.alternative)
    story.alternative = ""


def properties(story: Story, element: etree._Element) -> bool:
    """Take the alternative text that a drawing, or a picture in it, has."""
    said = element.get("descr") or element.get("title") or ""
    if said or element.tag == WP + "docPr":
        story.alternative = said
    return False


def blip(story: Story, element: etree._Element) -> bool:
    show(story, element.get(R + "embed") or "", story.alternative, bool(element.get(R + "link")))
    return False


def show(story: Story, relation_id: str, alternative: str, is_linked: bool = False) -> None:
    """Put a picture; where it cannot be shown, its alternative text stands for it."""
    relation = story.relations.get(relation_id)
    story.drawn += 1
    if story.paragraph is None or story.hidden:
        return
    name = None
    if relation is not None and not relation.external:
        name = story.source.pictures.name_of(relation.target)
    elif is_linked or relation is not None:
        story.source.warnings.append(_("A picture that lies outside the file is not shown."))
    if name is None:
        say(story, alternative)
        return
    story.paragraph.line.thing(Element("img", src=name, alt=alternative), story.link)


def chart(story: Story, element: etree._Element) -> bool:
    story.drawn += 1
    story.source.warnings.append(_("A chart cannot be shown; its alternative text stands for it."))
    say(story, story.alternative or _("[Chart]"))
    return False


def diagram(story: Story, element: etree._Element) -> bool:
    story.drawn += 1
    story.source.warnings.append(_("A diagram cannot be shown; its alternative text stands for it."))
    say(story, story.alternative or _("[Diagram]"))
    return False


# The older form of drawings


def image_data(story: Story, element: etree._Element) -> bool:
    parent = element.getparent()
    said = (parent.get("alt") if parent is not None else "") or ""
    show(story, element.get(R + "id") or element.get(O + "relid") or "", said)
    return False


def text_path(story: Story, element: etree._Element) -> bool:
    say(story, element.get("string") or "")
    return False


def open_shape(story: Story, element: etree._Element) -> bool:
    if element.get(O + "hr") in ("t", "true", "1"):
        rule(story)
        return False
    return True


def embedded(story: Story, element: etree._Element) -> bool:
    """Name an embedded object, and show the picture of it that the file has, if it can be shown."""
    told = next(element.iter(O + "OLEObject"), None)
    program = (told.get("ProgID") if told is not None else "") or ""
    kind = program.partition(".")[0]
    if kind:
        story.source.warnings.append(_("An embedded object ({kind}) cannot be shown.").format(kind=kind))
    image = next(element.iter(V + "imagedata"), None)
    named = f"[{kind}]" if kind else ""
    if image is None:
        say(story, named)
        return next(element.iter(W + "txbxContent"), None) is not None
    parent = image.getparent()
    said = ((parent.get("alt") if parent is not None else "") or named)[:MAX_TITLE_CHARS]
    show(story, image.get(R + "id") or "", said)
    return False
