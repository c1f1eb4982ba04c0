"""The Windows installer: CPython and wheels with pinned hashes, launchers of our own, one setup.exe for each person."""
