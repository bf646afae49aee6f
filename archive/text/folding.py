"""Folds names into keys, under which spellings of one name meet."""

import re
import unicodedata

from archive.text import characters

# Accents are folded away only where readers leave them out: over Latin, Greek and Cyrillic letters. The
# vowel signs of Hebrew, Arabic, Indic scripts and Thai, and the voicing marks of kana, are spelling.
ACCENTED = re.compile(f"([{characters.LATIN}{characters.GREEK}{characters.CYRILLIC}])[{characters.ACCENTS}]+")
# Not seen, so they tell no two names apart.
UNSEEN = re.compile(
    f"[{characters.HIDDEN}{characters.REORDERING}{characters.DIRECTION_HINTS}{characters.JOINERS}"
    f"{characters.TAG_CHARACTERS}{characters.VARIATION_SELECTORS}]",
)
DOTLESS = str.maketrans({"ı": "i", "ȷ": "j"})


def fold(text: str) -> str:
    """The key of a name: compatibility forms, case, Latin, Greek and Cyrillic accents and spacing made equal.

    Folding a key gives the same key.
    """
    if text.isascii():
        return " ".join(text.lower().split())
    folded = _folded_once(text)
    while (again := _folded_once(folded)) != folded:
        folded = again
    return folded


def _folded_once(text: str) -> str:
    lowered = unicodedata.normalize("NFKC", UNSEEN.sub("", text)).casefold().translate(DOTLESS)
    bare = ACCENTED.sub(r"\1", unicodedata.normalize("NFD", lowered))
    return " ".join(unicodedata.normalize("NFKC", bare).split())
