"""Markdown with footnotes, the open form of an article, by Python-Markdown's element tree.

Python-Markdown is the frame: its stages (preprocess, parse blocks, work on the tree), its tree, its
attribute lists and its abbreviations. Its block parser and its inline pass are replaced by ones that
keep to CommonMark, which is what real files are written for: see ``markdown_blocks`` and
``markdown_inline``. Its HTML text is never made.

The title is what the header says, else the first heading where that plainly is the title
(``article.title``). That heading stays a block all the same: an outline lists every heading.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from gettext import gettext as _
from pathlib import Path
from xml.etree.ElementTree import Element

from msgspec.structs import replace

from reader.article.asides import read_comment
from reader.article.model import Article, Block, BlockKind, Imported, Note, SetAside
from reader.article.normal import normal
from reader.importers.elements.bare_headings import without_bare_headings
from reader.importers.elements.blocks import convert
from reader.importers.elements.rules import Rules
from reader.importers.encoding import read_text
from reader.importers.markdown.frame import Parsed, Step, no_step, parse_tree
from reader.importers.markdown.front import Header, read_header
from reader.importers.pictures import Pictures

log = logging.getLogger(__name__)

_LINE_ENDS = re.compile("\r\n?")


def read(path: Path, step: Step = no_step) -> Imported:
    """Return what a Markdown file holds; pictures come from its folder only.

    ``step`` is told the share of the work that is done, and may raise ``CancelledError``.

    Raises:
        ReaderError: the file cannot be read as text.
    """
    return parse(read_text(path), name=path.name, folder=path.parent, step=step)


def parse(text: str, *, name: str = "", folder: Path | None = None, step: Step = no_step) -> Imported:
    """Return the article that a Markdown text is, in normal form, and its pictures.

    ``name`` is only for the log. Without a ``folder`` no picture is looked for, but all keep their
    names. Warnings that ``article.findings`` derives come first, then those of this reading.
    """
    lines = _LINE_ENDS.sub("\n", text.removeprefix("\ufeff")).split("\n")
    header = read_header(lines)
    parsed = parse_tree(lines[header.first_line :], header.first_line + 1, step)
    pictures = Pictures(folder)
    blocks, set_aside, warnings, notes = _convert(parsed, pictures)
    blocks, set_aside = _with_lead(header, blocks, set_aside)
    made = Article(
        header.metadata,
        blocks,
        notes,
        (*header.set_aside, *set_aside),
        (*warnings, *_said(parsed), *pictures.warnings),
    )
    article = normal(without_bare_headings(made))
    log.info("read %s: %d blocks, %d notes", name or "a text", len(article.blocks), len(article.notes))
    return Imported(article, tuple(pictures.found.values()))


def _convert(
    parsed: Parsed, pictures: Pictures
) -> tuple[tuple[Block, ...], list[SetAside], list[str], tuple[Note, ...]]:
    rules = Rules(marks=parsed.notes.marks, picture=pictures.name_of)
    blocks, found = convert(parsed.root, rules)
    notes: list[Note] = []
    for key, body in parsed.notes.bodies.items():
        inside, also_found = convert(_holder(body), rules)
        notes.append(Note(key, "", inside))
        found += tuple(replace(item, before=len(blocks)) for item in also_found)
    set_aside: list[SetAside] = []
    warnings: list[str] = []
    for item in found:
        told = read_comment(item)
        if isinstance(told, SetAside):
            set_aside.append(told)
        else:
            warnings.append(told)
    return blocks, set_aside, warnings, tuple(notes)


def _holder(body: Element) -> Element:
    return body


def _with_lead(
    header: Header, blocks: tuple[Block, ...], set_aside: Sequence[SetAside]
) -> tuple[tuple[Block, ...], list[SetAside]]:
    """Put the header's lead at the top, below a heading that is the title."""
    if not header.lead:
        return blocks, list(set_aside)
    place = 1 if blocks and blocks[0].kind is BlockKind.HEADING and blocks[0].level == 1 else 0
    leads = tuple(Block(BlockKind.LEAD, text) for text in header.lead)
    moved = [replace(item, before=item.before + len(leads)) if item.before >= place else item for item in set_aside]
    return (*blocks[:place], *leads, *blocks[place:]), moved


def _said(parsed: Parsed) -> list[str]:
    said = [
        _("Note {key} is defined more than once; all its texts are kept.").format(key=key)
        for key in dict.fromkeys(parsed.repeated)
    ]
    if parsed.overfull:
        said.append(
            _("A paragraph has more emphasis than any text needs; its words are all here, some with their signs.")
        )
    return said
