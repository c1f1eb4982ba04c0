"""What pages have beside their article, told by roles, classes, ids and words: menus, adverts, comments, shares."""

from __future__ import annotations

import re
from gettext import gettext as _
from xml.etree.ElementTree import Element

from reader.importers.elements.index import classes_of, kinds_of
from reader.importers.elements.text import name_of

_ROLES = {
    "navigation": "menu",
    "search": "menu",
    "menu": "menu",
    "menubar": "menu",
    "toolbar": "menu",
    "tablist": "menu",
    "banner": "frame",
    "contentinfo": "frame",
    "complementary": "beside",
    "dialog": "banner",
    "alertdialog": "banner",
    "alert": "banner",
    "doc-toc": "contents",
}
_B, _E = r"(?:^|[\s_\-])(?:", r")s?(?=$|[\s_\-\d])"
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WORDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(_B + words + _E, re.IGNORECASE))
    for kind, words in (
        (
            "comments",
            (
                r"comments?|disqus|respond|commentlist|comment-?area|discussion|replies|kommentare?|"
                r"commentaires|livefyre|"
                r"commentsection|comments?container|webmentions?|fb-comments"
            ),
        ),
        (
            "advert",
            (
                r"ads?|advert|advertisement|advertising|adsense|adslot|adbox|adcontainer|adunit|"
                r"adwrapper|adplaceholder|sponsor|sponsored|promo|promotion|"
                r"promobox|dfp|gpt|outbrain|taboola|anzeige|werbung|publicidad|publicite|reklame|"
                r"banner-ad|leaderboard|"
                r"commercial|affiliate|marketing|cta|call-to-action|donate|donation|upsell"
            ),
        ),
        (
            "share",
            (
                r"share|sharing|sharebar|sharetools|sharedaddy|social|socials|socialmedia|addthis|"
                r"addtoany|a2a|tweet|likes?|follow|followus|"
                r"print(?!ed)|email-?this|bookmarking|teilen|jp-relatedposts|reactions?|claps?|vote|rating|ratings|"
                r"post-?actions|article-?actions|toolbar|tools|sociable|sns|share-?buttons|action-?bar"
            ),
        ),
        (
            "related",
            (
                r"related|relatedposts?|related-?articles?|related-?content|recommended|"
                r"recommendation|recommendations|recirc|recirculation|more-?from|more-?stories|moreon|"
                r"read-?more|readnext|read-?next|see-?also-?box|also-?read|up-?next|"
                r"next[_-]?(?:article|story|posts?|on|read)|"
                r"trending|popular|mostpopular|mostread|most-?read|"
                r"most-?viewed|latest|headlines|teaser|teasers|suggested|suggestions|similar|you-?may|"
                r"discover|explore|post-?nav|"
                r"prev-?next|nav-?links|post-?navigation|pagination|pager|paging|page-?links|"
                r"mehr-?zum-?thema|weiterlesen|crosspost|"
                r"video-?(?:resource|teaser|promo|card|playlist|carousel)|yarpp|zergnet|linklist|story-?list|card-?list|feed-?list|article-?list|post-?list|ticker"
            ),
        ),
        (
            "banner",
            (
                r"cookie|cookies|consent|gdpr|cookiebar|cookie-?notice|onetrust|cmp|modal|popup|"
                r"pop-?up|overlay|lightbox|newsletter|subscribe|"
                r"subscription|signup|sign-?up|login|log-?in|register|optin|opt-?in|mailchimp|mc4wp|"
                r"toast|noticebar|app-?banner|"
                r"browser-?warning|message-?box|skip-?link|skiplinks?|skip-?to-?content|"
                r"screen-?reader-?shortcut"
            ),
        ),
        (
            "menu",
            (
                r"nav|navbar|navigation|navi|navbox|menu|menus|mainmenu|breadcrumbs?|crumbs?|topbar|"
                r"top-?nav|subnav|sitenav|hamburger|search|"
                r"searchform|searchbox|sitemap|toolbox|language-?(?:list|switcher)|langs?|lang-?links|"
                r"tabs|vertical-?navbox|siteSub|"
                r"jump-?to-?nav|catlinks|mw-?jump|noprint|mw-?panel|mw-?head|printfooter|mw-editsection|editlink"
            ),
        ),
        (
            "frame",
            (
                r"footer|foot(?!-?notes?)|page-?foot|sur-?header|site-?header|page-?header-?nav|masthead|sitefooter|pagefooter|global-?header|"
                r"global-?footer|colophon|copyright|legal|"
                r"imprint|impressum|disclaimer|site-?info|branding|logo|top-?header|header-?bar|credits-?bar"
            ),
        ),
        (
            "beside",
            (
                r"sidebar|side-?bar|side-?column|right-?rail|left-?rail|rail|rightcol|right-?column|"
                r"leftcol|widget|widgets|widget-?area|secondary|"
                r"tertiary|aux|module-?list|sidenav|marginalspalte|seitenleiste|aside-?bar|infobar"
            ),
        ),
        (
            "tags",
            (
                r"tags?|tag-?list|taglinks?|post-?tags|entry-?tags|article-?tags|keywords|topics?|"
                r"topic-?list|categories|post-?categories|cat-?links|"
                r"entry-?footer|post-?footer|article-?footer|entry-?utility|post-?meta|entry-?meta|"
                r"postmeta|meta-?data|metadata|post-?info|error-?report|report-?error|article-?report|"
                r"article-?categor(?:y|ie)|corrections?-?form|"
                r"article-?info|author-?(?:box|bio|info|card|profile)|about-?(?:the-?)?author|"
                r"authorbox|bio|biobox|schlagworte?|avatar|hashtag"
            ),
        ),
        (
            "contents",
            (
                r"toc|table-?of-?contents|tableofcontents|toc_container|ez-toc|ltx_toc|contents-?list|"
                r"inhaltsverzeichnis|lwptoc"
            ),
        ),
    )
)
_GOOD = re.compile(
    r"(?:^|[\s_\-])(?:article-?body|articlebody|post-?body|entry-?content|post-?content|article-?content|story-?body|"
    r"article-?text|main-?content|content-?body|mw-parser-output|story-?content|body-?copy|page-?content|post-?entry|"
    r"article__body|article__content|post__content|entry__content|markdown-?body|prose|rich-?text|"
    r"richtext|content-?main|"
    r"field-?name-?body|hentry|post-?text|artikel-?text|article-?main|maincontent|text-?content|c-?entry-?content|"
    r"caas-body|notion-page-content|ltx_page_content|ltx_document|chapter|book)(?=$|[\s_\-\d])",
    re.IGNORECASE,
)
_NEVER = frozenset((
    "html", "body", "article", "main", "p", "h1", "em", "strong", "b", "i", "li", "td", "tr", "tbody", "table",
    "figure", "figcaption", "img", "sup", "sub", "a", "cite", "code", "pre", "br",
))  # fmt: skip
_RELATED_HEADING = re.compile(
    r"(?:related|more|read|similar|further|most|latest|recommended|popular|trending|you (?:may|might)|"
    r"also)\b[\w\s]{0,14}"
    r"(?:articles?|posts?|stories|story|reading on|news|content|links?|topics?|coverage|from .{1,40}|"
    r"on this(?: \w+)?|also like|read|popular|"
    r"in .{1,30}|like this|by .{1,30}|viewed)?\W*|share(?: this.*)?|comments?(?: \(\d+\))?|"
    r"\d+ (?:comments?|responses?|thoughts? on .*)|leave a "
    r"(?:reply|comment).*|(?:sign up|subscribe|newsletter|follow us|advertisement|tags?|topics|about the author|"
    r"post navigation|navigation|menu|search|categories|archives|recent (?:posts|comments)|what(?:’|"
    r"')s next|up next|next up|mehr zum thema|"
    r"kommentare|ähnliche artikel|das könnte (?:sie|dich).*|lesen sie auch.*|à lire aussi.*|sur le même sujet|"
    r"commentaires|te puede interesar|más noticias|leggi anche|lees ook.*|читайте также.*)\b.{0,30}",
    re.IGNORECASE,
)
_CLUTTER_LINE = re.compile(
    r"(?:advertisement|advertising|ad|sponsored(?: content)?|anzeige|werbung|publicidad|publicité|"
    r"story continues below.*|"
    r"(?:article|story) continues (?:below|after).*|continue reading(?: the main story| below)?.*|"
    r"skip (?:to|past|advertisement).{0,40}|share(?: this.{0,30})?|"
    r"(?:share|tweet|pin|email|print|save|like|follow|reply|reblog|whatsapp|facebook|twitter|linkedin|"
    r"reddit|tumblr|pinterest|copy link|"
    r"click to (?:share|print|email).{0,60}|opens in (?:a )?new window|view comments|\d+ comments?|"
    r"\d+ shares?|read more|more|"
    r"read later|listen|close|menu|search|loading\.*|back to top|top|edit|\[edit\]|bearbeiten|log ?in|"
    r"sign (?:in|up)|subscribe|\d+ min(?:ute)? read|"
    r"(?:video )?ad feedback|now playing|(?:image|media|photo) caption|play video|see more photos?|"
    r"(?:was|found|did you find) this (?:\w+ )?helpful\??|\d{1,2}:\d\d [-–] source:? .{1,30}|"
    r"view (?:this )?(?:image|post|full size).{0,30}|enlarge(?: this image)?|toggle caption|"
    r"hide caption|image (?:credit|copyright)|"
    r"(?:©|\(c\)|copyright).{0,80}|all rights reserved.{0,30}|"
    r"(?:版权(?:所有|说明|保护|声明)|版權|著作権|無断転載).{0,110}|"
    r"follow .{1,60} on (?:twitter|facebook|instagram|x|social media|youtube|tiktok|linkedin)\b.{0,80}|"
    r"sign up (?:for|to) .{0,80}newsletter.{0,40})(?:[\s,|·•/]+|$))+[.:!…]*",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"\W*(?:read(?: more| also| next| on)?|see also|also read|also (?:see|on)|more(?: on this| from .{1,30})?|"
    r"related(?: \w+)?|watch(?: also| more)?|listen|don['’]t miss|recommended|lesen sie auch|mehr zum thema|"
    r"(?:à )?lire(?: aussi)?|lee también|leia (?:também|mais)|lees ook|leggi anche|читайте также)\s*[:：>»|–-].{3,}",
    re.IGNORECASE,
)
MAX_LINE_CHARS = 120
MAX_LEAD_LINE_CHARS = 200


