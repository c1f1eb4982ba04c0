"""The first thing that the frozen program runs."""

import os
import sys

# PyInstaller's start has set it for the libraries that are loaded by now; a browser that opens a link, and the
# reading process, must not get it.
_before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
if _before is not None:
    os.environ["LD_LIBRARY_PATH"] = _before
elif getattr(sys, "frozen", False):
    os.environ.pop("LD_LIBRARY_PATH", None)

from reader.__main__ import main  # noqa: E402

sys.exit(main())
