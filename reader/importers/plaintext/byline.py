"""Lines that say who wrote or translated a text, and when: in several languages."""

from __future__ import annotations

import re
from typing import NamedTuple

from reader.importers.dates import find_date
from reader.importers.plaintext.names import is_name, split_names

MAX_BYLINE = 220

_ROLE_WORDS = (
    r"(?:(?:written|story|text|words|posted|published|report|essay) )?by|authors?\s?:|text\s?:|"
    r"(?:text |geschrieben |ein beitrag |ein essay )?von|autor(?:in|en|innen)?\s?:|"
    r"(?:écrit |publié |texte )?par|auteure?s?\s?:|texte de|(?:escrito |publicado )?por|texto de|autor(?:a|es|as)?\s?:|"
    r"(?:scritto |testo |a cura )?di|scritto da|autor[ei]\s?:|(?:escrito )?por|(?:geschreven )?door|auteurs?\s?:|"
    r"автор(?:ы)?\s?:?|текст\s?:|av|af|skrevet af|skriven av"
)
_TRANSLATOR_WORDS = (
    r"(?:and )?translated(?: (?:in)?to [A-Z]\w+)?(?: from (?:the )?[A-Z]\w+(?: [A-Z]\w+)?)?(?: (?:in)?to [A-Z]\w+)? by|"
    r"(?:english |german |french |spanish )?translat(?:ion|ors?)\s?(?:by|:)|trans(?:l)?\.(?: by)?|"
    r"(?:aus dem \w+(?: \w+)? )?(?:ins deutsche )?(?:übersetzt|übertragen) von|übersetz(?:ung|er|erin)\s?(?:von|:)|"
    r"aus dem \w+(?:en|ischen) von|deutsch von|"
    r"traduit(?:e)?(?: de l.\w+| du \w+| de la \w+)?(?: en \w+)? par|traduct(?:ion|eur|rice)\s?(?:de|par|:)|"
    r"traducid[ao](?: del? \w+)?(?: al \w+)? por|traducci(?:ó|o)n\s?(?:de|:)|traductora?\s?:|"
    r"tradott[oa](?: dal\w*.?\s?\w+)? da|traduzione\s?(?:di|:)|"
    r"traduzid[ao](?: d[eo] \w+)?(?: para o? ?\w+)? por|tradução\s?(?:de|:)|"
    r"vertaald(?: uit het \w+)? door|vertaling\s?(?:door|:)?|(?:перевод(?: с \w+)?|переводчик|пер\.)\s?:?"
)
_ROLE = re.compile(
    rf"^(?:(?P<translator>{_TRANSLATOR_WORDS})|(?P<author>{_ROLE_WORDS}))\s+(?P<names>\S.*)$", re.IGNORECASE
)
_ALONE = re.compile(rf"^(?:{_ROLE_WORDS}|{_TRANSLATOR_WORDS})$", re.IGNORECASE)
_PARTS = re.compile(
    rf"\s*[|·•]\s*|\s+[—–/-]+\s+|\s*;\s*|\s*,?\s+(?=(?:{_TRANSLATOR_WORDS})\s)|(?<!\w)\s{{3,}}", re.IGNORECASE
)
_SMALL = re.compile(
    r"^(?:(?:published|posted|updated|last (?:updated|modified)|first published|date|written|created|on|in|at|from|"
    r"veröffentlicht|erschienen|aktualisiert|stand|geändert|am|vom|den|publié|mis à jour|le|du|"
    r"publicado|actualizado|el|fecha|pubblicato|aggiornato|il|data|atualizado|em|gepubliceerd|geplaatst|bijgewerkt|op|"
    r"опубликовано|дата|обновлено|г|год|года|um|uhr|"
    r"mon|tue|wed|thu|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday|"
    r"montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|"
    r"lunes|martes|miércoles|jueves|viernes|sábado|domingo|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica|"
    r"maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|"
    r"понедельник|вторник|среда|четверг|пятница|суббота|воскресенье|"
    r"\d{1,2}[:.h]\d{2}(?::\d\d)?|[ap]\.?m|[a-z]{3,4}t|utc|\d+[- ]min(?:ute)?s?(?: read)?)\b|[\s.,:;()|·-])*$",
    re.IGNORECASE,
)


class Byline(NamedTuple):
    """Who and when. ``date`` is as ISO 8601 as far as it is known."""

    authors: tuple[str, ...] = ()
    translators: tuple[str, ...] = ()
    date: str = ""


def is_role_alone(text: str) -> bool:
    """Return whether a line is only the word before a name: “by”."""
    return len(text) < 40 and _ALONE.match(text) is not None


def read_date_line(text: str) -> str:
    """Return the date of a line that says a date and nothing else; else an empty string."""
    if len(text) > 120:
        return ""
    first = ""
    rest = text
    for _ in range(3):
        found = find_date(rest)
        if not found:
            break
        first = first or found.iso
        rest = rest[: found.start] + " " + rest[found.end :]
    return first if first and _SMALL.match(rest) else ""


def read_byline(text: str) -> Byline | None:
    """Return what a byline says; None where a line is something else."""
    if len(text) > MAX_BYLINE or text.endswith(("!", "?", ":")):
        return None
    authors: tuple[str, ...] = ()
    translators: tuple[str, ...] = ()
    day = ""
    said = False
    for part in filter(None, map(str.strip, _PARTS.split(text))):
        bare, found = _without_date(part)
        day = day or found
        if not bare:
            continue
        names, translates, sure = _names_of(bare)
        if not names:
            return None
        said = said or sure
        authors, translators = (authors, translators + names) if translates else (authors + names, translators)
    if not (authors or translators) or not (said or day):
        return None
    return Byline(authors, translators, day)


def _without_date(part: str) -> tuple[str, str]:
    found = find_date(part)
    if not found:
        return ("", "") if _SMALL.match(part) and not part.isdigit() else (part, "")
    before = re.sub(
        r"[\s,(]*\b(?:on|am|vom|le|el|il|op|em|published|posted)?[\s:,]*$", "", part[: found.start], flags=re.IGNORECASE
    )
    after = part[found.end :].strip(" ,.)")
    left = f"{before} {after}".strip(" ,")
    return ("" if _SMALL.match(left) else left), found.iso


def _names_of(part: str) -> tuple[tuple[str, ...], bool, bool]:
    """Return names, whether they are translators, and whether a word says so."""
    hit = _ROLE.match(part)
    if hit:
        return split_names(hit["names"]), hit["translator"] is not None, True
    words = part.split()
    return (
        ((part,) if 2 <= len(words) <= 4 and is_name(part) and not (part.isupper() and len(words) > 2) else ()),
        False,
        False,
    )
