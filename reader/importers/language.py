"""Which language a text is in, guessed from its script and its commonest small words."""

from __future__ import annotations

import re
from collections import Counter

SAMPLE_CHARACTERS = 20_000
MIN_WORDS = 5
"""With fewer small words than this, nothing is said."""

_PROFILES = {
    "en": "the of and to in that was he is it for with as his on be at by had not but from have they which this were "
    "are she you their been has would who more when said there if will what so into",
    "de": "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an er so dass daß "
    "war sie nach wird bei einer um am sind noch wie einem über aber nur ich durch man",
    "fr": "de la le et les des en un du une que est pour qui dans par sur pas au plus ne se ce il sont avec cette ou "
    "était mais elle nous comme leur été son sa aux ses je vous à d’un",
    "es": "de la que el en y los del se las por un para con no una su al lo como más pero sus le ya fue este sí porque "
    "esta entre cuando muy sin sobre también me hasta hay donde era",
    "it": "di e il la che in un è per una non del sono con si da le dei nel alla come più ma al gli della lo i anche "
    "delle era ha questo se ed nella suo sua erano quando dal",
    "pt": "de a o que e do da em um para com não uma os no se na por mais as dos como mas ao ele das à seu sua "
    "ou quando "
    "muito nos já eu também só pelo pela até isso foi era são",
    "nl": "de van het een en in is dat op te zijn met voor niet aan er die om als ook maar dan bij nog uit naar door "
    "over hij werd zij ik was wordt had deze heeft",
    "sv": "och i att det som en på är av för med till den har de inte om ett han men var jag sig från vi så kan när",
    "da": "og i at det er en til af på for med den der som de ikke har et han men var jeg sig fra vi så kan når blev",
    "pl": "i w na z się nie do to że jest o jak po co ale za od przez był jego które tak dla tym czy już jako",
    "cs": "a se v na je že o s z do i to jako ve za by ale po pro jsem byl nebo jeho také podle už jen",
    "fi": "ja on oli ei että se hän kun mutta niin kuin joka ovat myös tai sen vain jo",
    "la": "et in est non ad ut cum quod qui sed si quae ex de per esse aut nec enim autem sunt",
}
_CYRILLIC = {
    "ru": "и в не на что он с как а то по это из у к его за было от так же бы но был все она они",
    "uk": "і в не на що він з як а то по це із у до його за було від так же би але був всі вона та є",
    "bg": "и в не на че той с как а това по от у към за беше се да са със",
}
_WORD = re.compile(r"[^\W\d_]+(?:’[^\W\d_]+)?")
_SCRIPTS = (
    (re.compile("[\u3041-\u30ff]"), "ja", 0.05),
    (re.compile("[\uac00-\ud7af]"), "ko", 0.3),
    (re.compile("[\u4e00-\u9fff]"), "zh", 0.3),
    (re.compile("[\u0370-\u03ff\u1f00-\u1fff]"), "el", 0.5),
    (re.compile("[\u0590-\u05ff]"), "he", 0.5),
    (re.compile("[\u0600-\u06ff]"), "ar", 0.5),
)
_CYRILLIC_LETTER = re.compile("[\u0400-\u04ff]")


def guess_language(text: str) -> str:
    """Return the BCP 47 tag of the likeliest language; an empty string where little speaks for any."""
    sample = text[:SAMPLE_CHARACTERS] if len(text) < 3 * SAMPLE_CHARACTERS else _middle(text)
    letters = sum(map(str.isalpha, sample)) or 1
    for script, tag, share in _SCRIPTS:
        if len(script.findall(sample)) >= share * letters:
            return tag
    counts = Counter(_WORD.findall(sample.lower().replace("'", "’")))
    profiles = _CYRILLIC if len(_CYRILLIC_LETTER.findall(sample)) > 0.5 * letters else _PROFILES
    scores = {tag: sum(counts[word] for word in set(words.split())) for tag, words in profiles.items()}
    best = max(scores, key=lambda tag: scores[tag])
    return best if scores[best] >= max(MIN_WORDS, 0.05 * counts.total()) else ""


def _middle(text: str) -> str:
    """Return a sample from the beginning and one from the middle: the beginning may be in another language."""
    half = SAMPLE_CHARACTERS // 2
    return text[:half] + text[len(text) // 2 : len(text) // 2 + half]
