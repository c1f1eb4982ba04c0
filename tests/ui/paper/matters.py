"""Texts that are laid out on paper in tests, and plans of them."""

from __future__ import annotations

from pathlib import Path

from reader.article.outline import headings
from reader.article.text import CanonicalText
from reader.importers import registry
from reader.ui.page.typography import Typography
from reader.ui.paper.matter import Heading, Matter
from reader.ui.paper.plan import Leaf, Plan, Strip
from reader.ui.paper.sheet import Choices, lay_out

SENTENCE = "The ferry crossed the river at dawn, and nobody on the bank could say who had paid for it. "
A5 = Choices(size="A5", type_size=10)


def matter(folder: Path, markdown: str, typography: Typography | None = None) -> Matter:
    """Return a text as it is read from a file."""
    path = folder / "matter.md"
    path.write_text(markdown, encoding="utf-8")
    return matter_of(path, typography)


def matter_of(path: Path, typography: Typography | None = None) -> Matter:
    imported = registry.read(path, lambda share: None)
    article = imported.article
    heads = tuple(Heading(head.block, head.level, head.title) for head in headings(article.blocks))
    pictures = {picture.name: picture for picture in imported.resources}
    return Matter(article.metadata, CanonicalText(article), pictures, heads, typography or Typography())


def planned(matter: Matter, choices: Choices = A5) -> Plan:
    """Return a plan with all its pages."""
    plan = Plan(matter, lay_out(choices))
    while plan.make_page():
        pass
    return plan


def lines_of(plan: Plan, strips: tuple[Strip, ...]) -> list[str]:
    """Return the lines of text in strips."""
    found: list[str] = []
    for strip in strips:
        measured = plan.measured(strip.source)
        for piece in measured.pieces[strip.first : strip.end]:
            cells = []
            for line, at in piece.lines:
                layout = _layout_at(plan, strip.source, at.x(), at.y())
                cells.append(layout[line.textStart() : line.textStart() + line.textLength()])
            found.append(" | ".join(cells))
    return found


def _layout_at(plan: Plan, source: int, x: float, y: float) -> str:
    document = plan.measured(source).document
    block = document.begin()
    while block.isValid():
        corner = document.documentLayout().blockBoundingRect(block).topLeft()
        if (corner.x(), corner.y()) == (x, y) and block.layout().lineCount():
            return block.text()
        block = block.next()
    raise AssertionError("a line of no block")


def body(plan: Plan, leaf: Leaf) -> list[str]:
    return lines_of(plan, leaf.body)


def notes(plan: Plan, leaf: Leaf) -> list[str]:
    return lines_of(plan, leaf.notes)
