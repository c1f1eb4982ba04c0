"""The floor: what Python and Qt cost by themselves. A bare window with a QTextBrowser over an HTML file.

python floor.py FILE.html WIDTH HEIGHT
"""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QApplication, QMainWindow, QTextBrowser


def main(path: str, width: str, height: str) -> int:
    application = QApplication(sys.argv[:1])
    with open(path, encoding="utf-8") as file:  # noqa: PTH123  (pathlib is not part of the floor)
        text = file.read()
    page = QTextBrowser()
    page.setHtml(text)
    window = QMainWindow()
    window.setCentralWidget(page)
    window.resize(int(width), int(height))
    window.show()
    return application.exec()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
