"""Co-authors: asked, answering, leaving; and what of it anybody else can see."""

import threading

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.urls import reverse

from archive.people import writing_names
from archive.people.models import GiftsFrom, Pseud
from archive.works import asking, cowriting, deleting, writing
from archive.works.chapters import Chapter
from archive.works.creators import CreatorInvitation
from archive.works.models import Work
from archive.works.series import Series
from tests.factories.people import PseudFactory, UserFactory
from tests.factories.works import add_chapter, chapter_entry, make_draft, make_work, work_entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def author():
    return UserFactory(username="heronmarsh")


@pytest.fixture
def friend():
    return UserFactory(username="quietkettle", can_be_invited=True)


def pseud_of(user):
    return user.pseuds.get(is_default=True)


def invite(work, friend, *, by=None, chapter=None):
    by = by or work.pseuds.first().user
    cowriting.invite(work, [pseud_of(friend)], by=by, chapter=chapter)
    return CreatorInvitation.objects.get(work=work, pseud__user=friend, chapter=chapter)


def names_under(work):
    return [maker.byline for maker in Work.objects.for_pages().get(pk=work.pk).makers]


def test_a_name_stands_under_a_work_only_once_its_owner_has_said_yes(author, friend):
    work = make_work(by=author)
    invitation = invite(work, friend)
    before = names_under(work)

    cowriting.accept(invitation, by=friend)

    assert before == ["heronmarsh"]
    assert names_under(work) == ["heronmarsh", "quietkettle"]
    assert not CreatorInvitation.objects.exists()


def test_who_says_yes_can_change_the_work_and_nobody_else_is_gone(author, friend):
    work = make_work(by=author)
    cowriting.accept(invite(work, friend), by=friend)

    writing.edit(Work.objects.get(pk=work.pk), work_entry(friend, title="Ours"), version=work.version, by=friend)

    assert names_under(work) == ["heronmarsh", "quietkettle"]
    assert Work.objects.get(pk=work.pk).title == "Ours"


def test_one_can_say_yes_under_another_of_ones_names(author, friend):
    other = PseudFactory(user=friend, name="Kettle")
    work = make_work(by=author)

    cowriting.accept(invite(work, friend), by=friend, pseud=other)

    assert names_under(work) == ["heronmarsh", "Kettle (quietkettle)"]


def test_nobody_says_yes_under_somebody_elses_name(author, friend):
    work = make_work(by=author)

    cowriting.accept(invite(work, friend), by=friend, pseud=pseud_of(UserFactory()))

    assert names_under(work) == ["heronmarsh", "quietkettle"]


def test_only_who_lets_others_ask_is_asked(author):
    closed = UserFactory(username="tenpenny")

    with pytest.raises(cowriting.CannotBeInvited, match="tenpenny"):
        invite(make_work(by=author), closed)


def test_turning_the_preference_off_later_removes_nobody(author, friend):
    work = make_work(by=author)
    cowriting.accept(invite(work, friend), by=friend)

    friend.can_be_invited = False
    friend.save(update_fields=["can_be_invited"])

    assert names_under(work) == ["heronmarsh", "quietkettle"]


def test_who_has_said_no_is_not_asked_again_until_they_let_one(author, friend):
    work = make_work(by=author)
    invitation = invite(work, friend)
    cowriting.refuse(invitation, by=friend)
    with pytest.raises(cowriting.CannotBeInvited, match="said no"):
        invite(work, friend)

    cowriting.relent(invitation, by=friend)

    assert invite(work, friend).refused_at is None


def test_the_same_is_asked_once(author, friend):
    work = make_work(by=author)
    invite(work, friend)

    invite(work, friend)

    assert CreatorInvitation.objects.count() == 1


def test_twenty_can_be_asked_at_a_time(author):
    work = make_work(by=author)
    people = [pseud_of(UserFactory(can_be_invited=True)) for _number in range(cowriting.MOST_PENDING + 1)]

    with pytest.raises(cowriting.TooManyPending):
        cowriting.invite(work, people, by=author)

    assert not CreatorInvitation.objects.exists()


def test_a_stranger_invites_nobody(author, friend):
    with pytest.raises(cowriting.NoLongerYours):
        invite(make_work(by=author), friend, by=UserFactory())


