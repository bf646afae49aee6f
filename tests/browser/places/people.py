"""The pages on which people ask each other something, and answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from archive.people import passes, preferring
from archive.people.models import Pseud, Scope, User
from archive.works import cowriting, giving
from archive.works.creators import CreatorInvitation
from archive.works.models import Work
from archive.works.series import Series
from tests.browser.places.planting import LONG
from tests.browser.places.ways import Place, at
from tests.factories.people import PseudFactory, UserFactory
from tests.factories.works import add_chapter, make_work

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from archive.works.gifts import Gift
    from tests.browser.places.planting import Archive

LONG_NAME = "K" * 40


def as_friend(archive: Archive) -> User:
    """Answer a member who writes along, who has asked others, and whom others ask, to be logged in."""
    friend = UserFactory(username=LONG_NAME, can_be_invited=True)
    pseud = friend.pseuds.get()
    PseudFactory(user=friend, name="V" * 40)
    preferring.be_open(preferring.Openness(can_be_invited=True), by=archive.author)
    preferring.be_open(preferring.Openness(can_be_invited=True, takes_gifts_from="everybody"), by=friend)
    asked = UserFactory(username="J" * 40, can_be_invited=True).pseuds.get()
    ours = make_work(by=friend, title="n" * 255, series=f"T{'n' * 200}", expected_chapters=None)
    chapter = add_chapter(ours)
    cowriting.invite(ours, [archive.author.pseuds.get(is_default=True), asked], by=friend)
    cowriting.invite(ours, [asked], by=friend, chapter=chapter)
    cowriting.invite_to_series(Series.objects.get(title=f"T{'n' * 200}"), [asked], by=friend)
    for work in (archive.work, archive.draft):
        cowriting.invite(work, [pseud], by=archive.author)
    cowriting.invite(archive.chaptered, [pseud], by=archive.author, chapter=archive.chaptered.chapters.last())
    cowriting.refuse(CreatorInvitation.objects.get(work=archive.work, pseud=pseud), by=friend)
    give(make_work(by=archive.author, title="n" * 255), "A" * 100, friend)
    for answer in (giving.take, giving.refuse):
        answer(give(make_work(by=archive.author), pseud), by=friend)
    give(make_work(by=archive.author, summary=f"A summary with {LONG}"), pseud)
    return friend


def give(work: Work, *recipients: Pseud | str | User) -> Gift:
    """Give a work, and answer the first gift."""
    pseuds = [one if isinstance(one, str | Pseud) else one.pseuds.get(is_default=True) for one in recipients]
    giving.give(work, pseuds, by=work.pseuds.first().user)
    return work.gifts.order_by("pk").first()


def given() -> Work:
    """Answer the work that was given to a name."""
    return Work.objects.get(gifts__name="A" * 100)


def own_work(view: str) -> str:
    """Answer the address of a page of the member's own work."""
    return reverse(view, args=[Work.objects.get(creatorships__pseud__user__username=LONG_NAME).pk])


def own_series(view: str) -> str:
    """Answer the address of a page of the member's own series."""
    return reverse(view, args=[Series.objects.get(pseuds__user__username=LONG_NAME).pk])


def ask_nobody(page: Page, _archive: Archive) -> None:
    """Ask somebody who is not there to write along."""
    page.goto(own_work("work_creators"))
    page.locator("form#invite input[name=invited]").evaluate("field => { field.value = 'Nobody, Nobody Else' }")
    page.get_by_role("button", name="Ask", exact=True).click()
    page.locator(".field-errors").wait_for()


def who_wrote_it(_archive: Archive) -> str:
    """Answer the address of who wrote a chapter."""
    work = Work.objects.get(creatorships__pseud__user__username=LONG_NAME)
    return reverse("chapter_creators", args=[work.pk, work.chapters.first().pk])


def app_passwords(page: Page, _archive: Archive) -> None:
    """Look at one's app passwords, of which one has a long name."""
    owner = User.objects.get(username=LONG_NAME)
    if not owner.app_passwords.exists():
        passes.make(by=owner, name="n" * 60, scopes=list(Scope))
    page.goto(reverse("app_passwords", args=[LONG_NAME]))


def let_go_hastily(page: Page, _archive: Archive) -> None:
    """Orphan works without a word about one's name."""
    page.goto(f"{reverse('orphan_new')}?all=true")
    page.get_by_role("button", name="Orphan them").click()
    page.locator(".field-errors").first.wait_for()


PEOPLE = [
    at("gifts", lambda _archive: reverse("user_gifts", args=[LONG_NAME])),
    at("work that is a gift", lambda _archive: f"{given().get_absolute_url()}?view_adult=true"),
    at("gifts for a name", lambda _archive: f"{reverse('gifts')}?recipient={'A' * 100}"),
    at("orphaning", lambda _archive: reverse("orphans")),
    at("orphaning, what would happen", lambda _archive: f"{reverse('orphan_new')}?all=true"),
    at("deleting an account", lambda _archive: reverse("account_delete", args=[LONG_NAME])),
    at("requests", lambda _archive: reverse("requests_index", args=[LONG_NAME])),
    at("draft that one is asked for", lambda archive: archive.draft.get_absolute_url()),
    Place("app passwords", app_passwords),
    at("who may ask me", lambda _archive: reverse("people_preferences")),
    at("co-authors", lambda _archive: own_work("work_creators")),
    at("co-authors of a series", lambda _archive: own_series("series_creators")),
    at("leaving, the last one", lambda _archive: own_work("work_leave")),
    at("leaving a series, the last one", lambda _archive: own_series("series_leave")),
    at("who wrote a chapter", who_wrote_it),
    Place("orphaning, refused", let_go_hastily, status=422),
    Place("co-authors, refused", ask_nobody, status=422),
]
