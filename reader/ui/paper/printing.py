"""Pages to a printer of the system. Loads Qt's printing, which nothing else needs."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

from PySide6.QtGui import QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo

from reader.errors import ReaderError
from reader.ui.paper.drawing import Drawing
from reader.ui.paper.pdf import page_layout
from reader.ui.paper.sheet import UNITS_AN_INCH

if TYPE_CHECKING:
    from collections.abc import Generator

    from PySide6.QtWidgets import QWidget

    from reader.ui.paper.plan import Plan


class NoPrinterError(ReaderError):
    def __str__(self) -> str:
        return _("There is no printer on this computer. The pages can be saved as PDF.")


class NotPrintedError(ReaderError):
    def __str__(self) -> str:
        return _("The pages could not be printed. Check that the printer is switched on and reached.")


def printer_for(plan: Plan) -> QPrinter:
    """Return the printer that the system prints with, set to the sheet of a plan.

    Raises:
        NoPrinterError: there is none.
    """
    if not QPrinterInfo.availablePrinterNames():
        raise NoPrinterError
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageLayout(page_layout(plan.sheet))
    printer.setFullPage(True)
    printer.setDocName(plan.matter.title)
    return printer


def dialog_for(printer: QPrinter, plan: Plan, parent: QWidget) -> QPrintDialog:
    """Return the system's dialog for a printer."""
    dialog = QPrintDialog(printer, parent)
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange, True)
    if plan.done:
        dialog.setMinMax(1, len(plan.leaves))
    return dialog


def print_pages(plan: Plan, printer: QPrinter) -> Generator[float, None, None]:
    """Print a plan's pages (those that the printer's dialog chose); yields the share done after each.

    Raises:
        NotPrintedError: the printer took nothing.
    """
    painter = QPainter()
    if not painter.begin(printer):
        raise NotPrintedError
    first, last = printer.fromPage() or 1, printer.toPage()
    scale = printer.resolution() / UNITS_AN_INCH
    painter.scale(scale, scale)
    drawing = Drawing(plan)
    try:
        number = 0
        while (number < len(plan.leaves) or plan.make_page()) and not (last and number >= last):
            number += 1
            if number >= first:
                if number > first and not printer.newPage():
                    raise NotPrintedError
                drawing.draw(painter, plan.leaves[number - 1])
            yield plan.share if not plan.done else number / max(1, len(plan.leaves))
    except GeneratorExit:
        printer.abort()
        raise
    finally:
        painter.end()
