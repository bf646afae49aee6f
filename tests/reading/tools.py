"""Pages as download tools and userscripts read them."""

from selectolax.lexbor import LexborHTMLParser, LexborNode


def page(response) -> LexborHTMLParser:
    """The page of an answer."""
    return LexborHTMLParser(response.content.decode())


def exact(found: LexborHTMLParser | LexborNode, tag: str, classes: str) -> list[LexborNode]:
    """The elements whose class attribute is this very string, as some tools compare it."""
    return [node for node in found.css(tag) if node.attributes.get("class") == classes]


def one_string(node: LexborNode) -> str:
    """What stands in an element that holds one string and nothing else; fails for any other."""
    inside = list(node.iter(include_text=True))
    assert [child.is_text_node for child in inside] == [True], node.html
    return inside[0].text_content


def text_before(node: LexborNode) -> str:
    """The text that stands immediately before an element, as it is written."""
    assert node.prev is not None
    assert node.prev.is_text_node, node.parent.html
    return node.prev.text_content


def pairs(found: LexborNode) -> dict[str, str]:
    """A list of terms, one description to each, zipped in order as tools do it."""
    terms, descriptions = found.css("dt"), found.css("dd")
    assert [child.tag for child in found.iter()] == ["dt", "dd"] * len(terms)
    return {term.text(): description.text() for term, description in zip(terms, descriptions, strict=True)}


def addresses(found: LexborHTMLParser | LexborNode) -> list[str]:
    """Where the links of a page lead, in order."""
    return [link.attributes["href"] for link in found.css("a[href]")]


def is_from_the_root(address: str) -> bool:
    """Whether an address is one that tools can put the archive's name before; or a place on the same page, or a mail."""
    return (address.startswith("/") and not address.startswith("//")) or address.startswith(("#", "mailto:"))
