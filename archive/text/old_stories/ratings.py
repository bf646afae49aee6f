"""The ratings of every old system, in the words of this archive."""

import re

GENERAL, TEEN, MATURE, EXPLICIT, NOT_RATED = (
    "rating-general-audience", "rating-teen", "rating-mature", "rating-explicit", "rating-notrated",
)  # fmt: skip
# Where an old word lies between two of ours, the stronger one is proposed.
SYSTEMS = {
    GENERAL: r"G|U|K|FRC|FR-C|FRK|TV-?G|TV-?Y7?|gen(?:eral)?(?: audiences?)?|all ages|everyone|child(?:ren)?|family|0\+|6\+",
    TEEN: (
        r"PG-?\s?1[2-5]|PG|K\+|T\+?|FRT|FR-?T|FRTEEN|FR-?1[35]|TV-?PG|TV-?14|teens?(?: and up(?: audiences)?)?|12A?\+?|13\+|14\+|"
        r"young adult"
    ),
    MATURE: r"(?:hard |soft |light |mild )?R(?:-?1[5-8])?|M|FRM|FR-?M|FR18|(?:hard |soft )?mature(?: audiences)?|15\+?|16\+?|lime",
    EXPLICIT: (
        r"NC-?\s?-?17|NC-?18|NC17|MA|M/A|TV-?MA|FRAO|FR-?AO|FRMAO|FR-?MAO|AO|X{1,3}|adults?(?: only)?|18\+?|21\+?|explicit|lemon|"
        r"smut|porn|NSFW|E"
    ),
    NOT_RATED: r"unrated|not rated|NR|none|n/a",
}  # fmt: skip
ANY = "|".join(SYSTEMS.values())
# One alternation for each system would find "G" in "PG-13": the longest word that stands alone wins.
RATING = re.compile(
    r"(?<![\w+-])(?:" + "|".join(f"(?P<{code.replace('-', '_')}>{words})" for code, words in SYSTEMS.items()) + r")(?![\w+]|-\w)",
    re.IGNORECASE,
)
# What says a rating in any sentence; the others are letters and words that sentences use as well.
UNMISTAKABLE = re.compile(r"(?<![\w-])(?:NC-?\s?17|PG-?\s?1[35]|FRAO|FRMAO|FRT|TV-?MA|TV-?14)(?![\w-])", re.IGNORECASE)
LONGEST_RATING = 200  # characters of a value that say it; what follows are reasons
REASON = re.compile(r"\s(?:for|because|due|since|as|if|owing)\b|[(\[;.]|\s--?\s|\s[–—]\s", re.IGNORECASE)


def in_value(value: str) -> list[tuple[str, str]]:
    """The codes that the value of a rating says, each with its word; reasons behind it are not looked at."""
    begin = value.lstrip(" ([*_\"'")[:LONGEST_RATING]
    if cut := REASON.search(begin):
        found = _found(RATING, begin[: cut.start()])
        return found or _found(RATING, begin)[:1]
    return _found(RATING, begin)


def in_sentence(sentence: str) -> list[tuple[str, str]]:
    """The codes that a sentence says beyond doubt."""
    return [pair for word in UNMISTAKABLE.findall(sentence) for pair in _found(RATING, word)]


def _found(pattern: re.Pattern[str], words: str) -> list[tuple[str, str]]:
    answer: dict[str, str] = {}
    for found in pattern.finditer(words):
        answer.setdefault((found.lastgroup or "").replace("_", "-"), found[0].strip())
    return list(answer.items())
