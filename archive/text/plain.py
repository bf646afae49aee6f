"""Gives the words of clean HTML without the markup, for excerpts, previews and mail."""

import html
import re

LINE_END = re.compile(
    r"<(?:br|hr)[^<>]*+>|</(?:address|blockquote|caption|center|dd|details|div|dl|dt|figcaption|figure|h[1-6]|li|ol|p|pre|summary|table|tr|ul)>",
)
CELL_END = re.compile(r"</t[dh]>")
TAG = re.compile(r"<[^<>]*+>")
WITHIN_WORDS = re.compile(
    r"</?(?:a|abbr|acronym|b|big|cite|code|del|dfn|em|i|ins|kbd|q|s|samp|small|span|strike|strong|sub|sup|tt|u|var)\b[^<>]*+>"
)
SPACES = re.compile(r"[^\S\n]+")
LINES = re.compile(r" ?\n\s*")


def plain_text(html_text: str) -> str:
    """The text of clean HTML, entities decoded: one line for each paragraph, item or row; linear in the length."""
    text = TAG.sub("", CELL_END.sub(" ", LINE_END.sub("\n", html_text.replace("\n", " "))))
    return LINES.sub("\n", SPACES.sub(" ", html.unescape(text))).strip()


def loose_text(html_text: str) -> str:
    """The text of clean HTML for those who only want its words: as `plain_text`, but with any spaces; twice as quick."""
    text = TAG.sub(" ", WITHIN_WORDS.sub("", html_text)) if "<" in html_text else html_text
    return html.unescape(text) if "&" in text else text
