"""The command line: everything that needs no window, and how the window is to be opened.

Exit codes: see ``cli_parts``.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Mapping, Sequence
from gettext import gettext as _
from gettext import ngettext
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reader import __version__, cli_library
from reader.cli_parts import COULD_NOT, DONE, INTERRUPTED, WRONG_USE, Command, json_argument, opened, print_json
from reader.errors import ReaderError
from reader.paths import APPLICATION, Paths
from reader.settings import THEMES

if TYPE_CHECKING:
    from reader.library import Library
    from reader.progress_line import ProgressLine

__all__ = ["OpenWindow", "main"]

log = logging.getLogger(__name__)

MAX_SIDE_PIXELS = 16_384


class OpenWindow(NamedTuple):
    """The wish to open the window: with which files, or to paint it into a picture, or the article as PDF, and leave.

    ``size`` is width and height in logical pixels; ``theme`` is one of ``settings.THEMES``.
    """

    paths: Paths
    files: tuple[Path, ...] = ()
    screenshot: Path | None = None
    size: tuple[int, int] | None = None
    theme: str | None = None
    pdf: Path | None = None


def main(arguments: Sequence[str]) -> int | OpenWindow:
    """Do what the arguments say; return the exit code, or that a window is wanted."""
    _write_utf8()
    logging.getLogger("reader").addHandler(logging.NullHandler())  # a person gets sentences, not the log
    try:
        return _begin(arguments)
    except BrokenPipeError:
        _forget_output()  # the reader of the pipe has seen enough
        return DONE
    except KeyboardInterrupt:
        return INTERRUPTED


def _begin(arguments: Sequence[str]) -> int | OpenWindow:
    name, rest = _command(arguments)
    try:
        options = _parser(name).parse_args(rest)
    except SystemExit as left:  # argparse has said what there is to say
        sys.stdout.flush()
        return left.code if isinstance(left.code, int) else WRONG_USE
    if options.verbose:
        logging.basicConfig(level=logging.INFO, stream=sys.stderr)
    if name:
        return _run(COMMANDS[name], options)
    return OpenWindow(
        Paths.chosen(options.data_dir),
        tuple(options.files),
        options.screenshot,
        options.size,
        options.theme,
        options.pdf,
    )


def _run(command: Command, options: argparse.Namespace) -> int:
    try:
        code = command.run(options)
        sys.stdout.flush()
        return code
    except ReaderError as error:
        return _refuse(str(error), options)
    except BrokenPipeError:
        raise
    except OSError as error:  # stdout on a full disk
        log.info("writing failed: %s", error)
        _forget_output()
        return _refuse(_("The result could not be written out."), argparse.Namespace())
    except Exception:
        log.exception("%s failed", command.run.__name__)
        return _refuse(_("Something went wrong inside the program. Run it again with --verbose to see what."), options)


def _refuse(sentence: str, options: argparse.Namespace) -> int:
    if getattr(options, "json", False):
        print_json({"refused": sentence})
        sys.stdout.flush()
    print(sentence, file=sys.stderr)
    return COULD_NOT


# The commands


def _inspect(options: argparse.Namespace) -> int:
    from reader.article.codec import decode
    from reader.importers.encoding import read_bytes
    from reader.importers.sandbox import Readers
    from reader.inspection import inspection, summary

    with Readers() as readers:
        article = decode(readers.read(options.file, read_bytes(options.file)).compiled)
    if options.json:
        print_json(inspection(article))
    else:
        print(summary(article))
    return DONE


def _import(options: argparse.Namespace) -> int:
    from reader.bulk import Report, told
    from reader.gathering import gather
    from reader.progress_line import ProgressLine

    report, line, in_bulk = Report(), ProgressLine(sys.stderr), any(place.is_dir() for place in options.files)
    files = gather(options.files, report.skipped)
    with opened(options) as library:
        try:
            for done, (path, outcome) in enumerate(library.add_many(files), 1):
                report.tell(path, outcome)
                if isinstance(outcome, ReaderError):
                    line.say(str(outcome), sys.stderr)
                else:
                    line.say(told(library.shelf, outcome), sys.stdout)
                if in_bulk:
                    line.show(done, len(files))
            _make_ready_for_search(library, line, wanted=in_bulk and report.brought_in > 0)
        except KeyboardInterrupt:
            report.stopped = True
        finally:
            line.end()
            if options.report:
                report.write(options.report)
    if in_bulk:
        print(*report.sentences(), sep="\n", file=sys.stderr)
    return INTERRUPTED if report.stopped else COULD_NOT if report.failed else DONE


def _make_ready_for_search(library: Library, line: ProgressLine, *, wanted: bool) -> None:
    """Index what came in, so that the next search need not; what goes wrong with that is told there."""
    try:
        if wanted:
            library.refresh_index(line.share)
    except ReaderError as error:
        log.warning("not indexed: %s", type(error).__name__)


def _list(options: argparse.Namespace) -> int:
    with opened(options) as library:
        entries = library.shelf.articles()
    if options.json:
        print_json(
            [
                {
                    "id": entry.id,
                    "title": entry.title,
                    "authors": entry.authors,
                    "date": entry.date,
                    "language": entry.language,
                    "format": entry.format,
                    "words": entry.words,
                    "share": round(entry.share, 4),
                    "finished": entry.finished,
                    "last_read": entry.last_read.isoformat() if entry.last_read else None,
                    "added": entry.added.isoformat(),
                    "bookmarks": entry.bookmark_count,
                }
                for entry in entries
            ]
        )
        return DONE
    for entry in entries:
        words = ngettext("{count} word", "{count} words", entry.words).format(count=entry.words)
        share = _("{percent} % read").format(percent=round(100 * entry.share))
        print(entry.id, entry.title, ", ".join(entry.authors), words, share, sep="\t")
    return DONE


def _search(options: argparse.Namespace) -> int:
    with opened(options) as library:
        library.refresh_index()
        answer = library.search(" ".join(options.query))
    if options.json:
        print_json(
            {
                "query": answer.query,
                "total": answer.total,
                "hint": answer.hint,
                "results": [
                    {
                        "id": group.entry.id,
                        "title": group.entry.title,
                        "hits": [
                            {"section": hit.section_title, "passage": hit.passage, "text": hit.snippet.shown}
                            for hit in group.hits
                        ],
                    }
                    for group in answer.groups
                ],
            }
        )
        return DONE
    for group in answer.groups:
        print(group.entry.id, group.entry.title, sep="\t")
        for hit in group.hits:
            print("", hit.section_title, hit.snippet.shown.replace("\n", " "), sep="\t")
    if answer.hint:
        print(answer.hint, file=sys.stderr)
    return DONE


def _bookmarks(options: argparse.Namespace) -> int:
    with opened(options) as library:
        found = library.bookmarks.all()
        titles = {entry.id: entry.title for entry in library.shelf.articles()}
    if options.json:
        print_json(
            [
                {
                    "id": bookmark.id,
                    "article": article_id,
                    "title": titles.get(article_id, ""),
                    "label": bookmark.label,
                    "remark": bookmark.remark,
                    "text": bookmark.target.exact,
                    "start": bookmark.target.start,
                    "end": bookmark.target.end,
                    "lost": bookmark.lost,
                    "created": bookmark.created.isoformat(),
                    "changed": bookmark.changed.isoformat(),
                }
                for article_id, bookmark in found
            ]
        )
        return DONE
    for article_id, bookmark in found:
        words = bookmark.target.exact or bookmark.target.suffix
        lost = _("lost") if bookmark.lost else ""
        line = (titles.get(article_id, ""), bookmark.label, " ".join(words.split()), bookmark.remark, lost)
        print(article_id, *line, sep="\t")
    return DONE


def _library(_options: argparse.Namespace) -> int:
    _parser(cli_library.GROUP).print_help(sys.stderr)
    return WRONG_USE


# What was asked


def _inspect_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar=_("FILE"))
    json_argument(parser)


def _import_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", type=Path, nargs="+", metavar=_("FILE"), help=_("a text, or a folder of texts"))
    parser.add_argument(
        "--report", type=Path, metavar=_("FILE.json"), help=_("write what became of the files, and why, as JSON")
    )


def _search_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "query", nargs="+", metavar=_("QUERY"), help=_('words, "a phrase", AND, OR, NOT, the beginning of a word*')
    )
    json_argument(parser)


def _window_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", type=Path, nargs="*", metavar=_("FILE"), help=_("a text to open"))
    parser.add_argument(
        "--screenshot", type=Path, metavar=_("FILE.png"), help=_("paint the window into a picture, then leave")
    )
    parser.add_argument(
        "--pdf", type=Path, metavar=_("FILE.pdf"), help=_("save the text that is open as PDF, then leave")
    )
    parser.add_argument(
        "--size", type=_size, metavar=_("WxH"), help=_("the window's width and height in pixels, such as 1280x900")
    )
    parser.add_argument("--theme", choices=THEMES, help=_("the colours of the window"))
    parser.add_argument(
        "--smoke",
        type=Path,
        metavar=_("FILE.json"),
        help=_("try the program in a library of its own, and tell how it went"),
    )
    parser.add_argument("--version", action="version", version=f"{APPLICATION} {__version__}")


COMMANDS = {
    "inspect": Command(_inspect, _("show what is found in a file; the library is not touched"), _inspect_arguments),
    "import": Command(_import, _("bring files into the library"), _import_arguments),
    "list": Command(_list, _("list the articles of the library"), json_argument),
    "search": Command(_search, _("search the texts of the library"), _search_arguments),
    "bookmarks": Command(_bookmarks, _("list the bookmarks"), json_argument),
    cli_library.GROUP: Command(_library, _("may stand before each of the commands below"), lambda _parser: None),
    **cli_library.COMMANDS,
}

_TAKES_A_VALUE = ("--data-dir", "--report", "--screenshot", "--pdf", "--size", "--theme", "--smoke", "--library")


def _command(arguments: Sequence[str]) -> tuple[str, list[str]]:
    """Return the command that is named (or an empty string) and the other arguments.

    The command is the first word that is no option, nor the value of one; ``./list`` is a file. “library” before one
    of ``cli_library`` changes nothing.
    """
    name, others = _taken(arguments, COMMANDS)
    within = _taken(others, cli_library.COMMANDS) if name == cli_library.GROUP else ("", [])
    return within if within[0] else (name, others)


def _taken(arguments: Sequence[str], known: Mapping[str, Command]) -> tuple[str, list[str]]:
    value = False
    for place, argument in enumerate(arguments):
        if value:
            value = False
        elif argument in _TAKES_A_VALUE:
            value = True
        elif argument == "--":
            break
        elif not argument.startswith("-"):
            if argument in known:
                return argument, [*arguments[:place], *arguments[place + 1 :]]
            break
    return "", list(arguments)


def _parser(name: str) -> argparse.ArgumentParser:
    command = COMMANDS.get(name)
    listed = {"": COMMANDS, cli_library.GROUP: cli_library.COMMANDS}.get(name, {})
    width = max(map(len, COMMANDS))
    told = [_("commands:"), *(f"  {word:{width}}  {each.help}" for word, each in listed.items()), ""] if listed else []
    parser = argparse.ArgumentParser(
        prog=f"{APPLICATION} {name}".strip(),
        description=command.help if command else _("Read, search and mark long texts, offline."),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="\n".join((*told, _EXIT_CODES)),
        allow_abbrev=False,
    )
    (command.add_arguments if command else _window_arguments)(parser)
    parser.add_argument(
        "--data-dir", type=Path, metavar=_("DIR"), help=_("keep the library, its cache and the settings in this folder")
    )
    parser.add_argument("--verbose", action="store_true", help=_("print on stderr what is being done"))
    return parser


_EXIT_CODES = _("exit codes: 0 done, 1 could not, 2 wrong use, 3 the library is damaged, 130 stopped by Ctrl+C")


def _size(text: str) -> tuple[int, int]:
    width, _by, height = text.lower().partition("x")
    size = int(width), int(height)  # argparse turns ValueError into a sentence
    if not all(0 < side <= MAX_SIDE_PIXELS for side in size):
        raise ValueError(text)
    return size


# What is printed


def _write_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _forget_output() -> None:
    """Let Python's own flush at the end go nowhere instead of failing."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
