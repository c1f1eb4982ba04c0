"""Files of every format, damaged at random, in one warm process: read or refused, and nothing else.

``STUDY_READER_FUZZ_SECONDS`` makes it a longer run; ``STUDY_READER_FUZZ_KEEP`` names a folder that
what was not withstood is kept in.
"""

from __future__ import annotations

import io
import os
import random
import time
import zipfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.article.codec import decode
from reader.article.normal import normal
from reader.errors import ReaderError
from reader.importers.registry import FORMATS
from reader.importers.sandbox import Readers
from tests.importers.hostile_files import docx, epub, odt, page, zipped

MOST_CASES = 200
"""Of each format, where no longer run is asked for."""
MOST_BYTES = 300_000
FUZZ_SECONDS = int(os.environ.get("STUDY_READER_FUZZ_SECONDS", "0"))
KEEP = os.environ.get("STUDY_READER_FUZZ_KEEP", "")
SPICE = (b"<", b"&#0;", b"]]>", b"\0", b"\xff\xfe", b"[^1]:", b"<p>" * 99, b"> " * 60)
SIGNS = "ab 1[]()<>*_`#|-:^\\\n\t&;\"'!"
UNFORESEEN = ("could not be made sense of", "took longer than", "more memory than")


@pytest.fixture(scope="module")
def readers() -> Iterator[Readers]:
    with Readers() as readers:
        yield readers


def seeds(data: Path, suffixes: tuple[str, ...]) -> list[bytes]:
    made = {
        ".epub": epub("<p>T<a id='r' href='#n'><sup>1</sup></a></p><aside id='n'>N</aside>"),
        ".docx": docx(),
        ".odt": odt(),
        ".html": page("<p>T</p>").encode(),
    }
    found = [path.read_bytes() for path in sorted(data.rglob("*")) if path.suffix in suffixes]
    return [seed for seed in found if len(seed) < MOST_BYTES] + [made[suffix] for suffix in suffixes if suffix in made]


def damaged(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Return data with bits turned, a part lost, doubled or taken from another file, or its end cut off."""
    work = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(work) + 1)
        end = min(len(work), at + chance.choice((1, 8, 100, 3_000)))
        match chance.randrange(6):
            case 0 if work:
                work[at % len(work)] ^= 1 << chance.randrange(8)
            case 1:
                del work[at:end]
            case 2:
                work[at:at] = work[at:end] * chance.choice((1, 2, 50))
            case 3:
                from_other = chance.randrange(len(other) + 1)
                work[at:end] = other[from_other : from_other + end - at]
            case 4 if chance.random() < 0.2:
                del work[at:]
            case _:
                work[at:at] = chance.choice(
                    (b"<", b"&#0;", b"]]>", b"\0", b"\xff\xfe", b"[^1]:", b"<p>" * 99, b"> " * 60)
                )
    return bytes(work) or b"\n"


def damaged_inside(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Return an archive with some of its members damaged, and all of its checksums right."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members: dict[str, str | bytes] = {info.filename: archive.read(info) for info in archive.infolist()}
    except (zipfile.BadZipFile, NotImplementedError):
        return damaged(data, other, chance)
    for name in chance.sample(sorted(members), min(2, len(members))):
        content = members[name]
        assert isinstance(content, bytes)
        members[name] = damaged(content, other, chance)
    return zipped(members)


def withstood(readers: Readers, path: Path, data: bytes) -> None:
    try:
        article = decode(readers.read(path, data).compiled)
    except ReaderError as error:
        if any(part in str(error) for part in UNFORESEEN):
            kept = path.with_name(f"failed-{time.time_ns()}{path.suffix}")
            (Path(KEEP) / kept.name if KEEP else kept).write_bytes(data)
            raise AssertionError(f"{error}: kept as {kept.name}") from error
    else:
        assert normal(article) == article


@pytest.mark.parametrize("kind", FORMATS)
def test_a_damaged_file_is_read_or_refused(kind: str, readers: Readers, data: Path, tmp_path: Path) -> None:
    texts = seeds(data, FORMATS[kind])
    path = tmp_path / f"damaged{FORMATS[kind][0]}"
    end = time.monotonic() + FUZZ_SECONDS / len(FORMATS)

    for case in count():
        if case >= MOST_CASES and time.monotonic() > end:
            break
        chance = random.Random(f"{kind} {case}")
        damage = damaged_inside if case % 2 else damaged
        withstood(readers, path, damage(chance.choice(texts), chance.choice(texts), chance))


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(st.sampled_from("ab 1[]()<>*_`#|-:^\\\n\t&;\"'!"), max_size=400), st.sampled_from([".md", ".txt", ".html"])
)
def test_signs_in_any_order_are_text(readers: Readers, tmp_path: Path, text: str, suffix: str) -> None:
    withstood(readers, tmp_path / f"signs{suffix}", b"a" + text.encode())
