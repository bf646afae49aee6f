"""What search is measured by: pages that filter and sort, and the same questions put to PostgreSQL alone, with arrays and GIN."""

from __future__ import annotations

import time
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.db import connection
from django.urls import reverse

from archive.ops.benching.choosing import Bar, Page, nothing
from archive.ops.seeding import vocabulary
from archive.search.selections import FACETS_OF_A_KIND
from archive.tags.models import FANDOM, FREEFORM, NO_WARNINGS, Tag

if TYPE_CHECKING:
    from collections.abc import Iterator

FEWEST_WORDS, MOST_WORDS = 1_000, 50_000
RANKS_OF_WORDS = (100, 300)  # how common the two words are among those that seeded texts are made of
TYPED = "the"
TRIES = 5

ARRAYS = """
CREATE TEMPORARY TABLE bench_works ON COMMIT PRESERVE ROWS AS
SELECT work.id, work.is_restricted, work.revised_at, work.word_count, coalesce(tally.kudos, 0) AS kudos,
       ARRAY(SELECT tagging.tag_id::integer FROM archive_tagging AS tagging WHERE tagging.work_id = work.id) AS tags
  FROM archive_work AS work LEFT JOIN archive_tally AS tally ON tally.work_id = work.id
 WHERE work.published_at IS NOT NULL AND work.deleted_at IS NULL
"""
GIN = "CREATE INDEX ON bench_works USING gin (tags)"
PAGE = "SELECT id FROM bench_works WHERE {wanted} ORDER BY {order} DESC, id DESC LIMIT 20"
COUNT = "SELECT count(*) FROM bench_works WHERE {wanted}"
FACETS = """
SELECT kind_id, tag_id, works FROM (
    SELECT tag.kind_id, counted.tag_id, counted.works,
           row_number() OVER (PARTITION BY tag.kind_id ORDER BY counted.works DESC, counted.tag_id) AS place
      FROM (SELECT unnest(tags) AS tag_id, count(*) AS works FROM bench_works WHERE {wanted} GROUP BY 1) AS counted
      JOIN archive_tag AS tag ON tag.id = counted.tag_id AND tag.is_canonical
) AS ranked WHERE place <= {facets}
"""


@dataclass(frozen=True, slots=True)
class Question:
    """A page that answers a question, and the same question in terms of arrays."""

    page: Page
    wanted: str = ""
    order: str = "revised_at"


def questions() -> list[Question]:
    """Answer what is asked. Raises `choosing.NothingToMeasure`."""
    fandom = Tag.objects.of_kind(FANDOM).filter(is_canonical=True).order_by("-uses").first()
    common = list(Tag.objects.of_kind(FREEFORM).filter(is_canonical=True).order_by("-uses")[:3])
    promise = Tag.objects.filter(code=NO_WARNINGS).first()
    if fandom is None or promise is None or len(common) < 3:  # noqa: PLR2004 # one to include and two to leave out
        raise nothing()
    one, *two = common
    filters = [
        ("include_work_search[archive_warning_ids][]", promise.pk),
        ("include_work_search[freeform_ids][]", one.pk),
        *(("exclude_work_search[freeform_ids][]", tag.pk) for tag in two),
        ("work_search[words_from]", FEWEST_WORDS),
        ("work_search[words_to]", MOST_WORDS),
        ("work_search[sort_column]", "kudos_count"),
    ]
    text = [("work_search[query]", two_words()), ("work_search[complete]", "T"), ("work_search[language_id]", "en")]
    families = {tag.pk: sorted(Tag.objects.family_ids([tag.pk])) for tag in (fandom, promise, *common)}
    borne = {pk: f"tags && ARRAY{family}" for pk, family in families.items()}
    filtered = [
        *(borne[tag.pk] for tag in (fandom, promise, one)),
        *(f"NOT {borne[tag.pk]}" for tag in two),
        f"word_count BETWEEN {FEWEST_WORDS} AND {MOST_WORDS}",
    ]
    offered = reverse("autocomplete", args=["tag"])
    return [
        Question(Page("largest fandom, counts and facets", fandom.get_absolute_url(), Bar(milliseconds=60)), borne[fandom.pk]),
        Question(Page("a tag on two thirds of all works", promise.get_absolute_url(), Bar(milliseconds=150)), borne[promise.pk]),
        Question(
            Page(
                "three tags in, two out, a range, by kudos",
                f"{fandom.get_absolute_url()}?{urlencode(filters)}",
                Bar(milliseconds=40),
            ),
            " AND ".join(filtered),
            "kudos",
        ),
        Question(Page("two words in texts, filtered", f"{reverse('works_search')}?{urlencode(text)}", Bar(milliseconds=60))),
        Question(Page("autocomplete", f"{offered}?term={TYPED}", Bar(milliseconds=10))),
    ]


def two_words() -> str:
    """Answer two words that stand in many seeded texts, and both of them in some."""
    words = vocabulary.pool("latin").script.words
    return " ".join(words[rank] for rank in RANKS_OF_WORDS)


def arrays_beside(asked: list[Question]) -> Iterator[tuple[str, int, float, float, float]]:
    """Answer, for each question that arrays can answer, its name, the exact count, and how long count, page and facets take.

    Times are milliseconds, the middle ones of a few tries. The table is temporary and goes with the connection.
    """
    with connection.cursor() as cursor:
        cursor.execute(ARRAYS)
        cursor.execute(GIN)
        cursor.execute("VACUUM (ANALYZE) bench_works")
        for question in asked:
            if not question.wanted:
                continue
            wanted = f"NOT is_restricted AND {question.wanted}"
            times = []
            for query in (COUNT, PAGE, FACETS):
                written = query.format(wanted=wanted, order=question.order, facets=FACETS_OF_A_KIND)
                times.append(median(_milliseconds(written) for _ in range(TRIES)))
            cursor.execute(COUNT.format(wanted=wanted))
            yield question.page.name, cursor.fetchone()[0], *times
        cursor.execute("DROP TABLE bench_works")


def _milliseconds(query: str) -> float:
    """Answer how long a query takes."""
    began = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute(query)
        cursor.fetchall()
    return (time.perf_counter() - began) * 1_000
