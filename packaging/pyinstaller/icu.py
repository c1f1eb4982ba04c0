"""Take out of ICU's data what Qt never asks for.

Qt's wheels bring all data of ICU, 32 MB; but dates, numbers, currencies and the names of languages Qt has of its
own. It calls ICU for sorting (``coll``), upper and lower case (which is code), time zones (their rules, not their
names), and for character sets that it does not know itself; the program decodes by Python. Line breaking is
Qt's own, too. ``nm -D --undefined-only libQt6Core.so.6 | grep ucol`` and the like show what is called.

The data are one object in a library, ``icudtNN_dat``: a header, a table of names and places, the items.
"""

from __future__ import annotations

import re
import struct
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

ALIGNMENT = 16
_KEPT = re.compile(
    r"icudt\d+\w/(?:coll/.*|[^/]+\.(?:nrm|icu|spp)|(?:root|res_index|pool|likelySubtags|keyTypeData|supplementalData"
    r"|timezoneTypes|zoneinfo64|metaZones|windowsZones|numberingSystems|genderList|plurals|icustd|icuver)\.res)"
)
_OBJECT = re.compile(r"^([0-9a-f]+) ([0-9a-f]+) R (icudt\d+_dat)$", re.MULTILINE)
_ASSEMBLY = """
    .section .rodata
    .balign {alignment}
    .globl {name}
    .type {name}, @object
    .size {name}, {size}
{name}:
    .incbin "items.dat"
    .section .note.GNU-stack,"",@progbits
"""


def slim(library: Path, into: Path) -> None:
    """Write ``libicudata.so.NN`` anew, under the same name, into a folder.

    Raises:
        ValueError: it is not built as those that are known.
        subprocess.CalledProcessError: a program of binutils failed.
    """
    table = subprocess.run(("nm", "-D", "-S", str(library)), capture_output=True, text=True, check=True).stdout
    found = _OBJECT.search(table)
    data = library.read_bytes()
    if found is None:
        raise ValueError(f"{library.name} has no ICU data.")
    start, size, name = int(found[1], 16), int(found[2], 16), found[3]
    if data[start + 2 : start + 4] != b"\xda\x27":  # read-only data lie in the file where they lie in memory
        raise ValueError(f"The ICU data of {library.name} are not where they were looked for.")
    kept = packed(data[start : start + size])
    with TemporaryDirectory() as scratch:
        Path(scratch, "items.dat").write_bytes(kept)
        Path(scratch, "items.s").write_text(_ASSEMBLY.format(name=name, size=len(kept), alignment=ALIGNMENT))
        subprocess.run(("as", "-o", "items.o", "items.s"), cwd=scratch, check=True)
        link = ("ld", "-shared", "-s", "-z", "noexecstack", "--hash-style=gnu", "--build-id=none")
        target = (into / library.name).resolve()
        subprocess.run((*link, "-soname", library.name, "-o", str(target), "items.o"), cwd=scratch, check=True)
    target.chmod(0o644)


def packed(data: bytes) -> bytes:
    """Return the same collection with the items that are kept; it begins as ``data`` does."""
    (begin,) = struct.unpack_from("<H", data, 0)
    items = [(name, value) for name, value in _items(data[begin:]) if _KEPT.fullmatch(name)]
    names = b"".join(name.encode() + b"\0" for name, _ in items)
    head = 4 + 8 * len(items)
    place = _aligned(head + len(names))
    offset, entries, body = head, bytearray(), bytearray()
    for name, value in items:
        entries += struct.pack("<II", offset, place + len(body))
        offset += len(name) + 1
        body += value.ljust(_aligned(len(value)), b"\0")
    table = struct.pack("<I", len(items)) + entries + names
    return data[:begin] + table.ljust(place, b"\0") + body


def _items(table: bytes) -> list[tuple[str, bytes]]:
    (count,) = struct.unpack_from("<I", table, 0)
    entries = [struct.unpack_from("<II", table, 4 + 8 * number) for number in range(count)]
    ends = [*(place for _, place in entries[1:]), len(table)]
    return [
        (table[name : table.index(b"\0", name)].decode(), table[place:end])
        for (name, place), end in zip(entries, ends, strict=True)
    ]


def _aligned(size: int) -> int:
    return -(-size // ALIGNMENT) * ALIGNMENT
