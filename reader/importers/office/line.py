"""One paragraph while it is gathered: text in its formats, marks, pictures and breaks, as an element."""

from __future__ import annotations

from typing import NamedTuple
from xml.etree.ElementTree import Comment, Element, SubElement


class Format(NamedTuple):
    """How a stretch of text is set; ``link`` and ``language`` are empty for none."""

    strong: bool = False
    emphasis: bool = False
    code: bool = False
    sub: bool = False
    sup: bool = False
    language: str = ""
    link: str = ""


PLAIN = Format()
_NAMES = (("strong", "strong"), ("emphasis", "em"), ("code", "code"), ("sub", "sub"), ("sup", "sup"))
_NO_BREAKS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


class Line:
    """A paragraph's content; ``prefix`` is put before it, and does not make an empty one full.

    ``links`` and ``spoken`` list the elements whose target or language may change later.
    """

    def __init__(self) -> None:
        self.element = Element("p")
        self.links: list[Element] = []
        self.spoken: list[Element] = []
        self.things = 0
        self.prefix = ""
        self.has_text = False
        self.length = 0
        self._parts: list[str] = []
        self._format = PLAIN

    @property
    def empty(self) -> bool:
        """Whether there is neither a letter nor a thing (a mark, a picture) in it."""
        return not self.has_text and not self.things

    def put(self, text: str, form: Format = PLAIN) -> None:
        if not text:
            return
        if form != self._format:
            self._write()
            self._format = form
        self._parts.append(text)
        self.length += len(text)
        self.has_text = self.has_text or not text.isspace()

    def brk(self) -> None:
        """Put a forced line break."""
        self._write()
        SubElement(self.element, "br")

    def thing(self, element: Element, link: str = "") -> None:
        """Put a mark or a picture, inside a link where one is given."""
        self._write()
        self.things += 1
        parent = self._link(self.element, link) if link else self.element
        parent.append(element)

    def remark(self, text: str) -> None:
        """Put a comment, which is no text of the paragraph."""
        self._write()
        self.element.append(Comment(text))

    def finish(self, name: str, **attributes: str) -> Element:
        """Return the element, named for what the paragraph is."""
        self._write()
        self.element.text = (self.prefix + (self.element.text or "")) or None
        self.element.tag = name
        self.element.attrib.update(attributes)
        if name in _NO_BREAKS:
            for one in self.element.findall("br"):
                one.tag, one.text = "span", " "
        return self.element

    def _write(self) -> None:
        if not self._parts:
            return
        text, form = "".join(self._parts), self._format
        self._parts.clear()
        if form == PLAIN:
            self._append_plain(text)
            return
        inner = self._link(self.element, form.link) if form.link else self.element
        if form.language:
            inner = SubElement(inner, "span", lang=form.language)
            self.spoken.append(inner)
        for field, name in _NAMES:
            if getattr(form, field):
                inner = SubElement(inner, name)
        inner.text = text

    def _append_plain(self, text: str) -> None:
        last = self.element[-1] if len(self.element) else None
        if last is None:
            self.element.text = (self.element.text or "") + text
        else:
            last.tail = (last.tail or "") + text

    def _link(self, parent: Element, target: str) -> Element:
        made = SubElement(parent, "a", href=target)
        self.links.append(made)
        return made
