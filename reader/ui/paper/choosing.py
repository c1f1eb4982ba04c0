"""What can be chosen for paper, at the side of the preview."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from msgspec import structs
from PySide6.QtCore import QLocale, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QVBoxLayout, QWidget

from reader.ui.look import fonts
from reader.ui.paper.sheet import SIZES_MM, TYPE_SIZES, Choices
from reader.ui.reading.type_controls import Switch
from reader.ui.widgets.controls import TextButton

if TYPE_CHECKING:
    from reader.theme import Theme

_SPACE = 2


class Choice(QWidget):
    """One of a few named things: what it is for, and a button that shows them all."""

    chosen = Signal(str)

    def __init__(self, name: str, options: Mapping[str, str], parent: QWidget) -> None:
        super().__init__(parent)
        self._name = name
        self._options = options
        label = QLabel(name, self)
        label.setFont(fonts.interface(13))
        self._button = TextButton("", chevron=True, parent=self)
        self.menu = QMenu(self)
        self._actions: dict[str, QAction] = {}
        group = QActionGroup(self)
        for key, text in options.items():
            action = self.menu.addAction(text)
            action.setCheckable(True)
            action.triggered.connect(lambda _checked=False, key=key: self._on_chosen(key))
            group.addAction(action)
            self._actions[key] = action
        self._button.clicked.connect(self._open)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label, 1)
        row.addWidget(self._button)

    def set_theme(self, theme: Theme) -> None:
        self._button.set_theme(theme)

    def show_choice(self, key: str) -> None:
        """Show what is chosen, without telling it back."""
        if key in self._actions:
            self._actions[key].setChecked(True)
        self._button.set_text(self._options.get(key, key))
        self._button.setAccessibleName(f"{self._name}: {self._options.get(key, key)}")

    def _open(self) -> None:
        self.menu.popup(self._button.mapToGlobal(self._button.rect().bottomLeft()))

    def _on_chosen(self, key: str) -> None:
        self.show_choice(key)
        self.chosen.emit(key)


class PaperChoosing(QWidget):
    """All choices; ``changed`` carries them whenever a person changes one."""

    changed = Signal(object)

    def __init__(self, choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices = choices
        points = QLocale()
        sizes = {str(size): self.tr("{size} pt").format(size=points.toString(size)) for size in TYPE_SIZES}
        self._parts: list[Choice | Switch] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(_SPACE)
        self._heading(self.tr("Sheet"))
        self._choice(self.tr("Paper"), {name: name for name in SIZES_MM}, choices.size, lambda key: {"size": key})
        margins = {"narrow": self.tr("Narrow"), "usual": self.tr("Usual"), "generous": self.tr("Generous")}
        self._choice(self.tr("Margins"), margins, choices.margins, lambda key: {"margins": key})
        self._choice(self.tr("Type size"), sizes, str(choices.type_size), lambda key: {"type_size": float(key)})
        self._heading(self.tr("Notes"))
        places = {"foot": self.tr("At the foot"), "end": self.tr("At the end")}
        self._choice(self.tr("Footnotes"), places, choices.notes, lambda key: {"notes": key})
        self._heading(self.tr("On the page"))
        self._switch(self.tr("Running heads"), choices.running_heads, "running_heads")
        self._switch(self.tr("Page numbers"), choices.page_numbers, "page_numbers")
        self._switch(self.tr("Line numbers"), choices.line_numbers, "line_numbers")
        self._switch(self.tr("Paragraph numbers"), choices.paragraph_numbers, "paragraph_numbers")
        self._switch(self.tr("Wide margin for remarks"), choices.wide_margin, "wide_margin")
        self._column.addStretch(1)

    @property
    def choices(self) -> Choices:
        return self._choices

    def set_theme(self, theme: Theme) -> None:
        for part in self._parts:
            part.set_theme(theme)

    def _heading(self, text: str) -> None:
        label = QLabel(text, self)
        label.setObjectName("section")
        label.setFont(fonts.interface(12, 600))
        label.setContentsMargins(0, 10 if self._parts else 0, 0, 2)
        self._column.addWidget(label)

    def _choice(
        self, name: str, options: Mapping[str, str], now: str, change: Callable[[str], dict[str, object]]
    ) -> None:
        made = Choice(name, options, self)
        made.show_choice(now)
        made.chosen.connect(lambda key: self._change(**change(key)))
        self._add(made)

    def _switch(self, name: str, now: bool, field: str) -> None:
        made = Switch(name, self)
        made.setChecked(now)
        made.toggled.connect(lambda on: self._change(**{field: on}))
        self._add(made)

    def _add(self, part: Choice | Switch) -> None:
        self._parts.append(part)
        self._column.addWidget(part)

    def _change(self, **changes: object) -> None:
        changed = structs.replace(self._choices, **changes)
        if changed != self._choices:
            self._choices = changed
            self.changed.emit(changed)
