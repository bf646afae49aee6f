"""The site map: what guests may find and nobody wants left out, file by file."""

import re

import pytest

from archive.charter.models import Charter
from archive.tags.models import Tag
from archive.transfer.presenting import sitemaps
from archive.works import deleting
from archive.works.models import Work
from archive.works.series import Series
from tests.factories.people import UserFactory
from tests.factories.works import add_chapter, co_author_of, make_draft, make_work

pytestmark = pytest.mark.django_db
SITE = "http://archive.test"


@pytest.fixture(autouse=True)
def at_an_address(settings):
    settings.SITE_ADDRESS = SITE


def places(client, address="/sitemap.xml"):
    """Answer the paths that a file of the site map names."""
    return [place.removeprefix(SITE) for place in re.findall(r"<loc>([^<]*)</loc>", client.get(address).text)]


def everything(client):
    return [path for file in places(client) for path in places(client, file)]


def test_it_names_works_series_authors_and_common_tags(client):
    work = make_work(by=UserFactory(username="heron"), series="The Lamp", expected_chapters=None, fandoms=("Night Bus",))
    add_chapter(work)
    Tag.objects.update(is_canonical=False)
    Tag.objects.filter(name="Night Bus").update(is_canonical=True)

    assert everything(client) == [
        "/", "/works", "/media", "/languages", "/about", "/policy", f"{work.get_absolute_url()}?view_full_work=true",
        Series.objects.get().get_absolute_url(), "/users/heron/works", "/tags/Night%20Bus/works",
    ]  # fmt: skip


def test_nothing_is_in_it_that_guests_may_not_find(client):
    author = UserFactory(username="heron")
    fields = {"series": "The Lamp", "fandoms": ("Night Bus",)}
    make_work(by=author, is_restricted=True, **fields)
    make_draft(by=author, **fields)
    deleting.delete(make_work(by=author, **fields), by=author)
    Tag.objects.filter(name="Night Bus").update(is_canonical=True)
    client.force_login(author)

    found = everything(client)

    assert [path for path in found if re.match(r"/(works|series|users)/", path) or "Night" in path] == []


def test_what_wants_to_be_left_out_is_left_out(client):
    work = make_work(series="The Lamp")
    co_author_of(work, avoids_search_engines=True)
    make_work(by=UserFactory(username="owl", avoids_search_engines=True))

    found = everything(client)

    assert [path for path in found if re.match(r"/(works|series)/|/users/owl", path)] == []


def test_a_file_says_when_a_work_changed(client):
    work = make_work()
    Work.objects.update(revised_at="2004-01-01T12:00:00Z", changed_at="2026-03-04T05:06:07Z")

    file = client.get(f"/sitemap-works-{work.pk // sitemaps.SPAN}.xml").text

    assert f"<url><loc>{SITE}{work.get_absolute_url()}</loc><lastmod>2026-03-04T05:06:07Z</lastmod></url>" in file


def test_a_file_says_when_a_work_of_a_series_changed(client):
    make_work(series="The Lamp")
    Work.objects.update(revised_at="2026-03-04T05:06:07Z", changed_at=None)
    series = Series.objects.get()

    file = client.get(f"/sitemap-series-{series.pk // sitemaps.SPAN}.xml").text

    assert f"<url><loc>{SITE}{series.get_absolute_url()}</loc><lastmod>2026-03-04T05:06:07Z</lastmod></url>" in file


def test_ids_far_apart_lie_in_files_of_their_own_and_none_is_empty(client, monkeypatch):
    monkeypatch.setattr(sitemaps, "SPAN", 2)
    pks = [make_work().pk for _ in range(5)]
    Work.objects.filter(pk__in=pks[1:4]).update(is_restricted=True)

    files = [file for file in places(client) if "works" in file]

    assert files == [f"/sitemap-works-{pk // 2}.xml" for pk in (pks[0], pks[-1])]
    assert client.get(f"/sitemap-works-{pks[0] // 2 + 1}.xml").status_code == 404


def test_it_may_be_kept_and_asked_for_again(client):
    make_work()
    first = client.get("/sitemap.xml")

    again = client.get("/sitemap.xml", headers={"If-None-Match": first.headers["ETag"]})

    assert (first.headers["Cache-Control"], again.status_code, bool(first.cookies)) == ("public, max-age=3600", 304, False)
    assert first.headers["Content-Type"] == "application/xml; charset=utf-8"


@pytest.mark.parametrize("file", ["/sitemap-x-0.xml", "/sitemap-pages-1.xml", f"/sitemap-works-{'9' * 30}.xml"])
def test_there_is_no_other_file(client, file):
    assert client.get(file).status_code == 404


def test_an_archive_that_must_not_be_found_has_no_site_map(client):
    Charter.objects.update(may_be_found=False)

    assert [client.get(file).status_code for file in ("/sitemap.xml", "/sitemap-pages-0.xml")] == [404, 404]
    assert "Sitemap:" not in client.get("/robots.txt").text


@pytest.mark.parametrize("works", [1, 3])
def test_a_file_asks_as_often_for_one_work_as_for_three(client, django_assert_num_queries, works):
    first, *_ = [make_work() for _ in range(works)]

    with django_assert_num_queries(2):
        client.get(f"/sitemap-works-{first.pk // sitemaps.SPAN}.xml")
