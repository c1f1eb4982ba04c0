"""Mending a text: an editor of its Markdown beside the live page."""
