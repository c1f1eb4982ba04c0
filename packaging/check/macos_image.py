"""A disk image on the Mac that this runs on: opened, proved, closed. Not run so far: there was none."""

from __future__ import annotations

import platform
import plistlib
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from check.steps import hold, proved
from macos.information import IDENTIFIER, NAME, numbers

PATIENCE_SECONDS = 300


def walk(image: Path, *, version: str, shot: Path) -> Iterator[str]:
    """Yield a sentence for every step that held; ``shot`` gets a picture of the window.

    Raises:
        CheckError: a step did not hold.
    """
    hold(platform.system() == "Darwin", "Only a Mac opens a Mac application.")
    with TemporaryDirectory() as scratch:
        mounted, application = Path(scratch, "image"), Path(scratch, f"{NAME}.app")
        attach = ("hdiutil", "attach", "-readonly", "-nobrowse", "-mountpoint", str(mounted), str(image))
        subprocess.run(attach, check=True, stdout=subprocess.DEVNULL)
        try:
            hold((mounted / "Applications").is_symlink(), "The image has no way into the folder of applications.")
            subprocess.run(("ditto", str(mounted / application.name), str(application)), check=True)
        finally:
            subprocess.run(("hdiutil", "detach", str(mounted)), check=False, stdout=subprocess.DEVNULL)
        yield "The image opens, and the application can be dragged out of it."

        told = plistlib.loads((application / "Contents" / "Info.plist").read_bytes())
        hold(told["CFBundleIdentifier"] == IDENTIFIER, f"It calls itself {told['CFBundleIdentifier']}.")
        hold(told["CFBundleShortVersionString"] == numbers(version), f"It is {told['CFBundleShortVersionString']}.")
        verify = subprocess.run(("codesign", "--verify", "--deep", "--strict", str(application)), check=False)
        hold(verify.returncode == 0, "Its signature does not fit what is in it.")
        yield "It has its name, its version, and a signature that fits."

        report = shot.with_suffix(".json")
        program = application / "Contents" / "MacOS" / "study-reader"
        done = subprocess.run(
            (str(program), "--smoke", str(report.resolve()), "--shot", str(shot.resolve())),
            stdin=subprocess.DEVNULL,
            timeout=PATIENCE_SECONDS,
            check=False,
        )
        hold(report.is_file(), f"The window ended with {done.returncode}, and without a report.")
        yield f"The window is shown: {proved(report, version)}"
