"""What the properties of an office document say, as far as it makes sense."""

from __future__ import annotations

import re

MAX_TITLE_CHARS = 400

_NO_TITLE = re.compile(
    r"(?:microsoft (?:office )?word\s*[-–]\s*.*|(?:document|dokument|doc|untitled|unbenannt|ohne titel|sans titre|"
    r"sin título|без имени|документ|title|titel|word document|normal|template|vorlage|powerpoint presentation|blank)"
    r"[\s\d_()-]*|.*\.(?:docx?|dotx?|docm|rtf|odt|pdf|tmp)|[\W\d_]*)",
    re.IGNORECASE | re.DOTALL,
)
_NO_AUTHOR = re.compile(
    r"(?:python-docx|microsoft(?: office)?(?: user)?|(?:windows|office|ms office)[- ]?(?:user|benutzer)|user\d*|"
    r"admin\w*|"
    r"administrator|owner|author|autor|unknown|unbekannt|none|null|test|pc|home|default|benutzer|usuario|"
    r"utilisateur|un-named|hp|dell|acer|lenovo|asus|apache poi|docx4j|aspose.*|word|[\W\d_]*)",
    re.IGNORECASE,
)
_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")


def sensible_title(title: str) -> str:
    """Return a title, unless it is one that a program has put there."""
    title = " ".join(title.split())
    return "" if _NO_TITLE.fullmatch(title) or len(title) > MAX_TITLE_CHARS else title


def sensible_authors(names: str) -> tuple[str, ...]:
    """Return the names in a list of authors, without those of programs and machines."""
    found = (" ".join(name.split()) for name in names.split(";"))
    return tuple(dict.fromkeys(name for name in found if name and not _NO_AUTHOR.fullmatch(name)))


def sensible_date(said: str) -> str:
    """Return the day of a date as ISO 8601 writes it, or an empty string."""
    found = _DATE.match(said)
    return found[0] if found else ""


def sensible_language(said: str) -> str:
    """Return a language tag, or an empty string."""
    found = _LANGUAGE.fullmatch(said)
    return found[0].replace("_", "-") if found else ""
