"""The outline beside the page."""
