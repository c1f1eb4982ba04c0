"""Compile a folder of modules in place, so that a start has nothing to compile and nothing lies there twice.

Run by the very kind of Python that will read it, in a process of its own: bytecode made in a process that has
done other things before need not be the same to the byte.
"""

from __future__ import annotations

import sys
from pathlib import Path
from py_compile import PycInvalidationMode
from py_compile import compile as compile_file


def main(folder: Path) -> int:
    """Put a .pyc into the place of every .py; only its name in the folder is kept, for tracebacks."""
    for source in sorted(folder.rglob("*.py")):
        compile_file(
            str(source),
            cfile=str(source.with_suffix(".pyc")),
            dfile=source.relative_to(folder).as_posix(),
            doraise=True,
            invalidation_mode=PycInvalidationMode.UNCHECKED_HASH,
        )
        source.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
