"""OpenDocument texts (ODT, FODT): their elements become an element tree for the one converter."""
