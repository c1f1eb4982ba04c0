"""What of CPython, Qt and the libraries the installed program has, and no more: whatever is not named stays out."""

from __future__ import annotations

import re

PYTHON_FILES = ("python3.dll", "python311.dll", "vcruntime140.dll", "vcruntime140_1.dll")
PYTHON_EXTENSIONS = (
    "_bz2.pyd", "_ctypes.pyd", "_decimal.pyd", "_elementtree.pyd", "_lzma.pyd", "_queue.pyd", "_socket.pyd",
    "_sqlite3.pyd", "_uuid.pyd", "_zoneinfo.pyd", "libffi-8.dll", "pyexpat.pyd", "select.pyd", "sqlite3.dll",
    "unicodedata.pyd",
)  # fmt: skip
"""_hashlib, _ssl and what they stand on are left out: hashes have their own modules, and nobody connects."""

STANDARD_LEFT_OUT = re.compile(
    r"(?:test|idlelib|tkinter|turtledemo|ensurepip|lib2to3|site-packages|pydoc_data|venv|distutils|unittest|xmlrpc"
    r"|wsgiref|dbm|msilib|curses|asyncio|multiprocessing|http|email/mime|xml/sax/expatreader|tomllib/test"
    r"|ctypes/test|sqlite3/test|turtle\.py|pydoc\.py|doctest\.py|pdb\.py|cProfile\.py|profile\.py|pstats\.py|trace\.py"
    r"|ftplib\.py|imaplib\.py|smtplib\.py|smtpd\.py|poplib\.py|nntplib\.py|telnetlib\.py|mailbox\.py|cgi\.py|cgitb\.py"
    r"|pickletools\.py|antigravity\.py|this\.py|webbrowser\.py|ssl\.py|socketserver\.py|__phello__)(?:/|$)"
)
"""Of the standard library's modules in Python; everything else of it goes in, for it is small."""

QT_MODULES = ("Core", "Gui", "Widgets", "Svg", "PrintSupport")
QT_FILES = frozenset((
    "PySide6/__init__.py", "PySide6/_config.py", "PySide6/_git_pyside_version.py", "PySide6/pyside6.abi3.dll",
    *(f"PySide6/Qt{name}.pyd" for name in QT_MODULES),
    *(f"PySide6/Qt6{name}.dll" for name in QT_MODULES),
    *(f"PySide6/plugins/platforms/q{name}.dll" for name in ("windows", "offscreen")),
    *(f"PySide6/plugins/imageformats/q{name}.dll" for name in ("gif", "ico", "jpeg", "svg", "webp")),
    "PySide6/plugins/iconengines/qsvgicon.dll",
    "shiboken6/__init__.py", "shiboken6/_config.py", "shiboken6/_git_shiboken_module_version.py",
    "shiboken6/Shiboken.pyd", "shiboken6/shiboken6.abi3.dll",
))  # fmt: skip
RUNTIME = re.compile(r"PySide6/(msvcp140(?:_1|_2)?\.dll)")
"""Microsoft's C++ library, which Qt brings: one copy lies beside the program, where all find it."""

LIBRARY_LEFT_OUT = re.compile(
    r"lxml/(?:objectify|sax|builder|_difflib|pyclasslookup|doctestcompare|ElementInclude|cssselect|usedoctest)\b"
    r"|lxml/(?:includes|isoschematron)/|lxml/html/(?:_difflib|diff|clean|soupparser|html5parser|_html5builder)\b"
    r"|lxml/html/(?:ElementSoup|formfill|usedoctest|_setmixin|_diffcommand|defs)\b"
    r"|whoosh/(?:cli|multiproc)\b|whoosh/support/bench\b|charset_normalizer/(?:cli/|__main__)"
    r"|markdown/(?:test_tools|__main__)\b|platformdirs/(?:android|macos|unix|__main__)\b|pyphen/dictionaries/README"
)
KEPT_SUFFIXES = frozenset((".py", ".pyd", ".dll", ".dic"))
"""Of the libraries' files; besides, what their licences ask for (``LICENCE``)."""
LICENCE = re.compile(r"[^/]+\.dist-info/(?:licenses/)?((?:LICEN[CS]ES?|COPYING|NOTICE)(?:\.[A-Z]+)?)(?:\.txt|\.md)?")


def is_wanted(name: str) -> bool:
    """Tell whether a file of a wheel, by its name in it, belongs to the program."""
    if name.startswith(("PySide6/", "shiboken6/")):
        return name in QT_FILES
    suffix = name[name.rfind(".") :]
    return ".dist-info/" not in name and suffix in KEPT_SUFFIXES and not LIBRARY_LEFT_OUT.match(name)


def is_wanted_of_python(name: str) -> bool:
    """Tell whether a module of the standard library, by its name in ``Lib``, belongs to the program."""
    return name.endswith(".py") and not STANDARD_LEFT_OUT.match(name)
