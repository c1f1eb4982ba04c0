#!/usr/bin/env python3
"""The workshop. It needs a checkout, Python 3.11 or newer, and nothing else.

python3 dev.py run [ARGS …]    open the study reader; ARGS are its own (a file, “inspect FILE --json”, …)
python3 dev.py test [ARGS …]   run the tests on a screen of their own; ARGS are pytest's
python3 dev.py check           ruff, mypy and import-linter
python3 dev.py packages [NAME …]  build what is given to people, and prove it; see docs/releasing.md
python3 dev.py bench [NAME …]  measure against a floor: open, find, search, relayout, scroll, popup, import …

Each keeps .venv up to date with pyproject.toml. On Debian and Ubuntu it installs the system packages that are
missing, or says the one command that does.
"""

import sys

OLDEST_PYTHON = (3, 11)
# The syntax of this file stays that of 3.6, so that an older Python gets as far as this.
if sys.version_info < OLDEST_PYTHON:
    raise SystemExit(
        "dev.py: this is Python %d.%d, and 3.11 or newer is needed; if there is one, type: python3.11 dev.py"  # noqa: UP031
        % sys.version_info[:2]
    )

import compileall
import hashlib
import importlib.util
import os
import platform
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

WINDOWS = os.name == "nt"
LINUX = sys.platform == "linux"

# What Qt's windows load (ldd of QtWidgets, QtSvg, QtNetwork, QtPrintSupport and the xcb plugins of PySide6 6.8 to
# 6.11) and a bare system lacks: the library, and the Debian package that has it, under the newer name first.
LIBRARIES: Mapping[str, tuple[str, ...]] = {
    "libEGL.so.1": ("libegl1",),
    "libGL.so.1": ("libgl1",),
    "libX11-xcb.so.1": ("libx11-xcb1",),
    "libX11.so.6": ("libx11-6",),
    "libbrotlidec.so.1": ("libbrotli1",),
    "libdbus-1.so.3": ("libdbus-1-3",),
    "libfontconfig.so.1": ("libfontconfig1",),
    "libfreetype.so.6": ("libfreetype6",),
    "libglib-2.0.so.0": ("libglib2.0-0t64", "libglib2.0-0"),
    "libgssapi_krb5.so.2": ("libgssapi-krb5-2",),
    "libxcb-cursor.so.0": ("libxcb-cursor0",),
    "libxcb-glx.so.0": ("libxcb-glx0",),
    "libxcb-icccm.so.4": ("libxcb-icccm4",),
    "libxcb-image.so.0": ("libxcb-image0",),
    "libxcb-keysyms.so.1": ("libxcb-keysyms1",),
    "libxcb-randr.so.0": ("libxcb-randr0",),
    "libxcb-render-util.so.0": ("libxcb-render-util0",),
    "libxcb-render.so.0": ("libxcb-render0",),
    "libxcb-shape.so.0": ("libxcb-shape0",),
    "libxcb-shm.so.0": ("libxcb-shm0",),
    "libxcb-sync.so.1": ("libxcb-sync1",),
    "libxcb-util.so.1": ("libxcb-util1",),
    "libxcb-xfixes.so.0": ("libxcb-xfixes0",),
    "libxcb-xkb.so.1": ("libxcb-xkb1",),
    "libxcb.so.1": ("libxcb1",),
    "libxkbcommon-x11.so.0": ("libxkbcommon-x11-0",),
    "libxkbcommon.so.0": ("libxkbcommon0",),
}
# What the tests and benchmarks call besides: the program, and its package.
TEST_PROGRAMS: Mapping[str, tuple[str, ...]] = {
    "Xvfb": ("xvfb",),
    # A session that is heard, for tests/accessibility: a bus, a window manager, keys as a person presses them.
    "dbus-run-session": ("dbus-daemon", "dbus"),
    "dbus-send": ("dbus-bin", "dbus"),
    "openbox": ("openbox",),
    "xdotool": ("xdotool",),
}
# What builds the packages, and proves them.
PACKAGE_PROGRAMS: Mapping[str, tuple[str, ...]] = {
    "Xvfb": ("xvfb",),
    "appstreamcli": ("appstream",),
    "debootstrap": ("debootstrap",),
    "desktop-file-validate": ("desktop-file-utils",),
    "dpkg-shlibdeps": ("dpkg-dev",),
    "lintian": ("lintian",),
    "makensis": ("nsis",),
    "mksquashfs": ("squashfs-tools",),
    "objdump": ("binutils",),
    "rpmbuild": ("rpm",),
    "wine": ("wine",),  # which wants wine64 by itself
    "x86_64-w64-mingw32-gcc": ("gcc-mingw-w64-x86-64-win32", "gcc-mingw-w64-x86-64"),
}
# The accessibility bus is no program on the PATH: the session bus starts it. The system's own Python listens to it.
ACCESSIBILITY_BUS = "org.a11y.Bus.service"
SYSTEM_PYTHONS = ("/usr/bin/python3", "python3")
LISTENING = "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"

