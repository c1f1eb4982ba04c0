"""Moments as a person's system writes them."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QDateTime, QLocale


def shown_time(moment: datetime) -> str:
    """Return a moment as the person's system writes it; of today, only the time of day."""
    there = QDateTime.fromSecsSinceEpoch(int(moment.timestamp()))
    form = QLocale.FormatType.ShortFormat
    if there.date() == QDateTime.currentDateTime().date():
        return QLocale().toString(there.time(), form)
    return QLocale().toString(there, form)
