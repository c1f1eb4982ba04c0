"""How PyInstaller is told what belongs to the program."""
