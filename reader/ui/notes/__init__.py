"""Notes: over the page, and in their pane."""
