"""Phrases that speak of what the archive warns of, and of who loves whom."""

import re
from typing import NamedTuple

NONE, UNSAID, VIOLENCE, DEATH, NONCON, UNDERAGE = (
    "warning-no", "warning-choosenotto", "warning-violence", "warning-death", "warning-noncon", "warning-underage",
)  # fmt: skip
WARNINGS = {
    VIOLENCE: (
        r"violen\w*|tortur\w*|gor[ey]\b|gory|gore|mutilat\w*|bloody|bloodshed|blood and guts|beatings?|dismember\w*|massacre|"
        r"whipping|brutal\w*|sadis\w*|abuse\w*|cruelty|cannibal\w*|body horror|snuff|slaughter|murders?"
    ),
    DEATH: (
        r"(?:major |main |canon |multiple |minor |implied )*character deaths?|death ?-?fic|death of (?:a |an )?(?:major |"
        r"main )?\w+|death|"
        r"\w+ (?:dies|die|is killed)|people die|suicide|dead \w+|mcd|deaths"
    ),
    NONCON: (
        r"non-?\s?con\w*|noncon\w*|dub-?\s?con\w*|dubious(?:ly)? consen\w*|rape\w*|raping|sexual (?:assault|abuse|violence|slavery|"
        r"torture|coercion)|forced sex|molest\w*|without consent|questionable consent|n/c|nonconsensual"
    ),
    UNDERAGE: (
        r"under-?\s?age\w*|chan|shota\w*|loli\w*|minors? (?:having|in|and) sex\w*|child sexual abuse|pa?edophil\w*|statutory"
    ),
    UNSAID: (
        r"(?:chooses?|chose|choosing|prefers?|would rather) not to (?:warn|use|say|tell)\w*|(?:not|won'?t be|don'?t) warn(?:ing)?|"
        r"would spoil|(?:very |extremely )?dark\w*(?:,? please heed)?|please heed|heed the (?:warnings?|rating|header)|"
        r"read at your own risk|you have been warned|disturbing\w*|not for the (?:squeamish|faint)|proceed with caution|"
        r"too many to (?:list|name|count)|graphic content"
    ),
}  # fmt: skip
NO_WARNINGS = re.compile(
    r"(?:no(?:ne|pe|thing| (?:archive |real |major |specific )?warnings?(?: apply| needed| necessary| required)?)?|n/?a|"
    r"not applicable|"
    r"zip|nil|nada|-+)(?: really| that i (?:can think|know) of| (?:i can think|that come to mind)\b.*| whatsoever| at all|"
    r" apply| needed|"
    r" necessary| for this (?:chapter|part|one|story))*[\s.!)\]*_]*",
    re.IGNORECASE,
)
WARNED = {code: re.compile(rf"(?<![\w-])(?:{words})(?![\w])", re.IGNORECASE) for code, words in WARNINGS.items()}
# "No character death", "non-graphic violence": what is promised not to be there. Up to three words may stand between.
DENIED = re.compile(
    r"(?:\b(?:no|not|without|never|zero|isn'?t|aren'?t|free of|nobody)|\bnon[- ]?graphic|n't)(?:[ -][\w'-]+){0,3}[ -]?$",
    re.IGNORECASE,
)
TURNED = re.compile(r"\b(?:but|except|only|just|however|apart from|other than)\b", re.IGNORECASE)
CLAUSE_END = re.compile(r"[,;.!?()\[\]|•\n]|\s[-–—]+\s|\s?/\s|\s\+\s")
JOINING = re.compile(r"^(?:and|or|but|also|plus)\s+", re.IGNORECASE)
LONGEST_CLAUSE = 120

CATEGORIES = {
    "category-femslash": r"f\s?/\s?f|fem(?:me)?-?slash|yuri|shou?jo-?ai|f/f/f",
    "category-het": r"m\s?/\s?f|f\s?/\s?m|het",
    "category-slash": r"m\s?/\s?m|(?:pre-?)?slashy?|yaoi|shou?nen-?ai|m/m/m|boy ?love|bl",
    "category-gen": r"gen|gen ?fic|no pairings?|no romance",
    "category-multi": r"m/m/f|m/f/m|f/m/m|f/f/m|f/m/f|m/f/f|threesome|moresome|poly(?:amory)?|multi|orgy",
}
CATEGORY = {
    code: re.compile(rf"(?<![\w/-])(?:{words})(?![\w/-]|\s?/\s?[mf]\b)", re.IGNORECASE) for code, words in CATEGORIES.items()
}


class Found(NamedTuple):
    """What is proposed, by the archive's own code for it, and the words that led to it."""

    code: str
    words: str


def warnings_in(words: str) -> list[Found]:
    """The archive's warnings that phrases speak of, each with its phrase; what is said not to be there is passed over."""
    found = []
    for code, pattern in WARNED.items():
        for one in pattern.finditer(words):
            start, stop = _clause(words, one.start(), one.end())
            before = words[start : one.start()]
            if not DENIED.search(TURNED.split(before)[-1]):
                found.append((one.start(), Found(code, _short(words[start:stop], one[0]))))
    return list(dict.fromkeys(one for _place, one in sorted(found)))


def says_no_warnings(words: str) -> bool:
    """Whether the value of a warning says that there is none."""
    return bool(NO_WARNINGS.fullmatch(words.strip(" \t*_()[]")))


def categories_in(words: str) -> list[Found]:
    """The categories that a header speaks of, each with its word."""
    return [Found(code, one[0]) for code, pattern in CATEGORY.items() if (one := pattern.search(words))]


def _clause(words: str, start: int, stop: int) -> tuple[int, int]:
    """The bounds of the clause round a phrase."""
    begin = max((found.end() for found in CLAUSE_END.finditer(words, max(0, start - LONGEST_CLAUSE), start)), default=0)
    end = CLAUSE_END.search(words, stop, min(len(words), stop + LONGEST_CLAUSE))
    return max(begin, start - LONGEST_CLAUSE, 0), end.start() if end else min(len(words), stop + LONGEST_CLAUSE)


def _short(clause: str, phrase: str) -> str:
    squished = JOINING.sub("", " ".join(clause.split()).strip(" *_-–—:\"'"))
    return squished if len(squished) <= LONGEST_CLAUSE else " ".join(phrase.split())
