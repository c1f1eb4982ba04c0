"""The words by which books and pages name their parts, in several languages. Lower case throughout."""

from __future__ import annotations

import re

# Ranks: a part holds books, books hold chapters, chapters hold sections.
PART_WORDS = {
    0: "volume vol tome tomo band deel tom том",
    1: "part teil partie parte часть część díl osa",
    2: "book buch livre libro livro boek книга bog bok księga kniha",
    3: "chapter chap kapitel chapitre capítulo capitulo capitolo capítol hoofdstuk глава rozdział kapitola kapittel "
    "kapitell luku fejezet rozdíl act akt acte acto atto действие stave canto chant gesang песнь letter brief lettre "
    "carta lettera письмо lecture vorlesung leçon lección lezione лекция sermon essay session lesson lektion",
    4: "section abschnitt sección sezione seção sectie раздел article artikel artículo articolo artigo статья scene "
    "szene scène escena scena cena сцена явление paragraph appendix anhang annexe annex apéndice appendice apêndice "
    "bijlage приложение",
}
ORDINALS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty "
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth last final "
    "erster erste erstes zweiter zweite zweites dritter dritte drittes vierter vierte viertes fünfter fünfte fünftes "
    "sechster sechste sechstes siebenter siebtes siebentes achter achte achtes neunter neunte neuntes zehnter zehnte "
    "zehntes elftes zwölftes letztes eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf "
    "premier première deuxième second seconde troisième quatrième cinquième sixième septième huitième neuvième dixième "
    "dernier dernière "
    "primero primera primer segundo segunda tercero tercera tercer cuarto cuarta quinto quinta sexto sexta séptimo "
    "séptima octavo octava noveno novena décimo décima último última "
    "primo prima secondo seconda terzo terza quarto quarta sesto sesta settimo settima ottavo ottava nono nona decimo "
    "decima ultimo ultima primeiro primeira terceiro terceira sétimo oitavo "
    "uno dos tres cuatro cinco seis siete ocho nueve diez due tre quattro cinque sei sette otto nove dieci "
    "un deux trois quatre cinq six sept huit neuf dix um dois três quatro sete oito dez "
    "eerste tweede derde vierde vijfde zesde zevende achtste negende tiende een twee drie "
    "первый первая второй вторая третий третья четвёртый четвертый четвёртая четвертая пятый пятая шестой шестая "
    "седьмой седьмая восьмой восьмая девятый девятая десятый десятая одиннадцатая двенадцатая последняя"
)
HEADING_WORDS = (
    "abstract|summary|introduction|preface|foreword|prologue|epilogue|afterword|postscript|conclusion|conclusions|"
    "background|acknowledg(?:e)?ments?|dedication|appendix|appendices|glossary|index|discussion|results|methods|"
    "methodology|materials and methods|further reading|see also|external links|about the authors?|"
    "authors?['’]?s?['’]? address(?:es)?|status of this memo|copyright notice|full copyright statement|"
    "intellectual property|security considerations|iana considerations|contributors|"
    "list of illustrations|illustrations|list of figures|chronology|timeline|overview|"
    "vorwort|einleitung|einführung|nachwort|schluss|schluß|fazit|zusammenfassung|anhang|danksagung|prolog|epilog|"
    "vorrede|widmung|ausblick|hintergrund|"
    "avant-propos|préface|conclusion|résumé|remerciements|annexes?|prologue|épilogue|postface|"
    "introducción|prólogo|prefacio|conclusión|conclusiones|resumen|agradecimientos|epílogo|apéndice|"
    "introduzione|prefazione|premessa|conclusione|conclusioni|riassunto|ringraziamenti|prologo|epilogo|"
    "introdução|prefácio|conclusão|conclusões|resumo|agradecimentos|"
    "inleiding|voorwoord|conclusie|samenvatting|nawoord|slot|dankwoord|"
    "введение|предисловие|заключение|послесловие|вступление|выводы|аннотация|приложение|пролог|эпилог|"
    "wstęp|zakończenie|przedmowa|úvod|závěr|inledning|förord|indledning|forord"
)
NOTES_WORDS = (
    r"(?:notes?|anmerkungen|notas?|note|примечания)\s(?:to|for|on|du|de|des|zu[mr]?|al|del|ao|do|к)\s(?:the\s)?"
    r"(?:chapter|kapitel|chapitre|capítulo|capitolo|part|teil|introduction|einleitung|preface|главе|części)\b.{0,40}|"
    "(?:foot|end)?\\s?-?notes?|notes and references|references and notes|notes & references|"
    "fu(?:ß|ss)noten?|endnoten?|anmerkungen?|"
    "notes? de bas de page|notes? de fin|notas?(?: al pie| de rodapé| finales)?|note(?: a piè di pagina)?|"
    "voetnoten|eindnoten|noten|aantekeningen|примечани[яе]|сноски|комментарии и примечания|"
    "przypisy|poznámky(?: pod čarou)?|fotnoter|noter|slutnoter|fodnoter|alaviitteet|jegyzetek|примітки"
)
REFERENCES_WORDS = (
    "(?:normative |informative |selected |general |cited |primary |secondary |key )?references|bibliography|"
    "select(?:ed)? bibliography|works cited|literature(?: cited)?|sources|citations|further reading|reading list|"
    "literatur(?:verzeichnis|angaben|hinweise)?|quellen(?:verzeichnis)?|bibliogra(?:ph|f)ie|"
    "quellen und literatur|références(?: bibliographiques)?|sources|ouvrages cités|"
    "referencias(?: bibliográficas)?|bibliografía|fuentes|obras citadas|"
    "riferimenti(?: bibliografici)?|bibliografia|fonti|opere citate|referências(?: bibliográficas)?|fontes|"
    "bronnen|literatuur(?:lijst)?|referenties|литература|список литературы|библиография|источники|"
    "использованная литература|literatura|źródła|zdroje|referenser|källor|litteratur|referencer|kilder|джерела"
)
CONTENTS_WORDS = (
    "contents|table of contents|inhalt|inhaltsverzeichnis|table des matières|sommaire|índice|indice|contenido|"
    "índice general|sommario|sumário|inhoud|inhoudsopgave|содержание|оглавление|spis treści|obsah|innehåll|indhold|"
    "зміст|sisältö|tartalom"
)

