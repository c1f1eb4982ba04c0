"""What stands on the card of type and theme: every choice, from the theme down to the ruler."""

from __future__ import annotations

from typing import Any

from msgspec import Struct, structs
from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from reader import theme as themes
from reader.theme import Theme
from reader.ui.look import fonts
from reader.ui.page.typography import (
    FACES,
    LETTER_SPACINGS,
    LETTERS_AN_EM,
    LINE_HEIGHTS,
    MEASURES_EM,
    SIZES,
    WORD_SPACINGS,
    Typography,
)
from reader.ui.reading.type_controls import FaceSample, Length, Sample, Swatch, Switch, Way
from reader.ui.widgets.controls import TextButton
from reader.ui.widgets.segments import SegmentedControl

SWATCH_GAP = 8
OTHER_FACE = "another face"


class TypeState(Struct, frozen=True):
    """What is chosen now.

    ``theme`` is a theme's name or ``system``; ``own`` says whether the open reading has a type of its
    own, ``reading`` whether one is open at all; ``ruler`` and ``follows`` are as in the settings.
    """

    theme: str
    typography: Typography
    own: bool = False
    reading: bool = True
    ruler: str = "none"
    follows: str = "pointer"


def _tr(text: str) -> str:
    return QCoreApplication.translate("TypeChoosing", text)


