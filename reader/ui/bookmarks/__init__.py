"""Bookmarks, and the pane that lists them."""
