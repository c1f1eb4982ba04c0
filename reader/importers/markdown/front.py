"""What stands before a Markdown text about it: YAML, TOML, a MultiMarkdown header, a pandoc title block.

Only what a header of an article needs is read of YAML and TOML, strictly; a line that is not
understood is given back, never lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from gettext import gettext as _

from reader.article.model import Metadata, SetAside
from reader.importers.markdown.yaml import Entry, begins_entry, toml_entries, yaml_entries

MAX_HEADER_LINES = 2000

_FIELDS = {
    "title": "title",
    "kicker": "kicker",
    "author": "authors",
    "authors": "authors",
    "by": "authors",
    "translator": "translators",
    "translators": "translators",
    "date": "date",
    "lang": "language",
    "language": "language",
    "source": "source",
    "url": "source",
    "rights": "rights",
    "license": "rights",
    "licence": "rights",
    "copyright": "rights",
    "lead": "lead",
    "subtitle": "lead",
    "description": "lead",
}
_PLAIN_HEADER = re.compile(r"([A-Za-z][A-Za-z ]{0,30}):[ \t]+(\S.*)$")


@dataclass(slots=True)
class Header:
    """What a header says, what of it is not for an article, and the line in which the text begins (from 0)."""

    metadata: Metadata = field(default_factory=Metadata)
    lead: tuple[str, ...] = ()
    set_aside: list[SetAside] = field(default_factory=list)
    first_line: int = 0


def read_header(lines: Sequence[str]) -> Header:
    """Return the header of a text and where it ends; an empty one where there is none."""
    for reader in (_yaml, _toml, _title_block, _plain):
        header = reader(lines)
        if header is not None:
            return header
    return Header()


def has_header(lines: Sequence[str]) -> bool:
    """Say whether a text begins with a header."""
    return read_header(lines).first_line > 0


def _fenced(lines: Sequence[str], opening: str, endings: tuple[str, ...]) -> int | None:
    """Return the index of the line that ends a header which ``opening`` begins."""
    if not lines or lines[0].rstrip() != opening:
        return None
    for i in range(1, min(len(lines), MAX_HEADER_LINES)):
        if lines[i].rstrip() in endings:
            return i
    return None


def _yaml(lines: Sequence[str]) -> Header | None:
    end = _fenced(lines, "---", ("---", "..."))
    if end is None:
        return None
    inside = lines[1:end]
    entries = yaml_entries(inside, 2)
    # Between two rules may stand ordinary text: a header has at least a key, or nothing at all.
    if not any(map(begins_entry, inside)) and any(line.strip() for line in inside):
        return None
    return _header(entries, end + 1)


def _toml(lines: Sequence[str]) -> Header | None:
    end = _fenced(lines, "+++", ("+++",))
    return _header(toml_entries(lines[1:end], 2), end + 1) if end is not None else None


def _title_block(lines: Sequence[str]) -> Header | None:
    """Read pandoc's block: ``% title``, ``% authors; …``, ``% date``."""
    if not lines or not lines[0].startswith("% "):
        return None
    said: list[str] = []
    end = 0
    for line in lines[:100]:
        if line.startswith("%") and len(said) < 3:
            said.append(line[1:].strip())
        elif line.startswith(" ") and line.strip() and said:
            said[-1] += ("; " if len(said) == 2 else " ") + line.strip()
        else:
            break
        end += 1
    title, authors, date = (*said, "", "")[:3]
    names = tuple(name.strip() for name in authors.split(";") if name.strip())
    return Header(Metadata(title=title, authors=names, date=date), first_line=end)


def _plain(lines: Sequence[str]) -> Header | None:
    """Read MultiMarkdown's header (``Title: …``): two known keys at least, the first of them a title or author."""
    entries: list[Entry] = []
    end = 0
    for number, line in enumerate(lines[:50], 1):
        match = _PLAIN_HEADER.match(line)
        if match:
            entries.append(Entry(match[1].strip().lower(), (match[2].strip(),), number, line))
        elif line.startswith((" ", "\t")) and line.strip() and entries:
            last = entries[-1]
            entries[-1] = Entry(last.key, (f"{last.values[0]} {line.strip()}",), last.line, f"{last.written}\n{line}")
        else:
            end = number if not line.strip() else 0
            break
    else:
        end = len(lines) + 1
    known = [entry for entry in entries if entry.key in _FIELDS]
    if not end or len(known) < 2 or entries[0].key not in ("title", "author"):
        return None
    return _header(entries, end - 1)


def _header(entries: Sequence[Entry], first_line: int) -> Header:
    header = Header(first_line=first_line)
    found: dict[str, tuple[str, ...]] = {}
    for entry in entries:
        name = _FIELDS.get(entry.key.lower())
        values = tuple(value for value in entry.values if value.strip())
        many = name in ("authors", "translators", "lead")
        if name is None or (not many and (name in found or len(values) > 1)):
            if entry.written.strip() and not entry.written.lstrip().startswith("#"):
                header.set_aside.append(SetAside(entry.line, entry.written.strip(), _("an entry of the header"), 0))
        elif values:
            found[name] = found.get(name, ()) + values
    header.lead = tuple(dict.fromkeys(found.get("lead", ())))
    header.metadata = Metadata(
        authors=found.get("authors", ()),
        translators=found.get("translators", ()),
        **dict(_single(found)),
    )
    return header


def _single(found: dict[str, tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    for name in ("title", "kicker", "date", "language", "source", "rights"):
        if name in found:
            yield name, found[name][0]
