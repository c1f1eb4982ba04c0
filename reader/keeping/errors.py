"""What can go wrong with exports and backups, each as one sentence for a person."""

from __future__ import annotations

from gettext import gettext as _

from reader.errors import FileError, ReaderError


class FolderTakenError(FileError):
    def __str__(self) -> str:
        return _(
            "There is something in “{name}” already; nothing was changed. Choose a new or an empty folder."
        ).format(name=self.name)


class NotExportedError(FileError):
    def __str__(self) -> str:
        return _(
            "The library could not be written to “{name}”. "
            "Check that you may write there, and that the disk is not full."
        ).format(name=self.name)


class NotAnExportError(FileError):
    def __str__(self) -> str:
        return _("“{name}” is no folder that this program exported a library to; nothing was changed.").format(
            name=self.name
        )


class NewerExportError(FileError):
    def __str__(self) -> str:
        return _(
            "“{name}” was exported by a newer version of this program; nothing was changed. "
            "Install the newer version to restore it."
        ).format(name=self.name)


class DamagedExportError(FileError):
    """A file of an export is not as it was written, or points out of it."""

    def __str__(self) -> str:
        return _("“{name}” in the exported folder is damaged or missing; it was left out.").format(name=self.name)


class NoBackupError(ReaderError):
    def __str__(self) -> str:
        return _("There is no backup of this library that is whole.")


class NoRoomError(ReaderError):
    """There is too little room for a backup; nothing is wrong with the library."""

    def __str__(self) -> str:
        return _("There is not enough room on the disk for another backup of the library. The last one is kept.")


class InUseError(ReaderError):
    def __str__(self) -> str:
        return _("The library is open in a window or another program of this computer. Close it there, then try again.")