def test_who_leaves_is_gone_from_work_and_chapters_and_can_change_nothing(author, friend):
    work = make_work(by=author, expected_chapters=None)
    cowriting.accept(invite(work, friend), by=friend)

    cowriting.leave(work, by=friend)

    assert names_under(work) == ["heronmarsh"]
    with pytest.raises(cowriting.NoLongerYours):
        writing.add_chapter(work, chapter_entry(), by=friend)


def test_the_last_one_cannot_leave(author):
    work = make_work(by=author)

    with pytest.raises(cowriting.LastMaker):
        cowriting.leave(work, by=author)

    assert names_under(work) == ["heronmarsh"]


# Chapters


def test_whoever_joins_a_work_stands_under_all_its_chapters(author, friend):
    work = make_work(by=author, expected_chapters=None)
    other = UserFactory(can_be_invited=True, username="lanternfish")
    chapter = add_chapter(work)
    cowriting.accept(invite(work, other, chapter=chapter), by=other)

    cowriting.accept(invite(work, friend), by=friend)

    first = work.chapters.in_order().first()
    assert written_by(work, first) == ["heronmarsh", "quietkettle"]
    assert written_by(work, chapter) == []  # all of them


def written_by(work, chapter):
    found = Work.objects.for_header().get(pk=work.pk).chapter_makers
    return [maker.byline for maker in found.get(chapter.pk, [])]


def test_whoever_joins_a_chapter_stands_under_the_work_and_that_chapter_alone(author, friend):
    work = make_work(by=author, expected_chapters=None)
    second = add_chapter(work)

    cowriting.accept(invite(work, friend, chapter=second), by=friend)

    assert names_under(work) == ["heronmarsh", "quietkettle"]
    assert written_by(work, work.chapters.in_order().first()) == ["heronmarsh"]
    assert written_by(work, second) == []


def test_a_chapter_says_who_wrote_it_where_not_everybody_did(client, author, friend):
    work = make_work(by=author, expected_chapters=None)
    second = add_chapter(work)
    cowriting.accept(invite(work, friend, chapter=second), by=friend)

    first_page = client.get(work.chapters.in_order().first().get_absolute_url()).content.decode()
    second_page = client.get(second.get_absolute_url()).content.decode()

    assert "Chapter by" in first_page
    assert "Chapter by" not in second_page


def test_one_takes_off_oneself_and_nobody_else(author, friend):
    work = make_work(by=author)
    cowriting.accept(invite(work, friend), by=friend)
    chapter = work.chapters.get()
    with pytest.raises(cowriting.NotYourName):
        cowriting.sign_chapter(chapter, [pseud_of(friend)], by=friend)

    cowriting.sign_chapter(chapter, [pseud_of(author)], by=friend)

    assert written_by(work, chapter) == ["heronmarsh"]


def test_another_name_of_ones_own_goes_under_the_chapters_too(author, friend):
    work = make_work(by=author, expected_chapters=None)
    second = add_chapter(work)
    cowriting.accept(invite(work, friend, chapter=second), by=friend)
    other = PseudFactory(user=author, name="Mardy Heron")

    writing.sign(work, [other], by=author)

    assert written_by(work, work.chapters.in_order().first()) == ["Mardy Heron (heronmarsh)"]


def test_a_pseud_that_goes_leaves_its_chapters_and_invitations_to_the_default_one(author, friend):
    work = make_work(by=author, expected_chapters=None)
    other = PseudFactory(user=friend, name="Kettle")
    second, third = add_chapter(work), add_chapter(work)
    cowriting.accept(invite(work, friend, chapter=second), by=friend, pseud=other)
    series = Series.objects.create(title="The Lamp")
    series.pseuds.add(pseud_of(author))
    cowriting.invite_to_series(series, [other], by=author)
    cowriting.sign_chapter(third, [pseud_of(author), other], by=author)

    writing_names.lay_down(Pseud.objects.with_account().get(pk=other.pk), by=friend)

    assert names_under(work) == ["heronmarsh", "quietkettle"]
    assert CreatorInvitation.objects.get().pseud == pseud_of(friend)