APT_INSTALL = ("apt-get", "install", "-y", "--no-install-recommends")
APT_PATIENCE = ("-q", "-o", "DPkg::Lock::Timeout=120")  # seconds; a fresh system is often updating itself
LAST_WORDS = 15  # lines of a failed command that are shown

SCREEN = "1600x1200x24"
MOST_WORKERS = 4
TEST_SCREENS = "STUDY_READER_TEST_SCREENS"  # read by tests/conftest.py: a display for each worker
# What begins so is the person's own. The one that the program reads is; the other STUDY_READER_… are for the tests.
PERSONS_OWN = ("QT_", "XDG_", "WAYLAND_", "LC_", "STUDY_READER_HOME")


def say(sentence: str) -> None:
    print(f"dev.py: {sentence}", file=sys.stderr, flush=True)


def stop(sentence: str) -> NoReturn:
    raise SystemExit(f"dev.py: {sentence}")


def quietly(command: Sequence[str], failure: str, *, cwd: Path | None = None) -> None:
    """Run a command without a word; if it fails, show its last words and stop with the sentence ``failure``."""
    done = subprocess.run(
        command,
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    if done.returncode:
        print(*done.stdout.splitlines()[-LAST_WORDS:], sep="\n", file=sys.stderr)
        stop(failure)


# --- The virtual environment


@dataclass(frozen=True, slots=True)
class Checkout:
    """Where things lie in one checkout."""

    root: Path

    @property
    def venv(self) -> Path:
        return self.root / ".venv"

    @property
    def stamp(self) -> Path:
        """Holds the fingerprint of what was installed last."""
        return self.venv / "dev-stamp"

    def program(self, name: str) -> str:
        """Return the whole path of a program of .venv."""
        return str(self.venv / ("Scripts" if WINDOWS else "bin") / (name + ".exe" if WINDOWS else name))

    @property
    def has_venv(self) -> bool:
        """Tell whether .venv can be used by this Python: it was made to its end, for the same 3.N."""
        version = f"python{sys.version_info.major}.{sys.version_info.minor}"
        packages = self.venv / ("Lib" if WINDOWS else f"lib/{version}") / "site-packages"
        return Path(self.program("python")).exists() and (packages / "pip").is_dir()

    def fingerprint(self) -> str:
        """Return a text that changes whenever .venv has to be brought up to date."""
        parts = (str(self.root).encode(), b"%d.%d" % sys.version_info[:2], (self.root / "pyproject.toml").read_bytes())
        return hashlib.sha256(b"\0".join(parts)).hexdigest()

    @property
    def is_current(self) -> bool:
        return self.has_venv and self.stamp.is_file() and self.stamp.read_text() == self.fingerprint()


def bring_up_to_date(checkout: Checkout) -> None:
    if checkout.is_current:
        return
    if not checkout.has_venv:
        say("making .venv")
        quietly(
            [sys.executable, "-m", "venv", "--clear", str(checkout.venv)], "Python could not make .venv (see above)."
        )
    say("installing what pyproject.toml names; the first time takes a minute or two")
    pip = [checkout.program("python"), "-m", "pip", "--disable-pip-version-check", "--no-input", "install", "--quiet"]
    quietly(
        [*pip, "--editable", ".[dev]"],
        "pip could not install what pyproject.toml names (see above); if it found no index, look at: pip config list",
        cwd=checkout.root,
    )
    checkout.stamp.write_text(checkout.fingerprint())


# --- The system's packages


def known_libraries() -> frozenset[str] | None:
    """Return the names of this machine's shared libraries, or None where the system keeps no such list."""
    ldconfig = shutil.which("ldconfig", path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")
    if ldconfig is None:
        return None
    lines = subprocess.run([ldconfig, "-p"], capture_output=True, text=True, errors="replace").stdout.splitlines()
    # The same list holds the libraries of other architectures: "libGL.so.1 (libc6,x86-64) => /lib/…".
    tag = {"x86_64": "x86-64", "aarch64": "AArch64"}.get(platform.machine(), "")
    return frozenset(line.split()[0] for line in lines if "=>" in line and tag in line.partition("=>")[0]) or None


def missing(checkout: Checkout, *, windows: bool, tests: bool, packages: bool = False) -> dict[str, tuple[str, ...]]:
    """Return what a command needs and this Linux lacks, each with the packages that may have it, best first."""
    lacking: dict[str, tuple[str, ...]] = {}
    if not checkout.has_venv and importlib.util.find_spec("ensurepip") is None:
        lacking["ensurepip"] = (f"python3.{sys.version_info.minor}-venv", "python3-venv")
    present = known_libraries() if windows else None
    if present is not None:
        lacking |= {name: packages for name, packages in LIBRARIES.items() if name not in present}
    if tests:
        lacking |= {name: packages for name, packages in TEST_PROGRAMS.items() if shutil.which(name) is None}
        lacking |= missing_for_listening()
    if packages:
        path = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"
        lacking |= {name: owners for name, owners in PACKAGE_PROGRAMS.items() if shutil.which(name, path=path) is None}
    return lacking


def missing_for_listening() -> dict[str, tuple[str, ...]]:
    """Return what this Linux lacks to hear what a screen reader hears."""
    lacking: dict[str, tuple[str, ...]] = {}
    shares = os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    services = (Path(share, "dbus-1", "services", ACCESSIBILITY_BUS) for share in shares.split(":"))
    if not any(service.is_file() for service in services):
        lacking["the accessibility bus"] = ("at-spi2-core",)
    if listening_python() is None:
        lacking["gi for the system's Python"] = ("python3-gi",)
        lacking["Atspi-2.0.typelib"] = ("gir1.2-atspi-2.0",)
    return lacking


def listening_python() -> str | None:
    """Return the Python that has the accessibility bus's library, which is never that of a virtual environment."""
    for python in SYSTEM_PYTHONS:
        if shutil.which(python) and subprocess.run([python, "-c", LISTENING], capture_output=True).returncode == 0:
            return python
    return None


def choose(wanted: Sequence[tuple[str, ...]]) -> tuple[tuple[str, ...], bool]:
    """Return for each thing wanted the first of its packages that apt can install (else the last), and whether all can.

    Names differ between releases: what has been rebuilt for 64-bit time ends in “t64”.
    """
    every = [name for names in wanted for name in names]
    answer = subprocess.run(
        ["apt-cache", "policy", *every], capture_output=True, text=True, env={**os.environ, "LC_ALL": "C"}
    ).stdout
    installable: set[str] = set()
    package = ""
    for line in answer.splitlines():
        if line and not line[0].isspace():
            package = line.rstrip(":")
        elif line.strip().startswith("Candidate:") and not line.endswith("(none)"):
            installable.add(package)
    chosen = [next((name for name in names if name in installable), names[-1]) for names in wanted]
    return tuple(dict.fromkeys(chosen)), installable.issuperset(chosen)


def rights() -> tuple[str, ...] | None:
    """Return what to put before apt-get, or None if nobody here may call it without being asked something."""
    if os.geteuid() == 0:
        return ()
    if shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0:
        return ("sudo", "-n")
    return None


def install(lacking: Mapping[str, tuple[str, ...]]) -> None:
    """Install what is missing by apt-get, or stop with the one sentence that says what to do."""
    if shutil.which("apt-get") is None:
        stop(f"this system lacks {', '.join(lacking)}; install them with its own package manager.")
    packages, all_known = choose(tuple(lacking.values()))
    before = rights()
    if before is None:
        command = typed(packages, update=not all_known)
        stop(f"system packages are missing, and only root may install them; type: {command}")
    say(f"installing system packages: {' '.join(packages)}")
    apt = (*before, "env", "DEBIAN_FRONTEND=noninteractive")
    if (
        all_known
        and subprocess.run([*apt, *APT_INSTALL, *APT_PATIENCE, *packages], capture_output=True).returncode == 0
    ):
        return
    # The lists of packages are missing, or older than what the archive holds now.
    quietly([*apt, "apt-get", "update", *APT_PATIENCE], "apt-get could not update its lists (see above).")
    packages, _ = choose(tuple(lacking.values()))
    failure = f"apt-get could not install the packages (see above); type: {typed(packages)}"
    quietly([*apt, *APT_INSTALL, *APT_PATIENCE, *packages], failure)


def typed(packages: Sequence[str], *, update: bool = False) -> str:
    """Return the command that a person types to have these packages."""
    commands = [*(["apt-get update"] if update else []), f"{' '.join(APT_INSTALL)} {' '.join(packages)}"]
    if shutil.which("sudo"):
        return " && ".join(f"sudo {command}" for command in commands)
    return f"su -c '{' && '.join(commands)}'"


def prepare(checkout: Checkout, *, windows: bool = False, tests: bool = False, packages: bool = False) -> None:
    """Make ready what a command needs: the system's packages, then .venv."""
    lacking = missing(checkout, windows=windows, tests=tests, packages=packages) if LINUX else {}
    if lacking:
        install(lacking)
    bring_up_to_date(checkout)
    # An installed program is compiled; this one is too, even where Python was told not to keep what it
    # compiles: else each start would compile it anew, which takes longer than all the rest of it.
    compileall.compile_dir(checkout.root / "reader", quiet=2)


# --- A screen of one's own


@contextmanager
def screen(*options: str) -> Iterator[str]:
    """Start a virtual X screen and yield its DISPLAY; it is gone at the end.

    No window manager runs on it: a window has the focus when it asks for it, not when another program gives it.
    """
    reading, writing = os.pipe()
    with tempfile.TemporaryFile() as log:
        server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writing), "-screen", "0", SCREEN, "-nolisten", "tcp", "-noreset", *options],
            pass_fds=(writing,),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
        os.close(writing)
        try:
            with os.fdopen(reading) as answer:
                number = answer.readline().strip()
            if not number:
                log.seek(0)
                stop(f"Xvfb did not start: {log.read().decode(errors='replace').strip()}")
            yield f":{number}"
        finally:
            server.terminate()
            server.wait()


