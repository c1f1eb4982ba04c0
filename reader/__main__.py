"""The entry of the program: the command line does what needs no window, and the window the rest."""

from __future__ import annotations

import gettext
import sys

from reader.paths import APPLICATION, resources


def main() -> int:
    """Run the program and return its exit code."""
    gettext.bindtextdomain(APPLICATION, str(resources() / "i18n"))
    gettext.textdomain(APPLICATION)

    from reader import cli  # after its language is known

    wish = cli.main(sys.argv[1:])
    if isinstance(wish, int):
        return wish

    from reader.ui import application

    return application.run(wish.paths, wish.files, screenshot=wish.screenshot, size=wish.size, theme=wish.theme)


if __name__ == "__main__":
    sys.exit(main())
