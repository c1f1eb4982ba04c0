"""The article that is open, and the place in it."""
