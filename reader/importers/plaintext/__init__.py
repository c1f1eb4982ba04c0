"""Plain text, as copied off a web page, becomes an article."""
