"""What every page of this slice keeps to."""

from selectolax.lexbor import LexborHTMLParser, LexborNode

NEEDS_NO_LABEL = {"hidden", "submit"}


def faults(html: bytes) -> list[str]:
    """Answer what is wrong with a page's headings, inputs, scripts and styles; nothing, for a good one."""
    page = LexborHTMLParser(html)
    found = [f"{len(page.css('h1'))} h1"] if len(page.css("h1")) != 1 else []
    found += [f"unlabelled: {field.html}" for field in page.css("input, textarea, select") if not is_labelled(page, field)]
    found += [f"inline: {script.html}" for script in page.css("script") if "src" not in script.attributes]
    found += [f"inline: {style.html}" for style in page.css("style, [style]")]
    found += [f"inline: {node.tag} {name}" for node in page.css("*") for name in node.attributes if name.startswith("on")]
    identifiers = [node.attributes["id"] for node in page.css("[id]")]
    return found + [f"twice: {name}" for name in set(identifiers) if identifiers.count(name) > 1]


def is_labelled(page: LexborHTMLParser, field: LexborNode) -> bool:
    """Whether a field needs no name, or has one that a screen reader can say."""
    attributes = field.attributes
    if attributes.get("type") in NEEDS_NO_LABEL or attributes.get("aria-label"):
        return True
    labels = [label.attributes.get("for") for label in page.css("label")]
    return bool(attributes.get("id")) and labels.count(attributes["id"]) == 1
