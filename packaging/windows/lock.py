"""Write ``wheels.lock`` anew: what the tests run with here, for Windows.

    .venv/bin/python packaging/windows/lock.py

What changed is then to be read (`git diff`), tried (`python3 dev.py packages`) and committed.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

if __name__ == "__main__":  # as a script, it lies beside the package that it belongs to
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from windows import fetch

PROJECT = "study-reader"
BESIDES = ("shiboken6",)
"""What the program's own requirements require."""
HEAD = "# For CPython {}.{} on 64-bit Windows. `.venv/bin/python packaging/windows/lock.py` writes it anew.\n"


def wanted() -> tuple[str, ...]:
    """Return what the program needs, each at the version that is installed here, as ``name==version``."""
    lines = importlib.metadata.requires(PROJECT) or []
    names = {re.split(r"[^\w.-]", line, maxsplit=1)[0].lower() for line in lines if "extra ==" not in line}
    return tuple(f"{name}=={importlib.metadata.version(name)}" for name in sorted({*names, *BESIDES}))


def written(wheels: Iterable[Path]) -> str:
    """Return the lock of some wheels."""
    pins = []
    for wheel in wheels:
        name, version = wheel.name.split("-")[:2]
        digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
        pins.append(f"{name.replace('_', '-').lower()}=={version} --hash=sha256:{digest}\n")
    return HEAD.format(*fetch.PYTHON) + "".join(sorted(pins))


def main() -> int:
    """Download, and write down what came."""
    with tempfile.TemporaryDirectory() as folder:
        pip = (sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder)
        subprocess.run((*pip, *fetch.FOR_WINDOWS, *wanted()), check=True)
        fetch.WHEELS_LOCK.write_text(written(Path(folder).iterdir()), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