# Series


def test_a_series_can_have_several_makers(author, friend):
    make_work(by=author, series="The Lamp")
    series = Series.objects.get()
    cowriting.invite_to_series(series, [pseud_of(friend)], by=author)

    cowriting.accept(CreatorInvitation.objects.get(), by=friend)

    assert set(series.pseuds.values_list("name", flat=True)) == {"heronmarsh", "quietkettle"}
    cowriting.leave_series(series, by=author)
    with pytest.raises(cowriting.LastMaker):
        cowriting.leave_series(series, by=friend)


def test_a_new_series_stands_under_the_name_of_who_made_it_alone(author, friend):
    work = make_work(by=author)
    cowriting.accept(invite(work, friend), by=friend)

    writing.edit(work, work_entry(author, title=work.title, series="Mine"), version=work.version, by=author)

    assert list(Series.objects.get().pseuds.values_list("name", flat=True)) == ["heronmarsh"]


# Doors

ROLES = ["guest", "member", "refused", "withdrawn", "invited", "invited to a chapter", "author", "co-author", "left"]
#            page of a draft, draft chapter of a posted work, may change it
EXPECTED = dict.fromkeys(ROLES, (False, False, False)) | {
    "invited": (True, True, False),
    "invited to a chapter": (True, True, False),
    "author": (True, True, True),
    "co-author": (True, True, True),
}


def in_role(role, works, author):
    person = UserFactory(can_be_invited=True)
    if role == "guest":
        return AnonymousUser()
    if role == "author":
        return author
    if role == "member":
        return person
    for work in works:
        chapter = work.chapters.in_order().first() if role == "invited to a chapter" else None
        invitation = invite(work, person, by=author, chapter=chapter)
        if role == "refused":
            cowriting.refuse(invitation, by=person)
        if role == "withdrawn":
            cowriting.withdraw(invitation, by=author)
        if role in {"co-author", "left"}:
            cowriting.accept(invitation, by=person)
        if role == "left":
            cowriting.leave(work, by=person)
    return person


@pytest.mark.parametrize("role", ROLES)
def test_who_reaches_what_is_not_posted(client, role, author):
    draft, posted = make_draft(by=author), make_work(by=author, expected_chapters=None)
    chapter = add_chapter(posted, posts=False)
    viewer = in_role(role, [draft, posted], author)
    if role != "guest":
        client.force_login(viewer)

    reached = (
        client.get(draft.get_absolute_url()).status_code == 200,
        client.get(chapter.get_absolute_url()).status_code == 200,
        Work.objects.editable_by(viewer).filter(pk=draft.pk).exists(),
    )

    assert reached == EXPECTED[role]
    assert Work.objects.visible_to(viewer).filter(pk=draft.pk).exists() == reached[0]
    assert Chapter.objects.visible_to(viewer).filter(pk=chapter.pk).exists() == reached[1]


def test_a_draft_that_one_is_invited_to_shows_its_warnings_first(client, author, friend):
    draft = make_draft(by=author, warnings=("Major Character Death",), rating="Explicit", text="<p>zqxcanaryzqx sang.</p>")
    invite(draft, friend)
    client.force_login(friend)

    page = client.get(draft.get_absolute_url()).content.decode()

    assert "Major Character Death" in page
    assert "zqxcanaryzqx" not in page


def test_a_deleted_work_asks_nobody_anything(client, author, friend):
    work = make_work(by=author)
    invitation = invite(work, friend)
    deleting.delete(work, by=author)

    with pytest.raises(cowriting.NoLongerOpen):
        cowriting.accept(invitation, by=friend)

    assert asking.counts_for(friend)["requests"] == 0


