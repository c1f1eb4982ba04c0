"""python3 dev.py bench [NAME …]: measure against the floor, print one table."""

from __future__ import annotations

import argparse
import os
import shlex
import tempfile
from collections.abc import Collection
from contextlib import ExitStack
from pathlib import Path

import dev
from tests.benchmarks import bench_book, bench_open
from tests.benchmarks.figures import Row, table

OF_THE_PAGE = ("find", "relayout", "scroll", "popup")
NAMES = ("open", *OF_THE_PAGE, "book", "search", "library", "shelf", "paper", "import")


def main() -> None:
    parser = argparse.ArgumentParser(prog="dev.py bench", description="Measure against a bare window; print one table.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"what to measure: {', '.join(NAMES)} (all)")
    parser.add_argument("--runs", type=int, default=bench_open.RUNS, help="starts of each program (%(default)s)")
    parser.add_argument("--command", type=shlex.split, help="start this instead of the reader")
    parser.add_argument("--pictures", type=Path, help="a folder for pictures of what was on the screen")
    chosen = parser.parse_args()
    unknown = set(chosen.names) - set(NAMES)
    if unknown:
        parser.error(f"there is no benchmark “{min(unknown)}”; there are {', '.join(NAMES)}")
    names = chosen.names or NAMES
    rows = bench_open.measure(chosen.command, chosen.runs, chosen.pictures) if "open" in names else []
    rows += bench_book.measure_opening(chosen.runs) if "book" in names else []
    print(table(rows + in_this_process(names)))


def in_this_process(names: Collection[str]) -> list[Row]:
    """Measure what needs no start of a program, on a screen of its own."""
    rows: list[Row] = []
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="study-reader-bench-")))
        if set(names) & set(OF_THE_PAGE):
            from tests.benchmarks import bench_page  # it loads Qt and the reader

            os.environ.update(dev.private(home, stack.enter_context(dev.screen())))
            rows += bench_page.measure(names, home)
        if "book" in names:
            place = home / "of-the-book"
            place.mkdir()
            os.environ.update(dev.private(place, stack.enter_context(dev.screen())))
            rows += bench_book.measure_moving(place)
        if "search" in names:
            from tests.benchmarks import bench_search

            rows += bench_search.measure(home)
        if "library" in names:
            from tests.benchmarks import bench_library

            rows += bench_library.measure(home / "library")
        if "shelf" in names:
            from tests.benchmarks import bench_shelf

            place = home / "of-the-shelf"
            place.mkdir()
            os.environ.update(dev.private(place, stack.enter_context(dev.screen())))
            rows += bench_shelf.measure()
        if "import" in names:
            from tests.benchmarks import bench_import

            place = home / "imported"
            place.mkdir()
            rows += bench_import.measure(place)
        if "paper" in names:
            from tests.benchmarks import bench_paper

            os.environ.update(dev.private(home, stack.enter_context(dev.screen())))
            rows += bench_paper.measure(home)
    return rows


if __name__ == "__main__":
    main()
