"""Files that were damaged or made to do harm: read or refused in a sentence, never anything else."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.errors import ReaderError
from reader.importers.registry import read

FILES = ("docx/word.docx", "docx/writer.docx", "odt/writer.odt")
BOUNDED = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
places = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 80), st.booleans()), min_size=1, max_size=8)


def read_or_refused(path: Path) -> bool:
    """Say whether a file was read; a refusal has a sentence."""
    try:
        read(path)
    except ReaderError as refusal:
        assert str(refusal).endswith(".")
        return False
    return True


def mutated(xml: bytes, where: list[tuple[float, int, bool]]) -> bytes:
    """Return bytes with pieces taken out of them, or doubled."""
    for share, length, doubled in where:
        at = int(share * len(xml))
        xml = xml[:at] + (xml[at : at + length] * 2 if doubled else b"") + xml[at + length * (not doubled) :]
    return xml


@pytest.mark.parametrize("name", FILES)
@BOUNDED
@given(share=st.floats(0, 1))
def test_a_file_cut_anywhere_does_no_harm(name: str, share: float, data: Path, tmp_path: Path) -> None:
    whole = (data / name).read_bytes()
    path = tmp_path / Path(name).name
    path.write_bytes(whole[: int(share * len(whole))])

    read_or_refused(path)


@pytest.mark.parametrize("name", FILES)
@BOUNDED
@given(where=places)
def test_parts_with_pieces_lost_or_doubled_do_no_harm(
    name: str, where: list[tuple[float, int, bool]], data: Path, tmp_path: Path
) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(data / name) as old, zipfile.ZipFile(made, "w") as new:
        for one in old.namelist():
            new.writestr(one, mutated(old.read(one), where) if one.endswith(".xml") else old.read(one))
    path = tmp_path / Path(name).name
    path.write_bytes(made.getvalue())

    read_or_refused(path)


def test_a_part_that_unpacks_to_more_than_it_may_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<a>" + b" " * (80 * 2**20))

    assert not read_or_refused(path)
