"""Names of languages, as databases state them, told as ISO 639-1 codes."""

from __future__ import annotations

import re

_NAMES = {
    name: code
    for code, names in (
        ("ar", "arabic arabisch arabe árabe العربية"),
        ("bg", "bulgarian bulgarisch bulgare български"),
        ("ca", "catalan katalanisch català catalán"),
        ("cs", "czech tschechisch tchèque checo čeština"),
        ("da", "danish dänisch danois danés dansk"),
        ("de", "german deutsch germans allemand alemán alemão tedesco duits немецкий"),
        ("el", "greek griechisch grec griego ελληνικά"),
        ("en", "english englisch anglais inglés inglês inglese engels englishs английский"),
        ("es", "spanish spanisch espagnol español espanhol spagnolo spaans castellano испанский"),
        ("et", "estonian estnisch estonien eesti"),
        ("eu", "basque baskisch euskara"),
        ("fa", "persian persisch persan farsi فارسی"),
        ("fi", "finnish finnisch finnois finés suomi"),
        ("fr", "french französisch français francais francés francês francese frans французский"),
        ("he", "hebrew hebräisch hébreu hebreo עברית"),
        ("hi", "hindi"),
        ("hr", "croatian kroatisch croate croata hrvatski"),
        ("hu", "hungarian ungarisch hongrois húngaro magyar"),
        ("id", "indonesian indonesisch indonésien indonesia"),
        ("it", "italian italienisch italien italiano итальянский"),
        ("ja", "japanese japanisch japonais japonés 日本語"),
        ("ko", "korean koreanisch coréen coreano 한국어"),
        ("lt", "lithuanian litauisch lituanien lietuvių"),
        ("lv", "latvian lettisch letton latviešu"),
        ("ms", "malay malaiisch malais melayu"),
        ("nl", "dutch niederländisch néerlandais holandés holandês olandese nederlands"),
        ("no", "norwegian norwegisch norvégien noruego norsk"),
        ("pl", "polish polnisch polonais polaco polski польский"),
        ("pt", "portuguese portugiesisch portugais portugués português portoghese portugees"),
        ("ro", "romanian rumänisch roumain rumano română"),
        ("ru", "russian russisch russe ruso russo русский"),
        ("sk", "slovak slowakisch slovaque eslovaco slovenčina"),
        ("sl", "slovenian slowenisch slovène esloveno slovenščina"),
        ("sr", "serbian serbisch serbe serbio srpski српски"),
        ("sv", "swedish schwedisch suédois sueco svenska"),
        ("th", "thai thaï ไทย"),
        ("tr", "turkish türkisch turc turco türkçe"),
        ("uk", "ukrainian ukrainisch ukrainien українська"),
        ("ur", "urdu"),
        ("vi", "vietnamese vietnamesisch vietnamien"),
        (
            "zh",
            "chinese chinesisch chinois chino chinês cinese mandarin 中文 简体中文 繁體中文 中文（简体） 中文（繁體）",
        ),
    )
    for name in names.split()
}
_CODES = frozenset(_NAMES.values())


def language_code(stated: str) -> str:
    """`de` for `Deutsch`, `GERMAN; DEUTSCH` or `DE`; "" for what is no name of a language known here."""
    for part in re.split(r"[;,/|(（-]", stated.casefold()):
        word = part.strip(" )")
        if word in _CODES or word in _NAMES:
            return _NAMES.get(word, word)
        first = word.split(" ")[0]  # "chinese simplified"
        if first in _NAMES:
            return _NAMES[first]
    return ""
