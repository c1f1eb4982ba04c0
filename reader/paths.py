"""Where things lie on this computer."""

from __future__ import annotations

import os
from pathlib import Path

from msgspec import Struct

APPLICATION = "study-reader"
HOME_VARIABLE = "STUDY_READER_HOME"


class Paths(Struct, frozen=True):
    """The folders of one library: ``data`` is the person's, ``cache`` can be made anew at any time."""

    data: Path
    cache: Path
    config: Path

    @classmethod
    def of_user(cls) -> Paths:
        """Return the places that the system gives to this person's programs."""
        import platformdirs  # at need: with --data-dir it is not needed at all

        return cls(
            Path(platformdirs.user_data_dir(APPLICATION, appauthor=False)),
            Path(platformdirs.user_cache_dir(APPLICATION, appauthor=False)),
            Path(platformdirs.user_config_dir(APPLICATION, appauthor=False)),
        )

    @classmethod
    def chosen(cls, folder: Path | None = None) -> Paths:
        """Return the places in a folder that was named, or that the environment names, or the person's own."""
        if folder is None and (home := os.environ.get(HOME_VARIABLE)):
            folder = Path(home)
        return cls.of_user() if folder is None else cls.under(folder.expanduser().absolute())

    @classmethod
    def under(cls, folder: Path) -> Paths:
        """Return places that all lie in one folder (a USB stick, a test)."""
        return cls(folder, folder / "cache", folder)


def resources() -> Path:
    """Return the folder of what is shipped: fonts, icons, themes, articles."""
    package = Path(__file__).resolve().parent
    shipped = package / "_resources"
    return shipped if shipped.is_dir() else package.parent / "resources"
