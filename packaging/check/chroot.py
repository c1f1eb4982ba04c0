"""A Debian with nothing in it but what every Debian has, in a folder, for a package to be installed in. Needs root."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from types import TracebackType

from check.steps import CheckError, hold, need, proves, run
from desktop import describe

RELEASE = "bookworm"
"""The oldest Debian that the packages are for."""
CHROOT = "/usr/sbin/chroot"  # which is not on the PATH of somebody without rights
PERSON = "reader"
PERSON_ID = 1000
_PASSING = ("http_proxy", "https_proxy", "no_proxy")


def base(cache: Path) -> Path:
    """Return a tarball of the minimal system; it is made once, out of the archive that apt is set up with.

    Raises:
        CheckError: this machine cannot make one.
    """
    need("debootstrap", "chroot", "setpriv", "tar")
    hold(os.geteuid() == 0, "A chroot is made and entered by root only.")
    tarball = cache / f"debian-{RELEASE}-minbase.tar"
    if not tarball.is_file():
        folder = cache / "debootstrap"
        shutil.rmtree(folder, ignore_errors=True)
        cache.mkdir(parents=True, exist_ok=True)
        run(("debootstrap", "--variant=minbase", RELEASE, folder, _archive()))
        run((CHROOT, folder, "apt-get", "clean"))
        run(("tar", "--one-file-system", "-C", folder, "-cf", f"{tarball}.new", "."))
        tarball.with_name(f"{tarball.name}.new").rename(tarball)
        shutil.rmtree(folder)
    return tarball


def _archive() -> str:
    told = run(("apt-get", "indextargets", "--format", "$(SITE)|$(REPO_URI)", "Created-By: Packages", "Origin: Debian"))
    for line in told.splitlines():
        if uri := line.partition("|")[2]:
            return uri
    return "http://deb.debian.org/debian"


class Chroot:
    """One such Debian, for as long as a ``with`` lasts, and its person, who has no rights."""

    def __init__(self, tarball: Path, folder: Path) -> None:
        self.folder = folder
        self._tarball = tarball

    @property
    def home(self) -> Path:
        """Where the person's home lies, seen from outside."""
        return self.folder / "home" / PERSON

    def __enter__(self) -> Chroot:
        self.folder.mkdir(parents=True)
        run(("tar", "-C", self.folder, "-xpf", self._tarball))
        for file in Path("/etc/apt/apt.conf.d").glob("*"):
            if b"proxy" in file.read_bytes().lower():
                shutil.copyfile(file, self.folder / "etc/apt/apt.conf.d" / file.name)
        if Path("/etc/resolv.conf").exists():
            shutil.copyfile("/etc/resolv.conf", self.folder / "etc/resolv.conf")
        self.root("useradd", "--create-home", "--uid", str(PERSON_ID), PERSON)
        run(("mount", "-t", "proc", "proc", self.folder / "proc"))  # the last step: only what is entered is left again
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        subprocess.run(("umount", "--lazy", str(self.folder / "proc")), check=False)
        if Path(self.folder, "proc", "self").exists():  # never delete into the machine's own
            raise CheckError(f"{self.folder}/proc could not be unmounted.")
        shutil.rmtree(self.folder, ignore_errors=True)

    def root(self, *words: str, code: int = 0) -> str:
        """Run a program as root, to the exit code that is expected; return what it wrote."""
        env = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
        env |= {name: os.environ[name] for name in _PASSING if name in os.environ}
        return run((CHROOT, self.folder, *words), env=env, code=code)

    def person(self, *words: str, display: str = "", code: int = 0) -> str:
        """Run a program as somebody without rights, in an environment with nothing in it."""
        rights = ("setpriv", f"--reuid={PERSON_ID}", f"--regid={PERSON_ID}", "--clear-groups", "--no-new-privs")
        env = {"HOME": f"/home/{PERSON}", "LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"}
        env |= {"DISPLAY": display} if display else {"QT_QPA_PLATFORM": "offscreen"}
        return run((CHROOT, self.folder, *rights, *words), env=env, code=code)

    def proves(self, *words: str, display: str = "") -> str:
        """Let a program prove itself to the person, whose home gets its report and, with a display, a picture."""
        shot = ("--shot", "shot.png") if display else ()
        called = ("env", "-C", f"/home/{PERSON}", *words, "--smoke", "report.json", *shot)
        return proves(lambda: self.person(*called, display=display), self.home / "report.json", describe.version())

    def take(self, file: Path) -> str:
        """Copy a file into it, and return where it lies there."""
        shutil.copyfile(file, self.folder / "tmp" / file.name)
        (self.folder / "tmp" / file.name).chmod(0o755)
        return f"/tmp/{file.name}"
