"""What the commands share: exit codes, how one is told, the library it asks, and what is printed.

Exit codes: 0 done, 1 could not (one sentence on stderr), 2 wrong use, 3 the library is damaged, 130 stopped by Ctrl+C.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from gettext import gettext as _
from typing import TYPE_CHECKING, NamedTuple

from reader.paths import Paths

if TYPE_CHECKING:
    from reader.library import Library

DONE, COULD_NOT, WRONG_USE, DAMAGED, INTERRUPTED = 0, 1, 2, 3, 130


class Command(NamedTuple):
    """A command: what it does, its line in the help, and the arguments it adds."""

    run: Callable[[argparse.Namespace], int]
    help: str
    add_arguments: Callable[[argparse.ArgumentParser], object]


def json_argument(parser: argparse.ArgumentParser) -> None:
    """Let the command be asked for JSON."""
    parser.add_argument("--json", action="store_true", help=_("print JSON"))


def opened(options: argparse.Namespace) -> Library:
    """Return the library that the command is for.

    Raises:
        LibraryError: it cannot be opened.
    """
    from reader.library import Library

    return Library(Paths.chosen(options.data_dir))


def print_json(value: object) -> None:
    """Print a value for another program."""
    import json

    print(json.dumps(value, ensure_ascii=False, indent=2))
