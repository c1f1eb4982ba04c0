"""The macOS application and its disk image: made on a Mac, and nowhere else."""
