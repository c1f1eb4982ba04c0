"""Study Reader: read, search and mark long texts, offline."""

__version__ = "0.1.0"
