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
from tests.factories.people import PseudFactory, UserFactory
from tests.factories.works import add_chapter, make_work

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from archive.works.gifts import Gift
    from tests.browser.places import Archive

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
    give(make_work(by=archive.author, summary=f"A summary with {'n' * 500}"), pseud)
    return friend


def give(work: Work, *recipients: Pseud | str | User) -> Gift:
    """Give a work, and answer the first gift."""
    pseuds = [one if isinstance(one, str | Pseud) else one.pseuds.get(is_default=True) for one in recipients]
    giving.give(work, pseuds, by=work.pseuds.first().user)
    return work.gifts.order_by("pk").first()


def given() -> Work:
    """Answer the work that was given to a name."""
    return Work.objects.get(gifts__name="A" * 100)


def own_work(view: str):
    """Answer how one comes to a page of the member's own work."""
    return lambda page, _archive: page.goto(
        reverse(view, args=[Work.objects.get(creatorships__pseud__user__username=LONG_NAME).pk])
    )


def own_series(view: str):
    """Answer how one comes to a page of the member's own series."""
    return lambda page, _archive: page.goto(reverse(view, args=[Series.objects.get(pseuds__user__username=LONG_NAME).pk]))


def ask_nobody(page: Page, archive: Archive) -> None:
    """Ask somebody who is not there to write along."""
    own_work("work_creators")(page, archive)
    page.locator("form#invite input[name=invited]").evaluate("field => { field.value = 'Nobody, Nobody Else' }")
    page.get_by_role("button", name="Ask", exact=True).click()
    page.locator(".field-errors").wait_for()


def who_wrote_it(page: Page, _archive: Archive) -> None:
    """Look at who wrote a chapter."""
    work = Work.objects.get(creatorships__pseud__user__username=LONG_NAME)
    page.goto(reverse("chapter_creators", args=[work.pk, work.chapters.first().pk]))


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


PEOPLE = {
    "gifts": lambda page, _archive: page.goto(reverse("user_gifts", args=[LONG_NAME])),
    "work that is a gift": lambda page, _archive: page.goto(f"{given().get_absolute_url()}?view_adult=true"),
    "gifts for a name": lambda page, _archive: page.goto(f"{reverse('gifts')}?recipient={'A' * 100}"),
    "orphaning": lambda page, _archive: page.goto(reverse("orphans")),
    "orphaning, what would happen": lambda page, _archive: page.goto(f"{reverse('orphan_new')}?all=true"),
    "deleting an account": lambda page, _archive: page.goto(reverse("account_delete", args=[LONG_NAME])),
    "requests": lambda page, _archive: page.goto(reverse("requests_index", args=[LONG_NAME])),
    "draft that one is asked for": lambda page, archive: page.goto(archive.draft.get_absolute_url()),
    "app passwords": app_passwords,
    "who may ask me": lambda page, _archive: page.goto(reverse("people_preferences")),
    "co-authors": own_work("work_creators"),
    "co-authors of a series": own_series("series_creators"),
    "leaving, the last one": own_work("work_leave"),
    "leaving a series, the last one": own_series("series_leave"),
    "who wrote a chapter": who_wrote_it,
}
REFUSED = {"orphaning, refused": let_go_hastily, "co-authors, refused": ask_nobody}
