"""Turns HTML or plain text as typed into HTML that may stand on a page: the only way in for people's markup."""

import html
import re
from collections.abc import Mapping
from enum import Enum
from functools import cache

import nh3
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from archive.errors import ArchiveError
from archive.text import addresses, characters, declared, markdown, paragraphs, passage_lines, passages, pasted, soup
from archive.text.chrome import is_free_class
from archive.text.paragraphs import GrewTooLong

# Stored beside every clean text. A change of any rule in this slice raises it, and texts are cleaned again.
CLEANER_VERSION = 2

# Clean HTML may be this many times as long as its source, and this much more whatever the source.
GROWTH = 4
GROWTH_ALLOWANCE = 20_000
# Two rounds settle nearly everything; a text still changing after this many is refused.
ROUNDS = 8


class Unsettled(ArchiveError):
    """Cleaning the text again and again gives something new each time."""

    def __init__(self) -> None:
        super().__init__(_("The tags in this text are too tangled to be put right. Please check the last ones you added."))


class CleanHTML(SafeString):
    """HTML that has been through the cleaner; made by `clean` and by reading a CleanHTMLField, nowhere else."""

    __slots__ = ()


class Profile(Enum):
    """What a text is for, which decides what it may hold."""

    CHAPTER = "chapter"  # classes, images and marked passages; a known player becomes a link to it
    NOTES = "notes"  # as a chapter, without players and passages
    SUMMARY = "summary"  # neither classes nor images
    PROFILE = "profile"  # neither classes nor images
    GUEST = "guest"  # as a summary; an image becomes its description and address in words

    @property
    def has_classes(self) -> bool:
        """Whether authors may mark elements for their own style."""
        return self in (Profile.CHAPTER, Profile.NOTES)

    @property
    def has_images(self) -> bool:
        """Whether images are shown."""
        return self in (Profile.CHAPTER, Profile.NOTES)


ELEMENTS = frozenset({
    "a", "abbr", "acronym", "address", "b", "big", "blockquote", "br", "caption", "center", "cite", "code", "col",
    "colgroup", "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "h1", "h2", "h3", "h4",
    "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "ol", "p", "pre", "q", "rp", "rt", "ruby", "s", "samp", "small",
    "span", "strike", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "tt", "u",
    "ul", "var",
})  # fmt: skip
EVERYWHERE = frozenset(["align", "dir", "lang", "title"])
CELL = frozenset(["abbr", "axis", "colspan", "height", "rowspan", "scope", "width"])
ATTRIBUTES = {
    "a": frozenset({"href"}),
    "blockquote": frozenset({"cite"}),
    "del": frozenset({"cite"}),
    "details": frozenset({"open"}),
    "img": frozenset(["alt", "border", "height", "src", "width"]),
    "ins": frozenset({"cite"}),
    "ol": frozenset(["start", "type"]),
    "q": frozenset({"cite"}),
    "table": frozenset(["border", "summary", "width"]),
    "td": CELL,
    "th": CELL,
}
FORCED = {"img": {"loading": "lazy", "referrerpolicy": "no-referrer"}}
LINK_RELATION = "nofollow noopener"
EMBEDS = frozenset(["audio", "embed", "iframe", "object", "video"])
FILES = frozenset(["audio", "source", "video"])
SOURCE_TAG = re.compile(r"<source\b([^<>]*)>", re.IGNORECASE)

# What XML, PostgreSQL or UTF-8 cannot hold.
UNFIT = re.compile(
    f"[{characters.C0_CONTROLS}{characters.C1_CONTROLS}{characters.SURROGATES}{characters.NON_CHARACTERS}]",
)
C1 = re.compile(f"[{characters.C1_CONTROLS}]")


def clean(source: str, *, profile: Profile, site: str) -> CleanHTML:
    """What may be shown of `source`, in whole paragraphs; `site` ("https://host") completes image addresses.

    The source is plain text, HTML, or Markdown that says so. Cleaning its own result changes nothing. Time is linear in the
    length. Raises TooDeep, TooManyTags, TooManyAttributes, GrewTooLong, Unsettled or PassageRefused, whose sentence says what
    is wrong and how much of it.
    """
    longest = GROWTH * len(source) + GROWTH_ALLOWANCE
    if markdown.is_markdown(source):
        source = markdown.as_html(readable(source))
    shown = _sanitised(_meant(source, profile, site) if pasted.is_styled(source) else source, profile, site)
    is_fixed = shown == source
    for _round in range(ROUNDS):
        marked = passage_lines.marked(shown) if profile is Profile.CHAPTER else shown
        repaired = paragraphs.repair(marked, longest=longest)
        if is_fixed and repaired == shown:
            passages.refuse_misplaced(shown)
            return CleanHTML(shown)
        shown = _sanitised(repaired, profile, site)
        is_fixed = shown == repaired
        if len(shown) > longest:
            raise GrewTooLong(len(shown), longest)
    raise Unsettled


