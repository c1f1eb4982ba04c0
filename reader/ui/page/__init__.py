"""The page: an article laid out, painted, hit and selected."""
