"""Python-Markdown with our stages in it: lines in, an element tree out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.abbr import AbbrTreeprocessor
from markdown.treeprocessors import Treeprocessor

from reader.importers.markdown.blocks import LineParser
from reader.importers.markdown.inline import Inline, Notes

Step = Callable[[float], None]
"""Told the share of the work that is done; raises to stop it."""


def no_step(share: float) -> None:
    """Let the work go on."""


class Parsed(NamedTuple):
    """The tree of a text, its notes (whose bodies are trees of their own), and keys defined twice.

    ``overfull``: some block had so much emphasis that some of it was left as text.
    """

    root: Element
    notes: Notes
    repeated: tuple[str, ...]
    overfull: bool


class _InlinePass(Treeprocessor):
    """Fills the elements that hold Markdown text."""

    def __init__(self, md: Markdown, parser: LineParser, step: Step) -> None:
        super().__init__(md)
        self.step = step
        self.lines = parser
        self.overfull = False

    def run(self, root: Element) -> None:
        inline = Inline(self.lines.definitions.references, self.lines.notes)
        texts = self.lines.texts
        for i, (element, text) in enumerate(texts):
            if i % 500 == 0:
                self.step(0.3 + 0.6 * i / len(texts))
            inline.fill(element, text)
        self.overfull = inline.overfull


class _Article(Extension):
    """Puts our block parser and inline pass in the place of Python-Markdown's."""

    def __init__(self, first_line: int, step: Step) -> None:
        super().__init__()
        self.step = step
        self.first_line = first_line

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        self.parser = LineParser(md, self.first_line)
        md.parser = self.parser
        md.preprocessors.deregister("normalize_whitespace")  # it would expand the tabs of code
        md.preprocessors.deregister("html_block")
        md.treeprocessors.deregister("prettify")
        md.treeprocessors.deregister("unescape")
        self.inline = _InlinePass(md, self.parser, self.step)
        md.treeprocessors.register(self.inline, "inline", 20)
        md.treeprocessors.register(AbbrTreeprocessor(md, self.parser.definitions.abbreviations), "abbr", 7)


def parse_tree(lines: Sequence[str], first_line: int = 1, step: Step = no_step) -> Parsed:
    """Return the element tree of Markdown lines; ``first_line`` is the number of the first of them."""
    extension = _Article(first_line, step)
    md = Markdown(extensions=[extension])
    prepared = list(lines)
    for preprocessor in md.preprocessors:
        prepared = preprocessor.run(prepared)
    parser = extension.parser
    parser.parseDocument(_told(prepared, step))
    root, notes = parser.root, parser.notes
    for processor in md.treeprocessors:
        processor.run(root)
        if isinstance(processor, AbbrTreeprocessor):
            for body in notes.bodies.values():
                processor.run(body)
    return Parsed(root, notes, tuple(parser.repeated), extension.inline.overfull)


def _told(lines: Sequence[str], step: Step) -> Iterator[str]:
    """Yield the lines; now and then, say how far they are."""
    for i, line in enumerate(lines):
        if i % 2000 == 0:
            step(0.3 * i / len(lines))
        yield line
