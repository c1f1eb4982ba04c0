"""Finding in the article, searching the library."""
