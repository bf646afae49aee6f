"""The words by which a text file of ours is read again. They stay English, whatever the language of the interface, as AO3's do."""

BY = "by "
BEFORE = "Before you read"
CONTENT_NOTES = "What the author says about it"
ABOUT = "About this work"
SUMMARY = "Summary"
NOTES = "Notes"
TEXT = "Text"  # where one begins that something stands before
CHAPTER = "Chapter"
CHAPTER_SUMMARY = "Chapter Summary"
CHAPTER_NOTES = "Chapter Notes"
CHAPTER_END_NOTES = "Chapter End Notes"
AFTERWORD = "Afterword"
END_NOTES = "End Notes"

LANGUAGE = "Language"
SERIES = "Series"
STATS = "Stats"
SOURCE = "Posted originally on"
IN_CHAPTER = "In this chapter"
NEWER = "A newer version may be found at "

WIDEST_LINE = 72  # characters of the line under a heading


def underlined(words: str, sign: str) -> str:
    """A heading of plain text, with its line."""
    return f"{words}\n{line_under(words, sign)}"


def line_under(words: str, sign: str) -> str:
    """The line under a heading of plain text."""
    return sign * min(len(words), WIDEST_LINE)
