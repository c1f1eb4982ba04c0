"""Full-text search over the library, by Whoosh."""
