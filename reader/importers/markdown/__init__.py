"""Markdown becomes an article."""
