"""EPUB 2 and 3: a whole book becomes one article."""
