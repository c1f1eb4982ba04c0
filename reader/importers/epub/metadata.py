"""What the package of an EPUB says of the book: title, people, date, language, publisher, rights."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reader.article.model import Metadata
from reader.importers.epub.container import name_of
from reader.importers.epub.markup import words_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_OPF = "{http://www.idpf.org/2007/opf}"
_EVENTS = ("original-publication", "publication", "issued", "", "creation", "copyright")
_UNKNOWN_LANGUAGES = frozenset(("und", "zxx", "mul", "mis", "unknown", "none"))
_NOWHEN = re.compile(r"0?[01]0[01]-0[01]-0[01]|0000")  # what conversion programs write for “unknown”
_NOBODY = frozenset(("unknown", "unknown author", "anonymous author", "n/a", "none"))

Said = list[tuple[str, "_Element"]]


def read_metadata(root: _Element) -> Metadata:
    """Return what a package says of the book; unknown is empty."""
    said: dict[str, Said] = {}
    refined: dict[tuple[str, str], str] = {}
    for element in root.iter():
        name = name_of(element)
        if name == "manifest":
            break
        text = words_of(element)
        if name == "meta" and element.get("refines"):
            key = ((element.get("refines") or "").removeprefix("#"), element.get("property") or "")
            refined.setdefault(key, text)
        elif text:
            said.setdefault(name, []).append((text, element))
    people = _People(said, refined)
    return Metadata(
        title=_title(said.get("title", []), refined),
        authors=people.authors,
        translators=people.translators,
        date=_date(said.get("date", [])),
        language=_language(said.get("language", [])),
        source=next((text for name in ("publisher", "source") for text, _ in said.get(name, ())), ""),
        rights="; ".join(dict.fromkeys(text for text, _ in said.get("rights", ()))),
    )


def _title(titles: Said, refined: dict[tuple[str, str], str]) -> str:
    """Return the main title, with the subtitle where it is told apart."""
    typed: dict[str, list[str]] = {}
    for text, element in titles:
        typed.setdefault(refined.get((element.get("id") or "", "title-type"), ""), []).append(text)
    main = next((typed[kind][0] for kind in ("main", "", "expanded", "short") if kind in typed), "")
    main = main or (titles[0][0] if titles else "")
    subtitle = next(iter(typed.get("subtitle", ())), "") if main else ""
    if not subtitle or subtitle.casefold() in main.casefold():
        return main
    return f"{main} {subtitle}" if main[-1] in ".:!?…" else f"{main}: {subtitle}"


class _People:
    """Who made the book, by what they did."""

    def __init__(self, said: dict[str, Said], refined: dict[tuple[str, str], str]) -> None:
        self._found: dict[str, list[str]] = {}
        for kind in ("creator", "contributor"):
            for text, element in said.get(kind, ()):
                role = element.get(_OPF + "role") or element.get("role") or ""
                role = (role or refined.get((element.get("id") or "", "role"), "")).strip().lower()
                self._found.setdefault(role or kind, []).append(text)

    def _with(self, *roles: str) -> tuple[str, ...]:
        names = (name for role in roles for name in self._found.get(role, ()))
        return tuple(dict.fromkeys(name for name in names if name.casefold() not in _NOBODY))

    @property
    def authors(self) -> tuple[str, ...]:
        return self._with("aut", "author", "creator") or self._with("edt", "editor", "com", "cre", "art")

    @property
    def translators(self) -> tuple[str, ...]:
        return self._with("trl", "translator")


def _date(dates: Said) -> str:
    events: dict[str, str] = {}
    for text, element in dates:
        event = (element.get(_OPF + "event") or element.get("event") or "").strip().lower()
        if not _NOWHEN.match(text):
            events.setdefault(event, text)
    return next((events[event] for event in _EVENTS if event in events), "")


def _language(languages: Said) -> str:
    tags = [text.replace("_", "-") for text, _ in languages]
    return next((tag for tag in tags if tag.lower() not in _UNKNOWN_LANGUAGES and " " not in tag), "")