def reasons() -> dict[str, str]:
    """Return the sentence for each kind of what is set aside."""
    return {
        "comments": _("Comments of readers."),
        "advert": _("It is advertising."),
        "share": _("It is for sharing or printing the page."),
        "related": _("It leads to other articles."),
        "banner": _("It is a notice or a form of the site."),
        "menu": _("It is a menu of the site."),
        "frame": _("It is the head or the foot of the site."),
        "beside": _("It stands beside the article."),
        "tags": _("It tells of the article and is no part of it."),
        "contents": _("The page's table of contents; the outline is made from the headings."),
        "outside": _("It stands outside of the article."),
        "links": _("It is a list of links."),
        "byline": _("The line of author and date, which is kept with the title."),
        "repeated": _("It repeats a sentence of the article."),
        "title": _("It repeats the title."),
    }


def kind_of(element: Element) -> str:
    """Return what kind of clutter an element says that it is; an empty string for none."""
    name = name_of(element)
    if name == "nav":
        return "menu"
    for kind in kinds_of(element):
        if kind in _ROLES and not (name == "article" or name == "main"):
            return _ROLES[kind]
    if name in _NEVER:
        return (
            "contents"
            if name == "table" and "toc" in classes_of(element)
            else _in_table(element)
            if name == "table"
            else ""
        )
    said = f"{element.get('class') or ''} {element.get('id') or ''}"
    if said == " " or _GOOD.search(said):
        return "frame" if name == "footer" else ""
    said = _HUMP.sub("-", said).replace("__", "-")
    for kind, words in _WORDS:
        if words.search(said):
            return kind
    return {"footer": "frame", "form": "banner", "aside": "beside"}.get(name, "")


