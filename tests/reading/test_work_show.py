import pytest
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from tests.factories.people import UserFactory
from tests.factories.works import add_chapter, make_draft, make_work

pytestmark = pytest.mark.django_db

CANARY = "<p>The canary sings in the lamp room.</p>"


def page(response):
    return LexborHTMLParser(response.content.decode())


def test_a_guest_reads_a_work_that_asks_for_nothing(client):
    work = make_work(text=CANARY, summary="A bird.", notes="For M.", endnotes="The end.")

    shown = page(client.get(work.get_absolute_url()))

    assert "canary sings" in shown.css_first("#chapters div.userstuff").text()
    assert shown.css_first("h2.title.heading").text(strip=True) == work.title
    assert shown.css_first("dd[class='rating tags'] a.tag").text() == "General Audiences"


def test_the_first_page_of_a_longer_work_is_its_first_chapter(client):
    work = make_work(expected_chapters=None)
    add_chapter(work)

    response = client.get(work.get_absolute_url(), {"style": "light"})

    assert response.status_code == 302
    assert response.url == f"{work.chapters.get(position=1).get_absolute_url()}?style=light"


def test_the_whole_work_holds_every_chapter(client):
    work = make_work(expected_chapters=None, text=CANARY)
    add_chapter(work, text="<p>The second canary answers.</p>", title="Answer")

    shown = page(client.get(work.get_absolute_url(), {"view_full_work": "true"}))

    assert [node.id for node in shown.css("#chapters > div.chapter")] == ["chapter-1", "chapter-2"]
    assert len(shown.css("div[class='userstuff module']")) == 2


def test_consent_leads_on_to_the_text_and_is_remembered(client):
    work = make_work(rating="Explicit", text=CANARY)
    advisory = client.get(work.get_absolute_url())
    form = page(advisory).css_first("form[action$='/consent']")
    sent = {field.attributes["name"]: field.attributes["value"] for field in form.css("input[type=hidden]")}

    client.post(form.attributes["action"], sent)

    assert b"canary" not in advisory.content
    assert b"canary" in client.get(work.get_absolute_url()).content


def test_a_guest_who_reads_has_no_session(client, django_assert_num_queries):
    work = make_work(rating="Explicit")
    client.get(work.get_absolute_url())
    client.post(reverse("work_consent", args=[work.pk]), {"next": work.get_absolute_url(), "shown": ""})

    assert "sessionid" not in client.cookies


def test_view_adult_is_a_yes_for_one_request_alone(client):
    work = make_work(rating="Explicit", text=CANARY)

    assert b"canary" in client.get(work.get_absolute_url(), {"view_adult": "true"}).content
    assert b"canary" not in client.get(work.get_absolute_url()).content


def test_view_adult_survives_the_way_to_the_first_chapter(client):
    work = make_work(rating="Explicit", text=CANARY, expected_chapters=None)
    add_chapter(work)

    response = client.get(work.get_absolute_url(), {"view_adult": "true"}, follow=True)

    assert b"canary" in response.content


def test_a_restricted_work_sends_guests_to_log_in(client):
    work = make_work(is_restricted=True)

    response = client.get(work.get_absolute_url())

    assert response.url == f"{reverse('account_login')}?next={work.get_absolute_url()}"


@pytest.mark.parametrize("address", ["{}", "{}/navigate", "{}?view_full_work=true", "{}?view_adult=true"])
def test_a_draft_is_nowhere_for_others(client, address):
    draft = make_draft(text=CANARY)
    client.force_login(UserFactory())

    response = client.get(address.format(draft.get_absolute_url()))

    assert response.status_code == 404


def test_a_draft_chapter_is_nowhere_for_others(client):
    work = make_work(expected_chapters=None)
    chapter = add_chapter(work, text=CANARY, posts=False)

    assert client.get(chapter.get_absolute_url()).status_code == 404
    assert b"canary" not in client.get(work.get_absolute_url(), {"view_full_work": "true"}).content


def test_authors_see_their_drafts(client):
    author = UserFactory()
    draft = make_draft(by=author, text=CANARY)
    client.force_login(author)

    assert b"canary" in client.get(draft.get_absolute_url()).content


def test_navigate_lists_each_chapter_with_its_date(client):
    work = make_work(expected_chapters=None)
    second = add_chapter(work, title="The Commissioner’s Boat")

    links = page(client.get(reverse("work_navigate", args=[work.pk]))).css("ol.chapter.index.group li")

    assert " ".join(links[1].text().split()) == f"2. The Commissioner’s Boat ({second.published_at:%Y-%m-%d})"


def test_who_hides_which_warnings_finds_them_nowhere(client):
    reader = UserFactory()
    work = make_work(warnings=("Major Character Death",), content_notes="Drowning.")
    client.force_login(reader)
    client.post(reverse("warning_preferences"), {"hides_which": "on"})

    for address in (work.get_absolute_url(), reverse("works_index"), f"{work.get_absolute_url()}?view_adult=true"):
        answer = client.get(address).content.decode()
        assert "Major Character Death" not in answer
        assert "Drowning" not in answer
    assert b"Major Character Death" in client.get(work.get_absolute_url(), {"show_warnings": "true"}).content


@pytest.mark.parametrize("count", [1, 3])
def test_a_chapter_takes_the_same_queries_whatever_the_number_of_chapters(client, django_assert_num_queries, count):
    work = make_work(expected_chapters=None)
    for _ in range(count - 1):
        add_chapter(work)
    address = work.chapters.get(position=1).get_absolute_url()

    with django_assert_num_queries(4):
        client.get(address)
