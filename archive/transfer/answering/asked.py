"""What may be asked of a list of works: the parameters of the site's own lists, under the names that AO3 gave them."""

from __future__ import annotations

from typing import Annotated

from ninja import Query, Schema
from pydantic import Field

from archive.transfer.answering import cursors

MOST, USUAL = 100, 20  # works on a page; the site's own have twenty

YES = "Says yes to the advisory, for this answer. Without it no text is answered where the advisory asks for consent."
NAMING = "Names the warnings to a reader who would rather not know which there are."

Consent = Annotated[bool, Query(description=YES)]
Naming = Annotated[bool, Query(description=NAMING)]


class Rest(Schema):
    """Which part of a list is asked for."""

    limit: int = Field(USUAL, ge=1, le=MOST, description="How many at most.")
    cursor: str = Field("", max_length=400, pattern=cursors.PATTERN, description="Where to go on, taken from `next` as it is.")


class Part(Rest):
    """Which part of a list of works is asked for."""

    show_warnings: bool = Field(False, description=NAMING)


class Filters(Schema):
    """What works must be. All of the site's own filters are known, under the same names; others than these stand in the docs."""

    query: str = Field("", alias="work_search[query]", description="Words, and the operators of the site's search.")
    title: str = Field("", alias="work_search[title]", description="Words of the title.")
    creators: str = Field("", alias="work_search[creators]", description="Words of the authors' names.")
    other_tag_names: str = Field("", alias="work_search[other_tag_names]", description="Names of tags, with commas between.")
    excluded_tag_names: str = Field("", alias="work_search[excluded_tag_names]", description="Tags that works must not bear.")
    fandom_names: str = Field("", alias="work_search[fandom_names]", description="Fandoms, with commas between.")
    character_names: str = Field("", alias="work_search[character_names]", description="Characters, with commas between.")
    relationship_names: str = Field("", alias="work_search[relationship_names]", description="Relationships, with commas between.")
    freeform_names: str = Field("", alias="work_search[freeform_names]", description="Additional tags, with commas between.")
    rating_ids: str = Field("", alias="work_search[rating_ids]", description="The id of a rating.")
    warning_ids: list[str] = Field([], alias="work_search[archive_warning_ids][]", description="Ids of warnings.")
    category_ids: list[str] = Field([], alias="work_search[category_ids][]", description="Ids of categories.")
    included: list[str] = Field([], alias="include_work_search[freeform_ids][]", description="Ids of tags; other kinds likewise.")
    excluded: list[str] = Field(
        [], alias="exclude_work_search[freeform_ids][]", description="Ids of tags that works must not bear."
    )
    complete: str = Field("", alias="work_search[complete]", description="`T` for complete works, `F` for works in progress.")
    crossover: str = Field("", alias="work_search[crossover]", description="`T` for crossovers alone, `F` for none.")
    single_chapter: str = Field("", alias="work_search[single_chapter]", description="`1` for works in one chapter.")
    language_id: str = Field("", alias="work_search[language_id]", description="The code of a language.")
    words_from: str = Field("", alias="work_search[words_from]", description="Words at least.")
    words_to: str = Field("", alias="work_search[words_to]", description="Words at most.")
    date_from: str = Field("", alias="work_search[date_from]", description="Updated on this day or later, as 2020-12-31.")
    date_to: str = Field("", alias="work_search[date_to]", description="Updated on this day or earlier.")
    revised_at: str = Field("", alias="work_search[revised_at]", description="A time, such as `< 7 days`.")
    word_count: str = Field("", alias="work_search[word_count]", description="A number, such as `>1000` or `100-200`.")
    hits: str = Field("", alias="work_search[hits]", description="Likewise.")
    kudos_count: str = Field("", alias="work_search[kudos_count]", description="Likewise.")
    comments_count: str = Field("", alias="work_search[comments_count]", description="Likewise.")
    bookmarks_count: str = Field("", alias="work_search[bookmarks_count]", description="Likewise.")
    sort_column: str = Field(
        "", alias="work_search[sort_column]",
        description="`revised_at` (as usual), `created_at`, `word_count`, `title_to_sort_on`, `authors_to_sort_on`, `hits`, "
        "`kudos_count`, `comments_count`, `bookmarks_count`, or `_score` where words are looked for.",
    )  # fmt: skip
    sort_direction: str = Field("", alias="work_search[sort_direction]", description="`asc` or `desc`.")
