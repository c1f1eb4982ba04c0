"""The application by PyInstaller, and a disk image of it by hdiutil. Runs on a Mac, and nowhere else.

Signed and notarised where the environment has what that takes (``signing``); otherwise signed for this Mac only, and
another one asks its person before it opens the application. Never run so far: there was no Mac where it was written.
"""

from __future__ import annotations

import platform
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from desktop import describe, icons
from macos import signing
from macos.information import ICON, NAME

HERE = Path(__file__).resolve().parent
NOT_HERE = (
    "A Mac application is made on a Mac: PyInstaller builds for the system it runs on, and hdiutil and codesign "
    "exist nowhere else."
)

QT = frozenset(("Core", "Gui", "Widgets", "Svg", "PrintSupport"))
FRAMEWORKS = QT | {"DBus"}  # which QtGui is linked with
PLUGINS = frozenset((
    "platforms/libqcocoa", "platforms/libqoffscreen", "iconengines/libqsvgicon",
    *(f"imageformats/libq{name}" for name in ("gif", "icns", "ico", "jpeg", "svg", "webp")),
))  # fmt: skip
_QT_FILE = re.compile(
    r"(?:.*/)?PySide6/(?:Qt/lib/Qt(?P<framework>\w+)\.framework/|Qt(?P<module>\w+)\.abi3\.so$"
    r"|Qt/plugins/(?P<plugin>.+)\.dylib$|(?P<other>Qt/(?:qml|translations|resources)/))"
)


class BundleError(Exception):
    """It cannot be built here, or a program of the system failed."""


def is_wanted(place: str) -> bool:
    """Tell whether a file that PyInstaller found, by its place in the application, belongs to it."""
    found = _QT_FILE.match(place.replace("\\", "/"))
    if found is None:
        return not re.match(r"(?:Qt\w+$|lib(?:crypto|ssl)\b)", place) or place.removeprefix("Qt") in FRAMEWORKS
    if found["framework"] is not None:
        return found["framework"] in FRAMEWORKS
    if found["module"] is not None:
        return found["module"] in QT
    return found["plugin"] is not None and found["plugin"] in PLUGINS


def image_name(version: str, machine: str) -> str:
    """Return what the disk image is called."""
    return f"study-reader-{version}-macos-{machine}.dmg"


@dataclass(frozen=True, slots=True)
class Parts:
    """What the application is made of."""

    python: Path
    """A Python that has PyInstaller, and the libraries of the program."""
    source: Path
    """The folder of an unpacked wheel."""
    notices: tuple[Path, ...] = ()
    """Files of licences."""
    library: Path | None = None
    """Articles that come with the program."""


def build(out: Path, *, cache: Path, parts: Parts) -> Path:
    """Write the disk image into ``out`` and return it; ``cache`` keeps what is made on the way.

    Raises:
        BundleError: this is no Mac, or a program failed.
    """
    if platform.system() != "Darwin":
        raise BundleError(NOT_HERE)
    out.mkdir(parents=True, exist_ok=True)
    cache.mkdir(parents=True, exist_ok=True)
    version = describe.version()
    icons.write_icns(cache / ICON)
    image = out.resolve() / image_name(version, platform.machine())
    try:
        with signing.keychain() as identity:
            application = _application(cache, parts, identity)
            _image(application, image)
            if identity is not None:
                signing.sign(image, identity)
                signing.notarise(image)
    except subprocess.CalledProcessError as error:
        raise BundleError(f"{error.cmd[0]} ended with {error.returncode}.") from error
    return image


def _application(cache: Path, parts: Parts, identity: str | None) -> Path:
    given = [f"--source={parts.source}", f"--icon={cache / ICON}"]
    given += [f"--notice={path.resolve()}" for path in parts.notices]
    if parts.library is not None:
        given.append(f"--library={parts.library.resolve()}")
    if identity is not None:
        given.append(f"--identity={identity}")
    dist = cache / "dist"
    words = ("--noconfirm", "--clean", "--distpath", str(dist), "--workpath", str(cache / "work"))
    installer = (str(parts.python), "-m", "PyInstaller", *words, str(HERE / "study_reader.spec"))
    subprocess.run((*installer, "--", *given), check=True)
    application = dist / f"{NAME}.app"
    subprocess.run(("codesign", "--verify", "--deep", "--strict", "--verbose=2", str(application)), check=True)
    return application


def _image(application: Path, image: Path) -> None:
    """Make a disk image with the application and a way into the folder of applications."""
    with TemporaryDirectory() as scratch:
        folder = Path(scratch, NAME)
        folder.mkdir()
        # ditto keeps what a signature covers besides the bytes: links, rights, attributes.
        subprocess.run(("ditto", str(application), str(folder / application.name)), check=True)
        (folder / "Applications").symlink_to("/Applications")
        image.unlink(missing_ok=True)
        options = ("-volname", NAME, "-fs", "HFS+", "-format", "ULMO", "-ov")
        subprocess.run(("hdiutil", "create", *options, "-srcfolder", str(folder), str(image)), check=True)
