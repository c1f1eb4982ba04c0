"""What can go wrong, each as one sentence for a person: what happened, to which file, what to do.

Every class makes its whole sentence itself, so that each can be translated as a whole.
"""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path

_BREAKS = frozenset(map(chr, (*range(0x20), 0x7F, 0x85, 0x2028, 0x2029)))
_TURNS = frozenset(map(chr, (0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))))
"""What would break a line, and what would turn around the words of the sentence that a name is put into."""


def in_one_line(name: str) -> str:
    """Return a name as a sentence may hold it: in one line, and nothing in it that turns the words around it."""
    shown = name.encode("utf-8", "replace").decode()
    return "".join(" " if each in _BREAKS else each for each in shown if each not in _TURNS)


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
        """The file's name as it is shown: in one line, and nothing in it that turns the words around it."""
        return in_one_line(self.path.name or str(self.path))


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
        return _(
            "“{name}” could not be opened: this program reads plain text, Markdown, web pages, EPUB, Word and"
            " OpenDocument texts."
        ).format(name=self.name)


class RefusedFileError(FileError):
    """A file that its importer refused, in the importer's own sentence."""

    def __init__(self, path: Path | str, sentence: str) -> None:
        super().__init__(path)
        self.sentence = sentence

    def __str__(self) -> str:
        return self.sentence


class ConfusingFileError(FileError):
    def __str__(self) -> str:
        return _(
            "“{name}” could not be opened: something in it could not be made sense of. "
            "It may be damaged; nothing was changed."
        ).format(name=self.name)


class SlowFileError(FileError):
    def __init__(self, path: Path | str, seconds: int) -> None:
        super().__init__(path)
        self.seconds = seconds

    def __str__(self) -> str:
        return _(
            "“{name}” could not be opened: reading it took longer than {seconds} seconds. "
            "It may be damaged; nothing was changed."
        ).format(name=self.name, seconds=self.seconds)


class HungryFileError(FileError):
    def __str__(self) -> str:
        return _(
            "“{name}” could not be opened: reading it takes more memory than a text may need. "
            "Divide it into several files; nothing was changed."
        ).format(name=self.name)


class NoReadingProcessError(FileError):
    def __str__(self) -> str:
        return _(
            "“{name}” could not be opened: the part of this program that reads files did not start. "
            "Close other programs and try again."
        ).format(name=self.name)
