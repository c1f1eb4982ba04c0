"""Lines that a web page put around its text: to share, to subscribe, to read something else.

Only phrases that are the same on countless pages count, and only at a text's beginning and end.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from gettext import gettext as _

from reader.article.model import BlockKind
from reader.importers.plaintext.lines import Aside, Line, Piece, ends_sentence

MAX_CLUTTER_WORDS = 16
MAX_TAIL_PIECES = 60
"""How many pieces at the end are looked at."""
MAX_TEASER = 160
"""A title or teaser below “Related articles” is no longer than this many characters."""

_HEADS = re.compile(
    r"^\W*(?:"
    r"(?:check out|see|read|browse|explore|discover|view|find) (?:(?:all|our|my|the|more|other|also|related|"
    r"latest|full) ?){1,3}"
    r"(?:\w+ ?){1,3}:?|"
    r"(?:the )?(?:most|top) (?:popular|read|viewed|shared|recent|commented|watched|emailed)\b.{0,30}|"
    r"(?:related|similar|recommended|latest|recent|popular|trending|more|other|further|featured|previous|next) "
    r"(?:articles?|posts?|stories|story|content|news|reading|topics|links|from\b.{1,40}|in\b.{1,40}|by\b.{1,40}|"
    r"on\b.{1,40})|"
    r"you (?:may|might) (?:also )?(?:like|enjoy|be interested in).{0,20}|read (?:more|next|also|on)\b.{0,60}|"
    r"recommended(?: for you)?|more like this|keep reading|up next|don.t miss|editors?.{0,3} picks?|"
    r"das könnte (?:sie|dich) (?:auch )?interessieren.{0,20}|mehr zum thema.{0,40}|lesen sie auch.{0,60}|"
    r"ähnliche (?:artikel|beiträge)|meistgelesen\w*.{0,20}|weitere (?:artikel|beiträge|themen).{0,30}|auch interessant|"
    r"(?:à )?lire (?:aussi|également|la suite).{0,80}|sur le même (?:sujet|thème)|articles? (?:liés|similaires|"
    r"connexes)|"
    r"les plus (?:lus|populaires|partagés)|dans la même rubrique|"
    r"(?:lee|lea|leer) (?:también|más).{0,60}|te puede interesar.{0,20}|(?:artículos|noticias|"
    r"entradas) relacionad[ao]s|"
    r"(?:los )?más (?:leído|visto|popular)e?s?|"
    r"leggi anche.{0,60}|(?:articoli|post) correlati|(?:i )?più (?:letti|popolari)|potrebbe interessarti.{0,20}|"
    r"leia (?:também|mais).{0,60}|(?:artigos|notícias|posts) relacionad[ao]s|mais lid[ao]s|"
    r"lees (?:ook|meer|verder).{0,60}|meest gelezen|gerelateerde (?:artikelen|berichten)|"
    r"читайте также.{0,60}|похожие (?:статьи|записи|материалы)|(?:самое )?популярное|ещё по теме|материалы по теме"
    r")\W*$",
    re.IGNORECASE,
)
_PHRASES = re.compile(
    r"^\W*(?:"
    r"share(?: (?:this|on|via|to|it)\b.{0,40})?|tweet(?: this)?|pin(?: it)?|e-?mail(?: this.{0,20})?|"
    r"print(?: (?:this|friendly).{0,20})?|"
    r"(?:facebook|twitter|x|linkedin|reddit|whatsapp|telegram|pinterest|tumblr|copy link|instagram|youtube|rss|pocket|"
    r"bluesky|mastodon|threads|vk|xing|[|,/·•\s]|and|share|print|email)+|"
    r"follow us\b.{0,40}|like us\b.{0,40}|join us\b.{0,40}|subscribe\b.{0,60}|sign up\b.{0,60}|sign in|"
    r"log ?in(?: .{0,20})?|register|"
    r"(?:get|join) (?:the|our) newsletter.{0,40}|newsletter|donate(?: now| today)?|support (?:us|our work)\b.{0,40}|"
    r"advertise?ments?|sponsored(?: content)?|skip to (?:main )?content|menu|search|home(?:\s*[>»/|].*)?|"
    r"(?:we|this site|this website|wir|diese (?:web)?seite|diese website|ce site|nous|este sitio|questo sito|este site|"
    r"deze (?:web)?site|wij|мы|этот сайт|наш сайт)?.{0,20}(?:uses?|verwenden?|nutz(?:en|t)|"
    r"utilis(?:e|ons)|utiliza(?:mos)?|usamos|utilizza|usa|gebruik(?:en|t)|использу\w+).{0,20}\bcookies?\b.{0,90}|.{0,30}использу.{0,30}куки.{0,60}|"
    r"(?:we use|this (?:site|website) uses) cookies.{0,90}|accept(?: all)?(?: cookies)?|reject all|"
    r"manage (?:cookies|preferences)|cookie \w+|"
    r"privacy(?: policy)?(?:\W+terms\b.{0,40})?|terms(?: of (?:use|service))?|contact(?: us)?|about(?: us)?|"
    r"tags?:.{0,120}|tagged(?: with| in)?:?.{0,100}|filed under:?.{0,100}|posted in:?.{0,100}|categor(?:y|"
    r"ies):.{0,100}|topics?:.{0,100}|"
    r"(?:leave|post|add|write) a (?:comment|reply)|(?:no |\d+ )?(?:comments?|responses?|replies|shares?|likes?|"
    r"views?)(?: off)?|comments? \(\d+\)|"
    r"comments are closed.{0,20}|back to (?:top|home).{0,20}|(?:previous|next)(?: (?:post|article|page))?\W*|"
    r"load more|show more|loading\W*|"
    r"\d+[- ]min(?:ute)?s?(?: read)?|(?:estimated )?reading time:?.{0,20}|"
    r"(?:©|\(c\)|copyright)\W.{0,100}|all rights reserved.{0,20}|powered by .{0,40}|"
    r"like this|click here.{0,40}|image credits?:?|listen to this article.{0,20}|download (?:pdf|as pdf|"
    r"the app)|save(?: article)?|bookmark|"
    r"teilen|drucken|merken|kommentare?(?: \(\d+\)| schreiben)?|\d+ kommentare?|newsletter (?:abonnieren|"
    r"bestellen)|jetzt abonnieren|anmelden|"
    r"schlagw[oö]rte?r?:.{0,100}|startseite|zur startseite|impressum.{0,30}|datenschutz.{0,30}|"
    r"lesezeit:?.{0,20}|anzeige|werbung|"
    r"partager.{0,40}|imprimer|envoyer.{0,20}|commenter|\d+ commentaires?|commentaires?|s.abonner.{0,30}|"
    r"mots[- ]clés.{0,100}|accueil|"
    r"mentions légales|publicité|temps de lecture.{0,20}|"
    r"compart(?:e|ir).{0,40}|imprimir|comentarios?|\d+ comentarios?|suscr[ií]bete.{0,40}|etiquetas?:.{0,100}|"
    r"inicio|publicidad|aviso legal|"
    r"condividi.{0,40}|stampa|commenti|\d+ commenti|iscriviti.{0,40}|pubblicità|"
    r"compartilh(?:e|ar).{0,40}|comentários?|assine.{0,30}|publicidade|"
    r"delen|deel (?:dit|op).{0,30}|reacties?|\d+ reacties?|abonneren|advertentie|"
    r"поделиться.{0,40}|распечатать|комментари[ийяев]+(?: \(\d+\))?|\d+ комментари\w+|подпи(?:саться|"
    r"шитесь).{0,40}|теги?:.{0,100}|метки:.{0,100}|"
    r"главная|реклама|войти"
    r")\W*$",
    re.IGNORECASE,
)


def is_clutter(text: str) -> bool:
    """Return whether a line is one that web pages put around their texts."""
    if len(text) > 200 or text.count(" ") >= MAX_CLUTTER_WORDS + 4 or not any(map(str.isalpha, text)):
        return False
    return _PHRASES.match(text) is not None or _is_clutter_head(text)


def _is_clutter_head(text: str) -> bool:
    return not text.endswith(".") and text.count(" ") < MAX_CLUTTER_WORDS and _HEADS.match(text) is not None


def clutter_reason() -> str:
    """Return the sentence that says why such a line was set aside."""
    return _("A line of the web page around the text: to share, to print, or to read something else.")


_EDIT = re.compile(
    r"\s*\[\s*(?:edit(?: source)?|bearbeiten(?: \| quelltext bearbeiten)?|modifier(?: \| modifier le code)?|"
    r"editar(?: datos en wikidata)?|modifica(?: \| modifica wikitesto)?|bewerken|править(?: \| править код)?)\s*\]$",
    re.IGNORECASE,
)


def take_edit_links(lines: list[Line]) -> tuple[list[Line], list[Aside]]:
    """Return the lines without the “[edit]” that an encyclopedia puts behind its headings."""
    asides: list[Aside] = []
    for i, line in enumerate(lines):
        if not line.text.endswith("]") or len(line.text) > MAX_TEASER:
            continue
        hit = _EDIT.search(line.text)
        if hit and hit.start():
            asides.append(Aside(line.number, hit.group().strip(), clutter_reason()))
            lines[i] = line._replace(text=line.text[: hit.start()])
    return lines, asides


def take_tail(pieces: list[Piece]) -> tuple[list[Piece], list[Aside]]:
    """Return the pieces without the clutter at the end, and the clutter line by line."""
    end = _end_of_text(pieces)
    while end < len(pieces) and end > 0 and pieces[end - 1].kind is BlockKind.RULE:
        end -= 1
    gone = [piece for piece in pieces[end:] if piece.kind is not BlockKind.RULE]
    return pieces[:end], asides_of(gone, clutter_reason())


def asides_of(pieces: Sequence[Piece], reason: str) -> list[Aside]:
    """Return what is set aside of pieces, one for each line."""
    return [Aside(piece.line + k, row, reason) for piece in pieces for k, row in enumerate(piece.rows or (piece.text,))]


def _end_of_text(pieces: Sequence[Piece]) -> int:
    """Return where the clutter at the end begins: at a phrase of clutter below which no sentence stands."""
    first = max(1, len(pieces) - MAX_TAIL_PIECES)
    end = len(pieces)
    for i in range(len(pieces) - 1, first - 1, -1):
        rows = pieces[i].rows or (pieces[i].text,)
        if all(map(is_clutter, rows)) and pieces[i].kind is not BlockKind.RULE:
            end = i
        elif not _may_be_teaser(pieces[i]):
            break
        elif pieces[i].kind is BlockKind.VERSE and is_clutter(rows[0]):
            end = i
    return end


def _may_be_teaser(piece: Piece) -> bool:
    if piece.kind is BlockKind.RULE:
        return True
    short = all(len(row) <= MAX_TEASER for row in piece.rows) and len(piece.text) <= 3 * MAX_TEASER
    return short and not ends_sentence(piece.text) and not piece.text.startswith(("[", "(", "*", "^"))
