"""What software centres and desktops are told of the program, filled in for a build.

The screenshots of AppStream are addresses on the web. There are none until ``[project.urls]`` in
``pyproject.toml`` has ``Homepage``, and ``Pictures``, the address under which ``docs/pictures`` can be
had: an address that nobody serves would be a lie.
"""

from __future__ import annotations

import configparser
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
DESKTOP = HERE / "study-reader.desktop"
METAINFO = "org.studyreader.StudyReader.metainfo.xml"
MANUAL = HERE / "study-reader.1"

SCREENSHOTS = {
    "note-light.png": "A note beside its mark",
    "library-light.png": "The library",
    "split-sepia.png": "Two texts side by side",
    "find-dark.png": "Finding in a text",
    "print-light.png": "The preview of a print",
}
"""Pictures of ``docs/pictures`` with their captions; the first one stands for the program."""


def version() -> str:
    """Return the version of the program, from its one place."""
    found = re.search(r'__version__ = "([^"]+)"', (ROOT / "reader" / "__init__.py").read_text(encoding="utf-8"))
    assert found is not None
    return found[1]


def addresses() -> dict[str, str]:
    """Return the project's addresses by their lower-case names; empty while it has none."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {name.lower(): address for name, address in project.get("urls", {}).items()}


def media_types() -> tuple[str, ...]:
    """Return the kinds of files that the desktop entry says the program opens."""
    entry = configparser.ConfigParser(interpolation=None, delimiters=("=",))
    entry.read(DESKTOP, encoding="utf-8")
    return tuple(filter(None, entry["Desktop Entry"]["MimeType"].split(";")))


def metainfo(release: str, date: str, urls: Mapping[str, str]) -> str:
    """Return the AppStream description of a release; ``date`` is YYYY-MM-DD, ``urls`` as of ``addresses``."""
    known = []
    for kind, name in (("homepage", "homepage"), ("bugtracker", "issues"), ("vcs-browser", "source")):
        if name in urls:
            known.append(f'  <url type="{kind}">{escape(urls[name])}</url>')
    if "homepage" in urls and "pictures" in urls:
        known.append("  <screenshots>")
        for number, (name, caption) in enumerate(SCREENSHOTS.items()):
            default = "" if number else ' type="default"'
            known.append(f"    <screenshot{default}>\n      <caption>{escape(caption)}</caption>")
            known.append(f"      <image>{escape(urls['pictures'].rstrip('/'))}/{name}</image>\n    </screenshot>")
        known.append("  </screenshots>")
    known.append(f'  <releases>\n    <release version="{release}" date="{date}"/>\n  </releases>')
    types = "\n".join(f"    <mediatype>{each}</mediatype>" for each in media_types())
    template = (HERE / f"{METAINFO}.in").read_text(encoding="utf-8")
    template = template.replace("    <!-- the kinds of files -->", types)
    return re.sub(r" +<!-- what the build knows.*?-->", lambda _: "\n".join(known), template)


def write_metainfo(path: Path, date: str) -> None:
    """Write the AppStream description of this version."""
    path.write_text(metainfo(version(), date, addresses()), encoding="utf-8")


def manual(date: str) -> str:
    """Return the man page of this version."""
    return MANUAL.read_text(encoding="utf-8").replace("@DATE@", date).replace("@VERSION@", version())
