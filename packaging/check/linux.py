"""The other formats for Linux: rpm, AppImage, wheel; and whether two builds are the same."""

from __future__ import annotations

import filecmp
import os
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import workshop
from check.chroot import Chroot, base
from check.steps import bare, hold, need, proves, run
from desktop import describe
from dev import screen
from formats import appimage, rpm
from workshop import NAME, ROOT

STARTS = 5
"""So many starts of the bundle and of the source are compared, in turn."""
SLOWER = 1.15
"""A start may take so much longer from the bundle: what two runs of the same differ by on a busy machine."""


def redhat(out: Path) -> Iterator[str]:
    """Yield a sentence for every step that held, with a data base of rpm of its own.

    Raises:
        CheckError: a step did not hold.
    """
    need("rpm")
    package = out / rpm.file_name(describe.version())
    hold(package.is_file(), f"There is no {package.name}: `python3 packaging/build.py rpm` makes it.")
    with TemporaryDirectory(prefix="study-reader-rpm-") as scratch, screen() as display:
        root, home = Path(scratch, "root"), Path(scratch, "home")
        root.mkdir()
        run(("rpm", "--root", root, "--initdb"))
        # The system in `root` is empty, so that nothing there provides what is required.
        run(("rpm", "--root", root, "--install", "--nodeps", package))
        # Nothing verifies what it needs but a Red Hat; the files themselves are compared.
        run(("rpm", "--root", root, "--verify", "--nodeps", NAME))
        yield "rpm installs it, and all files are as they were packed."
        program = root / "usr/lib" / NAME / NAME
        yield f"Installed, {_here((program,), home, bare(home, display))}"
        run(("rpm", "--root", root, "--erase", "--nodeps", NAME))
        left = [path for path in root.rglob(f"*{NAME}*") if path.exists()]
        hold(not left, f"Left behind: {left[:5]}")
        yield "Erased, it leaves nothing behind."
    asked = run(("rpm", "-qp", "--requires", package)).split("\n")
    hold(any(line.startswith("libxcb-cursor.so.0()") for line in asked), f"It requires {asked}.")
    yield f"It requires {sum('.so' in line for line in asked)} libraries by their names."


def portable(out: Path) -> Iterator[str]:
    """Yield a sentence for every step that held of the AppImage, here and in a minimal Debian.

    Raises:
        CheckError: a step did not hold.
    """
    image = out / appimage.file_name(describe.version())
    hold(image.is_file(), f"There is no {image.name}: `python3 packaging/build.py appimage` makes it.")
    extracting = "--appimage-extract-and-run"
    with TemporaryDirectory(prefix="study-reader-appimage-") as scratch, screen("-ac") as display:
        home = Path(scratch, "home")
        told = _here((image, extracting), home, bare(home, display) | {"TMPDIR": scratch})
        yield f"Unpacked and run here, {told}"
        with Chroot(base(out / "work"), Path(scratch, "debian")) as there:
            there.root("apt-get", "update", "-q")
            there.root("apt-get", "install", "-qy", "--no-install-recommends", *OF_A_DESKTOP)
            told = there.proves(there.take(image), extracting, display=display)
            yield f"In a minimal Debian with what every desktop has, {told}"


OF_A_DESKTOP = (
    "libegl1", "libgl1", "libfontconfig1", "libdbus-1-3", "libglib2.0-0", "libx11-xcb1", "libxcb-glx0", "libxcb-randr0",
    "libxcb-shape0", "libxcb-shm0", "libxcb-sync1", "libxcb-xfixes0", "libxcb-render0", "libxkbcommon0",
)  # fmt: skip
"""What every desktop has and an AppImage does not bring: drivers, fonts, the bus, X's own."""