def private(home: Path, display: str) -> dict[str, str]:
    """Return an environment in which nothing of the person's own is read or written: home, settings, screen, bus."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(PERSONS_OWN)}
    for folder in ("config", "data", "cache", "state", "runtime"):
        (home / folder).mkdir(mode=0o700)
        environment[f"XDG_{folder.upper()}_{'DIR' if folder == 'runtime' else 'HOME'}"] = str(home / folder)
    return environment | {
        "HOME": str(home),
        "DISPLAY": display,
        "QT_QPA_PLATFORM": "xcb",
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        # Not merely unset: libdbus would then start a bus of its own, and leave it running.
        "DBUS_SESSION_BUS_ADDRESS": "disabled:",
    }


@contextmanager
def private_screens(count: int) -> Iterator[dict[str, str]]:
    """Yield the environment for ``count`` processes that each want the keyboard focus for themselves."""
    with ExitStack() as stack:
        home = Path(
            stack.enter_context(tempfile.TemporaryDirectory(prefix="study-reader-", ignore_cleanup_errors=True))
        )
        screens = [stack.enter_context(screen()) for _ in range(count)]
        yield private(home, screens[0]) | {TEST_SCREENS: " ".join(screens)}


# --- The commands: each takes its own arguments and returns an exit code


def run(checkout: Checkout, arguments: Sequence[str]) -> int:
    prepare(checkout, windows=True)
    command = [checkout.program("study-reader"), *arguments]
    if WINDOWS:  # where exec would give the prompt back at once
        return subprocess.call(command)
    os.execv(command[0], command)


def test(checkout: Checkout, arguments: Sequence[str]) -> int:
    if not LINUX:
        say("there is no virtual screen on this system; the windows of the tests will appear on yours")
    prepare(checkout, windows=True, tests=True)
    # The whole suite is worth the start of several processes; what a person picks, or debugs, is not.
    workers = 1 if arguments else min(os.cpu_count() or 1, MOST_WORKERS)
    parallel = ["-n", str(workers), "--dist", "loadgroup"] if workers > 1 else []
    command = [checkout.program("python"), "-m", "pytest", *parallel, *arguments]
    if not LINUX:
        return subprocess.call(command, cwd=checkout.root)
    with private_screens(workers) as environment:
        return subprocess.call(command, cwd=checkout.root, env=environment)


def check(checkout: Checkout, arguments: Sequence[str]) -> int:
    if arguments:
        stop("check takes no arguments.")
    prepare(checkout)
    commands = (("ruff", "check"), ("ruff", "format", "--check"), ("mypy",), ("lint-imports", "--no-logo"))
    failed = []
    for name, *rest in commands:
        if subprocess.call([checkout.program(name), *rest], cwd=checkout.root, stdin=subprocess.DEVNULL):
            failed.append(" ".join((name, *rest)))
    if failed:
        say(f"not in order: {', '.join(failed)}")
    return 1 if failed else 0


def bench(checkout: Checkout, arguments: Sequence[str]) -> int:
    if not LINUX:
        stop("the benchmarks read a virtual X screen and /proc, and so run on Linux only.")
    prepare(checkout, windows=True, tests=True)
    return subprocess.call([checkout.program("python"), "-m", "tests.benchmarks", *arguments], cwd=checkout.root)


def packages(checkout: Checkout, arguments: Sequence[str]) -> int:
    prepare(checkout, windows=True, packages=True)
    command = [checkout.program("python"), str(checkout.root / "packaging" / "check" / "all.py"), *arguments]
    return subprocess.call(command, cwd=checkout.root)


COMMANDS: Mapping[str, Callable[[Checkout, Sequence[str]], int]] = {
    "run": run,
    "test": test,
    "check": check,
    "bench": bench,
    "packages": packages,
}


def end(_signal: int, _frame: object) -> NoReturn:
    raise SystemExit(128 + signal.SIGTERM)


def main(arguments: Sequence[str]) -> int:
    name, *rest = arguments or ("--help",)
    if name in ("-h", "--help"):
        print(__doc__.strip())
        return 0 if arguments else 2
    if name not in COMMANDS:
        stop(f"there is no “{name}”; there are {', '.join(COMMANDS)}.")
    signal.signal(signal.SIGTERM, end)  # as an exception, so that screens and temporary folders go too
    try:
        return COMMANDS[name](Checkout(Path(__file__).resolve().parent), rest)
    except KeyboardInterrupt:
        return 128 + signal.SIGINT


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
