"""The entry of the program: the command line does what needs no window, and the window the rest."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.paths import Paths


def main() -> int:
    """Run the program and return its exit code."""
    _load_lightly()
    arguments = sys.argv[1:]
    if arguments == ["--worker"]:  # a frozen program has no other way to start a process of itself
        from reader.importers import worker

        return worker.main()
    if arguments[:1] == ["--indexer"]:
        from reader import indexing

        return indexing.main()
    if "--smoke" in arguments:
        from reader.ui.smoke import run

        return run.main(arguments)
    plain = _plain_start(arguments)
    if plain is not None:
        # What a start makes stays: looking for garbage in it takes a tenth of the time to the first
        # frame. The window turns it on again (``application.collect_garbage``).
        gc.disable()
        from reader.ui import application

        return application.run(*plain)

    import gettext

    from reader.paths import APPLICATION, resources

    gettext.bindtextdomain(APPLICATION, str(resources() / "i18n"))
    gettext.textdomain(APPLICATION)

    from reader import cli  # after its language is known

    wish = cli.main(arguments)
    if isinstance(wish, int):
        return wish

    from reader.ui import application

    return application.run(
        wish.paths, wish.files, screenshot=wish.screenshot, pdf=wish.pdf, size=wish.size, theme=wish.theme
    )


def _load_lightly() -> None:
    """Import msgspec without what it takes only where a developer has it, and which loads half a debugger."""
    if "typing_extensions" not in sys.modules:
        sys.modules["typing_extensions"] = None  # type: ignore[assignment]  # as if it were not there
        import msgspec  # noqa: F401

        del sys.modules["typing_extensions"]


def _plain_start(arguments: list[str]) -> tuple[Paths, tuple[Path, ...]] | None:
    """Return where the library lies and which files to open, where nothing else was asked for.

    This is how the window is mostly started, and the parser of the command line takes as long to
    load as a page to paint. Whatever is not plain (an option, what may be a command) is for the parser.
    """
    from reader.paths import Paths

    folder: Path | None = None
    if len(arguments) >= 2 and arguments[0] == "--data-dir":
        folder, arguments = Path(arguments[1]), arguments[2:]
    if any(name.startswith("-") or not ("." in name or os.sep in name) for name in arguments):
        return None
    return Paths.chosen(folder), tuple(map(Path, arguments))


if __name__ == "__main__":
    sys.exit(main())