def wheel(out: Path) -> Iterator[str]:
    """Yield a sentence for every step that held of the wheel, by pipx where there is one, with no checkout near.

    Raises:
        CheckError: a step did not hold.
    """
    found = list(out.glob(f"*-{describe.version()}-*.whl"))
    hold(len(found) == 1, f"There is no one wheel of {describe.version()}: {found}")
    with TemporaryDirectory(prefix="study-reader-wheel-") as scratch, screen() as display:
        home, away = Path(scratch, "home"), Path(scratch, "away")
        away.mkdir()
        package = shutil.copyfile(found[0], away / found[0].name)
        if shutil.which("pipx"):
            env = {**os.environ, "PIPX_HOME": str(Path(scratch, "pipx")), "PIPX_BIN_DIR": str(Path(scratch, "bin"))}
            run(("pipx", "install", "--python", sys.executable, package), cwd=away, env=env)
            programs, how = Path(scratch, "bin"), "pipx"
        else:
            run((sys.executable, "-m", "venv", Path(scratch, "venv")))
            run((Path(scratch, "venv/bin/pip"), "install", "--quiet", package), cwd=away)
            programs, how = Path(scratch, "venv/bin"), "pip"
        for name in (NAME, f"{NAME}-window"):
            told = _here((programs / name,), home, bare(home, display), cwd=away)
            yield f"By {how}, with no checkout near, {name}: {told}"


def _here(words: Sequence[str | Path], home: Path, env: Mapping[str, str], *, cwd: Path | None = None) -> str:
    """Let a program prove itself on this machine, with a home of its own."""
    report = home / "report.json"
    return proves(lambda: run((*words, "--smoke", report), cwd=cwd, env=env), report, describe.version())


def twice(out: Path) -> Iterator[str]:
    """Yield a sentence for every format that is the same to the byte when it is built again, in another folder.

    Raises:
        CheckError: one is not.
    """
    first = sorted(
        path for path in out.iterdir() if path.suffix in {".whl", ".deb", ".rpm", ".AppImage", ".exe", ".txt", ".json"}
    )
    first = [path for path in first if not path.name.endswith(("window.json", "report.json"))]
    formats = [
        name
        for name, suffix in (("wheel", ".whl"), ("deb", ".deb"), ("rpm", ".rpm"), ("windows", ".exe"))
        if _has(out, suffix)
    ]
    hold(bool(formats), "There is nothing to compare with: `python3 packaging/build.py all` makes it.")
    with TemporaryDirectory(prefix="study-reader-again-") as scratch:
        runtime = out / "work" / appimage.RUNTIME
        given: list[str | Path] = []
        if _has(out, ".AppImage") and runtime.is_file():
            formats, given = [*formats, "appimage"], ["--appimage-runtime", runtime]
        words = (sys.executable, workshop.HERE / "build.py", *formats, "--out", scratch, *given)
        run(words, cwd=ROOT)
        for path in first:
            again = Path(scratch, path.name)
            if again.is_file():
                hold(filecmp.cmp(path, again, shallow=False), f"{path.name} is another when it is built again.")
                yield f"{path.name} is the same to the byte when it is built again, elsewhere."
        there = {path.relative_to(out): path for path in (out / "bundle").rglob("*") if path.is_file()}
        other = [name for name, path in there.items() if not filecmp.cmp(path, Path(scratch, name), shallow=False)]
        hold(not other, f"In the bundle, these are others: {other[:5]}")
        if there:
            yield f"So are the {len(there)} files of the bundle."


def _has(out: Path, suffix: str) -> bool:
    return any(out.glob(f"*{suffix}"))


def start(out: Path) -> Iterator[str]:
    """Yield how a start of the bundle compares with one from an environment of Python, both warm, by computing time.

    Raises:
        CheckError: it takes longer.
    """
    import resource  # Windows, where other checks run, has none

    bundle = out / "bundle" / NAME / NAME
    source = out / "work/runtime/bin" / NAME
    hold(bundle.is_file() and source.is_file(), "There is no bundle: `python3 packaging/build.py all` makes it.")
    with TemporaryDirectory(prefix="study-reader-start-") as scratch, screen() as display:
        spent: dict[Path, list[float]] = {bundle: [], source: []}
        for turn in range(STARTS + 1):
            for program, times in spent.items():
                home = Path(scratch, program.parts[-2])
                before = resource.getrusage(resource.RUSAGE_CHILDREN)
                words = (program, "--data-dir", home / "library", "--screenshot", home / "shot.png")
                run(words, env=bare(home, display))
                after = resource.getrusage(resource.RUSAGE_CHILDREN)
                if turn:  # the first one makes the library
                    times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
        ours, theirs = min(spent[bundle]), min(spent[source])
        told = f"A start computes for {ours:.2f} s from the bundle and {theirs:.2f} s from the source."
        hold(ours <= theirs * SLOWER, told)
        yield told
