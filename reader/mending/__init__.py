"""Mending a text that came in crooked, as Markdown; no Qt, and no importer is loaded before it is needed."""