ROMAN = r"(?=[MDCLXVI])M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,4})(?:IX|IV|V?I{0,4})"

_NUMBERING = r"[\s.:\u00a0]*"
_TAIL = r"\s*[:.]?\s*$"


def _only(words: str) -> re.Pattern[str]:
    """Match a line that says these words and nothing else, numbered or not."""
    number = rf"(?:(?:\d{{1,3}}(?:\.\d{{1,2}})*|{ROMAN}|[A-Z])[.)]?\s+)?"
    return re.compile(rf"^[_#=\[\s]{{0,3}}{number}(?:{words}){_TAIL}", re.IGNORECASE)


NAMED_HEADING = _only(HEADING_WORDS)
NOTES_HEADING = _only(NOTES_WORDS)
REFERENCES_HEADING = _only(REFERENCES_WORDS)
CONTENTS_HEADING = _only(CONTENTS_WORDS)

# Verbs by which a sentence announces somebody's words, as far as they end or nearly end it.
SAYING = re.compile(
    r"\b(?:sa(?:id|ys?)|wr(?:ote|ites?|iting|itten)|argu(?:ed?|es|ing)|explain(?:ed|s|ing)?|declar(?:ed?|es|ing)|"
    r"stat(?:ed?|es|ing)|not(?:ed|es|ing)|remark(?:ed|s)|observ(?:ed|es)|comment(?:ed|s)|conclud(?:ed|es)|"
    r"recall(?:ed|s)|insist(?:ed|s)|warn(?:ed|s)|describ(?:ed|es)|report(?:ed|s)|answer(?:ed|s)|repli(?:ed|es)|"
    r"add(?:ed|s)|continu(?:ed|es)|summari[sz](?:ed|es)|put it|puts it|in (?:his|her|their|its) words|as follows|"
    r"reads?|quot(?:ed?|es|ing)|according to|asks?|asked|affirm(?:ed|s)|maintain(?:ed|s)|claim(?:ed|s)|"
    r"schr(?:ieb|eibt|ieben|eiben)|sagte?n?|erklärten?|erklärt|meinten?|heißt es|bemerkte?|betonte?|argumentierte?|"
    r"stellte fest|berichtete?|antwortete|folgendes|"
    r"écri(?:t|vait|vit|vent)|dit|disait|déclar(?:e|ait|a)|expliqu(?:e|ait|a)|affirm(?:e|ait|a)|not(?:e|ait|a)|"
    r"soulign(?:e|ait|a)|répond(?:it)?|remarqu(?:e|ait|a)|en ces termes|"
    r"escrib(?:e|ió|ía)|dijo|dice|decía|afirm(?:a|ó|aba)|explic(?:a|ó|aba)|señal(?:a|ó|aba)|declaró|declara|"
    r"sostiene|sostuvo|argument(?:a|ó)|concluy(?:e|ó)|"
    r"scriv(?:e|eva)|scrisse|diss(?:e|ero)|dice|affermò|spieg(?:a|ò)|osserv(?:a|ò)|dichiar(?:a|ò)|sostenne|"
    r"escrev(?:e|eu|ia)|disse|diz|afirm(?:a|ou)|explic(?:a|ou)|declar(?:a|ou)|"
    r"schreef|schrijft|zei|zegt|verklaarde?|merkte|stelde|"
    r"писала?|написала?|пишет|сказала?|говорила?|говорит|заявила?|отмечала?|отмечает|утверждала?|утверждает|"
    r"объясняла?|указывала?|замечает|заметила?)\b",
    re.IGNORECASE,
)
_FUNCTION_WORD_LIST = (
    "a an the and or but of in on at to for from by with as is are was were be been it its this that these "
    "those he she "
    "they we you i his her their our your my not no if then so than der die das und oder ein eine im am zu von mit ist "
    "sind war nicht le la les un une et ou de des du au aux en dans est sont el los las y o u del al que por "
    "para con es "
    "il lo gli e di da che per non è o os as um uma do na no em het een van op te и в на не с что как по из к у "
    "о а но"
)
FUNCTION_WORDS = frozenset(_FUNCTION_WORD_LIST.split())
OPEN_ENDING = re.compile(
    r"\b(?:may|must|shall|should|will|can|cannot|the|an|and|or|that|which|because|und|oder|dass|et|ou|que|y)$"
)
"""A line that ends so goes on: in a list below it, or in the next line."""
THINGS_SAID = re.compile(
    r"(?<=\s)(?!(?:s?he|it|who|one) )[a-z]+ (?:reports|notes|claims|comments|remarks|answers|replies|states)$"
)
"""Words that are verbs of saying behind a name or a pronoun, and at a title's end things that were said."""
