"""The Debian package in a clean Debian: what it declares is enough, and it leaves what is the person's."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from check.chroot import PERSON, Chroot, base
from check.steps import CheckError, hold, need, run
from desktop import describe
from dev import screen
from formats import deb
from linux import needed
from workshop import NAME, Job

OLDER, NEWER = "0.0.1", "999.0"
WORD = "quillwort"
LIBRARY = Path(".local/share", NAME, "library.sqlite")
TOOLS = ("xdg-utils", "libfile-mimeinfo-perl", "desktop-file-utils", "man-db")
"""What the checks call in the chroot, installed after the package has proved itself without."""


def lint(out: Path) -> Iterator[str]:
    """Yield a sentence for every judge that had nothing to say.

    Raises:
        CheckError: one had.
    """
    need("lintian", "desktop-file-validate", "appstreamcli")
    package = _package(out)
    said = run(("lintian", "--allow-root", "--fail-on", "error,warning", "--tag-display-limit", "0", package))
    hold(not re.search(r"^[EW]: ", said, re.MULTILINE), f"lintian: {said}")
    yield "lintian has nothing to say but what is overridden with a reason."
    share = out / "work/stage/usr/share"
    run(("desktop-file-validate", share / f"applications/{NAME}.desktop"))
    yield "desktop-file-validate has nothing to say."
    run(("appstreamcli", "validate", "--no-net", share / "metainfo" / describe.METAINFO))
    yield "appstreamcli has nothing to say."


def debian(out: Path) -> Iterator[str]:
    """Yield a sentence for every step that held, from the installation to the purge.

    Raises:
        CheckError: a step did not hold.
    """
    package, version = _package(out), describe.version()
    tarball = base(out / "work")
    with (
        TemporaryDirectory(prefix="study-reader-chroot-") as scratch,
        screen("-ac") as display,
        Chroot(tarball, Path(scratch, "debian")) as there,
    ):
        there.root("apt-get", "update", "-q")
        there.root("apt-get", "install", "-qy", "--no-install-recommends", there.take(package))
        yield "apt installs it with what it depends on, and nothing else, into a minimal Debian."
        yield _closed(there)
        yield from _used(there, display, version, out / "debian-window.png")
        yield from _associated(there)
        yield from _changed(there, out, package, version)
        yield from _removed(there)


def _package(out: Path) -> Path:
    package = out / deb.file_name(describe.version())
    hold(package.is_file(), f"There is no {package.name}: `python3 packaging/build.py deb` makes it.")
    return package


def _closed(there: Chroot) -> str:
    root = there.folder / "usr/lib" / NAME
    lacking = []
    for file in needed.elf_files(root):
        if needed.is_optional(file):
            continue
        told = there.root(
            "env", f"LD_LIBRARY_PATH=/usr/lib/{NAME}/_internal", "ldd", f"/{file.relative_to(there.folder)}"
        )
        lacking += [f"{file.name}: {line.split()[0]}" for line in told.splitlines() if "not found" in line]
    hold(not lacking, f"Libraries are not found: {lacking}")
    return "Every library that its own need is found."


def _used(there: Chroot, display: str, version: str, shot: Path) -> Iterator[str]:
    told = there.proves(f"{NAME}-window", display=display)
    yield f"As somebody without rights, in an empty environment, {told}"
    shutil.copyfile(there.home / "shot.png", shot)
    yield f"Without a screen, {there.proves(NAME)}"
    hold(there.person(NAME, "--version").strip().endswith(version), "--version tells another version.")
    (there.home / "ferry.md").write_text(f"# The ferry\n\nA {WORD} showed.\n", encoding="utf-8")
    there.person(NAME, "import", f"/home/{PERSON}/ferry.md")
    hold(_has_library(there), "What was brought in is not found.")
    yield "A text is brought in, and found."


def _associated(there: Chroot) -> Iterator[str]:
    there.root("apt-get", "install", "-qy", "--no-install-recommends", *TOOLS)
    there.root("update-desktop-database")
    for kind in describe.media_types():
        cached = (there.folder / "usr/share/applications/mimeinfo.cache").read_text()
        hold(
            re.search(rf"^{re.escape(kind)}=.*{NAME}\.desktop", cached, re.MULTILINE) is not None,
            f"{kind} is not offered.",
        )
    default = there.person("xdg-mime", "query", "default", "application/epub+zip").strip()
    hold(default == f"{NAME}.desktop", f"An EPUB is opened with “{default}”.")
    (there.home / "x.mdown").write_text("# x\n")
    found = there.person("mimetype", "--brief", f"/home/{PERSON}/x.mdown").strip()
    hold(found == "text/markdown", f"An .mdown file is {found}.")
    yield "The desktop offers it for every kind of file that it reads."
    page = there.person("man", "-P", "cat", NAME)
    hold("SYNOPSIS" in page and describe.version() in page, "There is no man page of this version.")
    yield "It has its man page."


def _changed(there: Chroot, out: Path, package: Path, version: str) -> Iterator[str]:
    """Install a newer one over it, then this one again, then an older one, then this one."""
    staged = Path(out, "work", "stage")
    with TemporaryDirectory() as scratch:
        for other in (NEWER, OLDER):
            built = deb.pack(Job(Path(scratch, other)), staged, other, quickly=True)
            for file, wanted in ((built, other), (package, version)):
                there.root("dpkg", "--install", there.take(file))
                told = there.root("dpkg-query", "--show", "--showformat=${Version}", NAME)
                hold(told == wanted, f"{told} is installed, and not {wanted}.")
                hold(not there.root("dpkg", "--verify", NAME).strip(), "Not all files are as they were packed.")
                hold(_has_library(there), f"The library is not as it was, after {wanted}.")
    yield "Upgrade and downgrade leave the library as it was."


def _removed(there: Chroot) -> Iterator[str]:
    there.root("dpkg", "--remove", NAME)
    there.root("dpkg", "--purge", NAME)
    found = there.root("find", "/", "-xdev", "-iname", f"*{NAME}*", "-not", "-path", "/proc/*").split()
    left = [path for path in found if not path.startswith(("/home/", "/tmp/", "/var/cache/man"))]
    hold(not left, f"Left behind: {left}")
    yield "Removed and purged, it leaves nothing behind."
    hold((there.home / LIBRARY).is_file(), "The library is gone.")
    yield "The person's library stays."


def _has_library(there: Chroot) -> bool:
    try:
        return WORD in there.person(NAME, "search", WORD)
    except CheckError:
        return False