class TypeChoosing(QWidget):
    """The controls; each tells what a person chose, and shows nothing before it is shown to it."""

    theme_chosen = Signal(str)
    typography_chosen = Signal(object)
    own_chosen = Signal(bool)
    ruler_chosen = Signal(str, str)
    """The kind of ruler, and what it follows."""
    faces_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._state = TypeState("system", Typography())
        self._themes, self._faces = QButtonGroup(self), QButtonGroup(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._add_themes()
        self._add_faces()
        self._add_lengths()
        self._rule()
        self._add_paragraphs()
        self._rule()
        self._add_spacing()
        self._rule()
        self._add_ruler()
        self._rule()
        self._add_scope()
        self._column.addStretch(1)

    # -- making ------------------------------------------------------------------------------------

    def _add_themes(self) -> None:
        light, sepia, dark, contrast = (themes.load(name) for name in themes.NAMES)
        named = (
            ("system", _tr("System"), (light, dark)),
            ("light", _tr("Light"), (light,)),
            ("sepia", _tr("Sepia"), (sepia,)),
            ("dark", _tr("Dark"), (dark,)),
            ("contrast", _tr("Contrast"), (contrast,)),
        )
        self._section(_tr("Theme"))
        samples = tuple(Swatch(name, text, shown, self) for name, text, shown in named)
        for sample in samples:
            sample.clicked.connect(lambda _on=False, name=sample.name: self.theme_chosen.emit(name))
        self._samples(samples, self._themes)

    def _add_faces(self) -> None:
        self._section(_tr("Typeface"))
        names = zip(FACES, (_tr("Serif"), _tr("Sans"), _tr("Legible")), strict=True)
        samples = tuple(FaceSample(face, text, self) for face, text in names)
        self._other = FaceSample(OTHER_FACE, _tr("Another typeface"), self)
        self._other.hide()
        for sample in (*samples, self._other):
            sample.clicked.connect(lambda _on=False, sample=sample: self._change(face=sample.face))
        self._samples((*samples, self._other), self._faces)
        self.more = Way(_tr("More typefaces"), self)
        self.more.clicked.connect(lambda: self.faces_requested.emit())
        self._column.addWidget(self.more)

    def _add_lengths(self) -> None:
        low, high = LINE_HEIGHTS
        self._size = self._length(_tr("Size"), (SIZES[0], SIZES[-1]), 1, lambda px: _tr("{size} px").format(size=px))
        self._height = self._length(
            _tr("Line height"), (round(low * 100), round(high * 100)), 5, lambda share: f"{share / 100:.2f}"
        )
        self._measure = self._length(
            _tr("Column"),
            MEASURES_EM,
            1,
            lambda em: _tr("{count} letters").format(count=round(em * LETTERS_AN_EM)),
        )
        self._size.value_chosen.connect(lambda px: self._change(size=px))
        self._height.value_chosen.connect(lambda share: self._change(line_height=share / 100))
        self._measure.value_chosen.connect(lambda em: self._change(measure_em=em))

    def _add_paragraphs(self) -> None:
        self._paragraphs = SegmentedControl(
            _tr("Between paragraphs"), (("space", _tr("Space")), ("indent", _tr("Indent"))), self
        )
        self._paragraphs.segment_chosen.connect(lambda key: self._change(paragraphs=key))
        self._row(_tr("Paragraphs"), self._paragraphs)
        self._justified = self._switch(_tr("Justify both edges"))
        # Without hyphens even lines have rivers: one goes with the other, unless it is put out by hand.
        self._justified.toggled.connect(
            lambda on: self._change(justified=on, hyphenated=on or self._state.typography.hyphenated)
        )
        self._hyphenated = self._switch(_tr("Hyphenate"))
        self._hyphenated.toggled.connect(lambda on: self._change(hyphenated=on))

    def _add_spacing(self) -> None:
        def said(hundredths: int) -> str:
            return _tr("usual") if not hundredths else f"+ {hundredths / 100:.2f} em"

        letters, words = (round(limit[1] * 100) for limit in (LETTER_SPACINGS, WORD_SPACINGS))
        self._letters = self._length(_tr("Letter gap"), (0, letters), 1, said)
        self._words = self._length(_tr("Word gap"), (0, words), 5, said)
        self._letters.value_chosen.connect(lambda share: self._change(letter_spacing=share / 100))
        self._words.value_chosen.connect(lambda share: self._change(word_spacing=share / 100))

    def _add_ruler(self) -> None:
        kinds = (("none", _tr("Off")), ("line", _tr("Line")), ("ruler", _tr("Focus")))
        self._ruler = SegmentedControl(_tr("Reading ruler"), kinds, self)
        self._ruler.segment_chosen.connect(lambda key: self.ruler_chosen.emit(key, self._state.follows))
        self._row(_tr("Ruler"), self._ruler)
        follows = (("pointer", _tr("Pointer")), ("middle", _tr("Middle")))
        self._follows = SegmentedControl(_tr("The ruler follows"), follows, self)
        self._follows.segment_chosen.connect(lambda key: self.ruler_chosen.emit(self._state.ruler, key))
        self._follows_row = self._row(_tr("It follows"), self._follows)

    def _add_scope(self) -> None:
        self._own = self._switch(_tr("For this reading only"))
        self._own.toggled.connect(self.own_chosen)
        self.defaults = TextButton(_tr("Back to defaults"), parent=self)
        self.defaults.clicked.connect(self._go_back_to_defaults)
        self._column.addWidget(self.defaults, 0, Qt.AlignmentFlag.AlignRight)

    def _section(self, text: str) -> None:
        label = QLabel(text, self)
        label.setObjectName("section")
        label.setFont(fonts.interface(12, 600))
        label.setContentsMargins(0, 6, 0, 2)
        self._column.addWidget(label)

    def _samples(self, samples: tuple[Sample, ...], group: QButtonGroup) -> None:
        row = QHBoxLayout()
        row.setSpacing(SWATCH_GAP)
        for sample in samples:
            group.addButton(sample)
            row.addWidget(sample)
        self._column.addLayout(row)

    def _length(self, name: str, limits: tuple[int, int], step: int, said: Any) -> Length:
        made = Length(name, limits, step, said, self)
        self._column.addWidget(made)
        return made

    def _switch(self, text: str) -> Switch:
        made = Switch(text, self)
        self._column.addWidget(made)
        return made

    def _row(self, name: str, control: SegmentedControl) -> QWidget:
        whole = QWidget(self)
        label = QLabel(name, whole)
        label.setFont(fonts.interface(13))
        label.setMinimumWidth(84)
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 2, 0, 2)
        row.addWidget(label)
        row.addWidget(control, 1)
        self._column.addWidget(whole)
        return whole

    def _rule(self) -> None:
        rule = QFrame(self)
        rule.setObjectName("rule")
        rule.setFixedHeight(1)
        self._column.addSpacing(4)
        self._column.addWidget(rule)
        self._column.addSpacing(4)

    # -- showing -----------------------------------------------------------------------------------

    def set_theme(self, theme: Theme) -> None:
        for control in self.findChildren(QWidget):
            if isinstance(control, Sample | Switch | Way | SegmentedControl | TextButton):
                control.set_theme(theme)

    def show_state(self, state: TypeState) -> None:
        """Show what is chosen, without telling it back."""
        self._state = state
        chosen = state.typography
        for swatch in self._themes.buttons():
            swatch.setChecked(isinstance(swatch, Sample) and swatch.name == state.theme)
        self._show_face(chosen.face)
        self._size.show_value(chosen.size)
        self._height.show_value(round(chosen.line_height * 100))
        self._measure.show_value(chosen.measure_em)
        self._letters.show_value(round(chosen.letter_spacing * 100))
        self._words.show_value(round(chosen.word_spacing * 100))
        self._paragraphs.choose(chosen.paragraphs)
        self._justified.show_on(chosen.justified)
        self._hyphenated.show_on(chosen.hyphenated)
        self._ruler.choose(state.ruler)
        self._follows.choose(state.follows)
        self._follows_row.setVisible(state.ruler != "none")
        self._own.show_on(state.own)
        self._own.setEnabled(state.reading)

    def _show_face(self, face: str) -> None:
        if face not in FACES:
            self._other.face = face
            self._other.setText(face)
            self._other.setAccessibleName(face)
        self._other.setVisible(face not in FACES)
        for sample in self._faces.buttons():
            sample.setChecked(isinstance(sample, FaceSample) and sample.face == face)

    def focus_first(self) -> None:
        """Put the keyboard to the theme that is chosen."""
        first = self._themes.checkedButton() or self._themes.buttons()[0]
        first.setFocus(Qt.FocusReason.PopupFocusReason)

    # -- choosing ----------------------------------------------------------------------------------

    def choose_face(self, face: str) -> None:
        """Take a face, as if its sample were pressed."""
        self._change(face=face)

    def _change(self, **changes: object) -> None:
        self.typography_chosen.emit(structs.replace(self._state.typography, **changes))

    def _go_back_to_defaults(self) -> None:
        self.typography_chosen.emit(Typography())
        self.ruler_chosen.emit("none", "pointer")
