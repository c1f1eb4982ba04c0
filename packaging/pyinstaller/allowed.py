"""What of Python, Qt and the libraries the frozen program has on Linux, and no more: what is not named stays out."""

from __future__ import annotations

import re

EXCLUDED_MODULES = (
    # Nobody connects, and nobody is asked for a password: without OpenSSL, hashes come from Python's own modules.
    "ssl", "_ssl", "_hashlib", "http", "ftplib", "smtplib", "imaplib", "poplib", "nntplib", "telnetlib", "xmlrpc",
    "socketserver", "asyncio", "urllib.request", "urllib.robotparser", "webbrowser", "netrc",
    # Development.
    "tkinter", "unittest", "pydoc", "pydoc_data", "doctest", "pdb", "lib2to3", "distutils", "setuptools", "pip",
    "pkg_resources", "ensurepip", "idlelib", "turtle", "curses", "readline", "rlcompleter", "test", "cProfile",
    "profile", "pstats", "trace", "tracemalloc", "typing_extensions",
    # Processes: the program starts its own, in its own way.
    "multiprocessing", "_multiprocessing", "concurrent.futures.process",
    # Of the libraries.
    "lxml.objectify", "lxml.sax", "lxml.builder", "lxml.cssselect", "lxml.isoschematron", "lxml._difflib",
    "lxml.html.diff", "lxml.html.clean", "lxml.html.soupparser", "lxml.html.html5parser", "lxml.ElementInclude",
    "lxml.doctestcompare", "lxml.usedoctest", "cssselect", "bs4", "html5lib", "lxml_html_clean",
    "whoosh.cli", "whoosh.multiproc", "whoosh.support.bench", "charset_normalizer.cli", "markdown.test_tools",
    "yaml", "numpy", "attr", "attrs", "pygments",
    "PySide6.QtNetwork", "PySide6.QtDBus", "PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtOpenGL", "PySide6.QtTest",
    "PySide6.QtSql", "PySide6.QtXml",
)  # fmt: skip

_PLUGINS = frozenset((
    # A window under X11 and under Wayland, and none at all for the command line.
    "platforms/qxcb", "platforms/qoffscreen", "platforms/qwayland",
    "xcbglintegrations/qxcb-egl-integration", "xcbglintegrations/qxcb-glx-integration",
    "wayland-shell-integration/xdg-shell", "wayland-decoration-client/adwaita",
    "wayland-graphics-integration-client/qt-plugin-wayland-egl",
    # Dead keys and other writing.
    "platforminputcontexts/composeplatforminputcontextplugin", "platforminputcontexts/ibusplatforminputcontextplugin",
    # The system's own dialogs, colours, printers.
    "platformthemes/qxdgdesktopportal", "printsupport/cupsprintersupport",
    # Pictures in texts.
    "imageformats/qgif", "imageformats/qico", "imageformats/qjpeg", "imageformats/qsvg", "imageformats/qwebp",
    "iconengines/qsvgicon",
))  # fmt: skip
_PLUGIN = re.compile(r"(?:.*/)?plugins/([\w-]+)/lib([\w-]+)\.so")

_QT = re.compile(
    r"(?:lib)?(?:Qt6?(?:Core|Gui|Widgets|Svg|PrintSupport|DBus|OpenGL|XcbQpa|WaylandClient|WlShellIntegration"
    r"|WaylandEglClientHwIntegration)|icu(?:data|i18n|uc)|pyside6|shiboken6|Shiboken)\b.*"
)
"""Qt's libraries and bindings. Plugins need DBus (input, portals) and OpenGL (a window's surface); no module
of the program imports either."""

OF_THE_SYSTEM = re.compile(r"lib(?:python3|ffi|sqlite3|lzma|bz2|z|uuid)\b.*")
"""Libraries of the building system that go into the program, for Python's own modules need them, and their names
differ between systems. All others are the system's: what a window needs has to fit the system's drivers."""

_PYTHON_LEFT_OUT = re.compile(
    r"(?:python3\.\d+/)?lib-dynload/(?:_ssl|_hashlib|_curses|readline"
    r"|_multiprocessing|_posixshmem|_asyncio|mmap_test|_test\w*|termios|_crypt|nis|ossaudiodev|spwd|syslog|audioop"
    r"|_xxsubinterpreters|_xxtestfuzz|xxlimited\w*|_dbm|_gdbm|_tkinter)\."
)
# Qt's own translations are left out until the program loads them (it has no QTranslator but that of its plurals).
_DATA_LEFT_OUT = re.compile(
    r".*\.(?:pyi|pxd|pxi|h|hpp|c|cpp|pyx|rst|xsl|rng|py|exe|typed)|.*\.dist-info/(?!licenses/|LICEN|COPYING|NOTICE).*"
    r"|lxml/(?:includes|isoschematron)/.*|PySide6/Qt/(?:qml|metatypes|modules|resources|libexec|translations)/.*"
)


def is_binary(name: str) -> bool:
    """Tell whether a library or an extension module belongs to the program."""
    if plugin := _PLUGIN.fullmatch(name):
        return f"{plugin[1]}/{plugin[2]}" in _PLUGINS
    last = name.rpartition("/")[2]
    if name.startswith(("PySide6/", "shiboken6/")):
        return _QT.fullmatch(last) is not None
    if "lib-dynload/" in name:
        return not _PYTHON_LEFT_OUT.match(name)
    if "/" in name:
        return not name.startswith(("lxml/objectify", "lxml/_difflib", "lxml/sax", "lxml/builder", "lxml/html/"))
    if _QT.fullmatch(last):
        return True
    return OF_THE_SYSTEM.fullmatch(name) is not None


def is_data(name: str) -> bool:
    """Tell whether a file that is no code belongs to the program."""
    return not _DATA_LEFT_OUT.fullmatch(name)
