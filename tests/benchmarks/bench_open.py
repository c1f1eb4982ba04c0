"""From the start of the process to the article's text on the screen, and the memory it then has.

The floor and the reader start by turns on one virtual screen, so that both see the same machine.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import dev
from tests.benchmarks.figures import Row, Series
from tests.benchmarks.framebuffer import Framebuffer, ink
from tests.benchmarks.matter import ARTICLE, ROOT, WINDOW, article_html

RUNS = 9
MOST_RATIO = 1.3

LOOK_EVERY = 0.004  # seconds between two looks at the screen
SETTLED_AFTER = 0.8  # seconds without a change: what shows now is the settled page
GIVE_UP_AFTER = 60.0  # seconds
MEMORY_AFTER = 2.0  # seconds after the page has settled: what is loaded late counts too
TEXT_SHARE = 0.5  # of the settled ink: the first frame with so much shows the page of text
LEAST_INK = 3000  # steps; less is no page of text
QUIET = 0.15  # share of the processors' time that others may use before a start
QUIET_PATIENCE = 3.0  # seconds


@dataclass(frozen=True, slots=True)
class Start:
    """One start of one program."""

    text_ms: float
    settled_ms: float
    memory_mb: float
    is_disturbed: bool


def floor_command(page: Path) -> list[str]:
    return [sys.executable, str(Path(__file__).with_name("floor.py")), str(page), *map(str, WINDOW)]


class Stage:
    """A screen of its own with a home of its own, on which programs are started one after the other."""

    def __init__(self, stack: ExitStack, pictures: Path | None = None) -> None:
        self.home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="study-reader-bench-")))
        memory = self.home / "screen"
        memory.mkdir()
        display = stack.enter_context(dev.screen("-fbdir", str(memory), "-nocursor"))
        self.environment = dev.private(self.home, display)
        self._screen = Framebuffer(memory)
        stack.callback(self._screen.close)
        self._pictures = pictures
        self._log = self.home / "log"

    def start(self, command: Sequence[str], name: str) -> Start:
        """Start a program, watch until its page has settled, weigh it, end it.

        Raises:
            SystemExit: no page of text appeared.
        """
        is_disturbed = not _wait_for_quiet()
        empty = self._screen.look()
        began = time.perf_counter()
        with self._log.open("wb") as log:
            program = subprocess.Popen(
                command,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        try:
            frames = self._watch(began, empty)
            settled_ms, settled_ink = frames[-1] if frames else (0.0, 0)
            if settled_ink < LEAST_INK:
                words = self._log.read_text(encoding="utf-8", errors="replace")
                raise SystemExit(f"{name} showed no page of text: {' '.join(command)}\n{words}")
            text_ms = next(when for when, much in frames if much >= TEXT_SHARE * settled_ink)
            time.sleep(MEMORY_AFTER)
            memory_mb = _memory_mb(program.pid)
            self._save(name)
        finally:
            _end(program)
        self._wait_for(empty)
        return Start(text_ms, settled_ms, memory_mb, is_disturbed)

    def reader_with(self, file: Path, library: str = "library") -> list[str]:
        """Return the command that opens the reader on a text it read before."""
        command = [dev.Checkout(ROOT).program("study-reader"), "--data-dir", str(self.home / library)]
        # Not by the window: it would be ended before its index is made, and go on with that at every start.
        subprocess.run([*command, "import", str(file)], env=self.environment, check=True, stdout=subprocess.DEVNULL)
        subprocess.run([*command, "search", "nothing"], env=self.environment, check=False, stdout=subprocess.DEVNULL)
        self.start([*command, str(file)], "first")  # it becomes what was read last
        return command

    def _watch(self, began: float, empty: bytes) -> list[tuple[float, int]]:
        """Return the moment (ms) and the ink of each frame that differs from the one before, to the settled one."""
        frames: list[tuple[float, int]] = []
        shown = empty
        changed = began
        while True:
            now = time.perf_counter()
            look = self._screen.look()
            if look != shown:
                shown, changed = look, now
                frames.append(((now - began) * 1000, ink(look)))
            has_text = bool(frames) and frames[-1][1] >= LEAST_INK
            if (has_text and now - changed > SETTLED_AFTER) or now - began > GIVE_UP_AFTER:
                return frames
            time.sleep(LOOK_EVERY)

    def _wait_for(self, empty: bytes) -> None:
        end = time.monotonic() + 5
        while self._screen.look() != empty and time.monotonic() < end:
            time.sleep(LOOK_EVERY)

    def _save(self, name: str) -> None:
        if self._pictures:
            self._pictures.mkdir(parents=True, exist_ok=True)
            (self._pictures / f"{name}.png").write_bytes(self._screen.png())


def _session_of(leader: int) -> list[int]:
    """Return the processes of a session (started by us as its leader), those that changed parents included."""
    members = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            after_name = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:  # it has just ended
            continue
        if int(after_name[3]) == leader:
            members.append(int(folder.name))
    return members


def own_memory_mb() -> float:
    """Return the proportional set size of this process, in MB of 2**20 bytes."""
    return _weight([os.getpid()])


def _memory_mb(leader: int) -> float:
    """Return the proportional set size of a program with all its processes, in MB of 2**20 bytes."""
    return _weight(_session_of(leader))


def _weight(processes: Sequence[int]) -> float:
    kilobytes = 0
    for process in processes:
        rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
        found = re.search(r"^Pss:\s+(\d+) kB", rollup, re.MULTILINE)
        kilobytes += int(found[1]) if found else 0
    return kilobytes / 1024


def _end(program: subprocess.Popen[bytes]) -> None:
    for kind in (signal.SIGTERM, signal.SIGKILL):
        for process in _session_of(program.pid):
            os.kill(process, kind)
        try:
            program.wait(3)
        except subprocess.TimeoutExpired:
            continue
        return


def _processor_ticks() -> tuple[int, int]:
    """Return all ticks of all processors since the machine started, and those that were idle."""
    ticks = [int(field) for field in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]]
    return sum(ticks), ticks[3] + ticks[4]


def _wait_for_quiet() -> bool:
    """Wait until others leave the processors alone; tell whether they do."""
    end = time.monotonic() + QUIET_PATIENCE
    while True:
        total, idle = _processor_ticks()
        time.sleep(0.3)
        total_now, idle_now = _processor_ticks()
        if 1 - (idle_now - idle) / max(1, total_now - total) < QUIET:
            return True
        if time.monotonic() > end:
            return False


def measure(command: Sequence[str] | None = None, runs: int = RUNS, pictures: Path | None = None) -> list[Row]:
    """Start the floor and the reader (or another command) so many times by turns."""
    with ExitStack() as stack:
        stage = Stage(stack, pictures)
        page = stage.home / "article.html"
        page.write_text(article_html(), encoding="utf-8")
        floor = floor_command(page)
        reader = list(command or stage.reader_with(ARTICLE))
        starts = run_by_turns(stage, {"floor": floor, "reader": reader}, runs)
    return [row(starts, "open: text on screen", "ms", "text_ms"), row(starts, "open: memory", "MB", "memory_mb")]


def run_by_turns(stage: Stage, commands: Mapping[str, Sequence[str]], runs: int) -> dict[str, list[Start]]:
    """Start each program so many times by turns, after a start of each that does not count."""
    for name, command in commands.items():
        stage.start(command, name)  # the disk's cache, compiled modules, fonts
    starts: dict[str, list[Start]] = {name: [] for name in commands}
    for run in range(runs):
        for name, command in list(commands.items()) if run % 2 == 0 else reversed(list(commands.items())):
            starts[name].append(stage.start(command, name))
    if any(start.is_disturbed for each in starts.values() for start in each):
        print("The machine was busy with something else: these times are worth little.")
    return starts


def row(
    starts: Mapping[str, Sequence[Start]],
    name: str,
    unit: str,
    field: str,
    who: str = "reader",
    most_ratio: float = MOST_RATIO,
) -> Row:
    """Return what was measured of a program beside the floor."""
    floor, reader = (Series(tuple(getattr(start, field) for start in starts[each])) for each in ("floor", who))
    return Row(name, unit, reader, floor, most_ratio=most_ratio)
