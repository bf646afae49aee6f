"""How many queries a listing costs at most: with the index at hand, for a member who has said all that can be said."""

from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from archive.search import keeping
from archive.search.index import building
from archive.tags.models import Tag
from archive.warnings import consenting
from archive.warnings.models import Answer
from archive.works.languages import Language
from tests.factories.people import UserFactory
from tests.factories.works import make_work

pytestmark = pytest.mark.django_db

MOST = 12


def pk(name):
    return Tag.objects.named(name).get().pk


@pytest.fixture
def author(index_folder):
    author = UserFactory()
    for _ in range(3):
        make_work(by=author, series="The Lamp", tags={"freeform": ["Fog", "Rain"], "character": ["Ines", "Tom"]})
    building.build()
    return author


@pytest.fixture
def reader(client, author, settings):
    settings.SECONDS_REMEMBERED = 60  # a page that somebody else opened a moment ago
    reader = UserFactory()
    answers = {Tag.objects.named("Rain").get(): Answer.OUT, Tag.objects.get(code="warning-death"): Answer.OUT}
    stranger = UserFactory()
    languages = [Language.objects.get(pk="de")]
    consenting.choose(answers, by=reader, hides_which=False, folds_left_out=True, languages=languages, authors=[stranger])
    keeping.keep("Fog", "include_work_search[freeform_ids][]=1", tag=None, is_default=False, by=reader)
    client.force_login(reader)
    return reader


def everything():
    """An address that asks for all that can be asked for."""
    return urlencode(
        [
            ("include_work_search[freeform_ids][]", pk("Fog")),
            ("exclude_work_search[character_ids][]", pk("Tom")),
            ("work_search[other_tag_names]", "Ines, nobody knows this"),
            ("work_search[excluded_tag_names]", "Snow"),
            ("work_search[crossover]", "F"),
            ("work_search[complete]", "T"),
            ("work_search[words_from]", 1),
            ("work_search[date_from]", "2000-01-01"),
            ("work_search[query]", 'fog -"old lamp" creator:ines words>1 language:en'),
            ("work_search[language_id]", "en"),
            ("work_search[sort_column]", "title_to_sort_on"),
        ]
    )  # fmt: skip


LISTINGS = {
    "recent works": lambda author: reverse("works_index"),
    "a fandom": lambda author: Tag.objects.get(kind="fandom").get_absolute_url(),
    "a member": lambda author: reverse("user_works", args=[author.username]),
    "a pseud": lambda author: author.pseuds.get().get_absolute_url(),
    "a language": lambda author: reverse("language_works", args=["en"]),
    "a series": lambda author: author.pseuds.get().series.get().get_absolute_url(),
    "a search": lambda author: reverse("works_search"),
}


@pytest.mark.parametrize("asked", ["nothing", "everything"])
@pytest.mark.parametrize("listing", LISTINGS)
def test_no_listing_takes_more_queries_whatever_is_filtered(client, author, reader, listing, asked):
    address = f"{LISTINGS[listing](author)}?{everything() if asked == 'everything' else ''}"
    client.get(address)

    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)

    assert response.status_code == 200
    assert len(queries) <= MOST, [query["sql"] for query in queries]
