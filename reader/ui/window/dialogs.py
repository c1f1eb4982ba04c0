"""The two windows beside the window: every shortcut, and what this program is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from reader import __version__
from reader.ui.look import fonts, icons
from reader.ui.window.command_palette import Entry


def _heading(text: str) -> QLabel:
    label = QLabel(text)
    label.setObjectName("section")
    label.setFont(fonts.interface(12, 600))
    return label


def _keys(text: str) -> QLabel:
    label = QLabel(text)
    label.setAlignment(Qt.AlignmentFlag.AlignRight)
    label.setObjectName("muted")
    return label


def _close_button(dialog: QDialog) -> QDialogButtonBox:
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    box.button(QDialogButtonBox.StandardButton.Close).setIcon(QIcon())  # the style's own is black on dark
    box.rejected.connect(dialog.reject)
    return box


class ShortcutsDialog(QDialog):
    """Lists every command with its keys, menu by menu."""

    def __init__(self, entries: Sequence[Entry], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self.resize(520, 620)
        page = QWidget()
        grid = QGridLayout(page)
        grid.setContentsMargins(24, 16, 24, 16)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 1)
        row = 0
        menu = ""
        for entry in entries:
            if entry.menu != menu:
                menu = entry.menu
                grid.addWidget(_heading(menu), row, 0, 1, 2)
                grid.setRowMinimumHeight(row, 36)
                row += 1
            grid.addWidget(QLabel(entry.text), row, 0)
            grid.addWidget(_keys(", ".join(entry.all_keys)), row, 1)
            row += 1
        for text, keys in self._in_the_text():
            grid.addWidget(QLabel(text), row, 0)
            grid.addWidget(_keys(keys), row, 1)
            row += 1
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(page)
        area.setAccessibleName(self.tr("Keyboard shortcuts"))
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        page.setObjectName("pane")
        page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        buttons = _close_button(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 12)
        buttons.setContentsMargins(0, 0, 16, 0)
        column.addWidget(area, 1)
        column.addWidget(buttons)

    def _in_the_text(self) -> tuple[tuple[str, str], ...]:
        return (
            (self.tr("Next or previous footnote mark or link"), self.tr("Tab, Shift+Tab")),
            (self.tr("Open the note or the link"), self.tr("Enter, Space")),
            (self.tr("Close notes, bars and cards"), self.tr("Esc")),
            (self.tr("One screen on or back"), self.tr("Space, Shift+Space")),
            (self.tr("Make a selection"), self.tr("Shift+arrow keys")),
        )


class AboutDialog(QDialog):
    """Says what the program is, its version and its licences."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("About Study Reader"))
        sign = QLabel()
        sign.setPixmap(icons.program().pixmap(QSize(64, 64), self.devicePixelRatioF()))
        title = QLabel("Study Reader")
        title.setFont(fonts.font(fonts.SERIF_DISPLAY, 28, 600))
        version = QLabel(self.tr("Version {version}").format(version=__version__))
        version.setObjectName("muted")
        words = QLabel(
            self.tr(
                "A reader for studying long texts offline. It never uses the network by itself; "
                "everything you make stays on this computer.\n\n"
                "Free software under the MIT licence. Built with Qt and PySide6 (LGPL 3), Whoosh, "
                "Python-Markdown and others. Typefaces: Source Serif 4, Inter, Atkinson Hyperlegible "
                "Next and Noto Serif (SIL Open Font License 1.1). Icons: Lucide (ISC)."
            )
        )
        words.setWordWrap(True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        buttons = _close_button(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 28, 32, 20)
        column.setSpacing(8)
        column.addWidget(sign)
        column.addSpacing(4)
        column.addWidget(title)
        column.addWidget(version)
        column.addSpacing(8)
        column.addWidget(words)
        column.addStretch(1)
        column.addWidget(buttons)
        self.setFixedWidth(440)
