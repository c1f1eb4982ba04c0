"""How things look: typefaces, icons, colours."""
