"""Pages of the web: saved, in an MHTML package, or pasted."""
