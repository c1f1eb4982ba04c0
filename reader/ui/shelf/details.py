"""What is said of one reading or of several at once: a card over the shelf, saved field by field."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QFrame, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from reader.library import ShelfEntry
from reader.theme import Theme
from reader.ui.look import fonts
from reader.ui.look.palette import colour
from reader.ui.widgets.controls import ElidedLabel, IconButton, TextButton

WIDTH = 340
RESET_HEIGHT = 22
FIELDS = ("title", "authors", "date", "language", "tags")
_BETWEEN = {"authors": "; ", "tags": ", "}


class TagField(QLineEdit):
    """Words with commas between; the last one is completed from those that are known."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._known = QStringListModel(self)
        self._completer = QCompleter(self._known, self)
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._completer.setWidget(self)
        self._completer.activated.connect(self._complete)
        self.textEdited.connect(self._suggest)

    def know(self, tags: Sequence[str]) -> None:
        self._known.setStringList(list(tags))

    def _suggest(self, text: str) -> None:
        begun = text.rpartition(",")[2].strip()
        popup = self._completer.popup()
        if popup is None:
            return
        self._completer.setCompletionPrefix(begun)
        if begun and self._completer.completionCount():
            popup.setAccessibleName(self.tr("Tags that there are"))
            self._completer.complete()
            popup.setCurrentIndex(self._completer.completionModel().index(0, 0))
        else:
            popup.hide()

    def _complete(self, tag: str) -> None:
        head, comma, _begun = self.text().rpartition(",")
        self.setText(f"{head}{comma} {tag}, ".lstrip())


class DetailsCard(QFrame):
    """The fields of what is chosen; where several differ, a field says so.

    ``changed`` carries a field of ``FIELDS``, what stood in it and what stands in it now: a text, or a tuple
    of names. ``file_wanted`` asks for a field as the file says.
    """

    changed = Signal(str, object, object)
    file_wanted = Signal(str)
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setAccessibleName(self.tr("Details"))
        self.entries: tuple[ShelfEntry, ...] = ()
        self._shown: dict[str, str] = {}
        self._theme: Theme | None = None
        self.head = ElidedLabel()
        self.head.setFont(fonts.interface(14, 600))
        self.close_button = IconButton("x", self.tr("Close the details"), size=16)
        self.close_button.clicked.connect(self.close_card)
        self.fields: dict[str, QLineEdit] = {}
        self.resets: dict[str, TextButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(4)
        top = QHBoxLayout()
        top.addWidget(self.head, 1)
        top.addWidget(self.close_button)
        column.addLayout(top)
        names = self._names()
        for name in FIELDS:
            self._add(column, name, names[name])
        self.hint = QLabel(self.tr("Changes are kept at once; Undo takes them back."))
        self.hint.setObjectName("small")
        self.hint.setFont(fonts.interface(12))
        self.hint.setWordWrap(True)
        column.addSpacing(8)
        column.addWidget(self.hint)
        column.addStretch(1)
        self.hide()

    def _names(self) -> dict[str, str]:
        return {
            "title": self.tr("Title"),
            "authors": self.tr("Authors, with semicolons between"),
            "date": self.tr("Date"),
            "language": self.tr("Language, such as en or de"),
            "tags": self.tr("Tags, with commas between"),
        }

    def _add(self, column: QVBoxLayout, name: str, said: str) -> None:
        label = QLabel(said)
        label.setObjectName("small")
        label.setFont(fonts.interface(12))
        field = TagField() if name == "tags" else QLineEdit()
        field.setFont(fonts.interface(13))
        field.setAccessibleName(said)
        field.editingFinished.connect(lambda name=name: self._save(name))
        label.setBuddy(field)
        row = QHBoxLayout()
        row.setContentsMargins(0, 6, 0, 0)
        row.addWidget(label, 1)
        label.setMinimumHeight(RESET_HEIGHT)  # as high as the rows with a button
        if name != "tags":
            reset = TextButton(self.tr("As in the file"), height=RESET_HEIGHT)
            reset.setFont(fonts.interface(11, 500))
            reset.setAccessibleName(self.tr("{field}: as in the file").format(field=said))
            reset.clicked.connect(lambda _=False, name=name: self.file_wanted.emit(name))
            row.addWidget(reset)
            self.resets[name] = reset
        column.addLayout(row)
        column.addWidget(field)
        self.fields[name] = field

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.close_button.set_theme(theme)
        for reset in self.resets.values():
            reset.set_theme(theme)
        self.setStyleSheet(
            f"QFrame#card {{ background: {theme.raised}; border: 1px solid {theme.rule_strong}; border-radius: 10px; }}"
        )
        palette = self.palette()
        palette.setColor(self.foregroundRole(), colour(theme.text))
        self.setPalette(palette)

    def show_entries(self, entries: tuple[ShelfEntry, ...], tags: Sequence[str]) -> None:
        """Show what is said of these readings; what is being typed stays where they are the same ones."""
        same = [entry.id for entry in entries] == [entry.id for entry in self.entries]
        self.entries = entries
        one = entries[0].title if len(entries) == 1 else ""
        self.head.set_text(one or self.tr("%n reading(s)", "", len(entries)))
        field = self.fields["tags"]
        if isinstance(field, TagField):
            field.know(tags)
        for name in FIELDS:
            self._show(name, keep_typed=same)

    def _show(self, name: str, *, keep_typed: bool) -> None:
        field, values = self.fields[name], [_text(entry, name) for entry in self.entries]
        mixed = len(set(values)) > 1
        text = values[0] if not mixed else ""
        if name == "tags" and mixed:
            text = ", ".join(tag for tag in self.entries[0].tags if all(tag in each.tags for each in self.entries))
        typed = field.text() if keep_typed and field.isModified() and field.hasFocus() else None
        self._shown[name] = text
        field.setText(text if typed is None else typed)
        field.setModified(typed is not None)
        field.setPlaceholderText(self.tr("Mixed values") if mixed else "")
        field.setCursorPosition(0) if typed is None else None

    def _save(self, name: str) -> None:
        field = self.fields[name]
        before, text = self._shown.get(name, ""), field.text().strip()
        if not field.isModified() or not self.entries:
            return
        field.setModified(False)
        if text == before:
            return
        self._shown[name] = text
        between = _BETWEEN.get(name)
        if between is None:
            self.changed.emit(name, before, text)
        else:
            self.changed.emit(name, _split(before, between), _split(text, between))

    def save(self) -> None:
        """Keep what was typed and not yet kept."""
        for name in FIELDS:
            self._save(name)

    def open_card(self) -> None:
        self.show()
        self.raise_()
        self.fields["title"].setFocus(Qt.FocusReason.OtherFocusReason)
        self.fields["title"].selectAll()

    def close_card(self) -> None:
        self.save()
        self.hide()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_card()
        else:
            super().keyPressEvent(event)


def _text(entry: ShelfEntry, name: str) -> str:
    value = getattr(entry, name)
    return value if isinstance(value, str) else _BETWEEN[name].join(value)


def _split(text: str, between: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in text.split(between.strip()) if part.strip()))
