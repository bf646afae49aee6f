"""The text with which people tell others of a work."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from archive.warnings.models import WarningPreferences
from tests.factories.people import UserFactory
from tests.factories.works import make_draft, make_work

pytestmark = pytest.mark.django_db
SITE = "http://archive.test"
WARNED = {"rating": "Explicit", "warnings": ("Major Character Death",)}


@pytest.fixture(autouse=True)
def at_an_address(settings):
    settings.SITE_ADDRESS = SITE


def texts_of(client, work, query=""):
    """Answer the two texts as a browser has them in their fields."""
    page = LexborHTMLParser(client.get(f"{work.get_absolute_url()}/share{query}").content)
    return [field.text() for field in page.css("textarea[readonly]")]


def has_share(client, work):
    return LexborHTMLParser(client.get(work.get_absolute_url()).content).css_first("li.share a") is not None


def test_it_tells_what_a_work_is_with_its_warnings_before_its_summary(client):
    author = UserFactory(username="heron")
    work = make_work(
        by=author, title="Tide & <Lamp>", text="<p>Three words here.</p>", summary='<a href="/x">Ines</a> waits.', **WARNED
    )

    text, html = texts_of(client, work)

    assert text == (
        "Tide & <Lamp> by heron\nFandom: The Lighthouse Keepers (TV)\nRating: Explicit\nWarnings: Major Character Death\n"
        f"Words: 3\n\nInes waits.\n\n{SITE}/works/{work.pk}"
    )
    assert html.startswith(f'<p><a href="{SITE}/works/{work.pk}"><strong>Tide &amp; &lt;Lamp&gt;</strong></a> by <a href=')
    assert html.endswith(f'<blockquote><p><a href="{SITE}/x" rel="nofollow noopener">Ines</a> waits.</p></blockquote>')


def test_a_reader_who_hides_which_warnings_is_told_when_they_ask(client):
    member = UserFactory()
    WarningPreferences.objects.create(user=member, hides_which=True)
    client.force_login(member)
    work = make_work(**WARNED)

    hidden, named = client.get(f"/works/{work.pk}/share").text, client.get(f"/works/{work.pk}/share?show_warnings=true").text

    assert ("Major Character Death" in hidden, "This work has warnings" in hidden) == (False, True)
    assert "Warnings: Major Character Death" in named


@pytest.mark.parametrize("state", ["draft", "restricted", "refused"])
def test_what_is_not_for_everybody_has_no_text_for_sharing(client, state):
    author = UserFactory(refuses_share_links=state == "refused")
    work = make_draft(by=author) if state == "draft" else make_work(by=author, is_restricted=state == "restricted")
    client.force_login(author)

    assert client.get(f"/works/{work.pk}/share").status_code == 404
    assert not has_share(client, work)


def test_a_work_leads_to_its_text_for_sharing(client):
    work = make_work()

    assert has_share(client, work)
    assert client.get(f"/works/{work.pk}/share").headers["X-Robots-Tag"] == "noindex"
    assert not client.get(f"/works/{work.pk}/share").cookies


def test_a_guest_at_a_restricted_work_is_sent_to_log_in(client):
    work = make_work(is_restricted=True)

    assert client.get(f"/works/{work.pk}/share").url.startswith("/users/login")


@pytest.mark.parametrize("pk", ["9" * 30, "0"])
def test_a_number_that_is_no_works_is_nothing(client, pk):
    assert client.get(f"/works/{pk}/share").status_code == 404
