"""dev.py on machines that are made of a few fake programs: no network, no package is installed."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

import dev

SOURCE = Path(dev.__file__)

DEBIAN_12 = """\
libglib2.0-0:
  Installed: (none)
  Candidate: 2.74.6-2
xvfb:
  Installed: (none)
  Candidate: 2:21.1.7-3
"""
UBUNTU_24_04 = """\
libglib2.0-0t64:
  Installed: (none)
  Candidate: 2.80.0-6ubuntu3
libglib2.0-0:
  Installed: (none)
  Candidate: (none)
xvfb:
  Installed: (none)
  Candidate: 2:21.1.12-1ubuntu1
"""
GLIB_AND_SCREEN = {"libglib-2.0.so.0": ("libglib2.0-0t64", "libglib2.0-0"), "Xvfb": ("xvfb",)}
INSTALL = "apt-get install -y --no-install-recommends -q -o DPkg::Lock::Timeout=120"


@dataclass(frozen=True)
class Machine:
    """A PATH with only those programs that a test puts there; each notes how it was called."""

    programs: Path
    log: Path

    def has(self, name: str, body: str = "") -> None:
        program = self.programs / name
        program.write_text(f'#!/bin/sh\necho "{name} $*" >> {self.log}\n{body}\n')
        program.chmod(0o755)

    @property
    def calls(self) -> list[str]:
        return self.log.read_text().splitlines() if self.log.exists() else []


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """Root on a Debian that knows no package yet."""
    made = Machine(tmp_path / "programs", tmp_path / "calls")
    made.programs.mkdir()
    for name in ("cat", "env", "touch"):
        (made.programs / name).symlink_to(str(shutil.which(name)))
    monkeypatch.setenv("PATH", str(made.programs))
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(dev, "SYSTEM_PYTHONS", ("python3",))
    monkeypatch.setenv("XDG_DATA_DIRS", str(tmp_path / "share"))
    made.has("apt-cache")
    made.has("apt-get")
    return made


def knows(machine: Machine, policy: str) -> None:
    answer = machine.programs.parent / "policy"
    answer.write_text(policy)
    machine.has("apt-cache", f"cat {answer}")


def apt_calls(machine: Machine) -> list[str]:
    return [call for call in machine.calls if call.startswith(("apt-get", "sudo"))]


@pytest.fixture
def checkout(tmp_path: Path) -> dev.Checkout:
    """A checkout with a finished .venv, whose programs say what they were given."""
    made = dev.Checkout(tmp_path / "checkout")
    packages = made.venv / "lib" / f"python3.{sys.version_info.minor}" / "site-packages"
    (packages / "pip").mkdir(parents=True)
    (made.venv / "bin").mkdir()
    (made.root / "pyproject.toml").write_text('[project]\nname = "sample"\n')
    for name in ("python", "study-reader", "ruff", "mypy", "lint-imports"):
        program = Path(made.program(name))
        program.write_text(f'#!/bin/sh\necho "{name} $*" >> {made.root}/calls\nexit 0\n')
        program.chmod(0o755)
    made.stamp.write_text(made.fingerprint())
    return made


def calls(checkout: dev.Checkout) -> list[str]:
    log = checkout.root / "calls"
    return log.read_text().splitlines() if log.exists() else []


def fails(checkout: dev.Checkout, name: str, code: int, words: str = "") -> None:
    program = Path(checkout.program(name))
    program.write_text(program.read_text().replace("exit 0", f"echo '{words}'\nexit {code}"))


# --- An older Python


def test_the_syntax_is_old_enough_to_tell_an_old_python_what_is_needed() -> None:
    ast.parse(SOURCE.read_text(encoding="utf-8"), feature_version=(3, 6))


def test_an_older_python_gets_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    code = compile(SOURCE.read_text(encoding="utf-8"), "dev.py", "exec")
    monkeypatch.setattr(sys, "version_info", (3, 8, 10))

    with pytest.raises(SystemExit) as stopped:
        exec(code, {"__name__": "__main__"})

    assert stopped.value.code == (
        "dev.py: this is Python 3.8, and 3.11 or newer is needed; if there is one, type: python3.11 dev.py"
    )


# --- The system's packages


@pytest.mark.parametrize(("policy", "glib"), [(DEBIAN_12, "libglib2.0-0"), (UBUNTU_24_04, "libglib2.0-0t64")])
def test_a_package_has_the_name_that_this_release_gives_it(machine: Machine, policy: str, glib: str) -> None:
    knows(machine, policy)

    packages, all_known = dev.choose(tuple(GLIB_AND_SCREEN.values()))

    assert packages == (glib, "xvfb")
    assert all_known


def test_root_gets_what_is_missing_in_one_call(machine: Machine) -> None:
    knows(machine, DEBIAN_12)

    dev.install(GLIB_AND_SCREEN)

    assert apt_calls(machine) == [f"{INSTALL} libglib2.0-0 xvfb"]


def test_the_lists_are_updated_first_where_there_are_none(machine: Machine) -> None:
    dev.install({"Xvfb": ("xvfb",)})

    assert apt_calls(machine) == [
        "apt-get update -q -o DPkg::Lock::Timeout=120",
        f"{INSTALL} xvfb",
    ]


def test_lists_that_are_too_old_are_updated_and_it_is_tried_again(machine: Machine, tmp_path: Path) -> None:
    knows(machine, DEBIAN_12)
    updated = tmp_path / "updated"
    machine.has("apt-get", f'[ "$1" = update ] && touch {updated}; [ -e {updated} ]')

    dev.install({"Xvfb": ("xvfb",)})

    assert [call.split()[1] for call in apt_calls(machine)] == ["install", "update", "install"]


def test_a_failure_of_apt_shows_its_words_and_the_command(machine: Machine, capfd: pytest.CaptureFixture[str]) -> None:
    knows(machine, DEBIAN_12)
    machine.has("apt-get", '[ "$1" = update ] || { echo "E: no space left"; exit 100; }')

    with pytest.raises(SystemExit) as stopped:
        dev.install({"Xvfb": ("xvfb",)})

    assert stopped.value.code == (
        "dev.py: apt-get could not install the packages (see above); "
        "type: su -c 'apt-get install -y --no-install-recommends xvfb'"
    )
    assert "E: no space left" in capfd.readouterr().err


def test_someone_without_rights_is_told_the_command_and_nothing_is_tried(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    knows(machine, UBUNTU_24_04)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)

    with pytest.raises(SystemExit) as stopped:
        dev.install(GLIB_AND_SCREEN)

    assert stopped.value.code == (
        "dev.py: system packages are missing, and only root may install them; "
        "type: su -c 'apt-get install -y --no-install-recommends libglib2.0-0t64 xvfb'"
    )
    assert apt_calls(machine) == []


def test_where_there_are_no_lists_the_command_gets_them_first(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine.has("sudo", "exit 1")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)

    with pytest.raises(SystemExit) as stopped:
        dev.install({"Xvfb": ("xvfb",)})

    assert stopped.value.code == (
        "dev.py: system packages are missing, and only root may install them; "
        "type: sudo apt-get update && sudo apt-get install -y --no-install-recommends xvfb"
    )


def test_a_sudo_that_would_ask_is_left_to_the_person(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    knows(machine, DEBIAN_12)
    machine.has("sudo", "exit 1")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)

    with pytest.raises(SystemExit, match=r"type: sudo apt-get install -y --no-install-recommends xvfb$"):
        dev.install({"Xvfb": ("xvfb",)})

    assert apt_calls(machine) == ["sudo -n true"]


def test_a_sudo_that_does_not_ask_is_used(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    knows(machine, DEBIAN_12)
    machine.has("sudo", 'shift; "$@"')
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    machine.has("true")

    dev.install({"Xvfb": ("xvfb",)})

    assert apt_calls(machine) == [
        "sudo -n true",
        f"sudo -n env DEBIAN_FRONTEND=noninteractive {INSTALL} xvfb",
        f"{INSTALL} xvfb",
    ]


def test_a_system_without_apt_is_told_what_it_lacks(machine: Machine) -> None:
    (machine.programs / "apt-get").unlink()

    with pytest.raises(SystemExit) as stopped:
        dev.install(GLIB_AND_SCREEN)

    assert stopped.value.code == (
        "dev.py: this system lacks libglib-2.0.so.0, Xvfb; install them with its own package manager."
    )


def test_libraries_of_another_architecture_do_not_count(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    machine.has(
        "ldconfig",
        "echo '2 libs found in cache'\n"
        "echo '	libGL.so.1 (libc6) => /lib/i386-linux-gnu/libGL.so.1'\n"
        "echo '	libEGL.so.1 (libc6,x86-64) => /lib/x86_64-linux-gnu/libEGL.so.1'",
    )
    monkeypatch.setattr("platform.machine", lambda: "x86_64")

    assert dev.known_libraries() == frozenset({"libEGL.so.1"})


def test_only_commands_that_open_windows_need_their_libraries(machine: Machine, checkout: dev.Checkout) -> None:
    present = "".join(f"echo '	{name} (libc6,x86-64,AArch64) => /lib/x'\n" for name in dev.LIBRARIES)
    machine.has("ldconfig", present.replace("libxcb-cursor.so.0", "libother.so.1"))

    assert dev.missing(checkout, windows=False, tests=False) == {}
    assert dev.missing(checkout, windows=True, tests=False) == {"libxcb-cursor.so.0": ("libxcb-cursor0",)}
    assert dev.missing(checkout, windows=False, tests=True)["Xvfb"] == ("xvfb",)


def test_tests_need_a_session_that_can_be_heard(machine: Machine, checkout: dev.Checkout, tmp_path: Path) -> None:
    (tmp_path / "share" / "dbus-1" / "services").mkdir(parents=True)
    for name in dev.TEST_PROGRAMS:
        machine.has(name)
    machine.has("python3", "exit 1")
    lacking = dev.missing(checkout, windows=False, tests=True)

    machine.has("python3")
    (tmp_path / "share" / "dbus-1" / "services" / dev.ACCESSIBILITY_BUS).touch()

    assert set(lacking.values()) == {("at-spi2-core",), ("python3-gi",), ("gir1.2-atspi-2.0",)}
    assert dev.missing(checkout, windows=False, tests=True) == {}


# --- The virtual environment


def test_nothing_is_done_when_nothing_changed(checkout: dev.Checkout) -> None:
    dev.bring_up_to_date(checkout)

    assert calls(checkout) == []


def test_a_changed_pyproject_is_installed_once(checkout: dev.Checkout) -> None:
    (checkout.root / "pyproject.toml").write_text('[project]\nname = "other"\n')

    dev.bring_up_to_date(checkout)
    dev.bring_up_to_date(checkout)

    assert calls(checkout) == ["python -m pip --disable-pip-version-check --no-input install --quiet --editable .[dev]"]


def test_a_checkout_that_was_moved_is_not_current(checkout: dev.Checkout, tmp_path: Path) -> None:
    checkout.root.rename(tmp_path / "moved")

    assert not dev.Checkout(tmp_path / "moved").is_current


def test_an_environment_without_pip_is_made_anew(checkout: dev.Checkout) -> None:
    (next(checkout.venv.glob("lib/*/site-packages")) / "pip").rmdir()

    assert not checkout.has_venv


def test_what_pip_could_not_install_is_said_and_tried_again_next_time(
    checkout: dev.Checkout, capfd: pytest.CaptureFixture[str]
) -> None:
    checkout.stamp.write_text("of another pyproject.toml")
    fails(checkout, "python", 1, "ERROR: No matching distribution")

    with pytest.raises(SystemExit, match=r"^dev\.py: pip could not install what pyproject\.toml names"):
        dev.bring_up_to_date(checkout)

    assert "ERROR: No matching distribution" in capfd.readouterr().err
    assert not checkout.is_current


# --- The commands


@pytest.fixture
def ready(machine: Machine, tmp_path: Path) -> Machine:
    """A machine that lacks nothing; its Xvfb answers with the number 77 and stays until it is ended."""
    machine.has("ldconfig", "".join(f"echo '	{name} (libc6,x86-64,AArch64) => /lib/x'\n" for name in dev.LIBRARIES))
    for name in (*dev.TEST_PROGRAMS, "python3"):
        machine.has(name)
    (tmp_path / "share" / "dbus-1" / "services").mkdir(parents=True)
    (tmp_path / "share" / "dbus-1" / "services" / dev.ACCESSIBILITY_BUS).touch()
    screen = machine.programs / "Xvfb"
    screen.write_text(
        f"#!{sys.executable} -S\nimport os, signal, sys\nos.write(int(sys.argv[2]), b'77\\n')\nsignal.pause()\n"
    )
    screen.chmod(0o755)
    return machine


def test_run_gives_all_its_arguments_to_the_reader_and_its_exit_code_back(checkout: dev.Checkout) -> None:
    shutil.copy(SOURCE, checkout.root)
    fails(checkout, "study-reader", 3)
    command = [sys.executable, str(checkout.root / "dev.py"), "run", "inspect", "a b.txt", "--json"]

    done = subprocess.run(command, capture_output=True, env={**os.environ, "PATH": "/none"})

    assert calls(checkout) == ["study-reader inspect a b.txt --json"]
    assert done.returncode == 3


def test_arguments_of_test_are_those_of_pytest(ready: Machine, checkout: dev.Checkout) -> None:
    code = dev.test(checkout, ["tests/article", "-k", "outline"])

    assert code == 0
    assert calls(checkout) == ["python -m pytest tests/article -k outline"]


def test_the_whole_suite_runs_on_all_cores_each_with_a_screen(
    ready: Machine, checkout: dev.Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    Path(checkout.program("python")).write_text(f'#!/bin/sh\necho "$* ${dev.TEST_SCREENS}" >> {checkout.root}/calls\n')

    dev.test(checkout, [])

    assert calls(checkout) == ["-m pytest -n 2 --dist loadgroup :77 :77"]


def test_tests_see_nothing_of_the_person_who_runs_them(
    ready: Machine, checkout: dev.Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", "/home/ada")
    monkeypatch.setenv("STUDY_READER_HOME", "/home/ada/reading")
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    monkeypatch.setenv("QT_SCALE_FACTOR", "2")
    Path(checkout.program("python")).write_text(f"#!/bin/sh\nenv > {checkout.root}/calls\n")

    dev.test(checkout, ["-x"])

    seen = dict(line.split("=", 1) for line in calls(checkout))
    assert seen["DISPLAY"] == ":77"
    assert seen["XDG_DATA_HOME"] == seen["HOME"] + "/data"
    assert not Path(seen["HOME"]).exists()
    assert "/home/ada" not in seen.values()
    assert not {"STUDY_READER_HOME", "WAYLAND_DISPLAY", "QT_SCALE_FACTOR"} & seen.keys()


def test_tests_see_what_is_meant_for_them(
    ready: Machine, checkout: dev.Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STUDY_READER_MONKEY_STEPS", "2000")
    monkeypatch.setenv("STUDY_READER_PACKAGES", "1")
    Path(checkout.program("python")).write_text(f"#!/bin/sh\nenv > {checkout.root}/calls\n")

    dev.test(checkout, ["-x"])

    seen = dict(line.split("=", 1) for line in calls(checkout))
    assert (seen["STUDY_READER_MONKEY_STEPS"], seen["STUDY_READER_PACKAGES"]) == ("2000", "1")


def test_no_variable_that_the_program_reads_is_taken_for_one_of_the_tests() -> None:
    modules = (SOURCE.parent / "reader").rglob("*.py")

    read = {name for module in modules for name in re.findall(r"STUDY_READER_\w+", module.read_text(encoding="utf-8"))}

    assert read == {"STUDY_READER_HOME"}
    assert all(name.startswith(dev.PERSONS_OWN) for name in read)


def test_the_exit_code_of_test_is_that_of_pytest(ready: Machine, checkout: dev.Checkout) -> None:
    fails(checkout, "python", 5)

    assert dev.test(checkout, ["tests/none"]) == 5


def test_a_screen_that_does_not_start_is_said_in_its_own_words(ready: Machine, checkout: dev.Checkout) -> None:
    ready.has("Xvfb", "echo 'no memory for a screen' >&2; exit 1")

    with pytest.raises(SystemExit, match=r"^dev\.py: Xvfb did not start: no memory for a screen$"):
        dev.test(checkout, ["tests/ui"])


def test_check_looks_with_every_tool_even_when_one_finds_something(
    checkout: dev.Checkout, capfd: pytest.CaptureFixture[str]
) -> None:
    fails(checkout, "mypy", 1)

    code = dev.check(checkout, [])

    assert code == 1
    assert calls(checkout) == ["ruff check", "ruff format --check", "mypy ", "lint-imports --no-logo"]
    assert capfd.readouterr().err == "dev.py: not in order: mypy\n"


def test_an_unknown_command_is_answered_with_those_there_are() -> None:
    known = "run, test, check, bench, packages"

    with pytest.raises(SystemExit, match=rf"^dev\.py: there is no “tset”; there are {known}\.$"):
        dev.main(["tset"])


def test_no_command_shows_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    code = dev.main([])

    assert code == 2
    assert "python3 dev.py run [ARGS …]" in capsys.readouterr().out