def _in_table(table: Element) -> str:
    classes = set(classes_of(table))
    return "menu" if classes & {"navbox", "metadata", "ambox", "vertical-navbox", "sistersitebox", "mbox-small"} else ""


def is_good(element: Element) -> bool:
    """Say whether an element calls itself the body of an article."""
    if element.get("itemprop") in ("articleBody", "text", "mainContentOfPage") or element.get("role") == "main":
        return True
    return _GOOD.search(f"{element.get('class') or ''} {element.get('id') or ''}") is not None


def is_related_heading(text: str) -> bool:
    """Say whether a heading stands above links, comments or shares rather than above text."""
    return len(text) <= 70 and _RELATED_HEADING.fullmatch(text) is not None


def is_clutter_line(text: str) -> bool:
    """Say whether a line only belongs to the page around the article: “Advertisement”, “Share”."""
    if len(text) > MAX_LINE_CHARS:
        return False
    return _CLUTTER_LINE.fullmatch(text) is not None or "all rights reserved" in text.lower()


def leads_elsewhere(text: str) -> bool:
    """Say whether a line invites to another article: “Read more: …”. It does so only where it is mostly a link."""
    return len(text) <= MAX_LEAD_LINE_CHARS + 60 and _ELSEWHERE.fullmatch(text) is not None