def _meant(source: str, profile: Profile, site: str) -> str:
    """A text that was pasted from elsewhere, with what its styles say in elements. Costs are counted before nh3 sees it."""
    is_foreign = pasted.FOREIGN.search(source) is not None
    body = pasted.without_head(source) if is_foreign else source
    whole = _STYLED.clean(_tidied(body, profile, site, elements=ELEMENTS | {"font"}))
    return pasted.in_elements(whole, sheet=declared.of_classes(declared.sheets_in(source)), is_foreign=is_foreign)


def _sanitised(source: str, profile: Profile, site: str) -> str:
    """One pass: unfit characters out, tags made whole and counted, and nh3 over it all."""
    return passages.settle(_cleaner(profile, site).clean(_tidied(source, profile, site, elements=ELEMENTS)))


def _tidied(source: str, profile: Profile, site: str, *, elements: frozenset[str]) -> str:
    """Fit characters and whole tags of these elements; images and players as this profile has them."""

    def substitute(name: str, attributes: Mapping[str, str], inside: str) -> str | None:
        if name == "img":
            return _image(attributes, profile, site)
        return _player_link(name, attributes, inside) if profile is Profile.CHAPTER else ""

    return soup.tidy(readable(source), elements=elements, replaced=EMBEDS | {"img"}, substitute=substitute)


def readable(source: str) -> str:
    """The text with one kind of line end and without characters that cannot be stored or sent."""
    if "\r" in source:
        source = source.replace("\r\n", "\n").replace("\r", "\n")
    return UNFIT.sub(_fit, source) if UNFIT.search(source) else source


def _fit(found: re.Match[str]) -> str:
    """Nothing, or what was meant: C1 controls are old Windows quotes and dashes in all but name."""
    character = found[0]
    if C1.match(character):
        return character.encode("latin-1").decode("cp1252", "ignore")
    return "\n" if character in "\x0b\x0c" else ""


def _image(attributes: Mapping[str, str], profile: Profile, site: str) -> str | None:
    """None where the image may stay as it is, else what stands in its place."""
    address = addresses.image_address(attributes.get("src", ""), site=site)
    if address and profile.has_images:
        return None if "alt" in attributes else _with_empty_alt(attributes)
    words = attributes.get("alt", "").strip()
    if profile is Profile.GUEST and address:
        words = f"{words} [{address}]".strip()
    elif not profile.has_images:
        words = ""
    return html.escape(words, quote=False)


def _with_empty_alt(attributes: Mapping[str, str]) -> str:
    """The image again, marked as decoration; without that a screen reader spells out its address."""
    kept = sorted((ATTRIBUTES["img"] | EVERYWHERE | {"class"}) & attributes.keys())
    written = " ".join(f'{name}="{html.escape(attributes[name])}"' for name in kept)
    return f'<img {written} alt="">'


def _player_link(name: str, attributes: Mapping[str, str], inside: str) -> str:
    """A link to what a known player would have shown; nothing for the rest."""
    written = [attributes.get("src") or attributes.get("data") or ""]
    if name in FILES:
        written += [soup.attributes_of(tag[1]).get("src", "") for tag in SOURCE_TAG.finditer(inside)]
    for one in written:
        address = addresses.player_address(one, is_file=name in FILES)
        if address:
            shown = html.escape(address)
            return f'<a href="{shown}">{shown}</a>'
    return ""


# As the cleaner reads HTML, with all that a style could be found in; what it lets by is cleaned in earnest afterwards.
_STYLED = nh3.Cleaner(
    tags=ELEMENTS | {"font"},
    attributes={"*": EVERYWHERE | {"class", "style"}, **ATTRIBUTES, "div": set(passages.LONGEST)},
    clean_content_tags=soup.SWALLOWED,
    link_rel=None,
    url_schemes=addresses.LINKS,
)


@cache
def _cleaner(profile: Profile, site: str) -> nh3.Cleaner:
    """nh3 with the allow list of a profile."""

    def attribute_filter(tag: str, attribute: str, value: str) -> str | None:
        if attribute == "class":
            marks = {passages.MARK} if tag == "div" and profile is Profile.CHAPTER else set()
            return " ".join(name for name in value.split() if name in marks or is_free_class(name)) or None
        if attribute == "src":
            return addresses.image_address(value, site=site)
        if attribute in ("href", "cite"):
            return addresses.link_address(value)
        return value

    everywhere = EVERYWHERE | {"class"} if profile.has_classes else EVERYWHERE
    return nh3.Cleaner(
        tags=ELEMENTS if profile.has_images else ELEMENTS - {"img"},
        attributes={"*": everywhere, **ATTRIBUTES} | ({"div": set(passages.LONGEST)} if profile is Profile.CHAPTER else {}),
        attribute_filter=attribute_filter,
        clean_content_tags=soup.SWALLOWED,
        set_tag_attribute_values=FORCED if profile.has_images else {},
        link_rel=LINK_RELATION,
        url_schemes=addresses.LINKS,
    )
