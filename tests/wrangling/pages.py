"""What stands on the pages of wranglers, as their readers find it."""

from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from archive.tags.naming import to_path

ISOLATES = dict.fromkeys(map(ord, "\u2068\u2069"))
HOOK = "The Hook (TV)"


def at(view, name, /, **query):
    """The address of a page about a tag."""
    address = reverse(view, args=[to_path(name)])
    return f"{address}?{'&'.join(f'{key}={value}' for key, value in query.items())}" if query else address


def binned(response):
    """The names of the tags in a bin, in their order."""
    return [node.text(strip=True) for node in LexborHTMLParser(response.content.decode()).css(".tag-bin label")]


def errors(response):
    """What is said beside fields."""
    return [node.text(strip=True) for node in LexborHTMLParser(response.content.decode()).css(".field-errors li")]


def words(response, selector):
    """The words of all that a selector finds, without the marks that keep names of other directions apart."""
    found = LexborHTMLParser(response.content.decode()).css(selector)
    return [" ".join(node.text().translate(ISOLATES).split()) for node in found]
