"""Why a book cannot be opened, as sentences."""

from __future__ import annotations

from gettext import gettext as _

from reader.errors import FileError


class ProtectedBookError(FileError):
    def __str__(self) -> str:
        return _(
            "“{name}” could not be opened: it is protected by digital rights management (DRM), and only the "
            "seller's own program can read it. Ask the seller or the publisher for a copy without protection."
        ).format(name=self.name)


class NoBookError(FileError):
    def __str__(self) -> str:
        return _("“{name}” could not be opened: it is no EPUB book, or its table of files is missing.").format(
            name=self.name
        )
