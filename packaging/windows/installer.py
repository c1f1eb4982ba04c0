"""One setup.exe of the staged program, by NSIS."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PureWindowsPath
from tempfile import TemporaryDirectory

from desktop import describe, icons
from windows import launcher, payload, signing

HERE = Path(__file__).resolve().parent
MAKENSIS = "makensis"
NEEDED = (MAKENSIS, launcher.COMPILER, launcher.RESOURCES)
"""The programs that a build calls, besides pip."""
PUBLISHER = "The Study Reader developers"

TYPES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("StudyReader.EPUB", "EPUB book", (".epub",)),
    ("StudyReader.Markdown", "Markdown text", (".md", ".markdown", ".mdown", ".mkd", ".mkdn", ".mdtxt")),
    ("StudyReader.HTML", "Web page", (".html", ".htm", ".xhtml", ".xht", ".mht", ".mhtml")),
    ("StudyReader.Word", "Word document", (".docx", ".docm", ".dotx", ".dotm")),
    ("StudyReader.OpenDocument", "OpenDocument text", (".odt", ".ott", ".fodt")),
    ("StudyReader.Text", "Plain text", (".txt", ".text", ".asc")),
)
"""What the program can open: the name of the kind in the registry, what a person sees, how files' names end."""


def setup_name(version: str) -> str:
    """Return what the installer is called."""
    return f"study-reader-{version}-windows-x64-setup.exe"


def lacking() -> tuple[str, ...]:
    """Return the programs that a build needs and this machine lacks."""
    return tuple(name for name in NEEDED if shutil.which(name) is None)


def build(
    out: Path,
    *,
    cache: Path,
    program: Path,
    notices: Iterable[Path] = (),
    library: Path | None = None,
) -> Path:
    """Write the installer into ``out`` and return it. For the other arguments see ``payload.stage``.

    ``cache`` keeps the staged program as well, in ``payload``.

    Raises:
        FetchError: what was pinned could not be had.
        subprocess.CalledProcessError: a compiler, or NSIS, failed.
    """
    version = describe.version()
    staged = cache / "payload"
    shutil.rmtree(staged, ignore_errors=True)
    cache.mkdir(parents=True, exist_ok=True)
    icon = cache / payload.ICON
    icons.write_ico(icon)
    payload.stage(
        staged,
        cache=cache,
        program=program,
        version=version,
        publisher=PUBLISHER,
        icon=icon,
        notices=notices,
        library=library,
    )
    for name in (launcher.WINDOW, launcher.CONSOLE):
        signing.sign(staged / name)
    return pack(staged, out, version=version)


def pack(staged: Path, out: Path, *, version: str, quickly: bool = False) -> Path:
    """Write the installer of a staged program into ``out`` and return it; ``quickly`` is twice as large, for a test."""
    out.mkdir(parents=True, exist_ok=True)
    setup = out.resolve() / setup_name(version)
    files = sorted(_files(staged), key=lambda file: (file.suffix, file))  # what is alike, together: it packs better
    with TemporaryDirectory() as scratch:
        for name, text in scripts(staged, files).items():
            Path(scratch, name).write_text(text, encoding="utf-8-sig")
        given = {
            "VERSION": version,
            "NUMBERS": launcher.numbers(version),
            "PUBLISHER": PUBLISHER,
            "SETUP": setup,
            "ICON": staged.resolve() / payload.ICON,
            "PICTURE": HERE / "side.bmp",
            "LICENCE": staged.resolve() / "licences" / payload.OWN_LICENCE,
            "KILOBYTES": sum((staged / file).stat().st_size for file in files) // 1024,
        }
        if signing.wakes():
            given["SIGN"] = f'"{sys.executable}" "{signing.__file__}"'
        subprocess.run(
            (
                *(MAKENSIS, "-V2", "-WX", "-INPUTCHARSET", "UTF8", "-NOCD"),
                *(f"-D{name}={value}" for name, value in given.items()),
                *(("-DQUICKLY",) if quickly else ()),
                str(HERE / "installer.nsi"),
            ),
            cwd=scratch,
            # Without a date of its own: the same payload makes the same installer to the byte.
            env={**os.environ, "SOURCE_DATE_EPOCH": os.environ.get("SOURCE_DATE_EPOCH", "0")},
            check=True,
        )
    signing.sign(setup)
    return setup


def scripts(staged: Path, files: Sequence[PureWindowsPath]) -> dict[str, str]:
    """Return what ``installer.nsi`` includes, by name: what is put in, what is taken out, the kinds of files."""
    parts = {"files.nsh": _put(staged, files), "gone.nsh": _take(files), "types.nsh": _types()}
    return {name: "\n".join(lines) + "\n" for name, lines in parts.items()}


def _files(staged: Path) -> Iterator[PureWindowsPath]:
    for path in staged.rglob("*"):
        if path.is_file():
            yield PureWindowsPath(path.relative_to(staged))


def _put(staged: Path, files: Iterable[PureWindowsPath]) -> Iterator[str]:
    here = None
    for file in files:
        if file.parent != here:
            here = file.parent
            yield f'SetOutPath "{_in_place(here)}"'
        yield f'File "{(staged.resolve() / file.as_posix()).as_posix()}"'


def _take(files: Iterable[PureWindowsPath]) -> Iterator[str]:
    folders: set[PureWindowsPath] = set()
    for file in files:
        folders.update(file.parents)
        yield f'Delete "{_in_place(file)}"'
    folders.discard(PureWindowsPath("."))
    for folder in sorted(folders, key=lambda each: (-len(each.parts), each)):
        yield f'RMDir "{_in_place(folder)}"'  # an empty one only: what a person has put there stays


def _in_place(path: PureWindowsPath) -> str:
    """Return a path below the program's folder in NSIS's words, in which a dollar begins a variable."""
    return str(PureWindowsPath("$INSTDIR") / str(path).replace("$", "$$"))


def _types() -> Iterator[str]:
    for name, description, suffixes in TYPES:
        yield f'${{Type}} "{name}" "{description}"'
        yield from (f'${{Suffix}} "{name}" "{suffix}"' for suffix in suffixes)
