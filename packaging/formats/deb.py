"""The package for Debian and Ubuntu. What it depends on is computed from its libraries by dpkg-shlibdeps."""

from __future__ import annotations

import hashlib
import re
import shutil
from email.utils import formatdate
from pathlib import Path

import stage
import workshop
from linux import needed
from pyinstaller import allowed
from workshop import NAME, ROOT, BuildError, Job

MAINTAINER = "The Study Reader developers <study-reader@example.org>"
ALSO = ("hicolor-icon-theme", "shared-mime-info")
RECOMMENDED = ("xdg-utils",)
OVERRIDES = workshop.HERE / "linux" / "lintian-overrides"
_COPYRIGHT = """Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: Study Reader
Comment: /usr/share/doc/study-reader/NOTICES.txt has the licences of all parts in full.

Files: *
Copyright: 2026 The Study Reader developers
License: Expat
{licence}

Files: usr/lib/study-reader/_internal/PySide6/* usr/lib/study-reader/_internal/shiboken6/*
Copyright: The Qt Company Ltd. and other contributors
License: LGPL-3
 On Debian systems, the text of the GNU Lesser General Public License, version 3,
 is in /usr/share/common-licenses/LGPL-3.
"""
_CONTROL = """Package: {name}
Version: {version}
Section: text
Priority: optional
Architecture: {architecture}
Installed-Size: {size}
Maintainer: {maintainer}
Depends: {depends}
Recommends: {recommends}
Description: read, search and mark long texts, offline
 Study Reader shows articles and books with a collapsible outline and with
 footnotes that open where their mark stands. It finds as one types, searches
 the whole library, keeps bookmarks that survive a revision of the text, and
 never uses the network by itself.
 .
 It reads EPUB, Markdown, saved web pages, Word, OpenDocument and plain text.
"""


def file_name(version: str) -> str:
    """Return what the package is called."""
    return f"{NAME}_{version}_{architecture()}.deb"


def architecture() -> str:
    """Return Debian's name of this kind of machine."""
    return workshop.run(("dpkg", "--print-architecture")).strip()


def build(job: Job) -> Path:
    """Write the package into ``job.out`` and return it."""
    return pack(job, stage.build(job), workshop.version())


def pack(job: Job, staged: Path, version: str, *, quickly: bool = False) -> Path:
    """Write the package of a staged tree; ``quickly`` is larger, for a test."""
    root = job.work / "deb"
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(staged, root, symlinks=True)
    for library in (root / stage.PROGRAM / "_internal").glob("lib*.so.*"):
        if allowed.OF_THE_SYSTEM.fullmatch(library.name) and not library.name.startswith("libpython"):
            library.unlink()  # Debian has it, mends it, and it is depended on
    documents = root / stage.DOCUMENTS
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8").split("\n\n", 2)[2]
    body = "\n".join(f" {line}" if line else " ." for line in licence.strip().splitlines())
    (documents / "LICENSE").unlink()  # in Debian's form instead
    (documents / "copyright").write_text(_COPYRIGHT.format(licence=body), encoding="utf-8")
    date = formatdate(workshop.epoch())
    changes = f"{NAME} ({version}) unstable; urgency=medium\n\n  * See CHANGELOG.\n\n -- {MAINTAINER}  {date}\n"
    stage.write_gz(documents / "changelog.gz", changes.encode())
    if (ROOT / "CHANGELOG.md").is_file():
        stage.write_gz(documents / "CHANGELOG.md.gz", (ROOT / "CHANGELOG.md").read_bytes())
    (root / "usr/share/lintian/overrides").mkdir(parents=True)
    shutil.copyfile(OVERRIDES, root / "usr/share/lintian/overrides" / NAME)
    control = root / "DEBIAN"
    control.mkdir()
    depends, recommends = dependencies(job, root)
    (control / "control").write_text(
        _CONTROL.format(
            name=NAME,
            version=version,
            architecture=architecture(),
            size=stage.kilobytes(root / "usr"),
            maintainer=MAINTAINER,
            depends=", ".join(depends),
            recommends=", ".join(recommends),
        ),
        encoding="utf-8",
    )
    (control / "md5sums").write_text(_sums(root), encoding="utf-8")
    stage.settle(root)
    package = job.out / file_name(version)
    job.out.mkdir(parents=True, exist_ok=True)
    pressing = ("-Zgzip", "-z1") if quickly else ("-Zxz", "-z9", "-Sextreme")
    workshop.run(("dpkg-deb", "--root-owner-group", *pressing, "--build", root, package))
    return package


def dependencies(job: Job, root: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the packages that the libraries of a tree depend on, and those that they may use."""
    scratch = job.work / "shlibdeps"
    (scratch / "debian").mkdir(parents=True, exist_ok=True)
    (scratch / "debian" / "control").write_text(f"Source: {NAME}\n\nPackage: {NAME}\nArchitecture: any\n")
    files = tuple(needed.elf_files(root))
    own = sorted({f"-l{path.parent}" for path in files})
    words = [f"-d{'Recommends' if needed.is_optional(path) else 'Depends'}" for path in files]
    asked = [word for field, path in zip(words, files, strict=True) for word in (field, f"-e{path}")]
    told = workshop.run(("dpkg-shlibdeps", "-O", "--ignore-missing-info", "--warnings=0", *own, *asked), cwd=scratch)
    fields = dict(re.findall(r"^shlibs:(\w+)=(.*)$", told, re.MULTILINE))
    if "Depends" not in fields:
        raise BuildError(f"dpkg-shlibdeps told nothing that is known:\n{told}")
    depends = tuple(sorted({*fields["Depends"].split(", "), *ALSO}))
    known = {each.split()[0] for each in depends}
    optional = {each for each in fields.get("Recommends", "").split(", ") if each and each.split()[0] not in known}
    return depends, tuple(sorted({*optional, *RECOMMENDED}))


def _sums(root: Path) -> str:
    files = sorted(path for path in (root / "usr").rglob("*") if path.is_file() and not path.is_symlink())
    return "".join(
        f"{hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()}  {path.relative_to(root)}\n"
        for path in files
    )
