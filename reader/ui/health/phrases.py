"""How the library stands, in plain words."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication, QLocale

from reader.keeping.keeping import Findings, Health
from reader.ui.mending.moments import shown_time


def _tr(text: str, count: int = -1) -> str:
    return QCoreApplication.translate("Health", text, "", count)


def verdict(health: Health) -> str:
    """Return in one sentence how things stand."""
    found = health.checked
    if found is not None and not found.is_sound:
        return _tr("Something in the library is damaged.")
    if health.was_unclean:
        return _tr("The program was cut off while it worked. Look whether all is whole.")
    if health.backup is None:
        return _tr("There is no backup yet.")
    if found is None:
        return _tr("All seems well; nobody has looked through the library yet.")
    return _tr("All is well.")


def rows(health: Health, *, indexing: bool) -> tuple[tuple[str, str], ...]:
    """Return what is told, each with its name."""
    stats = health.stats
    kept = [_tr("%n text(s)", stats.texts), _tr("%n bookmark(s)", stats.bookmarks)]
    if stats.removed:
        kept.append(_tr("%n text(s) in the bin", stats.removed))
    room = _tr("{library} for the texts, {originals} for the files they came from, {backups} for backups").format(
        library=size(stats.database_bytes), originals=size(stats.originals_bytes), backups=size(stats.backups_bytes)
    )
    return (
        (_tr("Library"), ", ".join(kept)),
        (_tr("Last check"), checked(health.checked)),
        (_tr("Last backup"), backed_up(health)),
        (_tr("Room on the disk"), room),
        (_tr("Search index"), _index(stats.index_bytes, indexing=indexing)),
    )


def checked(found: Findings | None) -> str:
    """Return what the last check found."""
    if found is None:
        return _tr("never")
    time = shown_time(found.at)
    if found.is_sound:
        return _tr("{time}: all is whole").format(time=time)
    faults = []
    if found.database:
        faults.append(_tr("the database is damaged; close the program, and the next start offers to mend it"))
    if found.texts:
        faults.append(_tr("%n text(s) damaged", len(found.texts)))
    if found.files:
        faults.append(_tr("%n file(s) damaged or missing", len(found.files)))
    return _tr("{time}: {faults}").format(time=time, faults=", ".join(faults))


def backed_up(health: Health) -> str:
    """Return when the last backup was taken, how many there are, and whether originals are missing beside it."""
    if health.backup is None:
        return _tr("none yet; one is taken each day on which something changed")
    kept = _tr("{time}; %n backup(s) kept", health.backup_count).format(time=shown_time(health.backup.at))
    if health.missing_originals:
        kept += " " + _tr("(without %n of the files that the texts came from)", health.missing_originals)
    return kept


def _index(size_bytes: int, *, indexing: bool) -> str:
    if indexing:
        return _tr("being brought up to date")
    return _tr("in place, {size}").format(size=size(size_bytes)) if size_bytes else _tr("not made yet")


def size(count: int) -> str:
    """Return a number of bytes as a person reads it."""
    return QLocale().formattedDataSize(count, 1 if count >= 1 << 20 else 0)


def file_date() -> str:
    """Return the date of today as it stands in the name of an export."""
    return f"{datetime.now(UTC).astimezone():%Y-%m-%d}"
