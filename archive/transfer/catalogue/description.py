"""How to search the catalogue, as OpenSearch says it."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from lxml import etree

from archive.search.parameters import field_name
from archive.transfer.atom import fit
from archive.transfer.catalogue import first, second
from archive.transfer.linking import whole

OPEN_SEARCH = "http://a9.com/-/spec/opensearch/1.1/"
TYPE = first.DESCRIPTION
LONGEST_NAME = 16  # characters, says the standard
TERMS = "{searchTerms}"


def draw(archive: str) -> bytes:
    """Answer the description. Some clients take the first address of exactly this type, some any that begins so."""
    root = etree.Element(f"{{{OPEN_SEARCH}}}OpenSearchDescription", nsmap={None: OPEN_SEARCH})
    _put(root, "ShortName", archive[:LONGEST_NAME])
    _put(root, "Description", _("Search the works of %(archive)s") % {"archive": archive})
    _put(root, "InputEncoding", "UTF-8")
    _put(root, "OutputEncoding", "UTF-8")
    found = f"{whole(reverse('opds_search'))}?query={TERMS}"
    people = whole(f"{reverse('works_search')}?{field_name('query')}={TERMS}")
    for kind, template in ((first.PLAIN, found), (first.ACQUISITION, found), (second.TYPE, found), ("text/html", people)):
        etree.SubElement(root, f"{{{OPEN_SEARCH}}}Url", {"type": kind, "template": template})
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True))


def _put(parent: etree._Element, name: str, text: str) -> None:
    etree.SubElement(parent, f"{{{OPEN_SEARCH}}}{name}").text = fit(text)
