"""Word files (OOXML): their parts become an element tree for the one converter."""
