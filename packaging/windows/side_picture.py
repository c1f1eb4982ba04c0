"""The picture at the side of the installer's first and last page: the icon, on paper.

    .venv/bin/python packaging/windows/side_picture.py

draws ``side.bmp`` anew; it lies in the repository, for a build has no Qt to draw with.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
DRAWING = HERE.parents[1] / "resources" / "app" / "study-reader.svg"
FILE = HERE / "side.bmp"
WIDTH, HEIGHT = 164, 314
"""What NSIS has room for, in pixels."""
ICON, TOP = 96, 56
PAPER = "#F4F1EA"


def main() -> int:
    """Draw it."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QRectF, Qt
    from PySide6.QtGui import QGuiApplication, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    _application = QGuiApplication.instance() or QGuiApplication([])
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    image.fill(PAPER)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(str(DRAWING)).render(painter, QRectF((WIDTH - ICON) / 2, TOP, ICON, ICON))
    painter.end()
    few = image.convertToFormat(QImage.Format.Format_Indexed8, Qt.ImageConversionFlag.AvoidDither)
    return 0 if few.save(str(FILE)) else 1


if __name__ == "__main__":
    sys.exit(main())
