"""What an importer made of a file, told for a program and for a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from gettext import gettext as _
from gettext import ngettext
from itertools import groupby
from typing import Any

from reader.article.model import Article, Block, BlockKind, SpanKind
from reader.article.notes import labels, marks_by_note, orphan_marks, orphan_notes, passages
from reader.article.text import CanonicalText

_SHOWN_CHARACTERS = 72


def inspection(article: Article) -> dict[str, Any]:
    """Return what ``inspect --json`` prints, with its keys in order."""
    metadata = article.metadata
    marks = marks_by_note(article)
    shown = labels(marks) | {note.key: note.label for note in article.notes}
    return {
        "title": metadata.title,
        "kicker": metadata.kicker,
        "authors": metadata.authors,
        "translators": metadata.translators,
        "date": metadata.date,
        "language": metadata.language,
        "headings": [
            {"level": block.level, "text": block.text}
            for block in article.blocks
            if block.kind is BlockKind.HEADING and not block.within
        ],
        "captions": _texts(article, BlockKind.CAPTION),
        "quotations": list(quotations(article.blocks)),
        "references": _texts(article, BlockKind.REFERENCE),
        "notes": [
            {
                "label": note.label,
                "text": "\n".join(block.text for block in note.blocks),
                "marks": len(marks.get(note.key, ())),
            }
            for note in article.notes
        ],
        "orphan_notes": [shown[key] for key in orphan_notes(article)],
        "marks_without_note": [shown[key] for key in orphan_marks(article)],
        "links": [
            {"text": block.text[span.start : span.end], "target": span.value}
            for block in passages(article)
            for span in block.spans
            if span.kind is SpanKind.LINK
        ],
        "set_aside": [{"line": piece.line, "text": piece.text, "reason": piece.reason} for piece in article.set_aside],
        "warnings": article.warnings,
        "text": CanonicalText(article).body,
    }


def quotations(blocks: Sequence[Block]) -> Iterator[str]:
    """Yield each quotation's text: all that stands together in one, a quotation in it apart."""
    for container, inside in groupby(blocks, lambda block: block.within[: block.within.rfind(">") + 1]):
        if container:
            yield "\n".join(block.text for block in inside)


def summary(article: Article) -> str:
    """Return a page for a person: what the text is, its outline, and what needs a look."""
    found = inspection(article)
    outline = ["  " * heading["level"] + _short(heading["text"]) for heading in found["headings"]]
    doubts = []
    if found["orphan_notes"]:
        doubts.append(_("Notes that nothing marks: {labels}").format(labels=", ".join(found["orphan_notes"])))
    if found["marks_without_note"]:
        doubts.append(_("Marks without a note: {labels}").format(labels=", ".join(found["marks_without_note"])))
    set_aside = [
        _("  line {line}: {text} ({reason})").format(line=piece.line, text=_short(piece.text), reason=piece.reason)
        for piece in article.set_aside
    ]
    if set_aside:
        set_aside.insert(0, _("Set aside:"))
    parts = (_head(article), outline, _counts(article), doubts, set_aside, article.warnings)
    return "\n\n".join("\n".join(lines) for lines in parts if lines)


def _head(article: Article) -> list[str]:
    metadata = article.metadata
    facts = [metadata.kicker, ", ".join(metadata.authors), metadata.date, metadata.language]
    if metadata.translators:
        facts.insert(2, _("translated by {names}").format(names=", ".join(metadata.translators)))
    lines = [metadata.title or _("(no title)"), " · ".join(fact for fact in facts if fact)]
    return [line for line in lines if line]


def _counts(article: Article) -> list[str]:
    words = len(CanonicalText(article).body.split())
    quoted = sum(1 for _quotation in quotations(article.blocks))
    captions = len(_texts(article, BlockKind.CAPTION))
    references = len(_texts(article, BlockKind.REFERENCE))
    notes = len(article.notes)
    counts = (
        (words, ngettext("{count} word", "{count} words", words)),
        (quoted, ngettext("{count} quotation", "{count} quotations", quoted)),
        (captions, ngettext("{count} caption", "{count} captions", captions)),
        (notes, ngettext("{count} note", "{count} notes", notes)),
        (references, ngettext("{count} reference", "{count} references", references)),
    )
    return [text.format(count=count) for count, text in counts if count]


def _texts(article: Article, kind: BlockKind) -> list[str]:
    return [block.text for block in article.blocks if block.kind is kind]


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN_CHARACTERS else line[: _SHOWN_CHARACTERS - 1] + "…"
