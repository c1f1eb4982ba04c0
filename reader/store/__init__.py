"""What a person owns, in SQLite."""
