"""The reading process, with other programs in its place where one is to misbehave."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from reader.article.codec import decode
from reader.errors import CancelledError, ReaderError, UnknownFormatError
from reader.importers import processes
from reader.importers.sandbox import Limits, Readers

CONFINED = """
import sys; sys.path[:] = {path!r}
import msgspec
from reader.importers import registry, worker
def read(path, step):
    {body}
registry.read = read
sys.exit(worker.main())
"""


def readers_that(body: str, seconds: int = 20) -> Readers:
    """Return readers whose process does this instead of importing."""
    program = CONFINED.format(path=[str(Path(__file__).resolve().parents[2]), *sys.path], body=body)
    return Readers(lambda: [sys.executable, "-c", program], lambda size: Limits(seconds, seconds))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "ferry.md"
    path.write_text("# The ferry\n\nIt crossed.[^1]\n\n[^1]: A note.\n", encoding="utf-8")
    return path


def refusal(readers: Readers, file: Path) -> str:
    with readers, pytest.raises(ReaderError) as refused:
        readers.read(file, file.read_bytes())
    return str(refused.value)


def test_a_file_is_read_from_the_bytes_that_were_given(file: Path) -> None:
    data = file.read_bytes()
    file.write_text("# Another\n", encoding="utf-8")

    with Readers() as readers:
        reading = readers.read(file, data)

    assert (reading.format, decode(reading.compiled).metadata.title) == ("markdown", "The ferry")


def test_progress_is_told_from_nothing_to_all(file: Path) -> None:
    told: list[float] = []

    with Readers() as readers:
        readers.read(file, file.read_bytes(), told.append)

    assert (told[0], told[-1], told) == (0.0, 1.0, sorted(told))


def test_the_next_file_is_read_by_the_same_process(file: Path) -> None:
    with Readers() as readers:
        readers.read(file, file.read_bytes())
        first = readers.process_ids
        readers.read(file, file.read_bytes())

        assert readers.process_ids == first


def test_a_process_that_was_ended_while_it_waited_is_replaced(file: Path) -> None:
    with Readers() as readers:
        readers.read(file, file.read_bytes())
        os.kill(readers.process_ids[0], signal.SIGKILL)

        assert decode(readers.read(file, file.read_bytes()).compiled).metadata.title == "The ferry"


def test_an_importers_own_refusal_comes_back_as_its_error(tmp_path: Path) -> None:
    file = tmp_path / "picture.png"
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))

    with Readers() as readers, pytest.raises(UnknownFormatError) as refused:
        readers.read(file, file.read_bytes())

    assert refused.value.path == file


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("import os; os._exit(3)", "something in it could not be made sense of"),
        ("import signal; signal.raise_signal(signal.SIGSEGV)", "something in it could not be made sense of"),
        ("raise KeyError(str(path))", "something in it could not be made sense of"),
        ("def deeper(): deeper()\n    deeper()", "something in it could not be made sense of"),
        ("bytearray(4 << 30)", "more memory than a text may need"),
        ("held = []\n    while True: held.append(bytearray(1 << 24))", "more memory than a text may need"),
    ],
)
def test_whatever_happens_to_the_process_is_one_sentence(body: str, sentence: str, file: Path) -> None:
    said = refusal(readers_that(body), file)

    assert said.startswith("“ferry.md” could not be opened: ")
    assert sentence in said


@pytest.mark.parametrize("body", ["while True: pass", "import time; time.sleep(60)"])
def test_what_takes_too_long_is_ended(body: str, file: Path) -> None:
    said = refusal(readers_that(body, seconds=1), file)

    assert "took longer than 1 seconds" in said


@pytest.mark.parametrize(
    "body",
    [
        "open('left.txt', 'w')",
        f"import os; os.open({os.devnull!r}, os.O_WRONLY)",
        "import os; os.mkdir('/tmp/left')",
        "import os; os.remove(path)",
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import socket; socket.getaddrinfo('example.org', 80)",
        "import subprocess; subprocess.Popen(['true'])",
        "import os; os.system('true')",
        "import os; os.fork()",
        "import ctypes; ctypes.CDLL(None)",
    ],
)
def test_the_process_is_refused_what_reading_does_not_need(body: str, file: Path) -> None:
    caught = f"try:\n        {body}\n    except PermissionError: __import__('os')._exit(7)\n    raise MemoryError"

    said = refusal(readers_that(caught), file)

    assert "something in it could not be made sense of" in said  # it ended with 7, and not with a MemoryError
    assert file.exists()


def test_a_person_can_stop_what_does_not_listen(file: Path) -> None:
    def step(share: float) -> None:
        calls.append(share)
        if len(calls) > 3:
            raise CancelledError

    calls: list[float] = []
    readers = readers_that("while True: pass")

    with pytest.raises(CancelledError):
        readers.read(file, file.read_bytes(), step)

    assert readers.process_ids == ()


def test_nothing_is_left_when_it_is_closed(file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with Readers() as readers:
        readers.read(file, file.read_bytes())
        (process,) = readers.process_ids

    with pytest.raises(ProcessLookupError):  # neither running nor a zombie
        os.kill(process, 0)
    assert list(tmp_path.iterdir()) == [file]


def test_a_process_that_sends_nonsense_is_not_believed(file: Path) -> None:
    said = refusal(Readers(lambda: [sys.executable, "-c", "import os; os.write(1, b'x' * 100); os.read(0, 9)"]), file)

    assert "something in it could not be made sense of" in said


def test_a_program_that_cannot_be_started_is_said(file: Path) -> None:
    said = refusal(Readers(lambda: ["/nowhere/at/all"]), file)

    assert "did not start" in said


def test_a_frozen_program_starts_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)

    assert processes.command() == [sys.executable, "--worker"]


def test_a_frozen_program_reads_by_itself_without_pythons_own_arguments(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program, launcher = tmp_path / "program.py", tmp_path / "study-reader"
    places = [str(Path(__file__).resolve().parents[2]), *sys.path]
    program.write_text(
        f"import sys\nsys.path[:] = {places!r}\nsys.frozen = True\n"
        "from reader.__main__ import main\nsys.exit(main())\n",
        encoding="utf-8",
    )
    launcher.write_text(f'#!/bin/sh\nexec "{sys.executable}" -I -S "{program}" "$@"\n', encoding="utf-8")
    launcher.chmod(0o700)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(launcher))

    with Readers() as readers:
        reading = readers.read(file, file.read_bytes())

    assert decode(reading.compiled).metadata.title == "The ferry"


@pytest.mark.parametrize("system", ["win32", "darwin"])
def test_a_system_without_limits_of_its_own_confines_by_what_it_has(system: str) -> None:
    # As far as one system can stand in for another: its branches are taken, and Python's own refusals hold.
    program = (
        f"import sys, os; sys.path[:] = {[str(Path(__file__).resolve().parents[2]), *sys.path]!r}\n"
        f"import reader.importers.worker; from reader.importers import confinement\n"
        f"sys.platform = {system!r}; sys.modules |= {{'resource': None}} if sys.platform == 'win32' else {{}}\n"
        "confinement.confine(); confinement.allow_cpu(5); confinement.peak_memory(); confinement.refuse_by_audit()\n"
        "for refused in (lambda: open('left.txt', 'w'), lambda: __import__('socket').socket()):\n"
        "    try:\n        refused()\n    except PermissionError:\n        print('refused')\n"
    )

    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert told.stdout.split() == ["refused", "refused"]


def test_a_process_is_not_weighed_by_what_started_it(file: Path) -> None:
    heavy = bytearray(os.urandom(2**20)) * 400  # more than a process may have that is kept
    with Readers() as readers:
        readers.read(file, file.read_bytes())

        assert len(readers.process_ids) == 1
    del heavy