@pytest.mark.parametrize("answer", ["pending", "refused"])
def test_no_page_names_who_is_only_invited(client, author, answer):
    asked = UserFactory(username="zqxinvitedzqx", can_be_invited=True)
    work = make_work(by=author, series="The Lamp", expected_chapters=None)
    invitation = invite(work, asked)
    cowriting.invite_to_series(Series.objects.get(), [pseud_of(asked)], by=author)
    if answer == "refused":
        cowriting.refuse(invitation, by=asked)
    client.force_login(UserFactory())

    pages = [
        "/", "/works", work.get_absolute_url(), f"{work.get_absolute_url()}/navigate", Series.objects.get().get_absolute_url(),
        reverse("user_show", args=["heronmarsh"]), reverse("user_works", args=["heronmarsh"]),
        "/tags/The%20Lighthouse%20Keepers%20(TV)/works",
    ]  # fmt: skip

    assert [page for page in pages if "zqxinvitedzqx" in client.get(page).content.decode()] == []
    assert f"work_{work.pk}" not in client.get(reverse("user_works", args=["zqxinvitedzqx"])).content.decode()


# Pages


def test_the_form_of_a_work_asks_others(client, author, friend):
    client.force_login(author)
    work = make_work(by=author)
    sent = dict(client.get(reverse("work_edit", args=[work.pk])).context["form"].initial) | {
        "invited": "Nobody At All, quietkettle"
    }
    sent = {name: value for name, value in sent.items() if value is not None}

    refused = client.post(reverse("work_edit", args=[work.pk]), sent)

    assert refused.status_code == 422
    assert refused.context["form"].errors["invited"] == ["Nobody here is called “Nobody At All”."]
    client.post(reverse("work_edit", args=[work.pk]), sent | {"invited": "Quietkettle"})
    assert CreatorInvitation.objects.get().pseud == pseud_of(friend)


def test_several_of_one_name_are_offered_to_choose_from(client, author):
    work = make_work(by=author)
    for username in ("kestrel_one", "kestrel_two"):
        PseudFactory(user=UserFactory(username=username, can_be_invited=True), name="Kestrel")
    client.force_login(author)
    address = reverse("work_creators", args=[work.pk])

    refused = client.post(address, {"invited": "Kestrel"})
    client.post(address, {"invited": "Kestrel (kestrel_two)"})

    assert "Kestrel (kestrel_one), Kestrel (kestrel_two)" in refused.context["form"].errors["invited"][0]
    assert CreatorInvitation.objects.get().pseud.user.username == "kestrel_two"


def test_the_requests_say_who_asks_for_what_and_take_the_answer(client, author, friend):
    work = make_draft(by=author, title="What the Tide Leaves", summary="Two keepers, one lamp.")
    invitation = invite(work, friend)
    client.force_login(friend)
    address = reverse("requests_index", args=["quietkettle"])

    page = client.get(address).content.decode()
    client.post(reverse("creator_invitation_accept", args=[invitation.pk]))

    assert all(words in page for words in ("What the Tide Leaves", "Two keepers, one lamp.", "heronmarsh asks quietkettle"))
    assert names_under(work) == ["heronmarsh", "quietkettle"]
    assert "Nobody asks anything of you" in client.get(address).content.decode()


def test_a_refused_draft_is_not_named_any_more(client, author, friend):
    work = make_draft(by=author, title="What the Tide Leaves")
    client.force_login(friend)

    client.post(reverse("creator_invitation_refuse", args=[invite(work, friend).pk]))

    page = client.get(reverse("requests_index", args=["quietkettle"])).content.decode()
    assert "What the Tide Leaves" not in page
    assert "Let them ask again" in page


@pytest.mark.parametrize("deed", ["accept", "refuse", "relent", "withdraw"])
def test_nobody_answers_for_somebody_else(client, author, friend, deed):
    invitation = invite(make_work(by=author), friend)
    client.force_login(UserFactory())

    response = client.post(reverse(f"creator_invitation_{deed}", args=[invitation.pk]))

    assert response.status_code == 404
    assert CreatorInvitation.objects.get().refused_at is None


@pytest.mark.parametrize("page", ["work_creators", "work_leave"])
def test_pages_of_who_makes_a_work_are_its_makers_alone(client, author, friend, page):
    work = make_work(by=author)
    invite(work, friend)
    client.force_login(friend)

    assert client.get(reverse(page, args=[work.pk])).status_code == 404


def test_others_requests_are_not_there(client, author):
    client.force_login(author)

    assert client.get(reverse("requests_index", args=[UserFactory().username])).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_requests_ask_the_same_questions_of_few_and_many(client, friend, django_assert_num_queries, count):
    for _number in range(count):
        invite(make_work(), friend)
    client.force_login(friend)

    with django_assert_num_queries(8):
        client.get(reverse("requests_index", args=["quietkettle"]))


