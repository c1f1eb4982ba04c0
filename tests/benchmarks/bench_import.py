"""Bringing files in: a page of 200 KB, a book of 4 MB, a Word file and Markdown of 1 MB; time and memory.

The floor of a row is what parsing alone costs: the archive unpacked, and lxml. Where the tools are installed
that people know for a format, another row tells the reader against them. Time is what the processor computed,
so that other programs do not count; memory is the reading process's own, beyond what it has at rest.
"""

from __future__ import annotations

import importlib
import io
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from reader.importers import registry
from reader.importers.sandbox import Readers
from tests.benchmarks import import_matter
from tests.benchmarks.figures import Row, Series, milliseconds

MOST_BOOK_MS, MOST_PAGE_MS, MOST_MEMORY_RATIO, MOST_START_RATIO = 2500.0, 150.0, 12.0, 15.0
TIMES, STARTS = 5, 9
PAGE, BOOK, WORD, MARKDOWN = "page of 200 KB", "book of 4 MB", "Word, 1 MB of text", "Markdown of 1 MB"

Work = Callable[[Path], object]


def measure(home: Path) -> list[Row]:
    """Measure all of it; ``home`` is an empty folder."""
    files = write_files(home)
    most = {PAGE: MOST_PAGE_MS, BOOK: MOST_BOOK_MS}
    rows = []
    for name, file in files.items():
        ours = computed(partial(registry.read, file))
        rows.append(Row(f"import: {name}", "ms", ours, computed(partial(_parse, file)), most=most.get(name)))
        module, label, work = PEERS[name]
        if find_spec(module) is not None:
            rows.append(Row(f"import: {name}, {label}", "ms", ours, computed(partial(work, file))))
        else:
            sys.stderr.write(f"{label} is not installed: no row for it.\n")
    return [*rows, *_memory(files, home), _start(files[MARKDOWN], home)]


def write_files(home: Path) -> dict[str, Path]:
    """Write what is measured, and return it by its name."""
    files = {PAGE: home / "a.html", BOOK: home / "a.epub", WORD: home / "a.docx", MARKDOWN: home / "a.md"}
    files[PAGE].write_bytes(import_matter.page(185_000))
    import_matter.write_epub(files[BOOK], 3_800_000)
    import_matter.write_docx(files[WORD], 1_000_000)
    files[MARKDOWN].write_bytes(import_matter.markdown(1_000_000))
    return files


def computed(work: Callable[[], object], times: int = TIMES) -> Series:
    """Call it, once more than is counted, and return for how many milliseconds each call computed."""
    values = []
    for _ in range(times + 1):
        begun = time.process_time()
        work()
        values.append((time.process_time() - begun) * 1000)
    return Series(tuple(values[1:]))


def _parse(file: Path) -> list[object]:
    """Unpack a file and parse all of its XML, or parse its HTML; of Markdown, split it into words."""
    from lxml import etree, html

    data = file.read_bytes()
    if file.suffix == ".md":
        return [line.split() for line in data.decode().splitlines()]
    if file.suffix == ".html":
        return [html.document_fromstring(data)]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [etree.fromstring(archive.read(name)) for name in archive.namelist() if name != "mimetype"]


def _readability(file: Path) -> object:
    return importlib.import_module("readability").Document(file.read_bytes().decode()).summary()


def _ebooklib(file: Path) -> object:
    book = importlib.import_module("ebooklib.epub").read_epub(str(file))
    return [item.get_body_content() for item in book.get_items() if item.file_name.endswith("html")]


def _mammoth(file: Path) -> object:
    with file.open("rb") as opened:
        return importlib.import_module("mammoth").convert_to_html(opened)


def _python_markdown(file: Path) -> object:
    extensions = ["footnotes", "tables"]
    return importlib.import_module("markdown").markdown(file.read_text("utf-8"), extensions=extensions)


PEERS: dict[str, tuple[str, str, Work]] = {
    PAGE: ("readability", "readability-lxml", _readability),
    BOOK: ("ebooklib", "ebooklib (no notes, no blocks)", _ebooklib),
    WORD: ("mammoth", "mammoth", _mammoth),
    MARKDOWN: ("markdown", "Python-Markdown", _python_markdown),
}


def _memory(files: dict[str, Path], home: Path) -> list[Row]:
    """Return how much memory a reading process had at most beyond its rest, against the size of what is in a file."""
    rows = []
    for name, file in files.items():
        if name == PAGE:
            continue  # the bar is for files of a megabyte and more
        little = small(file, home)
        with Readers() as readers:
            readers.read(little, little.read_bytes())
            rest = peak_megabytes(readers)
            readers.read(file, file.read_bytes())
            most = peak_megabytes(readers) - rest
        size, packed = unpacked(file) / 1e6, file.stat().st_size / 1e6
        if packed < size:
            rows.append(
                Row(f"import: {name}, memory against the packed file", "MB", Series((most,)), Series((packed,)))
            )
        rows.append(
            Row(f"import: {name}, memory", "MB", Series((most,)), Series((size,)), most_ratio=MOST_MEMORY_RATIO)
        )
    return rows


def small(file: Path, home: Path) -> Path:
    """Write and return a file of the same kind that holds next to nothing."""
    little = home / f"little{file.suffix}"
    match file.suffix:
        case ".epub":
            import_matter.write_epub(little, 2_000, 1)
        case ".docx":
            import_matter.write_docx(little, 2_000)
        case _:
            little.write_bytes(import_matter.markdown(2_000))
    return little


def unpacked(file: Path) -> int:
    """Return the bytes of a file, those of an archive unpacked."""
    if file.suffix not in (".epub", ".docx"):
        return file.stat().st_size
    with zipfile.ZipFile(file) as archive:
        return sum(info.file_size for info in archive.infolist())


def peak_megabytes(readers: Readers) -> float:
    (process,) = readers.process_ids
    for line in Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024 / 1e6
    raise ValueError(line)


def _start(file: Path, home: Path) -> Row:
    """Return how long a fresh process takes to the first word of its answer, against a bare Python."""
    little = small(file, home)
    bare = [sys.executable, "-I", "-S", "-c", "pass"]
    floor = milliseconds([partial(subprocess.run, bare, check=True)] * STARTS)
    starts: Sequence[Callable[[], object]] = [partial(_first_word, little)] * STARTS
    return Row(
        "import: reading process, to its first word", "ms", milliseconds(starts), floor, most_ratio=MOST_START_RATIO
    )


def _first_word(file: Path) -> None:
    class HeardError(Exception):
        pass

    def step(share: float) -> None:
        if share > 0.0:
            raise HeardError

    with Readers() as readers, suppress(HeardError):
        readers.read(file, file.read_bytes(), step)
