"""What answers are made of. Their types and words are the document of the API: whoever changes one changes what is promised."""

from __future__ import annotations

import datetime as dt  # noqa: TC003 # pydantic reads the annotations
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

type Html = Annotated[str, Field(description="Cleaned HTML, as it stands on the archive's pages.")]


class TagName(Schema):
    """A tag by its name."""

    id: int = Field(examples=[71])
    name: str = Field(examples=["Ines Calder"])
    kind: str = Field(
        description="The code of its kind: `fandom`, `relationship`, `character`, `freeform`, or one of the archive's own."
    )
    url: str = Field(description="The page of the works that bear it.")


class Warnings(Schema):
    """The warnings of a work or a chapter, as whoever asks wants to know them."""

    hidden: bool = Field(
        description="There are warnings, and their reader would rather not know which. `show_warnings=true` names them."
    )
    tags: list[TagName]


class Author(Schema):
    """A name under a work."""

    name: str = Field(description="The pseud.", examples=["heronmarsh"])
    username: str = Field(description="The account that it belongs to.", examples=["heronmarsh"])
    url: str


class LanguageName(Schema):
    """The language of a text."""

    code: str = Field(examples=["en"])
    name: str = Field(examples=["English"])
    direction: str = Field(examples=["ltr"])


class PlaceInSeries(Schema):
    """Where a work stands in a series."""

    id: int
    title: str
    position: int
    url: str
    api_url: str


class Stats(Schema):
    """Numbers of a work."""

    words: int
    chapters: int = Field(description="Posted chapters.")
    expected_chapters: int | None = Field(description="How many there will be; nothing where nobody knows.")
    hits: int
    kudos: int
    comments: int
    bookmarks: int


class Blurb(Schema):
    """A work as it stands in a list. What is to be known before its text comes first."""

    id: int = Field(examples=[38])
    title: str
    rating: TagName | None
    warnings: Warnings
    authors: list[Author]
    fandoms: list[TagName]
    categories: list[TagName]
    relationships: list[TagName]
    characters: list[TagName]
    freeforms: list[TagName] = Field(description="Additional tags, and tags of the archive's own kinds.")
    summary: Html
    language: LanguageName | None
    series: list[PlaceInSeries]
    stats: Stats
    published_at: dt.datetime | None
    revised_at: dt.datetime | None = Field(description="When a chapter was posted last, by the day that its author gave it.")
    is_complete: bool
    is_restricted: bool = Field(description="For members alone.")
    url: str
    api_url: str


class Advisory(Schema):
    """What comes before the text."""

    rating: TagName | None
    warnings: Warnings
    chapter_warnings: Warnings = Field(description="What single chapters warn of by themselves.")
    content_notes: list[Html] = Field(description="The authors' own words about what is ahead. They may give things away.")
    needs_consent: bool = Field(description="No text is answered without `view_adult=true`, which says yes to all of this.")


class File(Schema):
    """A work as a file."""

    format: str = Field(examples=["epub"])
    content_type: str
    url: str = Field(description="Takes the same app password, over Basic or as a token.")


class WorkDetail(Blurb):
    """A work without its text."""

    advisory: Advisory
    notes: Html | None = Field(description="Nothing while consent is needed and not given.")
    endnotes: Html | None = Field(description="Likewise.")
    chapters_url: str = Field(description="Its chapters, in the API.")
    downloads: list[File]


class ChapterName(Schema):
    """A posted chapter, without its text."""

    id: int
    number: int
    title: str
    words: int
    published_at: dt.datetime | None
    warnings: Warnings
    url: str
    api_url: str


class ChapterList(Schema):
    """All posted chapters of a work, in order."""

    work: int
    items: list[ChapterName]


class OpenedText(ChapterName):
    """A chapter with its text, once its advisory was met."""

    work: int
    advisory: Advisory
    authors: list[Author] = Field(description="Who wrote it, where not all authors of the work did.")
    summary: Html
    notes: Html
    text: Html
    endnotes: Html
    language: LanguageName | None


