"""What can be said of an article by looking at it alone, each as one sentence for a person."""

from __future__ import annotations

from gettext import gettext as _

from reader.article.model import Article, Image
from reader.article.notes import keys_in_reading_order, labels, orphan_marks, orphan_notes, passages


def findings(article: Article) -> tuple[str, ...]:
    """Return what does not fit together: orphans of both kinds, and pictures that lie elsewhere.

    These are derived: an article that is written out and read again has them anew.
    """
    shown = labels(keys_in_reading_order(article.blocks, [(note.key, note.blocks) for note in article.notes]))
    said = [_("Note {label} is marked nowhere in the text.").format(label=shown[key]) for key in orphan_notes(article)]
    said += [_("Mark {label} has no note.").format(label=shown[key]) for key in orphan_marks(article)]
    said += [
        _("The picture “{name}” is not in the article's folder and is not shown.").format(name=block.detail.resource)
        for block in passages(article)
        if isinstance(block.detail, Image) and lies_elsewhere(block.detail.resource)
    ]
    return tuple(dict.fromkeys(said))


def lies_elsewhere(name: str) -> bool:
    """Say whether a picture's name leads out of the article's own folder, or to the network."""
    path = name.replace("\\", "/")
    return ":" in path.split("/")[0] or path.startswith("/") or ".." in path.split("/")
