"""Words as the index keeps them: without case, accents and endings, each sign of Chinese, Japanese, Korean and Thai for itself.

Works are written in many languages and readers type in one box. So all languages share one field, and a word that is looked for
stands for what each language makes of it. The index itself reduces words by the rules of English, since most works are
in it; a text in another language is reduced by the rules of its own before it is given to the index, and so is what is looked for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import tantivy

# The languages whose endings tantivy knows, by the first part of their codes.
STEMMERS = {
    "ar": "arabic", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish", "fi": "finnish",
    "fr": "french", "hu": "hungarian", "it": "italian", "nb": "norwegian", "nl": "dutch", "nn": "norwegian", "no": "norwegian",
    "pt": "portuguese", "ro": "romanian", "ru": "russian", "sv": "swedish", "ta": "tamil", "tr": "turkish",
}  # fmt: skip
ENGLISH = "english"
NAMES = "en"  # names of tags and people are reduced as English ones, whatever a work is written in
LONGEST_WORD = 60  # characters; what is longer is no word, and would only swell the index

# Signs that are words, or parts of words that no space divides: Thai, kana, Han, hangul.
SIGNS = re.compile(
    r"[\u0e00-\u0e7f\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003fffd]"
)
# Marks over and under Arabic letters that say how they are spoken, and the stroke that draws a word out: seldom written.
SPOKEN = re.compile(r"[\u0640\u064b-\u065f\u0670\u06d6-\u06ed]")
# Emoji and other pictures: no tokenizer takes them for words, so each becomes a word that names its place in Unicode.
PICTURES = re.compile(r"[\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]")
WILDCARDS = "*?"
APOSTROPHES = re.compile(r"(?<=\w)['’ʼ](?=\w)")


@cache
def analyzer(stemmer: str) -> tantivy.TextAnalyzer:
    """Answer what reduces words by the rules of one language, or of none."""
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    builder = builder.filter(tantivy.Filter.remove_long(LONGEST_WORD)).filter(tantivy.Filter.lowercase())
    if stemmer:
        builder = builder.filter(tantivy.Filter.stemmer(stemmer))
    return builder.filter(tantivy.Filter.ascii_fold()).build()


@cache
def stemmer_of(language: str) -> str:
    """Answer whose endings a language with this code has."""
    return STEMMERS.get(first_part(language), "")


def first_part(language: str) -> str:
    """Answer the code of a language without that of its country or script."""
    return language.partition("-")[0].lower()


def spaced(text: str) -> str:
    """Answer a text with its apostrophes and Arabic vowel marks gone and each sign and emoji for itself."""
    if "'" in text or "’" in text or "ʼ" in text:
        text = APOSTROPHES.sub("", text)
    if text.isascii():
        return text
    return PICTURES.sub(_named, SIGNS.sub(r" \g<0> ", SPOKEN.sub("", text)))


def _named(picture: re.Match[str]) -> str:
    """Answer the word that stands for a picture."""
    return f" u{ord(picture[0]):x} "


def prepared(text: str, language: str) -> str:
    """Answer a text in the language of this code as it is given to the index."""
    stemmer = stemmer_of(language)
    return spaced(text) if stemmer == ENGLISH else " ".join(analyzer(stemmer).analyze(spaced(text)))


def words_of(text: str, language: str) -> list[str]:
    """Answer the words that the index keeps of a text in the language of this code, in order."""
    return analyzer(ENGLISH).analyze(prepared(text, language))


@dataclass(frozen=True, slots=True)
class Reading:
    """What the words of a question stand as in the index, and in which languages they do: with none of these in any."""

    words: tuple[str, ...]
    languages: frozenset[str] = frozenset()  # the first parts of their codes


def readings(text: str, language: str = "") -> list[Reading]:
    """Answer what the words of a question may stand as in the index: by the rules of one language or, without one, of each.

    By the rules of English words stand so whatever a work is written in, since the index goes by these.
    """
    plain = tuple(words_of(text, language or NAMES))
    if language:
        return [Reading(plain)] if plain else []
    found: dict[tuple[str, ...], set[str]] = {}
    for code in STEMMERS:
        found.setdefault(tuple(words_of(text, code)), set()).add(code)
    everywhere = dict.fromkeys([plain, tuple(words_of(text, ""))])
    bound = (Reading(reading, frozenset(codes)) for reading, codes in found.items() if reading not in everywhere)
    return [reading for reading in (*map(Reading, everywhere), *bound) if reading.words]


def wild_words(text: str) -> list[str]:
    """Answer the words of something typed with wildcards, folded, each with those that it holds: `*` for any signs, `?` for one."""
    found = []
    for part in spaced(text).split():
        folded = "".join(
            "".join(analyzer("").analyze(piece)) if piece not in WILDCARDS else piece for piece in re.split(r"([*?])", part)
        )
        if folded.strip(WILDCARDS):
            found.append(folded)
    return found


def expression(word: str) -> str:
    """Answer the regular expression for a folded word with wildcards; none of its letters means anything else there."""
    return word.replace("*", ".*").replace("?", ".")
