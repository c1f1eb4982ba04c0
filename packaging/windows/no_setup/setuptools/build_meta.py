"""What pip asks about a source package it only has to fetch: the answer is read, and setup.py never run (PEP 517)."""

import shutil
from pathlib import Path


class _Told:
    """Answers the one question that a download needs; a build would fail for want of an answer."""

    @staticmethod
    def prepare_metadata_for_build_wheel(folder: str, config_settings: object = None) -> str:
        """Say what the package itself says of its name and version."""
        del config_settings
        told = Path("PKG-INFO")  # pip stands in the package's own folder
        lines = told.read_text(encoding="utf-8").splitlines()
        fields = dict(line.split(": ", 1) for line in lines if line.startswith(("Name: ", "Version: ")))
        place = Path(folder, f"{fields['Name'].replace('-', '_')}-{fields['Version']}.dist-info")
        place.mkdir()
        shutil.copyfile(told, place / "METADATA")
        return place.name


__legacy__ = _Told()
"""The name by which pip asks for packages that name no builder of their own."""
