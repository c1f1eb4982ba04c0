"""How the library stands, and what keeps it from being lost."""
