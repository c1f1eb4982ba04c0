from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.article.codec import decode
from reader.errors import ReaderError
from reader.importers.registry import FORMATS
from reader.importers.sandbox import Readers
from tests.importers.hostile_office import MAKERS, write


@pytest.fixture(scope="module")
def readers() -> Iterator[Readers]:
    with Readers() as readers:
        yield readers


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """A port that nobody may call."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(8)
        listening.setblocking(False)
        yield listening


def address_of(listener: socket.socket) -> str:
    host, port = listener.getsockname()
    return f"http://{host}:{port}"


def was_called(listener: socket.socket) -> bool:
    try:
        listener.accept()[0].close()
    except BlockingIOError:
        return False
    return True


def test_every_format_has_hostile_files() -> None:
    assert {name.partition(":")[0] for name in MAKERS} == set(FORMATS)


@pytest.mark.parametrize("name", MAKERS)
def test_a_hostile_file_is_read_harmlessly_or_refused_in_a_sentence(
    name: str, readers: Readers, listener: socket.socket, tmp_path: Path
) -> None:
    path = write(name, tmp_path, address_of(listener))
    before = {found: found.stat().st_mtime_ns for found in tmp_path.rglob("*")}

    try:
        article = decode(readers.read(path, path.read_bytes()).compiled)
    except ReaderError as error:
        said = str(error)
        assert said.startswith("“hostile.")
        assert "\n" not in said
        assert "something in it could not be made sense of" not in said  # an importer knows what it refuses
        assert "seconds" not in said  # nor may it ever need to be stopped
    else:
        # Markdown is the open form of an article: its links stay as they are, and the window opens none of these.
        links = [span.value for block in article.blocks for span in block.spans if span.kind.name == "LINK"]
        assert name.startswith("markdown") or not [
            link for link in links if link.lower().startswith(("javascript:", "vbscript:", "data:text"))
        ]
        assert "root:" not in str(article.blocks)
    assert not was_called(listener)
    assert {found: found.stat().st_mtime_ns for found in tmp_path.rglob("*")} == before
