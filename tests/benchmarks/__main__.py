"""python3 dev.py bench [NAME …]: measure against the floor, print one table."""

from __future__ import annotations

import argparse
import shlex
from pathlib import Path

from tests.benchmarks import bench_open
from tests.benchmarks.figures import table

NAMES = ("open",)


def main() -> None:
    parser = argparse.ArgumentParser(prog="dev.py bench", description="Measure against a bare window; print one table.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"what to measure: {', '.join(NAMES)} (all)")
    parser.add_argument("--runs", type=int, default=bench_open.RUNS, help="starts of each program (%(default)s)")
    parser.add_argument("--command", type=shlex.split, help="start this instead of the reader")
    parser.add_argument("--pictures", type=Path, help="a folder for pictures of what was on the screen")
    chosen = parser.parse_args()
    if unknown := set(chosen.names) - set(NAMES):
        parser.error(f"there is no benchmark “{min(unknown)}”; there are {', '.join(NAMES)}")
    rows = bench_open.measure(chosen.command, chosen.runs, chosen.pictures)
    print(table(rows))


if __name__ == "__main__":
    main()
