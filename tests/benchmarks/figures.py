"""Figures: what was measured, how it is summed up, and the table that shows it."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Series:
    """The same thing measured again and again, in one unit."""

    values: tuple[float, ...]

    @property
    def median(self) -> float:
        return statistics.median(self.values)

    @property
    def p95(self) -> float:
        """The value that 95 of 100 do not exceed (the nearest rank)."""
        ordered = sorted(self.values)
        return ordered[-(-len(ordered) * 95 // 100) - 1]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. The bar is a ratio to the floor, or an absolute value in the row's unit, or none."""

    name: str
    unit: str
    reader: Series
    floor: Series | None = None
    most_ratio: float | None = None
    most: float | None = None

    @property
    def ratio(self) -> float | None:
        return self.reader.median / self.floor.median if self.floor else None

    @property
    def is_held(self) -> bool | None:
        """Tell whether the bar is held; None where there is no bar. An absolute bar is for 95 of 100."""
        if self.most_ratio is not None and self.ratio is not None:
            return self.ratio <= self.most_ratio
        return self.reader.p95 <= self.most if self.most is not None else None


def milliseconds(works: Sequence[Callable[[], object]], *, warm: bool = True) -> Series:
    """Call each in turn and return how long each took; ``warm``: after a call of the first that does not count."""
    if warm:
        works[0]()
    values = []
    for work in works:
        start = time.perf_counter()
        work()
        values.append((time.perf_counter() - start) * 1000)
    return Series(tuple(values))


def table(rows: Sequence[Row]) -> str:
    """Return the rows as aligned text: medians, the 95th percentile of the reader, the ratio and the bar."""
    head = ("", "floor", "reader", "p95", "n", "ratio", "bar", "")
    lines = [head, *(_cells(row) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    return "\n".join(_aligned(line, widths) for line in lines)


def _cells(row: Row) -> tuple[str, ...]:
    bar = f"≤ {row.most_ratio:.2f} ×" if row.most_ratio is not None else ""
    bar = f"≤ {row.most:g} {row.unit}" if row.most is not None else bar
    return (
        f"{row.name}, {row.unit}",
        _number(row.floor.median) if row.floor else "–",
        _number(row.reader.median),
        _number(row.reader.p95),
        str(len(row.reader.values)),
        f"{row.ratio:.2f}" if row.ratio is not None else "–",
        bar,
        {True: "held", False: "MISSED", None: ""}[row.is_held],
    )


def _number(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"


def _aligned(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *rest = (
        cell.ljust(width) if column in (0, len(widths) - 1) else cell.rjust(width)
        for column, (cell, width) in enumerate(zip(cells, widths, strict=True))
    )
    return "  ".join((first, *rest)).rstrip()
