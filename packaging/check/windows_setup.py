"""A Windows installer, from a silent installation to a silent removal, on a Wine of its own or on a real Windows.

Each step is a sentence that holds or does not; what does not is told with what was seen instead.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from check.steps import hold, proved
from check.wine import Windows, Wine, wait_until
from windows import installer, launcher, needed

UNINSTALL = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\Study Reader"
CLASSES = r"HKCU\Software\Classes"
OTHERS = "Somebody.Else"
"""A program that a person has chosen for a kind of file before."""
KEPT_BY_WINDOWS = re.compile(
    r"Classes\\Local Settings\\|Microsoft\\(?!Windows\\CurrentVersion\\(?:Uninstall|App Paths)\\)"
)
"""What Windows itself remembers of every program that ran."""
WORD = "gunwale"
"""In the text that is brought in before an upgrade, and looked for after it."""
TOO_OLD, IN_USE = 6, 5
OLDER, NEWER = "0.0.1", "99.0"


class Setup:
    """One installer on one Windows."""

    def __init__(self, system: Windows, version: str) -> None:
        self.system = system
        self.version = version
        local = system.variable("LOCALAPPDATA")
        self.program = local + r"\Programs\Study Reader"
        self.data = system.place(local + r"\study-reader")
        self.shortcut = system.place(
            system.variable("APPDATA") + r"\Microsoft\Windows\Start Menu\Programs\Study Reader.lnk"
        )
        self.scratch = local + r"\study-reader-check"
        system.place(self.scratch).mkdir(exist_ok=True)

    @property
    def folder(self) -> Path:
        """Where the program lies."""
        return self.system.place(self.program)

    def install(self, setup: Path) -> None:
        """Install silently, and see the version in the list of programs.

        Raises:
            CheckError: it did not.
        """
        code, _ = self.system.run(setup, "/S")
        hold(code == 0, f"The silent installer ended with {code}.")

    def command(self, *words: str | Path) -> str:
        """Run the program of the command line and return what it wrote.

        Raises:
            CheckError: it failed.
        """
        code, written = self.system.run(f"{self.program}\\{launcher.CONSOLE}", *words)
        hold(code == 0, f"study-reader {words[0]} ended with {code}: {written[-500:]}")
        return written

    def remove(self) -> None:
        """Remove the program silently; it copies itself elsewhere first, and so ends later than its call.

        Raises:
            CheckError: it is still there.
        """
        self.system.run(f"{self.program}\\uninstall.exe", "/S")
        gone = wait_until(lambda: not self.system.registry(UNINSTALL))
        hold(gone, "The uninstaller did not end.")


def walk_on_wine(setup: Path, staged: Path, wine: Wine, *, version: str, shot: Path) -> Iterator[str]:
    """Yield a sentence for every step that held. ``staged`` is the payload, ``shot`` gets a picture.

    Raises:
        CheckError: a step did not hold.
    """
    lacking = needed.unmet(staged)
    hold(not lacking, f"Neither the program nor Windows has {lacking}.")
    yield "Every DLL that is needed is in the program, or in every Windows."
    wine.boot()
    on = Setup(wine, version)
    wine.become("win7")
    code, _ = wine.run(setup, "/S")
    hold(code == TOO_OLD and not on.folder.exists(), f"On Windows 7 the installer ended with {code}.")
    yield "Windows 7 is refused, and nothing is left there."
    wine.become("win10")
    wine.lend(staged / "app" / "PySide6" / "Qt6Core.dll")
    yield from walk(setup, on, shot=shot, staged=staged)


def walk(setup: Path, on: Setup, *, shot: Path, staged: Path | None) -> Iterator[str]:
    """Yield a sentence for every step that held; without the payload, none that needs to know it.

    Raises:
        CheckError: a step did not hold.
    """
    on.system.write_registry(CLASSES + r"\.md", "", OTHERS)
    on.install(setup)
    yield from _installed(on)
    if staged is not None:
        wanted = {path.relative_to(staged) for path in staged.rglob("*") if path.is_file()}
        there = {path.relative_to(on.folder) for path in on.folder.rglob("*") if path.is_file()}
        hold(there - wanted == {Path("uninstall.exe")}, f"Besides what was staged: {sorted(there - wanted)[:5]}")
        hold(wanted <= there, f"Not installed: {sorted(wanted - there)[:5]}")
        yield "What was staged is installed, the uninstaller, and nothing else."
    yield from _smoke(on, shot)

    text = on.scratch + r"\ferry.md"
    on.system.place(text).write_text(f"# The ferry\n\nA {WORD} showed.\n", encoding="utf-8")
    on.command("import", text)
    yield "A text is brought in from the command line, by a confined process."
    yield from _in_use(on, setup)
    if staged is not None:
        yield from _other_versions(on, setup, staged)

    mine = on.folder / "app" / "mine.txt"
    mine.write_text("not the program's")
    on.remove()
    yield from _removed(on, mine)


def _installed(on: Setup) -> Iterator[str]:
    told = on.system.registry(UNINSTALL)
    hold(told.get("DisplayVersion") == on.version, f"The list of programs has {told}.")
    hold(bool(told.get("Publisher")) and int(told.get("EstimatedSize", "0"), 0) > 1000, f"It has {told}.")
    yield "The list of programs has name, version, publisher and size."
    hold(on.shortcut.is_file(), "There is no shortcut in the start menu.")
    yield "The start menu has a shortcut."

    classes = on.system.registry(CLASSES)
    for name, _, suffixes in installer.TYPES:
        command = classes.get(rf"{name}\shell\open\command\@", "")
        hold(command == rf'"{on.program}\{launcher.WINDOW}" "%1"', f"{name} is opened by {command}.")
        for suffix in suffixes:
            hold(rf"{suffix}\OpenWithProgids\{name}" in classes, f"{suffix} does not offer {name}.")
            default = OTHERS if suffix == ".md" else None
            hold(classes.get(rf"{suffix}\@") == default, f"{suffix} has another default.")
    yield "“Open with” offers the program for every kind of file, and takes no default away."


def _smoke(on: Setup, shot: Path) -> Iterator[str]:
    told_in, painted_in = on.scratch + r"\smoke.json", on.scratch + r"\smoke.png"
    report = on.system.place(told_in)
    code, _ = on.system.run(f"{on.program}\\{launcher.WINDOW}", "--smoke", told_in, "--shot", painted_in)
    sentence = proved(report, on.version)
    hold(code == 0, f"All steps were done, and the program ended with {code}.")
    shutil.copyfile(report, shot.with_suffix(".json"))
    shutil.copyfile(on.system.place(painted_in), shot)
    yield f"The window is shown: {sentence}"


def _in_use(on: Setup, setup: Path) -> Iterator[str]:
    another = on.scratch + r"\another"
    running = on.system.begin(f"{on.program}\\{launcher.WINDOW}", "--data-dir", another)
    try:
        hold(wait_until((on.system.place(another) / "library.sqlite").is_file), "The window did not start.")
        code, _ = on.system.run(setup, "/S")
        hold(code == IN_USE, f"While the program ran, the installer ended with {code}.")
    finally:
        on.system.run("taskkill", "/f", "/im", launcher.WINDOW)
        hold(wait_until(lambda: running.poll() is not None), "The program did not end.")
    hold((on.folder / launcher.WINDOW).is_file(), "The program was harmed while it ran.")
    yield "A program that runs is not written over; the installer says so with an exit code."


def _other_versions(on: Setup, setup: Path, staged: Path) -> Iterator[str]:
    """Install an older one with other files over it, then this one, then a newer one, then this one again."""
    with TemporaryDirectory() as scratch:
        other = Path(scratch, "staged")
        shutil.copytree(staged, other)
        left = other / "app" / "reader" / "gone" / "of_another_version.pyc"
        left.parent.mkdir()
        left.write_bytes(b"")
        for version in (OLDER, NEWER):
            built = installer.pack(other, Path(scratch, version), version=version, quickly=True)
            on.install(built)
            hold(on.system.registry(UNINSTALL).get("DisplayVersion") == version, f"{version} is not listed.")
            hold((on.folder / left.relative_to(other)).is_file(), f"{version} is not installed.")
            on.install(setup)
            hold(on.system.registry(UNINSTALL).get("DisplayVersion") == on.version, f"{on.version} is not listed.")
            hold(not (on.folder / left.parent.relative_to(other)).exists(), f"Files of {version} were left.")
            hold(WORD in on.command("search", WORD), f"The library is not as it was, after {version}.")
    yield "Upgrade and downgrade leave no file of the other version, and the library as it was."


def _removed(on: Setup, mine: Path) -> Iterator[str]:
    left = [path.relative_to(on.folder) for path in on.folder.rglob("*") if path.is_file()]
    hold(left == [mine.relative_to(on.folder)], f"Left in the program's folder: {left[:5]}")
    yield "The program is gone; a file that a person had put beside it is still there."
    hold(not on.shortcut.exists(), "The shortcut is still there.")
    software = on.system.registry(r"HKCU\Software")
    ours = [key for key in software if re.search("Study ?Reader", key) and not KEPT_BY_WINDOWS.match(key)]
    hold(not ours, f"The registry still has {ours[:5]}.")
    hold(software.get(r"Classes\.md\@") == OTHERS, "The default for .md was taken.")
    yield "So are its shortcut and its words in the registry; other programs' are as they were."
    hold((on.data / "library.sqlite").is_file(), "The library is gone.")
    yield "The person's library stays."
