"""Links, pictures, text boxes and formulas of an OpenDocument text."""

from __future__ import annotations

import base64
from functools import partial
from gettext import gettext as _
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from reader.importers.elements.mathml import text_of_math
from reader.importers.odt.story import Story
from reader.importers.odt.styles import DRAW, OFFICE, SVG, XLINK
from reader.importers.office.targets import safe_target
from reader.importers.office.xml import as_elements

if TYPE_CHECKING:
    from lxml import etree


MATH = "{http://www.w3.org/1998/Math/MathML}math"


def open_link(story: Story, element: etree._Element) -> bool:
    target = element.get(XLINK + "href") or ""
    story.links.append(safe_target(target.split("|")[0] if target.startswith("#") else target))
    return True


def close_link(story: Story, element: etree._Element) -> None:
    if story.links:
        story.links.pop()


def frame(story: Story, element: etree._Element) -> bool:
    """Show the picture, or say the formula, that a frame holds; a text box in it is read apart."""
    if element.find(DRAW + "text-box") is not None:
        return True
    said = element.findtext(SVG + "desc") or element.findtext(SVG + "title") or ""
    said = " ".join(said.split())
    embedded = element.find(DRAW + "object")
    if embedded is not None and (formula := _formula(story, embedded)):
        _put(story, formula)
        return False
    has_image = element.find(DRAW + "image") is not None
    if not has_image and (embedded is not None or element.find(DRAW + "object-ole") is not None):
        story.gathered.warnings.append(_("An embedded object cannot be shown."))
    name = next(filter(None, map(partial(_name_of, story), element.iterfind(DRAW + "image"))), None)
    if name is None:
        _put(story, said)
        return False
    image = Element("img", src=name, alt=said)
    if story.paragraph is not None:
        story.paragraph.line.thing(image, story.links[-1] if story.links else "")
    else:
        story.flow.add(image)
    return False


def _formula(story: Story, embedded: etree._Element) -> str:
    """Return the text of a formula, which stands in the text or in the archive; empty where it is none."""
    inside = next(embedded.iterdescendants(MATH), None)
    return math_text(inside) if inside is not None else story.formula(embedded.get(XLINK + "href") or "")


def math_text(element: etree._Element) -> str:
    return text_of_math(as_elements(element))


def _name_of(story: Story, image: etree._Element) -> str | None:
    """Return the name of a picture's resource: a member of the archive, or carried in the text."""
    carried = image.findtext(OFFICE + "binary-data")
    if carried is not None:
        try:
            return story.pictures.carried(base64.b64decode(carried))
        except ValueError:
            return None
    target = image.get(XLINK + "href") or ""
    if not target or ":" in target.split("/")[0]:
        story.gathered.warnings.append(_("A picture that lies outside the file is not shown."))
        return None
    return story.pictures.name_of(target.removeprefix("./"))


def _put(story: Story, said: str) -> None:
    if story.paragraph is not None:
        story.paragraph.line.put(said)


def open_shape(story: Story, element: etree._Element) -> bool:
    story.push(Element("div"), story.is_body)
    return True


def close_box(story: Story, element: etree._Element) -> None:
    made = story.pop()
    if story.paragraph is not None:
        story.paragraph.boxes.append(made)
    elif len(made):
        story.flow.add(made)
