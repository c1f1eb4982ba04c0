"""The commands that keep a library from being lost: look, mend, back up, give out and take in."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from typing import TYPE_CHECKING

from reader.cli_parts import COULD_NOT, DAMAGED, DONE, WRONG_USE, Command, json_argument, opened, print_json
from reader.paths import Paths

if TYPE_CHECKING:
    from reader.keeping.backups import Backup
    from reader.keeping.checking import Findings
    from reader.keeping.keeping import Keeping
    from reader.keeping.repairing import Repaired

Step = Callable[[float], None]


@contextmanager
def _progress() -> Iterator[Step]:
    """Show on stderr how far the work in the block is."""
    from reader.progress_line import ProgressLine

    line = ProgressLine(sys.stderr)
    try:
        yield line.share
    finally:
        line.end()


def _check(options: argparse.Namespace) -> int:
    """Look, and mend where that is wanted; a database that cannot be opened is the first thing to mend."""
    from reader.store.errors import LibraryDamagedError

    told: list[str] = []
    try:
        library = opened(options)
    except LibraryDamagedError:
        if not options.repair:
            return _say(options, None, (_("The database is damaged; “check --repair” mends it."),))
        told += _rebuild_database(options).told
        library = opened(options)
    with library, _progress() as step:
        found = library.keeping().check(step)
    if found.database and options.repair:
        told += _rebuild_database(options).told
        with opened(options) as library, _progress() as step:
            found = library.keeping().check(step)
    if (found.texts or found.files) and options.repair:
        with opened(options) as library, _progress() as step:
            told += library.keeping().repair(found, step).told
            found = library.keeping().check(step)
    return _say(options, found, tuple(told))


def _rebuild_database(options: argparse.Namespace) -> Repaired:
    from reader.keeping.backups import FOLDER
    from reader.keeping.repairing import rebuild_database, recovery_folder
    from reader.library import FILE
    from reader.store import times

    data = Paths.chosen(options.data_dir).data
    return rebuild_database(data / FILE, data / FOLDER, recovery_folder(data, times.now()))


def _say(options: argparse.Namespace, found: Findings | None, told: tuple[str, ...]) -> int:
    sound = found is not None and found.is_sound
    if options.json:
        counts: dict[str, object] = {}
        faults: dict[str, object] = {}
        if found is not None:
            counts = {"texts": found.texts_checked, "files": found.files_checked}
            faults = {"database": found.database, "revisions": found.texts, "lost": found.files, "titles": found.titles}
        print_json({"sound": sound, "checked": counts, "faults": faults, "told": told})
        return DONE if sound else DAMAGED
    for sentence in (*told, *(() if found is None else sentences(found))):
        print(sentence)
    return DONE if sound else DAMAGED


def sentences(found: Findings) -> Iterator[str]:
    """Yield what was found, in sentences."""
    texts = ngettext("{count} text", "{count} texts", found.texts_checked).format(count=found.texts_checked)
    files = ngettext("{count} file", "{count} files", found.files_checked).format(count=found.files_checked)
    if found.is_sound:
        yield _("All is whole: {texts} and {files} were looked at.").format(texts=texts, files=files)
    if found.database:
        yield _("The database is damaged; “check --repair” mends it.")
    if found.texts:
        yield ngettext("{count} text is damaged.", "{count} texts are damaged.", len(found.texts)).format(
            count=len(found.texts)
        )
    if found.files:
        yield ngettext(
            "{count} original is damaged or missing; its text can be read all the same.",
            "{count} originals are damaged or missing; their texts can be read all the same.",
            len(found.files),
        ).format(count=len(found.files))
        for title in dict.fromkeys(found.titles):
            yield _("A file of “{title}” is damaged or missing.").format(title=title)
        if (more := len(found.files) - len(found.titles)) > 0:
            yield ngettext("So is {count} more file.", "So are {count} more files.", more).format(count=more)


def _backup(options: argparse.Namespace) -> int:
    from reader.keeping import kept_files

    with opened(options) as library:
        keeping = library.keeping()
        if options.list:
            return _list_backups(keeping, as_json=options.json)
        with _progress() as step:
            taken = keeping.back_up(step)
        without = kept_files.missing(taken.file)
    if options.json:
        print_json({**_told(taken), "missing_originals": without})
        return DONE
    print(taken.file)
    if without:
        print(
            ngettext(
                "{count} file that a text came from is not with it; “export --library” takes along all that there are.",
                "{count} files that texts came from are not with it;"
                " “export --library” takes along all that there are.",
                without,
            ).format(count=without),
            file=sys.stderr,
        )
    return DONE


def _told(backup: Backup) -> dict[str, object]:
    return {"file": str(backup.file), "at": backup.at.isoformat(), "bytes": backup.size}


def _list_backups(keeping: Keeping, *, as_json: bool) -> int:
    from reader.keeping import kept_files
    from reader.keeping.backups import backups

    rows = [(each, each.is_whole(), kept_files.missing(each.file)) for each in backups(keeping.backups)]
    if as_json:
        print_json([{**_told(each), "whole": whole, "missing_originals": without} for each, whole, without in rows])
        return DONE
    for each, whole, without in rows:
        originals = _("without originals") if without else _("with originals")
        print(each.at.isoformat(), each.size, _("whole") if whole else _("damaged"), originals, each.file, sep="\t")
    return DONE


def _restore(options: argparse.Namespace) -> int:
    return _restore_folder(options) if options.place.is_dir() else _put_back(options)


def _restore_folder(options: argparse.Namespace) -> int:
    with opened(options) as library, _progress() as step:
        done = library.keeping().restore(options.place, step)
    if options.json:
        print_json({"new": done.new, "merged": done.merged, "left_out": dict(done.left_out)})
    else:
        print(ngettext("{count} text came in.", "{count} texts came in.", done.new).format(count=done.new))
        if done.merged:
            print(
                ngettext(
                    "{count} text was there, and has now what was newer.",
                    "{count} texts were there, and have now what was newer.",
                    done.merged,
                ).format(count=done.merged)
            )
    for place, why in done.left_out:
        print(f"{place}: {why}", file=sys.stderr)
    return COULD_NOT if done.left_out else DONE


def _put_back(options: argparse.Namespace) -> int:
    from reader.keeping.backups import backups
    from reader.keeping.errors import NotAnExportError
    from reader.keeping.repairing import put_back, recovery_folder
    from reader.library import FILE
    from reader.store import times

    file = options.place.absolute()
    backup = next((each for each in backups(file.parent) if each.file == file), None)
    if backup is None:
        raise NotAnExportError(options.place)
    data = Paths.chosen(options.data_dir).data
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    done = put_back(data / FILE, backup, recovery_folder(data, times.now()))
    if options.json:
        print_json({"told": done.told})
    else:
        print(*done.told, sep="\n")
    return DONE


def _rebuild(options: argparse.Namespace) -> int:
    with opened(options) as library, _progress() as step:
        library.rebuild_index(step)
    print(_("The search index is new."))
    return DONE


def _stats(options: argparse.Namespace) -> int:
    from msgspec import structs

    with opened(options) as library:
        stats = structs.asdict(library.keeping().stats())
    if options.json:
        print_json(stats)
        return DONE
    names = {
        "texts": _("texts"),
        "removed": _("texts in the bin"),
        "revisions": _("versions of texts"),
        "bookmarks": _("bookmarks"),
        "tags": _("tags"),
        "collections": _("collections"),
        "words": _("words"),
        "operations": _("changes in the journal"),
        "database_bytes": _("bytes of the database"),
        "originals_bytes": _("bytes of originals"),
        "backups_bytes": _("bytes of backups"),
        "index_bytes": _("bytes of the search index"),
    }
    for name, value in stats.items():
        print(names[name], value, sep="\t")
    return DONE


def _export(options: argparse.Namespace) -> int:
    from reader.export import markdown

    if (options.id is None) == (options.library is None):
        print(_("Name the number of a text, or a folder for the whole library with --library."), file=sys.stderr)
        return WRONG_USE
    if options.library is not None:
        with opened(options) as library, _progress() as step:
            count = library.keeping().export(options.library, step)
        print(ngettext("{count} text was exported.", "{count} texts were exported.", count).format(count=count))
        return DONE
    with opened(options) as library:
        library.shelf.entry(options.id)
        text = markdown.write(library.article(options.id))
    print(text, end="" if text.endswith("\n") else "\n")
    return DONE


# What was asked


def _check_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--repair",
        action="store_true",
        help=_("mend what is damaged; what was there before is kept beside the library"),
    )
    json_argument(parser)


def _backup_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--list", action="store_true", help=_("list the backups, and what each has whole"))
    json_argument(parser)


def _restore_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "place",
        type=Path,
        metavar=_("PLACE"),
        help=_(
            "a folder that a library was exported to, which is merged; or a backup, which takes the library's place"
        ),
    )
    json_argument(parser)


def _export_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", type=int, nargs="?", metavar="ID", help=_("the number that “list” shows"))
    parser.add_argument("--to", choices=("markdown",), default="markdown", help=_("the format"))
    parser.add_argument(
        "--library", type=Path, metavar=_("FOLDER"), help=_("write the whole library to a new folder, in open forms")
    )


COMMANDS = {
    "export": Command(_export, _("print an article, or write out the library, in an open format"), _export_arguments),
    "check": Command(_check, _("see whether the library is whole, and mend it"), _check_arguments),
    "backup": Command(_backup, _("take a backup of the library"), _backup_arguments),
    "restore": Command(_restore, _("bring an exported library or a backup back"), _restore_arguments),
    "rebuild": Command(_rebuild, _("make the search index anew"), lambda _parser: None),
    "stats": Command(_stats, _("tell what the library has, and how much room it takes"), json_argument),
}
GROUP = "library"
"""A word that may stand before each of them."""
