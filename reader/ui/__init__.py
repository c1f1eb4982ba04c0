"""Everything Qt."""

from reader.ui import binding

binding.load()