def test_the_menu_counts_what_waits_in_one_question(author, friend, django_assert_num_queries):
    for _number in range(3):
        invite(make_work(by=author), friend)

    with django_assert_num_queries(1):
        assert asking.counts_for(friend)["requests"] == 3


def test_the_menu_of_a_member_shows_the_number_and_that_of_a_guest_asks_nothing(client, author, friend):
    invite(make_work(by=author), friend)
    guests = client.get("/about").content.decode()
    client.force_login(friend)

    members = client.get("/about").content.decode()

    assert 'class="menu-count">1' in members
    assert "menu-count" not in guests


def test_a_member_chooses_whether_they_can_be_asked(client, author):
    client.force_login(author)

    client.post(reverse("people_preferences"), {"can_be_invited": "on", "takes_gifts_from": GiftsFrom.NOBODY})
    author.refresh_from_db()
    opened = author.can_be_invited
    client.post(reverse("people_preferences"), {"takes_gifts_from": GiftsFrom.NOBODY})
    author.refresh_from_db()

    assert (opened, author.can_be_invited) == (True, False)


def test_nobody_gets_a_mail(author, friend, mailoutbox):
    cowriting.accept(invite(make_work(by=author), friend), by=friend)

    assert mailoutbox == []


def test_names_of_people_are_offered_while_one_types(client, friend):
    PseudFactory(user=friend, name="Quiet Sea")

    offered = client.get("/autocomplete/pseud", {"term": "quiet"}).json()

    assert [one["name"] for one in offered] == ["Quiet Sea (quietkettle)", "quietkettle"]


# At the same moment


def at_once(*deeds):
    """Do these things at the same moment, and answer what each raised, or None."""
    raised = [None] * len(deeds)
    barrier = threading.Barrier(len(deeds))

    def run(place, deed):
        barrier.wait()
        try:
            deed()
        except Exception as refusal:  # noqa: BLE001 - the test looks at it
            raised[place] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place, deed)) for place, deed in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


@pytest.mark.django_db(transaction=True)
def test_two_say_yes_at_the_same_moment(author):
    work = make_work(by=author)
    people = [UserFactory(can_be_invited=True) for _number in range(2)]
    invitations = [invite(work, person) for person in people]

    raised = at_once(
        *(lambda one=one, who=who: cowriting.accept(one, by=who) for one, who in zip(invitations, people, strict=True))
    )

    assert raised == [None, None]
    assert sorted(work.creatorships.values_list("position", flat=True)) == [0, 1, 2]


@pytest.mark.django_db(transaction=True)
def test_an_invitation_taken_back_while_somebody_says_yes_ends_in_one_of_the_two(author, friend):
    work = make_work(by=author)
    invitation = invite(work, friend)

    raised = at_once(lambda: cowriting.accept(invitation, by=friend), lambda: cowriting.withdraw(invitation, by=author))

    assert sorted(type(one).__name__ for one in raised) == ["NoLongerOpen", "NoneType"]
    assert ("quietkettle" in names_under(work)) == (raised[0] is None)
    assert not CreatorInvitation.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_leave_at_the_same_moment_and_one_stays(author, friend):
    work = make_work(by=author)
    cowriting.accept(invite(work, friend), by=friend)

    raised = at_once(lambda: cowriting.leave(work, by=author), lambda: cowriting.leave(work, by=friend))

    assert sorted(type(one).__name__ for one in raised) == ["LastMaker", "NoneType"]
    assert len(names_under(work)) == 1


@pytest.mark.django_db(transaction=True)
def test_who_has_left_a_moment_ago_saves_nothing(author, friend):
    work = make_work(by=author)
    cowriting.accept(invite(work, friend), by=friend)
    got = Work.objects.editable_by(friend).get(pk=work.pk)
    cowriting.leave(work, by=friend)

    with pytest.raises(cowriting.NoLongerYours):
        writing.edit(got, work_entry(friend, title="Mine now"), version=got.version, by=friend)

    assert names_under(work) == ["heronmarsh"]
