"""A disk image on the Mac that this runs on: opened, proved, closed. Not run so far: there was none."""

from __future__ import annotations

import platform
import plistlib
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from check.steps import hold, proves, run
from macos.information import IDENTIFIER, NAME, numbers


def walk(image: Path, *, version: str, shot: Path) -> Iterator[str]:
    """Yield a sentence for every step that held; ``shot`` gets a picture of the window.

    Raises:
        CheckError: a step did not hold.
    """
    hold(platform.system() == "Darwin", "Only a Mac opens a Mac application.")
    with TemporaryDirectory() as scratch:
        mounted, application = Path(scratch, "image"), Path(scratch, f"{NAME}.app")
        run(("hdiutil", "attach", "-readonly", "-nobrowse", "-mountpoint", mounted, image))
        try:
            hold((mounted / "Applications").is_symlink(), "The image has no way into the folder of applications.")
            run(("ditto", mounted / application.name, application))
        finally:
            run(("hdiutil", "detach", mounted))
        yield "The image opens, and the application can be dragged out of it."

        info = plistlib.loads((application / "Contents" / "Info.plist").read_bytes())
        hold(info["CFBundleIdentifier"] == IDENTIFIER, f"It calls itself {info['CFBundleIdentifier']}.")
        hold(info["CFBundleShortVersionString"] == numbers(version), f"It is {info['CFBundleShortVersionString']}.")
        run(("codesign", "--verify", "--deep", "--strict", application))
        yield "It has its name, its version, and a signature that fits."

        report = shot.with_suffix(".json").resolve()
        program = application / "Contents" / "MacOS" / "study-reader"
        told = proves(lambda: run((program, "--smoke", report, "--shot", shot.resolve())), report, version)
        yield f"The window is shown: {told}"
