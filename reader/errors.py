"""What can go wrong, each as one sentence for a person: what happened, to which file, what to do.

Every class makes its whole sentence itself, so that each can be translated as a whole.
"""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path


class ReaderError(Exception):
    """Something a person must be told; ``str()`` is the sentence."""


class CancelledError(ReaderError):
    """A person asked to stop; nothing was changed."""

    def __str__(self) -> str:
        return _("Stopped before it was done; nothing was changed.")


class FileError(ReaderError):
    """Something is wrong with one file."""

    def __init__(self, path: Path | str) -> None:
        super().__init__(path)
        self.path = Path(path)

    @property
    def name(self) -> str:
        """The file's name as it is shown."""
        return self.path.name or str(self.path)


class MissingFileError(FileError):
    def __str__(self) -> str:
        return _("“{name}” could not be opened: there is no such file.").format(name=self.name)


class FolderError(FileError):
    def __str__(self) -> str:
        return _("“{name}” could not be opened: it is a folder. Choose a file in it.").format(name=self.name)


class UnreadableFileError(FileError):
    def __str__(self) -> str:
        return _("“{name}” could not be read. Check that you may read it, and that its disk is there.").format(
            name=self.name
        )


class EmptyFileError(FileError):
    def __str__(self) -> str:
        return _("“{name}” could not be opened: there is no text in it.").format(name=self.name)


class TooLargeError(FileError):
    def __init__(self, path: Path | str, limit_mb: int) -> None:
        super().__init__(path)
        self.limit_mb = limit_mb

    def __str__(self) -> str:
        return _("“{name}” could not be opened: it is larger than {limit} MB.").format(
            name=self.name, limit=self.limit_mb
        )


class NotTextError(FileError):
    def __str__(self) -> str:
        return _("“{name}” could not be opened: it is not a text that this program can read.").format(name=self.name)


class UnknownFormatError(FileError):
    def __str__(self) -> str:
        return _("“{name}” could not be opened: this program reads plain text and Markdown.").format(name=self.name)
