"""A file becomes an article: one module a format."""
