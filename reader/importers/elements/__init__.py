"""The one converter from an element tree to blocks."""
