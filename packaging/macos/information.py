"""What macOS is told of the application: its Info.plist, without what the copying tool adds."""

from __future__ import annotations

import re
from typing import Any

NAME = "Study Reader"
IDENTIFIER = "org.studyreader.StudyReader"
OLDEST_SYSTEM = "13.0"
"""The oldest macOS for which Qt 6.11 is made."""
ICON = "study-reader.icns"

TYPES: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("EPUB book", ("org.idpf.epub-container",), ("epub",)),
    (
        "Markdown text",
        ("net.daringfireball.markdown",),
        ("md", "markdown", "mdown", "mkd", "mkdn", "mdtxt"),
    ),
    (
        "Web page",
        ("public.html", "public.xhtml", "org.ietf.mhtml"),
        ("html", "htm", "xhtml", "xht", "mht", "mhtml"),
    ),
    (
        "Word document",
        (
            "org.openxmlformats.wordprocessingml.document",
            "org.openxmlformats.wordprocessingml.document.macroenabled",
            "org.openxmlformats.wordprocessingml.template",
            "org.openxmlformats.wordprocessingml.template.macroenabled",
        ),
        ("docx", "docm", "dotx", "dotm"),
    ),
    (
        "OpenDocument text",
        ("org.oasis-open.opendocument.text", "org.oasis-open.opendocument.text-template"),
        ("odt", "ott", "fodt"),
    ),
    ("Plain text", ("public.plain-text",), ("txt", "text", "asc")),
)
"""What the application can open: what a person sees, the system's names of the kind, how files' names end."""


def info(version: str) -> dict[str, Any]:
    """Return the Info.plist of a version."""
    return {
        "CFBundleName": NAME,
        "CFBundleDisplayName": NAME,
        "CFBundleIdentifier": IDENTIFIER,
        "CFBundleIconFile": ICON,
        "CFBundleShortVersionString": numbers(version),
        "CFBundleVersion": numbers(version),
        "CFBundleDocumentTypes": [_document(*kind) for kind in TYPES],
        # Markdown has no name in the system: the one that its author's site gave it is made known.
        "UTImportedTypeDeclarations": [
            {
                "UTTypeIdentifier": "net.daringfireball.markdown",
                "UTTypeDescription": "Markdown text",
                "UTTypeConformsTo": ["public.plain-text"],
                "UTTypeTagSpecification": {
                    "public.filename-extension": list(TYPES[1][2]),
                    "public.mime-type": ["text/markdown"],
                },
            }
        ],
        "LSApplicationCategoryType": "public.app-category.education",
        "LSMinimumSystemVersion": OLDEST_SYSTEM,
        "NSHighResolutionCapable": True,
        "NSHumanReadableCopyright": "MIT licence",
        "NSPrincipalClass": "NSApplication",
        "NSRequiresAquaSystemAppearance": False,  # dark where the person has it dark
        "NSSupportsAutomaticGraphicsSwitching": True,
    }


def numbers(version: str) -> str:
    """Return what of a version Apple allows: at most three numbers. 1.2rc3 → 1.2."""
    found = re.match(r"\d+(?:\.\d+){0,2}", version)
    return found[0] if found else "0"


def _document(description: str, kinds: tuple[str, ...], suffixes: tuple[str, ...]) -> dict[str, Any]:
    return {
        "CFBundleTypeName": description,
        "CFBundleTypeRole": "Viewer",
        "CFBundleTypeExtensions": list(suffixes),
        "LSItemContentTypes": list(kinds),
        # One more that can open it, never the one that does: that is what the person chose.
        "LSHandlerRank": "Alternate",
    }
