"""The first thing that a launcher runs."""

import sys

sys.frozen = True  # type: ignore[attr-defined]  # the program is the launcher: its processes are started by that, too

from reader.__main__ import main  # noqa: E402

sys.exit(main())
