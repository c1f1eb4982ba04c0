"""The head of the page: what is known of the article, set above its text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from reader.article.title import is_title_block
from reader.ui.isolation import isolated_beside
from reader.ui.page.document import Line

if TYPE_CHECKING:
    from reader.article.model import Metadata
    from reader.article.text import Text
    from reader.ui.page.styles import StyleBook


def _tr(text: str) -> str:
    return QCoreApplication.translate("PageHeader", text)


def title_is_first_heading(metadata: Metadata, text: Text) -> bool:
    """Say whether the text begins with its own title, so that it need not be set twice."""
    return bool(text.passages) and text.body_passages > 0 and is_title_block(text.passages[0], metadata.title)


def lines_above(metadata: Metadata, styles: StyleBook, *, title_first: bool) -> tuple[Line, ...]:
    """Return what stands before the first passage; where that is the title, not the title."""
    lines = [Line(metadata.kicker, styles.kicker())] if metadata.kicker else []
    if title_first:
        return tuple(lines)
    if metadata.title:
        lines.append(Line(metadata.title, styles.title(), heading=1))
    return (*lines, *lines_below_title(metadata, styles))


def lines_below_title(metadata: Metadata, styles: StyleBook) -> tuple[Line, ...]:
    """Return what stands below the title: who wrote it, and when."""
    names = [part for part in (_authors(metadata), _translators(metadata)) if part]
    date = isolated_beside(_date(metadata), "".join(names))
    text = " · ".join((*names, date) if date else names)
    return (Line(text, styles.byline()),) if text else ()


def _authors(metadata: Metadata) -> str:
    return QLocale().createSeparatedList(list(metadata.authors)) if metadata.authors else ""


def _translators(metadata: Metadata) -> str:
    if not metadata.translators:
        return ""
    names = QLocale().createSeparatedList(list(metadata.translators))
    return _tr("translated by {names}").format(names=names)


def _date(metadata: Metadata) -> str:
    """Return the date in the reader's own way of writing; one that is not complete as it is."""
    day = QDate.fromString(metadata.date, "yyyy-MM-dd")
    if not day.isValid():
        return metadata.date
    locale = QLocale()
    without_weekday = re.sub(r"dddd[,\s]*|[,\s]*dddd", "", locale.dateFormat(QLocale.FormatType.LongFormat))
    return locale.toString(day, without_weekday)
