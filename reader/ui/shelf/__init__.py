"""The start page: the library as one sees it."""
