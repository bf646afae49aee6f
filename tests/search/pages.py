"""Looks at pages that list and search as a reader would, in one call each."""

from urllib.parse import urlencode

from selectolax.lexbor import LexborHTMLParser

from archive.tags.models import Tag


def page(response):
    """The page, to be looked through."""
    return LexborHTMLParser(response.content.decode())


def texts(response, selector):
    """What stands in these places, each on one line."""
    return [" ".join(node.text().split()) for node in page(response).css(selector)]


def titles(response):
    """The titles of the works, in order."""
    return texts(response, "li.blurb h4.heading > a:first-child")


def chips(response):
    """What is said to be active."""
    return [text.removeprefix("Take away: ") for text in texts(response, ".filter-chip")]


def pk(name):
    """The number of the tag of this name."""
    return Tag.objects.named(name).get().pk


def asking(address, *pairs, **said):
    """An address that asks for something: pairs as they are, and fields of the form by their names."""
    return f"{address}?{urlencode([*pairs, *((f'work_search[{name}]', value) for name, value in said.items())])}"
