"""Dates as they are printed above and below titles, in several languages, as ISO 8601."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

_MONTHS = (
    (
        "january jan januar janvier janv enero ene gennaio gen janeiro januari января январь січня stycznia ledna "
        "tammikuuta"
    ),
    (
        "february feb februar février févr fevrier febrero febbraio fevereiro fev februari февраля февраль лютого "
        "lutego února"
    ),
    "march mar märz maerz mars marzo março marco maart mrt марта март березня marca března",
    "april apr avril avr abril abr aprile апреля апрель квітня kwietnia dubna",
    "may mai mayo maggio mag maio mei мая май травня maja května maj",
    "june jun juni juin junio giugno giu junho июня июнь червня czerwca června",
    "july jul juli juillet juil julio luglio lug julho июля июль липня lipca července",
    "august aug août aout agosto ago augustus augusti августа август серпня sierpnia srpna",
    "september sep sept septembre septiembre settembre set setembro сентября сентябрь вересня września září",
    "october oct oktober okt octobre octubre ottobre ott outubro out октября октябрь жовтня października října",
    "november nov novembre noviembre novembro ноября ноябрь листопада listopada listopadu",
    (
        "december dec dezember dez décembre déc decembre diciembre dic dicembre dezembro декабря декабрь грудня "
        "grudnia prosince"
    ),
)
_NUMBER_OF = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_NAMES = "|".join(sorted(_NUMBER_OF, key=len, reverse=True))
_YEAR = r"(?P<y>1[0-9]{3}|20[0-9]{2})"
_DAY = r"(?P<d>[0-3]?\d)"
_MONTH = rf"(?P<m>{_NAMES})\b\.?"
_END = r"(?!\w)"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\b{_YEAR}-(?P<n>[01]\d)-(?P<d>[0-3]\d)(?:[T ]\d\d:\d\d\S*)?{_END}",
        rf"\b{_DAY}\s?(?:\.|st|nd|rd|th|er|º|°|ª)?\s+(?:of |de |d’|d')?{_MONTH},?\s+(?:de |del )?{_YEAR}{_END}",
        rf"\b{_MONTH}\s+{_DAY}(?:st|nd|rd|th)?\s?,?\s+{_YEAR}{_END}",
        rf"\b{_YEAR},?\s+{_MONTH}\s+{_DAY}{_END}",
        rf"(?<![\d.]){_DAY}\.\s?(?P<n>[01]?\d)\.\s?{_YEAR}{_END}",
        rf"(?<![\d/])(?P<a>[0-3]?\d)[/-](?P<b>[0-3]?\d)[/-]{_YEAR}{_END}",
        rf"\b{_YEAR}[./](?P<n>[01]?\d)[./](?P<d>[0-3]?\d){_END}",
        r"(?P<y>\d{4})年(?P<n>\d{1,2})月(?P<d>\d{1,2})日",
        rf"\b{_MONTH},?\s+(?:de |del )?{_YEAR}{_END}",
        rf"\b(?:spring|summer|autumn|fall|winter|frühjahr|sommer|herbst|winter)\s+{_YEAR}{_END}",
    )
)


class Found(NamedTuple):
    """A date in a text: where it stands, and as ISO 8601 as far as it is known (else as printed)."""

    start: int
    end: int
    iso: str


def find_date(text: str) -> Found | None:
    """Return the first date in a short text, or None. Between day and month in doubt, it is as printed."""
    if not any(map(str.isdigit, text)):
        return None
    hits = [hit for form in _FORMS if (hit := form.search(text))]
    for hit in sorted(hits, key=lambda hit: (hit.start(), -hit.end())):
        iso = _iso(hit)
        if iso:
            return Found(hit.start(), hit.end(), iso)
    return None


def _iso(hit: re.Match[str]) -> str:
    groups = hit.groupdict()
    year = int(groups["y"])
    if groups.get("a"):
        return _doubtful(hit.group(), year, int(groups["a"]), int(groups["b"]))
    name = groups.get("m")
    month = _NUMBER_OF[name.lower()] if name else int(groups.get("n") or 0)
    day = int(groups.get("d") or 0)
    if not month:
        return f"{year:04}"
    return _valid(year, month, day) if day else f"{year:04}-{month:02}"


def _doubtful(printed: str, year: int, first: int, second: int) -> str:
    """Return the date of two numbers and a year: which is the month shows only where one is above 12."""
    if first > 12:
        return _valid(year, second, first)
    if second > 12 or first == second:
        return _valid(year, first, second)
    return printed


def _valid(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""
