"""Names the sets of characters that the rules of this slice speak of, ready to stand in a regular expression's class."""

C0_CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f"  # but tab and line ends
C1_CONTROLS = "\x80-\x9f"
SURROGATES = "\ud800-\udfff"
NON_CHARACTERS = "\ufdd0-\ufdef" + "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
# Marks that turn the direction of all that follows; the gentler left-to-right and right-to-left marks are HINTS.
REORDERING = "\u202a-\u202e\u2066-\u2069"
DIRECTION_HINTS = "\u061c\u200e\u200f"
RIGHT_TO_LEFT = "\u0590-\u08ff\ufb1d-\ufdfc\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
JOINERS = "\u200c\u200d"
TAG_CHARACTERS = "\U000e0000-\U000e007f"
# Zero-width characters, fillers and blanks that pretend to be letters; joiners, hints and tags are apart.
HIDDEN = (
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060-\u2065\u206a-\u206f\u2800\u3164"
    "\ufeff\uffa0\ufff9-\ufffb\U0001d173-\U0001d17a"
)
VARIATION_SELECTORS = "\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef"

LATIN = (
    "A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02b8\u1d00-\u1d25\u1d2c-\u1d5c\u1d62-\u1d65"
    "\u1d6b-\u1d77\u1e00-\u1eff\u2c60-\u2c7f\ua722-\ua7ff\uff21-\uff3a\uff41-\uff5a"
)
GREEK = "\u0370-\u03ff\u1f00-\u1fff"
CYRILLIC = "\u0400-\u052f\u1c80-\u1c8f\u2de0-\u2dff\ua640-\ua69f"
# Accents of those three scripts; other scripts' marks are spelling.
ACCENTS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
