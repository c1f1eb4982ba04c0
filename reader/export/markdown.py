"""Markdown with footnotes: the open form of an article, which a person can mend by hand.

``importers.markdown`` reads it back as the same article, provided that it is in normal form
(``article.normal``): a paragraph is one line, a forced line break a backslash at a line's end. What
was set aside, and warnings that are not derived from the article itself, stand as comments.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from reader.article.asides import write_set_aside, write_warning
from reader.article.findings import findings
from reader.article.model import Article, Note
from reader.article.title import implied_title
from reader.export.markdown_blocks import BlockWriter, is_paragraph
from reader.export.markdown_inline import Style

_PLAIN_VALUE = re.compile(r"[\w(“‘„«][^\n\"'`#:\[\]{}|>%@\\]*(?:(?<=[A-Za-z]):(?=//)[^\s\"'`#\[\]{}|>%@\\]*)?")
_HEADER_LINE = re.compile(r"([A-Za-z][A-Za-z ]{0,30}):(?=[ \t])")


def write(article: Article) -> str:
    """Return the article as Markdown, with a newline at its end. Pictures are referred to by their names."""
    header = list(_header(article))
    style = Style(keys=frozenset(note.key for note in article.notes))
    comments: dict[int, list[str]] = {}
    for item in article.set_aside:
        comments.setdefault(item.before, []).append(write_set_aside(item))
    lines = BlockWriter(style, comments).write(article.blocks)
    for note in article.notes:
        lines += _note(note, style, first=not lines)
    derived = set(findings(article))
    for warning in article.warnings:
        if warning not in derived:
            lines += ["", write_warning(warning)]
    if not header and lines:
        lines[0] = _no_header(lines[0])
    return "\n".join([*header, *lines, ""])


def _header(article: Article) -> Iterator[str]:
    metadata = article.metadata
    title = "" if metadata.title == implied_title(article.blocks) else metadata.title
    said = [("title", title), ("kicker", metadata.kicker)]
    said += [("date", metadata.date), ("language", metadata.language)]
    said += [("source", metadata.source), ("rights", metadata.rights)]
    names = [("authors", metadata.authors), ("translators", metadata.translators)]
    if not any(value for _, value in said) and not any(values for _, values in names):
        return
    yield "---"
    yield from (f"{key}: {_value(value)}" for key, value in said[:2] if value)
    for key, values in names:
        if values:
            yield f"{key}:"
            yield from (f"  - {_value(value)}" for value in values)
    yield from (f"{key}: {_value(value)}" for key, value in said[2:] if value)
    yield "---"
    yield ""


def _value(text: str) -> str:
    """Return a value for the header, quoted where it must be."""
    return text if _PLAIN_VALUE.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def _note(note: Note, style: Style, first: bool) -> list[str]:
    lines = BlockWriter(style).write(note.blocks)
    start = f"[^{note.key}]:"
    if lines and is_paragraph(note.blocks[0]) and not note.blocks[0].within:
        start += " " + lines.pop(0)
    made = [start, *("    " + line if line else "" for line in lines)]
    return made if first else ["", *made]


def _no_header(line: str) -> str:
    """Return a text's first line so that it is not taken for the beginning of a header."""
    if line.startswith("% "):
        return "\\" + line
    return _HEADER_LINE.sub(r"\1\\:", line, count=1) if _HEADER_LINE.match(line) else line
