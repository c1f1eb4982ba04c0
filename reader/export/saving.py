"""An article leaves the library as a file, its pictures beside it."""

from __future__ import annotations

from collections.abc import Iterable
from gettext import gettext as _
from pathlib import Path

from reader.article.model import Article, Resource
from reader.atomic import write_whole
from reader.errors import FileError


class NotSavedError(FileError):
    def __str__(self) -> str:
        return _("“{name}” could not be saved. Check that you may write there, and that the disk is not full.").format(
            name=self.name
        )


def save_markdown(path: Path, article: Article, pictures: Iterable[Resource] = ()) -> None:
    """Write an article as Markdown; what stands beside it under a picture's name is not overwritten.

    Raises:
        NotSavedError: the file could not be written.
    """
    from reader.export import markdown

    try:
        for picture in pictures:
            target = path.parent / Path(picture.name).name
            if not target.exists():
                write_whole(target, picture.data)
        write_whole(path, markdown.write(article).encode())
    except OSError as exc:
        raise NotSavedError(path) from exc
