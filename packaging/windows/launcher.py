"""The two launchers, made by MinGW: one without a console for the window, one with it for the command line."""

from __future__ import annotations

import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from windows.fetch import PYTHON

HERE = Path(__file__).resolve().parent
COMPILER = "x86_64-w64-mingw32-gcc"
RESOURCES = "x86_64-w64-mingw32-windres"
WINDOW = "Study Reader.exe"
CONSOLE = "study-reader.exe"  # Windows compares names without regard to case; the blank and the hyphen differ

_RESOURCES = """\
#include <winver.h>
1 ICON "{icon}"
1 24 "{manifest}"
VS_VERSION_INFO VERSIONINFO
FILEVERSION {numbers}
PRODUCTVERSION {numbers}
FILEOS 0x40004
FILETYPE VFT_APP
BEGIN
  BLOCK "StringFileInfo"
  BEGIN
    BLOCK "040904b0"
    BEGIN
      VALUE "CompanyName", "{publisher}"
      VALUE "FileDescription", "Study Reader"
      VALUE "FileVersion", "{version}"
      VALUE "InternalName", "study-reader"
      VALUE "LegalCopyright", "MIT licence"
      VALUE "OriginalFilename", "{name}"
      VALUE "ProductName", "Study Reader"
      VALUE "ProductVersion", "{version}"
    END
  END
  BLOCK "VarFileInfo"
  BEGIN
    VALUE "Translation", 0x409, 1200
  END
END
"""


def build(folder: Path, *, version: str, publisher: str, icon: Path) -> None:
    """Write both launchers into a folder.

    Raises:
        subprocess.CalledProcessError: the compiler failed.
        FileNotFoundError: there is no compiler.
    """
    for name, is_window in ((WINDOW, True), (CONSOLE, False)):
        with TemporaryDirectory() as scratch:
            script = Path(scratch, "launcher.rc")
            script.write_text(
                _RESOURCES.format(
                    icon=icon.as_posix(),
                    manifest=(HERE / "launcher.manifest").as_posix(),
                    numbers=numbers(version).replace(".", ","),
                    publisher=publisher,
                    version=version,
                    name=name,
                )
            )
            compiled = Path(scratch, "launcher.o")
            subprocess.run((RESOURCES, "-c", "65001", str(script), str(compiled)), check=True)
            library = "python{}{}.dll".format(*PYTHON)
            subprocess.run(
                (
                    *(COMPILER, "-std=c99", "-Os", "-Wall", "-Wextra", "-Werror", "-municode", "-static", "-s"),
                    *(("-mwindows", "-DWINDOW") if is_window else ("-mconsole",)),
                    # Nothing of the moment it is made, so that it is the same to the byte each time.
                    *(f'-DPYTHON_DLL=L"{library}"', "-Wl,--no-insert-timestamp,--dynamicbase,--high-entropy-va"),
                    *("-o", str(folder / name), str(HERE / "launcher.c"), str(compiled)),
                ),
                check=True,
            )


def numbers(version: str) -> str:
    """Return a version as the four numbers that Windows wants: 1.2rc3 → 1.2.0.0."""
    found = []
    for part in version.split("."):
        digits = part[: len(part) - len(part.lstrip("0123456789"))]
        if not digits:
            break
        found.append(digits)
    return ".".join((found + ["0"] * 4)[:4])
