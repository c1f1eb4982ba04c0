"""What comes with the program: its own editions, and the library that a teacher or a publisher put into it.

Both lie in the resources (``paths.resources``; installed: ``reader/_resources``) and are only read:

``articles/``
    Our own editions, one Markdown file each, with their pictures beside them.
``library/``
    There only where the program was built ``--with-library DIR``: that folder as it was, with the folders in it.
    Every file of a format that the program reads is an article; names that begin with a dot are left out.

On a start, behind the first frame, each comes into the person's library once. A newer edition (another
content under the same name) is a revision, to which bookmarks move; what a person removed stays removed.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

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
