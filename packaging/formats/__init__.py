"""What the program can be packed into, a module each."""
