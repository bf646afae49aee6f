"""Tells what an author says beside the story from the story itself, where no label stands before it."""

import re

LONGEST_NOTE = 1_000
# Words that nobody but an author of a fan work says.
PLAIN = re.compile(
    r"\b(?:fan ?fic(?:tion)?s?|this (?:fic|ficlet|drabble|story (?:is|was|contains|takes place|happens|has|follows))|(?:my|"
    r"first|this|the) "
    r"(?:first |new |latest )?fic\b|this is an? (?:AU|sequel|prequel|crossover|slash)|is (?:an )?(?:AU|A/U)\b|alternate universe|"
    r"un?betaed|beta'?d|my beta|beta reader|r ?& ?r|read and review|please review|reviews? (?:is|are|make)|no flames|flames will|"
    r"constructive criticism|feedback (?:is|welcome|please|appreciated|makes)|disclaimer|(?:do not|don'?t|"
    r"doesn'?t) own (?:any(?:thing| of)|these|"
    r"them|the (?:characters|show|rights))|no (?:profit|money) (?:is|was|being)|not making (?:any )?money|"
    r"no copyright infringement|"
    r"PWP|OOC|mary[- ]sue|on with the (?:story|fic|show)|enjoy the (?:story|fic)|hope you (?:like|enjoy)|cross-?posted|livejournal|"
    r"wrote this (?:for|in|at|when|because)|slashy?\b(?= (?:ahead|story|fic|warning))|please heed|heed the (?:warnings?|rating)|"
    r"squick|non-?con\b|dub-?con\b|character death|AU\b.{0,40}(?:season|canon)|don'?t like,? don'?t read|you have been warned|"
    r"borrow(?:ing|ed) them|belongs? to (?:their|its|the) (?:respective )?(?:owners?|creators?))",
    re.IGNORECASE,
)
RATED = re.compile(r"(?<![\w-])(?:NC-?17|PG-?13|FRAO|FRMAO)(?![\w-])")
SPEECH = re.compile(r"[\"“«„‘']")


def is_note(words: str) -> bool:
    """Whether a paragraph is surely said by the author beside the story."""
    if len(words) > LONGEST_NOTE or SPEECH.match(words):
        return False
    return bool(PLAIN.search(words) or RATED.search(words))
