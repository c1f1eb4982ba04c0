"""What proves the packages: each is installed, started, shown, taken away again."""
