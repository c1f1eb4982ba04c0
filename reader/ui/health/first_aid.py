"""What is done where a damaged library cannot be opened: it is offered to mend it, before there is a window."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMessageBox

from reader.errors import ReaderError
from reader.keeping.backups import FOLDER
from reader.keeping.repairing import Repaired, rebuild_database, recovery_folder
from reader.library import FILE
from reader.paths import Paths
from reader.store import times


def _tr(text: str) -> str:
    return QCoreApplication.translate("FirstAid", text)


def offer(paths: Paths) -> bool:
    """Ask whether the library is to be mended, do it, and say whether it can be opened now."""
    box = QMessageBox()
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle("Study Reader")
    box.setText(_tr("The library is damaged."))
    box.setInformativeText(
        _tr(
            "It can be mended from what is left of it and its last backup. The library as it is now is kept beside it,"
            " and nothing is deleted."
        )
    )
    mend = box.addButton(_tr("Mend the library"), QMessageBox.ButtonRole.AcceptRole)
    box.addButton(_tr("Quit"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(mend)
    box.exec()
    if box.clickedButton() is not mend:
        return False
    try:
        told = rebuilt(paths).told
    except ReaderError as error:
        QMessageBox.warning(None, "Study Reader", str(error))
        return False
    QMessageBox.information(None, "Study Reader", "\n".join(told))
    return True


def rebuilt(paths: Paths) -> Repaired:
    """Mend the library's database.

    Raises:
        ReaderError: it could not be mended; it was left as it is.
    """
    return rebuild_database(paths.data / FILE, paths.data / FOLDER, recovery_folder(paths.data, times.now()))
