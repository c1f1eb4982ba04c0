"""What comes with the program: its own editions, and the library that a teacher or a publisher put into it.

Both lie in the resources (``paths.resources``; installed: ``reader/_resources``) and are only read:

``articles/``
    Our own editions, one Markdown file each, with their pictures beside them.
``library/``
    There only where the program was built ``--with-library DIR``: that folder as it was, with the folders in it.
    Every file of a format that the program reads is an article; names that begin with a dot are left out.

On a start, behind the first frame, each comes into the person's library once. A newer edition (another
content under the same name) is a revision, to which bookmarks move; what a person removed stays removed.
What comes from a folder in ``library/`` is put into a collection of the folder's name when it is new.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from reader.store.articles import Added, Outcome

if TYPE_CHECKING:
    from reader.store.connection import Database

ARTICLES, LIBRARY = "articles", "library"


def editions(folder: Path) -> dict[str, Path]:
    """Return our own editions by the names under which they are remembered."""
    return {file.name: file for file in sorted(folder.glob("*.md"))}


def library(folder: Path) -> dict[str, Path]:
    """Return the texts of a library that is shipped, by names that no edition of ours has."""
    if not folder.is_dir():
        return {}
    from reader.gathering import NoTextsError, gather  # most programs ship none

    try:
        files = gather((folder,), Counter())
    except NoTextsError:
        return {}
    return {f"{LIBRARY}/{file.relative_to(folder).as_posix()}": file for file in files}


def collect(database: Database, name: str, added: Added | None) -> None:
    """Put a text of a library that is shipped into the collection of its folder, where it is new.

    Folders in folders are told by their whole way, as “Term 1 / Week 2”. Later it is the person's:
    an upgrade puts nothing back that was taken out.

    Raises:
        LibraryError: it could not be written.
    """
    folders = PurePosixPath(name).parts[1:-1]
    if added is None or added.outcome is not Outcome.NEW or not folders:
        return
    from reader.store.catalogue import Catalogue

    catalogue = Catalogue(database)
    catalogue.collect(catalogue.make_collection(" / ".join(folders)), [added.article_id])
