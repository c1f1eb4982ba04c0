"""Why a text cannot be mended, or what was mended not be stored, each as one sentence."""

from __future__ import annotations

from gettext import gettext as _

from reader.errors import FileError, ReaderError


class TooLongToMendError(ReaderError):
    def __str__(self) -> str:
        return _(
            "This text is too long to be mended here: save it as Markdown, mend it in another program, "
            "and open it again."
        )


class NewerRevisionError(ReaderError):
    """The text changed since it was taken for mending; nothing was stored."""

    def __str__(self) -> str:
        return _(
            "A newer text of this reading came in while you were mending it. "
            "Yours can be saved over it; every text is kept."
        )


class EmptiedError(ReaderError):
    def __str__(self) -> str:
        return _("There is no text in it: nothing was saved.")


class NoOriginalError(FileError):
    def __str__(self) -> str:
        return _(
            "The library’s own copy of “{name}” cannot be read; the text was left as it is. "
            "Open the file again instead."
        ).format(name=self.name)


class DraftError(ReaderError):
    def __str__(self) -> str:
        return _(
            "Your unsaved changes could not be put on the disk. Save them, or free some space on the disk that "
            "holds the library."
        )
