"""Articles and annotations leave the library in open forms."""
