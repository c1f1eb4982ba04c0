"""A Windows installer, from a silent installation to a silent removal, on a Wine of its own.

Each step is a sentence that holds or does not; what does not is told with what was seen instead.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from check.wine import Wine, wait_until
from windows import installer, launcher

UNINSTALL = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\Study Reader"
CLASSES = r"HKCU\Software\Classes"
OTHERS = "Somebody.Else"
"""A program that a person has chosen for a kind of file before."""
WORD = "gunwale"
"""In the text that is brought in before an upgrade, and looked for after it."""
TOO_OLD, IN_USE = 6, 5
OLDER, NEWER = "0.0.1", "99.0"


class SetupError(Exception):
    """A step did not hold."""


def hold(holds: bool, sentence: str) -> None:
    """Go on where a step holds.

    Raises:
        SetupError: it does not.
    """
    if not holds:
        raise SetupError(sentence)


class Setup:
    """One installer on one Windows."""

    def __init__(self, wine: Wine, version: str) -> None:
        self.wine = wine
        self.version = version
        local = wine.variable("LOCALAPPDATA")
        self.program = local + r"\Programs\Study Reader"
        self.data = wine.place(local + r"\study-reader")
        self.shortcut = wine.place(
            wine.variable("APPDATA") + r"\Microsoft\Windows\Start Menu\Programs\Study Reader.lnk"
        )

    @property
    def folder(self) -> Path:
        """Where the program lies."""
        return self.wine.place(self.program)

    def install(self, setup: Path) -> None:
        """Install silently, and see the version in the list of programs.

        Raises:
            SetupError: it did not.
        """
        code, _ = self.wine.run(setup, "/S")
        hold(code == 0, f"The silent installer ended with {code}.")

    def command(self, *words: str | Path) -> str:
        """Run the program of the command line and return what it wrote.

        Raises:
            SetupError: it failed.
        """
        code, written = self.wine.run(f"{self.program}\\{launcher.CONSOLE}", *words)
        hold(code == 0, f"study-reader {words[0]} ended with {code}: {written[-500:]}")
        return written

    def remove(self) -> None:
        """Remove the program silently; it copies itself elsewhere first, and so ends later than its call.

        Raises:
            SetupError: it is still there.
        """
        self.wine.run(f"{self.program}\\uninstall.exe", "/S")
        gone = wait_until(lambda: not self.wine.registry(UNINSTALL), 60)
        hold(gone, "The uninstaller did not end.")


def walk(setup: Path, staged: Path, wine: Wine, *, version: str, shot: Path | None) -> Iterator[str]:
    """Yield a sentence for every step that held. ``staged`` is the payload, ``shot`` gets a picture.

    Raises:
        SetupError: a step did not hold.
    """
    on = Setup(wine, version)
    wine.become("win7")
    code, _ = wine.run(setup, "/S")
    hold(code == TOO_OLD and not on.folder.exists(), f"On Windows 7 the installer ended with {code}.")
    yield "Windows 7 is refused, and nothing is left there."

    wine.become("win10")
    wine.lend(staged / "app" / "PySide6" / "Qt6Core.dll")
    wine.write_registry(CLASSES + r"\.md", "", OTHERS)
    on.install(setup)
    yield from _installed(on, staged)
    yield from _smoke(on, shot)

    text = wine.place("C:\\ferry.md")
    text.write_text(f"# The ferry\n\nA {WORD} showed.\n", encoding="utf-8")
    on.command("import", r"C:\ferry.md")
    yield "A text is brought in from the command line, by a confined process."
    yield from _in_use(on, setup)
    yield from _other_versions(on, setup, staged)

    mine = on.folder / "app" / "mine.txt"
    mine.write_text("not the program's")
    on.remove()
    yield from _removed(on, mine)


def _installed(on: Setup, staged: Path) -> Iterator[str]:
    wanted = {path.relative_to(staged) for path in staged.rglob("*") if path.is_file()}
    there = {path.relative_to(on.folder) for path in on.folder.rglob("*") if path.is_file()}
    hold(there - wanted == {Path("uninstall.exe")} and wanted <= there, f"Not as staged: {sorted(there ^ wanted)[:5]}")
    yield "What was staged is installed, the uninstaller, and nothing else."

    told = on.wine.registry(UNINSTALL)
    hold(told.get("DisplayVersion") == on.version, f"The list of programs has {told}.")
    hold(bool(told.get("Publisher")) and int(told.get("EstimatedSize", "0"), 0) > 1000, f"It has {told}.")
    yield "The list of programs has name, version, publisher and size."
    hold(on.shortcut.is_file(), "There is no shortcut in the start menu.")
    yield "The start menu has a shortcut."

    classes = on.wine.registry(CLASSES)
    for name, _, suffixes in installer.TYPES:
        command = classes.get(rf"{name}\shell\open\command\@", "")
        hold(command == rf'"{on.program}\{launcher.WINDOW}" "%1"', f"{name} is opened by {command}.")
        for suffix in suffixes:
            hold(rf"{suffix}\OpenWithProgids\{name}" in classes, f"{suffix} does not offer {name}.")
            default = OTHERS if suffix == ".md" else None
            hold(classes.get(rf"{suffix}\@") == default, f"{suffix} has another default.")
    yield "“Open with” offers the program for every kind of file, and takes no default away."


def _smoke(on: Setup, shot: Path | None) -> Iterator[str]:
    report, picture = on.wine.place("C:\\smoke.json"), on.wine.place("C:\\smoke.png")
    code, _ = on.wine.run(f"{on.program}\\{launcher.WINDOW}", "--smoke", "C:\\smoke.json", "--shot", "C:\\smoke.png")
    hold(report.is_file(), f"The window ended with {code}, and without a report.")
    told = json.loads(report.read_text(encoding="utf-8"))
    failed = [step for step in told["steps"] if not step["ok"]]
    hold(code == 0 and told["ok"], f"The window ended with {code}: {failed}, {told.get('messages')}")
    hold(told["program"]["platform"] == "windows", f"It ran on {told['program']['platform']}.")
    hold(told["program"]["version"] == on.version, f"It is version {told['program']['version']}.")
    if shot is not None:
        shutil.copyfile(picture, shot)
    yield f"The window proves itself in {len(told['steps'])} steps."


def _in_use(on: Setup, setup: Path) -> Iterator[str]:
    running = on.wine.begin(f"{on.program}\\{launcher.WINDOW}", "--data-dir", r"C:\another")
    try:
        hold(wait_until((on.wine.place(r"C:\another") / "library.sqlite").is_file, 60), "The window did not start.")
        code, _ = on.wine.run(setup, "/S")
        hold(code == IN_USE, f"While the program ran, the installer ended with {code}.")
    finally:
        on.wine.run("taskkill", "/f", "/im", launcher.WINDOW)
        running.wait()
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
            hold(on.wine.registry(UNINSTALL).get("DisplayVersion") == version, f"{version} is not listed.")
            hold((on.folder / left.relative_to(other)).is_file(), f"{version} is not installed.")
            on.install(setup)
            hold(on.wine.registry(UNINSTALL).get("DisplayVersion") == on.version, f"{on.version} is not listed.")
            hold(not (on.folder / left.parent.relative_to(other)).exists(), f"Files of {version} were left.")
            hold(WORD in on.command("search", WORD), f"The library is not as it was, after {version}.")
    yield "Upgrade and downgrade leave no file of the other version, and the library as it was."


def _removed(on: Setup, mine: Path) -> Iterator[str]:
    left = [path.relative_to(on.folder) for path in on.folder.rglob("*") if path.is_file()]
    hold(left == [mine.relative_to(on.folder)], f"Left in the program's folder: {left[:5]}")
    yield "The program is gone; a file that a person had put beside it is still there."
    hold(not on.shortcut.exists(), "The shortcut is still there.")
    software = on.wine.registry(r"HKCU\Software")
    ours = [key for key in software if "StudyReader" in key or "Study Reader" in key]
    hold(not ours, f"The registry still has {ours[:5]}.")
    hold(software.get(r"Classes\.md\@") == OTHERS, "The default for .md was taken.")
    yield "So are its shortcut and its words in the registry; other programs' are as they were."
    hold((on.data / "library.sqlite").is_file(), "The library is gone.")
    yield "The person's library stays."
