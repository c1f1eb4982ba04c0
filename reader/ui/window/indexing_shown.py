"""The line at the window's foot tells how far indexing is, where it takes long and nothing else is under way."""

from __future__ import annotations

from reader.ui.search.indexing import Indexing
from reader.ui.shelf.importing import Importing
from reader.ui.window.status_line import StatusLine


def show_indexing(indexing: Indexing, importing: Importing, status: StatusLine) -> None:
    """Let the line show it from now on; what a person brings in goes before."""

    def show(share: float) -> None:
        if not importing.busy:
            text = status.tr("Making ready for search: {percent} %").format(percent=int(100 * share))
            status.show_progress(text, share or None, indexing.cancel)

    def hide() -> None:
        if not importing.busy:
            status.hide_progress()

    indexing.progressed.connect(show)
    indexing.rested.connect(hide)
