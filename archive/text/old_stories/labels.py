"""The words that old headers begin their lines with, and what each of them says."""

import re
from enum import StrEnum
from functools import lru_cache

from archive.text.folding import fold


class Label(StrEnum):
    """What a line of a header speaks of."""

    TITLE = "title"
    AUTHOR = "author"
    FANDOM = "fandom"
    RELATIONSHIP = "relationship"
    CHARACTER = "character"
    RATING = "rating"
    CATEGORY = "category"
    WARNING = "warning"
    SUMMARY = "summary"
    NOTE = "note"
    DISCLAIMER = "disclaimer"
    SPOILER = "spoiler"
    SERIES = "series"
    THANKS = "thanks"
    PART = "part"
    MAIL = "mail"
    SUBJECT = "subject"
    OTHER = "other"


# As they are looked up: in small letters, without apostrophes, dots and other marks; a last "s" may be there or not.
WORDS = {
    Label.TITLE: "title|story title|fic title|fic|fanfic|name|story|titre|titel",
    Label.AUTHOR: (
        "author|writer|written by|by|penname|pen name|pseud|email|e-mail|mail|address|author email|authors email|email address|"
        "contact|website|web site|webpage|homepage|home page|url|journal|lj|username|author name|auteur|autor|autorin"
    ),
    Label.FANDOM: "fandom|universe|show|crossover|crossover with|crossing with|source|canon|verse|fandome",
    Label.RELATIONSHIP: (
        "pairing|paring|pairing code|ship|couple|relationship|romance|pair|otp|main pairing|side pairing|pairs|pairing if any|"
        "couplage|paarung"
    ),
    Label.CHARACTER: "character|char|chars|cast|starring|featuring|main character|people|focus|personnages|charaktere",
    Label.RATING: "rating|rated|age rating|film rating|rate|classification rating|bewertung",
    Label.CATEGORY: (
        "category|categorie|genre|type|keyword|key word|classification|class|code|story code|tag|story type|slash|label|gender"
    ),
    Label.WARNING: (
        "warning|warn|caution|content warning|content note|content|contains|content advisory|advisory|cw|tw|trigger|"
        "trigger warning|trigger note|triggers and warnings|squick|squick warning|kink|caveat|heads up|adult content|"
        "archive warning|standard warning|warnungen|warnung|avertissement"
    ),
    Label.SUMMARY: "summary|sum|synopsis|description|desc|teaser|blurb|plot|in short|in a nutshell|about|resume|inhalt",
    Label.NOTE: (
        "a/n|an|an 1|a n|author note|authors note|authoress note|author comment|authors comment|note|nb|comment|remark|"
        "note from the author|note to reader|notes from author|authors ramblings|ramblings|blather|babble|setting|set|timeline|"
        "time line|timeframe|time frame|time|background|history|continuity|pov|point of view|language note|anmerkung|explanation"
    ),
    Label.DISCLAIMER: (
        "disclaimer|disclaim|legal|legal stuff|legalese|legal note|legal notice|disc|copyright|standard disclaimer|"
        "the usual disclaimer|boring legal stuff|ownership|declaimer"
    ),
    Label.SPOILER: "spoiler|spoiler alert|spoiler warning|spoils|spoiler level|season|episode|ep|eps|up to|episode related",
    Label.SERIES: "series|series title|sequel to|sequel|prequel to|prequel|part of|follows|story arc|arc",
    Label.THANKS: (
        "beta|beta reader|betareader|betaed by|beta by|betad by|beta read by|thanks|thanks to|thank you|many thanks|credit|"
        "acknowledgement|acknowledgment|dedication|dedicated to|dedicated|gift for|for|recipient|prompt|challenge|for challenge|"
        "challenge response|request|requested by|written for|response to|in response to|inspired by|inspiration|song|lyrics|"
        "soundtrack|music|based on|translator|translation|artist|art|cover"
    ),
    Label.PART: "part|chapter|parts|chapters|section|installment|instalment",
    Label.MAIL: (
        "from|to|cc|bcc|reply-to|reply to|message-id|newsgroup|organization|organisation|sender|lines|received|mime-version|"
        "content-type|content-transfer-encoding|references|in-reply-to|list-id|delivered-to|mailing-list|precedence|return-path|"
        "followup-to|path|xref|nntp-posting-host|user-agent|approved|status-x"
    ),
    Label.SUBJECT: "subject",
    Label.OTHER: (
        "feedback|fb|review|archive|archiving|archive permission|archived|archived at|distribution|dist|permission|status|date|"
        "word count|wordcount|words|length|size|complete|completed|finished|started|begun|written|posted|date posted|revised|"
        "first posted|updated|language|lang|sprache|flames|criticism|where to find|first published|published|published in|format|"
        "warranty|permission to archive|links|link|improv|spam|posting date|completion date|date written|date completed"
    ),
}  # fmt: skip
MEANINGS = {word: label for label, words in WORDS.items() for word in words.split("|")}
# What begins lines of stories, letters and diaries as well: never enough to tell a header by.
SHARED = (
    "name|story|by|show|source|canon|verse|pair|ship|couple|romance|people|focus|cast|class|type|label|code|plot|about|set|time|"
    "setting|history|background|explanation|season|episode|ep|up to|sequel|follows|for|thanks|thank you|request|song|music|art|"
    "cover|part|chapter|parts|chapters|section|from|to|cc|date|lines|path|words|length|size|written|posted|started|finished|"
    "complete|completed|status|language|link|links|spam|mail|address|contact|journal|url|subject|references|received|sender|"
    "organization|permission|published|published in|gender|rate|fic|legal|an|sum|content|contains|content note|in short|"
    "comment|remark|review|caution|kink|heads up|advisory|an 1|a n|arc|slash|tag|improv|approved|warn|lyrics|ownership|"
    "point of view|letter|credit|dist|lj|titre|titel|resume"
)
AMBIGUOUS = frozenset(SHARED.split("|"))
BEFORE = re.compile(
    r"(?:(?:the|my|story|fic|main|brief|short|general|standard|obligatory|usual|additional|other|possible|specific|quick|"
    r"important|overall|further|major|more|long|some|first|general|suggested|fan|author) )+"
)
UNHEARD = re.compile(r"[^\w /&+-]|_")
ASIDE = re.compile(r"\s*[(\[][^()\[\]]*[)\]]?")
JOINED = re.compile(r" ?[/&+] ?| and ")
LONGEST_LABEL = 40


@lru_cache(4_096)
def meanings(label: str) -> tuple[Label, ...]:
    """What a label says; more than one of `Pairing/Rating`, none of what is no label."""
    key = _key(label)
    if not key or len(key) > LONGEST_LABEL:
        return ()
    if found := _meaning(key):
        return (found,)
    joined = [_meaning(part) for part in JOINED.split(key)]
    return tuple(dict.fromkeys(part for part in joined if part)) if all(joined) else ()


def is_ambiguous(label: str) -> bool:
    """Whether stories use the word at the beginning of a line, too."""
    key = _key(label)
    return key in AMBIGUOUS or key.removesuffix("s") in AMBIGUOUS


def _key(label: str) -> str:
    label = ASIDE.sub("", label)
    key = " ".join(UNHEARD.sub(" " if "." in label and " " not in label else "", fold(label)).split())
    return key.removesuffix("/s").strip(" /&+-0123456789")


def _meaning(key: str) -> Label | None:
    if key.startswith("x-"):
        return Label.MAIL
    for word in (key, BEFORE.sub("", key, count=1)):
        if found := MEANINGS.get(word) or MEANINGS.get(word.removesuffix("s")) or MEANINGS.get(word.removesuffix(" s")):
            return found
    return None
