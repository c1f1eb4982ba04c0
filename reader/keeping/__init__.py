"""What keeps a library from being lost: backups, an open export and the way back from it, checks and repairs."""