class WorkPage(Schema):
    """A page of a list of works."""

    count: int = Field(description="How many there are in all, when the first page was answered.")
    items: list[Blurb]
    next: str | None = Field(description="The address of the next page; nothing on the last.")


class TagList(Schema):
    """Tags."""

    items: list[TagName]


class TagDetail(TagName):
    """A tag, and what stands round it."""

    description: str
    status: str = Field(description="`canonical`, `synonym`, `unwrangled` or `unwrangleable`.")
    canonical: TagName | None = Field(description="What it is another spelling of.")
    parents: list[TagName]
    synonyms: list[TagName] = Field(description="Its other spellings, the most used first; at most as many as its page shows.")
    works: int = Field(description="Works that bear it, a synonym or a sub-tag, of those that whoever asks may find.")
    works_url: str


class Counted(TagName):
    """A tag and how many works bear it."""

    works: int


class FandomPage(Schema):
    """A page of the fandoms, by name."""

    count: int
    items: list[Counted]
    next: str | None


class CountedLanguage(LanguageName):
    """A language and how many works are in it."""

    english_name: str
    works: int


class LanguageList(Schema):
    """The languages that there are works in."""

    items: list[CountedLanguage]


class SeriesDetail(Schema):
    """A series."""

    id: int
    title: str
    authors: list[Author]
    summary: Html
    notes: Html
    works: int
    words: int
    begun_at: dt.datetime | None
    updated_at: dt.datetime | None
    is_complete: bool
    url: str
    works_url: str


class SeriesName(Schema):
    """A series by its title."""

    id: int
    title: str
    url: str
    api_url: str


class PseudDetail(Author):
    """A name that a member writes under."""

    is_default: bool
    about: Html
    works_url: str


class AuthorDetail(Schema):
    """A member, by what others see of them."""

    username: str
    url: str
    pseuds: list[PseudDetail] = Field(description="At most the fifty that a profile shows.")
    works: int
    works_url: str


class Subscription(Schema):
    """One thing that a member follows."""

    id: int
    kind: str = Field(description="`work`, `series`, `author` or `tag`.")
    name: str
    url: str
    since: dt.datetime


class SubscriptionPage(Schema):
    """A page of what a member follows, the latest first."""

    count: int
    items: list[Subscription]
    next: str | None


class BookmarkOfMine(Schema):
    """A bookmark of whoever asks, with their words."""

    id: int
    kind: str = Field(description="`work`, `series`, or `gone`.")
    work: Blurb | None = Field(description="The work; nothing for a series, for what is gone, and for what its reader leaves out.")
    series: SeriesName | None
    pseud: str = Field(description="Under which of their names it stands.")
    notes: Html
    tags: list[str] = Field(description="Words of their own; they are no tags of the archive.")
    is_rec: bool
    is_private: bool
    made_at: dt.datetime
    changed_at: dt.datetime
    url: str


class BookmarkPage(Schema):
    """A page of somebody's own bookmarks, the latest first."""

    count: int
    items: list[BookmarkOfMine]
    next: str | None


class Problem(Schema):
    """What went wrong (RFC 9457)."""

    type: str = Field(examples=["about:blank"])
    title: str = Field(examples=["Not Found"])
    status: int = Field(examples=[404])
    detail: str = Field(description="A sentence for people.")
    errors: dict[str, list[str]] | None = Field(None, description="Sentences about single parameters.")
    advisory: Advisory | None = Field(None, description="Beside a 403: what has to be met before the text.")
    consent: str | None = Field(None, description="Beside a 403: the same address, with yes said to the advisory.")

    @classmethod
    def schema_of(cls) -> dict[str, Any]:
        """Answer its JSON Schema, with references into a document of OpenAPI."""
        return cls.model_json_schema(ref_template="#/components/schemas/{model}")
