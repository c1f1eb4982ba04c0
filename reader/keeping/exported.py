"""An exported folder as it is read: it comes from outside, and nothing in it is believed.

Only files that the manifest names are read, by paths that stay in the folder, through no link, no more of them
than the manifest says, and only where their SHA-256 agrees.
"""

from __future__ import annotations

import os
import re
import stat
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

import msgspec

from reader.keeping import forms, web_annotations
from reader.keeping.errors import DamagedExportError, NewerExportError, NotAnExportError
from reader.keeping.web_annotations import Annotated

MAX_FILE_BYTES = 512 * 2**20
MAX_JSON_BYTES = 256 * 2**20
MAX_FILES = 2_000_000
_PART = re.compile(r'[^<>:"/\\|?*\x00-\x1f\x7f]{1,120}')

T = TypeVar("T")


class Exported:
    """The folder of an export.

    Raises:
        NotAnExportError, NewerExportError: it is none, or none that this version reads.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            data = self._bytes(forms.MANIFEST, MAX_JSON_BYTES)
            told = msgspec.json.decode(data, type=dict[str, msgspec.Raw])
            if msgspec.json.decode(told["format"]) != forms.FORMAT:
                raise NotAnExportError(folder)
            if msgspec.json.decode(told["version"], type=int) > forms.VERSION:
                raise NewerExportError(folder)
            self.manifest = msgspec.json.decode(data, type=forms.Manifest)
        except (OSError, KeyError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            raise NotAnExportError(folder) from error
        self._files = {file.path: file for file in self.manifest.files}
        if len(self._files) > MAX_FILES or not all(0 <= file.size <= MAX_FILE_BYTES for file in self._files.values()):
            raise NotAnExportError(folder)

    @property
    def size(self) -> int:
        """How many bytes its files have."""
        return sum(file.size for file in self._files.values())

    def read(self, path: str) -> bytes:
        """Return a file's content.

        Raises:
            DamagedExportError: it is not there, not what was written, or not in the folder.
        """
        file = self._files.get(path)
        try:
            data = b"" if file is None else self._bytes(path, file.size)
        except OSError as error:
            raise DamagedExportError(path) from error
        if file is None or len(data) != file.size or sha256(data).hexdigest() != file.sha256:
            raise DamagedExportError(path)
        return data

    def library(self) -> forms.ExportedLibrary:
        """Return what belongs to the library as a whole.

        Raises:
            DamagedExportError: it cannot be read.
        """
        return self._json(forms.LIBRARY, forms.ExportedLibrary)

    def operations(self) -> tuple[forms.ExportedOperation, ...]:
        """Return the journal.

        Raises:
            DamagedExportError: it cannot be read.
        """
        return self._json(forms.JOURNAL, tuple[forms.ExportedOperation, ...])

    def article(self, folder: str) -> forms.ExportedArticle:
        """Return what is told of the article in a folder of ``manifest.texts``.

        Raises:
            DamagedExportError: it cannot be read.
        """
        return self._json(f"{folder}/{forms.ARTICLE}", forms.ExportedArticle)

    def bookmarks(self, folder: str) -> tuple[Annotated, ...]:
        """Return the bookmarks of the article in a folder.

        Raises:
            DamagedExportError: they cannot be read.
        """
        path = f"{folder}/{forms.ANNOTATIONS}"
        data = self.read(path)
        try:
            return tuple(web_annotations.read(data))
        except (msgspec.MsgspecError, ValueError, RecursionError) as error:
            raise DamagedExportError(path) from error

    def _json(self, path: str, kind: type[T]) -> T:
        data = self.read(path)
        try:
            return msgspec.json.decode(data, type=kind)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            raise DamagedExportError(path) from error

    def _bytes(self, path: str, size: int) -> bytes:
        """Read up to ``size`` bytes of a file in the folder.

        Raises:
            OSError: there is none, or its path leads out of the folder.
        """
        parts = path.split("/")
        if len(parts) > 12 or not all(_PART.fullmatch(part) and part.strip(". ") for part in parts):
            raise OSError(path)
        here = self.folder
        for part in parts:
            here = here / part
            found = here.lstat()
            if stat.S_ISLNK(found.st_mode) or getattr(found, "st_reparse_tag", False):
                raise OSError(path)
        if not stat.S_ISREG(found.st_mode) or found.st_size > size:
            raise OSError(path)
        descriptor = os.open(here, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(descriptor, "rb") as file:
            return file.read(size)
