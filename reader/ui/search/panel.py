"""The pane that lists what was found, in this reading or in the whole library."""

from __future__ import annotations

from msgspec import Struct
from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from reader.facets import Facet
from reader.search.narrowing import Limit, end_of_words, narrowed, widened
from reader.theme import Theme
from reader.ui.look import fonts
from reader.ui.search.beginning import Beginning, KeptSearch
from reader.ui.search.model import (
    ResultGroup,
    ResultHit,
    ResultSection,
    SearchModel,
    SearchRole,
)
from reader.ui.search.narrowing import Narrowing
from reader.ui.search.rows import HitDelegate
from reader.ui.search.ways import WaysMenu
from reader.ui.widgets.controls import ElidedLabel, Field, IconButton, TextButton, announce
from reader.ui.widgets.progress import ThinProgress
from reader.ui.widgets.row_list import RowList

__all__ = ["ResultGroup", "ResultHit", "ResultSection", "SearchPanel", "SearchQuery"]

DELAY_MS = 200
"""After the last key, before the library is searched."""


class SearchQuery(Struct, frozen=True):
    """What is looked for, and whether only in the text that is open."""

    text: str
    this_reading: bool


class SearchPanel(QWidget):
    """A field, where to look, and the places found, by article and section.

    ``hit_chosen`` carries the ``ResultHit`` of a row that was clicked or entered; ``keep_requested``
    what is typed, to be kept; ``forget_requested`` the uuid of a kept search.
    """

    query_changed = Signal(object)
    hit_chosen = Signal(object)
    keep_requested = Signal(str)
    forget_requested = Signal(str)
    hide_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Search"))
        self._sent = SearchQuery("", this_reading=False)
        self._results_only = False
        self.field = Field("search", self.tr("Search the library"))
        self.summary = ElidedLabel()
        self.summary.setObjectName("muted")
        self.summary.setFont(fonts.interface(12))
        self.hint = QLabel()
        self.hint.setObjectName("muted")
        self.hint.setTextFormat(Qt.TextFormat.PlainText)
        self.hint.setWordWrap(True)
        self.hint.setFont(fonts.interface(12))
        self.hint.hide()
        self.scope = TextButton(self.tr("All readings"), chevron=True)
        self.scope.setToolTip(self.tr("Where to search"))
        self.ways = IconButton("ellipsis", self.tr("Ways to search"))
        self.narrowing = Narrowing(before=self.scope)
        self.narrowing.hide()
        self._kept: tuple[KeptSearch, ...] = ()
        self._busy = ThinProgress(self.tr("Searching"), height=2)
        self._model = SearchModel(self)
        self.list = RowList(self.tr("Places found"))
        self.list.setModel(self._model)
        self._delegate = HitDelegate(self.list)
        self.list.setItemDelegate(self._delegate)
        self._empty = Beginning(self._invitation())
        self._pages = QStackedWidget()
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(DELAY_MS)
        self._build()
        self._offer_scopes()
        self._connect()

    def _build(self) -> None:
        self._field_row = QWidget()
        field = QHBoxLayout(self._field_row)
        field.setContentsMargins(12, 0, 12, 0)
        field.setSpacing(4)
        field.addWidget(self.field)
        field.addWidget(self.ways)
        told = QHBoxLayout()
        told.setContentsMargins(20, 2, 12, 0)
        told.addWidget(self.summary, 1)
        told.addWidget(self.scope)
        hint = QHBoxLayout()
        hint.setContentsMargins(20, 0, 20, 6)
        hint.addWidget(self.hint)
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self.list)
        busy = QHBoxLayout()
        busy.setContentsMargins(20, 0, 20, 0)
        busy.addWidget(self._busy)
        size = self._busy.sizePolicy()
        size.setRetainSizeWhenHidden(True)
        self._busy.setSizePolicy(size)
        self._busy.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._field_row)
        column.addLayout(told)
        column.addLayout(busy)
        column.addWidget(self.narrowing)
        column.addLayout(hint)
        column.addWidget(self._pages, 1)
        self.setTabOrder(self.field, self.ways)
        self.setTabOrder(self.ways, self.scope)

    def _offer_scopes(self) -> None:
        menu = QMenu(self)
        group = QActionGroup(self)
        self._all = QAction(self.tr("All readings"), self, checkable=True, checked=True)
        self._this = QAction(self.tr("This reading"), self, checkable=True)
        for action in (self._all, self._this):
            group.addAction(action)
            menu.addAction(action)
            action.triggered.connect(self._scope_changed)
        self.scope.setMenu(menu)
        self.scope.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        ways = WaysMenu(self)
        ways.aboutToShow.connect(lambda: ways.show_keeping(possible=bool(self._typed()), kept=bool(self._kept_as())))
        ways.keep_requested.connect(self._keep_or_forget)
        ways.way_chosen.connect(self._put_around)
        self.ways.setMenu(ways)
        self.ways.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)

    def _connect(self) -> None:
        self.field.textEdited.connect(lambda _: self._delay.start())
        self.field.textChanged.connect(self._text_changed)
        self.field.entered.connect(lambda _: self._enter())
        self.field.left_downwards.connect(self._go_down)
        self._delay.timeout.connect(self._send)
        self.list.row_chosen.connect(self._choose)
        self.list.left_upwards.connect(self.focus_field)
        self.narrowing.narrowed.connect(self._narrow)
        self.narrowing.widened.connect(self._widen)
        self.narrowing.left_upwards.connect(self.focus_field)
        self.narrowing.left_downwards.connect(self._go_down)
        self._empty.query_chosen.connect(self.search_for)
        self._empty.forget_requested.connect(self.forget_requested)
        self._empty.emptied.connect(self.focus_field)

    # -- data down --------------------------------------------------------------------------------

    def set_theme(self, theme: Theme) -> None:
        for part in (self.field, self.scope, self.ways, self.narrowing, self._busy, self._delegate, self._empty):
            part.set_theme(theme)
        self.list.viewport().update()

    def show_results(self, groups: tuple[ResultGroup, ...], summary: str, hint: str = "") -> None:
        """Show what was found; ``summary`` counts it, ``hint`` helps where a query says little."""
        self._empty.suggest("")
        self._delegate.forget()
        places = sum(len(section.hits) for group in groups for section in group.sections)
        found = places > 0
        one_reading = self._this.isChecked() or self._results_only
        self._model.show_results(groups, with_articles=not one_reading or len(groups) > 1)
        self.list.scrollToTop()
        # Where there is no list, one sentence in its place is enough.
        self.summary.set_text(summary if found or hint else "")
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint) and found)
        self._empty.set_text(hint or summary or self._invitation())
        self._show_kept()
        # Its room is kept while it is not yet known what can be chosen: no list moves when that comes.
        if not found:
            self.narrowing.show_facets(())
        self.narrowing.setVisible(not self._results_only and (places > 1 or self.narrowing.narrows))
        self._pages.setCurrentWidget(self.list if found else self._empty)
        announce(self.field, summary)

    def show_all_results(self, groups: tuple[ResultGroup, ...], summary: str, hint: str = "") -> None:
        """Show what was found in place of its beginning; whoever went on in that stays there."""
        current, below = self.list.currentIndex().data(SearchRole.HIT), self.list.verticalScrollBar().value()
        self.show_results(groups, summary, hint)
        hits = [hit for group in groups for section in group.sections for hit in section.hits]
        if current in hits:
            self.show_current(hits.index(current))
        elif below:
            self.list.verticalScrollBar().setValue(below)

    def show_facets(self, facets: tuple[Facet, ...]) -> None:
        """Offer by what the search can be narrowed."""
        self.narrowing.show_facets(facets)

    def suggest(self, query: str) -> None:
        """Offer a query that finds more, where nothing was found."""
        self._empty.suggest(query)
        if query:
            announce(self.field, self._empty.suggestion.accessibleName())

    def show_kept(self, searches: tuple[KeptSearch, ...]) -> None:
        """List the searches that a person keeps, as long as nothing is typed."""
        self._kept = searches
        self._show_kept()

    def _show_kept(self) -> None:
        self._empty.show_kept(self._kept, beginning=not self._typed() and not self._results_only)

    def search_for(self, text: str) -> None:
        """Search for something as if it had been typed."""
        self.field.setText(text)
        self._send()
        self.focus_field()

    def show_current(self, number: int | None) -> None:
        """Mark a place by its number (from 0) among all places: the one that is boxed in the page."""
        index = self._model.index_of_hit(number) if number is not None else QModelIndex()
        selection = self.list.selectionModel()
        selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def show_busy(self, busy: bool) -> None:
        """Show that the search goes on."""
        self._busy.set_share(None if busy else 0.0)
        self._busy.setVisible(busy)

    def set_query(self, text: str, *, this_reading: bool | None = None) -> None:
        """Put a query into the field without searching; ``this_reading`` sets where to look."""
        self._delay.stop()
        if this_reading is not None:
            (self._this if this_reading else self._all).setChecked(True)
            self._name_scope()
        self._sent = SearchQuery(text, self._this.isChecked())
        self.narrowing.show_query(text)
        self.field.setText(text)

    def set_results_only(self, only: bool) -> None:
        """Hide the field and where to look: what is in the find bar is the query, in this reading."""
        self._results_only = only
        self._field_row.setVisible(not only)
        self.scope.setVisible(not only)

    def focus_field(self) -> None:
        """Take the focus to the field and select what is in it; to the places where it is hidden."""
        if self._results_only:
            self.list.enter()
            return
        self.field.selectAll()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def query(self) -> SearchQuery:
        return SearchQuery(self.field.text(), self._this.isChecked())

    # -- intents up -------------------------------------------------------------------------------

    def _text_changed(self, text: str) -> None:
        if not text:
            self._send()

    def _send(self) -> None:
        self._delay.stop()
        query = self.query()
        if query != self._sent:
            self._sent = query
            self.narrowing.show_query(query.text)
            self.query_changed.emit(query)

    def _narrow(self, facet: Facet) -> None:
        self._limit_to(narrowed(self.field.text(), facet.limit.name, facet.value))

    def _widen(self, limit: Limit) -> None:
        self._limit_to(widened(self.field.text(), limit))

    def _limit_to(self, text: str) -> None:
        """Search for what is in the field with other limits; who types goes on with the words before them."""
        self.field.setText(text)
        self.field.setCursorPosition(end_of_words(text))
        self._send()
        self.narrowing.show_query(text)

    def _scope_changed(self) -> None:
        self._name_scope()
        self._send()

    def _name_scope(self) -> None:
        this = self._this.isChecked()
        self.scope.set_text((self._this if this else self._all).text())
        name = self.tr("Search this reading") if this else self.tr("Search the library")
        self.field.setPlaceholderText(name)
        self.field.setAccessibleName(name)

    def _choose(self, index: QModelIndex) -> None:
        hit = index.data(SearchRole.HIT)
        if isinstance(hit, ResultHit):
            self.hit_chosen.emit(hit)

    def _invitation(self) -> str:
        if self._results_only:
            return self.tr("Every place of what you type above the page is listed here.")
        return self.tr(
            "Type words to find every place that has them all.\n\n"
            "“Quotation marks” find a phrase, OR finds either word, NOT leaves one out, "
            "and an asterisk* stands for any ending."
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide_requested.emit()
        else:
            super().keyPressEvent(event)

    def _go_down(self) -> None:
        if self._model.rowCount():
            self.list.enter()
        else:
            self._empty.enter()

    def _typed(self) -> str:
        return self.field.text().strip()

    def _kept_as(self) -> str:
        """Return the uuid under which the query in the field is kept; empty where it is not."""
        return next((kept.uuid for kept in self._kept if kept.query == self._typed()), "")

    def _keep_or_forget(self, keep: bool) -> None:
        if keep:
            self.keep_requested.emit(self._typed())
            announce(self.field, self.tr("This search is kept."))
        else:
            self.forget_requested.emit(self._kept_as())
            announce(self.field, self.tr("This search is no longer kept."))

    def _put_around(self, before: str, after: str) -> None:
        """Put signs around what is typed, and the caret to where one goes on."""
        typed = self._typed()
        self.field.setText(f"{before}{typed}{after}")
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.setCursorPosition(len(self.field.text()) if typed else len(before))
        self._delay.start()

    def _enter(self) -> None:
        """Search at once what is new; else go to the first place, or to the one that is marked."""
        if self.query() != self._sent:
            self._send()
            return
        index = self.list.currentIndex()
        self._choose(index if index.isValid() else self.list.first_row())
