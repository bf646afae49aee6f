"""Letting go of works for good: what stays, what goes over, and that no trace leads back where a name was dropped."""

import threading

import pytest
from django.db import connection
from django.urls import reverse

from archive.people import orphanage
from archive.people.models import Pseud, Submission, User
from archive.search.index.documents import Drawer
from archive.works import cowriting, orphaning, writing
from archive.works.chapters import Chapter
from archive.works.creators import CreatorInvitation
from archive.works.models import Tally, Work
from archive.works.orphaning import Choice
from archive.works.series import Series
from archive.works.texts import Revision
from tests.factories.people import PASSWORD, PseudFactory, UserFactory
from tests.factories.works import add_chapter, make_draft, make_work, work_entry

pytestmark = pytest.mark.django_db

CANARY = "zqxcanaryzqx"


@pytest.fixture
def author():
    return UserFactory(username="heronmarsh", password=PASSWORD)


@pytest.fixture
def friend():
    return UserFactory(username="quietkettle", can_be_invited=True)


def write_along(work, friend):
    cowriting.invite(work, [friend.pseuds.get(is_default=True)], by=work.pseuds.first().user)
    cowriting.accept(CreatorInvitation.objects.get(work=work, pseud__user=friend), by=friend)


def names_under(work):
    return [maker.byline for maker in Work.objects.for_pages().get(pk=work.pk).makers]


@pytest.mark.parametrize(("keeps_name", "byline"), [(False, "orphan_account"), (True, "heronmarsh (orphan_account)")])
def test_an_orphaned_work_stays_and_belongs_to_nobody(client, author, keeps_name, byline):
    work = make_work(by=author)
    Tally.objects.create(work=work, kudos=7)

    orphaning.orphan(Choice(works=[work.pk]), keeps_name=keeps_name, by=author)

    assert names_under(work) == [byline]
    assert client.get(work.get_absolute_url()).status_code == 200
    assert Tally.objects.get(work=work).kudos == 7
    assert not Work.objects.editable_by(author).exists()


def test_the_same_name_let_go_twice_is_one_name(author):
    other = UserFactory(username="kestrel")
    works = [make_work(by=author), make_work(by=other)]
    PseudFactory(user=other, name="Heronmarsh")
    writing.sign(works[1], [other.pseuds.get(name="Heronmarsh")], by=other)

    for work, user in zip(works, (author, other), strict=True):
        orphaning.orphan(Choice(works=[work.pk]), keeps_name=True, by=user)

    assert Pseud.objects.filter(user__username="orphan_account", name__iexact="heronmarsh").count() == 1


def test_only_the_names_under_the_works_become_names_of_the_keeper(author):
    PseudFactory(user=author, name="A Secret Name")
    work = make_work(by=author)

    orphaning.orphan(Choice(works=[work.pk]), keeps_name=True, by=author)

    assert not Pseud.objects.filter(name="A Secret Name").exclude(user=author).exists()


def test_a_pseud_goes_and_the_others_stay(author):
    other = PseudFactory(user=author, name="Mardy Heron")
    kept, gone = make_work(by=author), make_work(by=author)
    writing.sign(gone, [other], by=author)

    orphaning.orphan(Choice(pseud=other), keeps_name=False, by=author)

    assert (names_under(kept), names_under(gone)) == (["heronmarsh"], ["orphan_account"])


def test_a_work_of_two_of_ones_pseuds_stays_ones_own_when_one_of_them_goes(author):
    other = PseudFactory(user=author, name="Mardy Heron")
    work = make_work(by=author)
    writing.sign(work, [author.pseuds.get(is_default=True), other], by=author)

    orphaning.orphan(Choice(pseud=other), keeps_name=False, by=author)

    assert names_under(work) == ["heronmarsh", "orphan_account"]
    assert Revision.objects.get(chapter__work=work).saved_by == author


def test_everything_goes_but_drafts(author):
    works, draft = [make_work(by=author) for _number in range(3)], make_draft(by=author)

    orphaning.orphan(Choice(is_everything=True), keeps_name=False, by=author)

    assert [names_under(work) for work in works] == [["orphan_account"]] * 3
    assert list(Work.objects.editable_by(author)) == [draft]


def test_a_series_goes_with_its_works_and_drafts_leave_it(author):
    inside, outside = make_work(by=author, series="The Lamp"), make_work(by=author)
    draft = make_draft(by=author, series="The Lamp")
    series = Series.objects.get()

    orphaning.orphan(Choice(series=series), keeps_name=True, by=author)

    assert [pseud.byline for pseud in series.pseuds.with_account()] == ["heronmarsh (orphan_account)"]
    assert (names_under(inside), names_under(outside)) == (["heronmarsh (orphan_account)"], ["heronmarsh"])
    assert list(series.entries.values_list("work", flat=True)) == [inside.pk]
    assert Work.objects.editable_by(author).filter(pk=draft.pk).exists()


def test_a_series_with_something_left_stays(author):
    gone, kept = make_work(by=author, series="The Lamp"), make_work(by=author, series="The Lamp")

    orphaning.orphan(Choice(works=[gone.pk]), keeps_name=False, by=author)

    assert [pseud.byline for pseud in Series.objects.get().pseuds.with_account()] == ["heronmarsh"]
    assert names_under(kept) == ["heronmarsh"]


def test_co_authors_keep_what_they_wrote_along(author, friend):
    work = make_work(by=author, expected_chapters=None)
    write_along(work, friend)
    draft = add_chapter(work, posts=False)

    orphaning.orphan(Choice(works=[work.pk]), keeps_name=False, by=author)

    assert names_under(work) == ["orphan_account", "quietkettle"]
    assert Chapter.objects.editable_by(friend).filter(pk=draft.pk).exists()
    with pytest.raises(cowriting.LastMaker):
        cowriting.leave(work, by=friend)


def test_two_co_authors_let_go_one_after_the_other(author, friend):
    work = make_work(by=author)
    write_along(work, friend)
    cowriting.sign_chapter(work.chapters.get(), [author.pseuds.get()], by=friend)

    orphaning.orphan(Choice(works=[work.pk]), keeps_name=False, by=author)
    orphaning.orphan(Choice(works=[work.pk]), keeps_name=False, by=friend)

    assert names_under(work) == ["orphan_account"]


def test_draft_chapters_that_nobody_could_see_go(author):
    work = make_work(by=author, expected_chapters=None)
    draft = add_chapter(work, posts=False)
    last = add_chapter(work)

    orphaning.orphan(Choice(works=[work.pk]), keeps_name=False, by=author)

    assert not Chapter.objects.filter(pk=draft.pk).exists()
    assert list(work.chapters.in_order().values_list("position", flat=True)) == [1, 2]
    assert Chapter.objects.get(pk=last.pk).position == 2


def test_invitations_end(author, friend):
    work = make_work(by=author)
    cowriting.invite(work, [friend.pseuds.get()], by=author)

    orphaning.orphan(Choice(works=[work.pk]), keeps_name=False, by=author)

    assert not CreatorInvitation.objects.exists()


def test_nobody_lets_go_of_somebody_elses(author):
    work = make_work()

    with pytest.raises(orphaning.NothingToOrphan):
        orphaning.orphan(Choice(works=[work.pk]), keeps_name=False, by=author)

    assert "orphan_account" not in names_under(work)


# No way back


@pytest.fixture
def dropped(client, friend):
    """A work from under which a name was dropped that is nowhere else, written along by somebody; and what was before."""
    author = UserFactory(username=CANARY)
    other = PseudFactory(user=author, name=f"{CANARY} too")
    work = make_work(by=author, series="The Lamp", expected_chapters=None)
    writing.sign(work, [*author.pseuds.filter(is_default=True), other], by=author)
    add_chapter(work)
    write_along(work, friend)
    cowriting.sign_chapter(work.chapters.first(), list(author.pseuds.all()), by=friend)
    Submission.objects.create(user=author, key="a" * 32, answer=work.get_absolute_url())
    client.get(work.get_absolute_url())  # what is remembered of pages is remembered with the name
    client.get("/works")
    orphaning.orphan(Choice(is_everything=True), keeps_name=False, by=author)
    return work


def pages_about(work):
    chapters = [chapter.get_absolute_url() for chapter in work.chapters.all()]
    own = ["work_edit", "work_creators", "work_navigate", "work_delete"]
    of_chapters = [
        reverse(name, args=[work.pk, work.chapters.first().pk]) for name in ("versions_index", "chapter_edit", "chapter_creators")
    ]
    return [
        "/", "/works", work.get_absolute_url(), f"{work.get_absolute_url()}?view_full_work=true", *chapters, *of_chapters,
        *[reverse(name, args=[work.pk]) for name in own], f"{of_chapters[0]}/1",
        Series.objects.get().get_absolute_url(), "/tags/The%20Lighthouse%20Keepers%20(TV)/works", "/languages/en/works",
        "/users/orphan_account", "/users/orphan_account/works", "/users/orphan_account/pseuds", "/users/quietkettle/works",
        f"{work.get_absolute_url()}/alike",
    ]  # fmt: skip


@pytest.mark.parametrize("who", ["guest", "co-author"])
def test_no_page_names_who_has_dropped_their_name(client, dropped, friend, who):
    if who == "co-author":
        client.force_login(friend)

    answers = {page: client.get(page, follow=True).content.decode() for page in pages_about(dropped)}

    assert [page for page, answer in answers.items() if CANARY in answer] == []
    assert "orphan_account" in answers[dropped.get_absolute_url()]


def test_neither_index_nor_rows_name_who_has_dropped_their_name(dropped):
    former = User.objects.get(username=CANARY)
    drawer = Drawer(kinds=("fandom",))
    documents = list(drawer.documents(drawer.read([dropped.pk])))

    assert CANARY not in documents[0][1]
    assert former.pk not in Work.objects.get(pk=dropped.pk).pseuds.values_list("user", flat=True)
    assert f"user-{former.pk}" not in Work.objects.for_header().get(pk=dropped.pk).makers_in_json
    assert not Revision.objects.filter(saved_by=former).exists()
    assert not Submission.objects.exists()


def test_the_works_of_who_has_dropped_their_name_are_no_longer_listed_as_theirs(client, dropped):
    assert f"work_{dropped.pk}" not in client.get(reverse("user_works", args=[CANARY])).content.decode()
    assert str(dropped.pk) not in {
        str(pk) for pk in Work.objects.made_by(User.objects.get(username=CANARY)).values_list("pk", flat=True)
    }


# The account that keeps them


def test_nobody_logs_in_to_the_keeper_or_gets_a_link_for_a_new_password(client, author, mailoutbox):
    orphaning.orphan(Choice(works=[make_work(by=author).pk]), keeps_name=False, by=author)
    keeper = User.objects.get(username=orphanage.USERNAME)

    client.post(reverse("account_reset_password"), {"email": orphanage.ADDRESS})

    assert not keeper.has_usable_password()
    assert [mail for mail in mailoutbox if "/reset/key/" in mail.body] == []


def test_nobody_signs_up_as_the_keeper(client):
    sent = {"username": "Orphan_Account", "email": "a@example.com", "password1": PASSWORD, "password2": PASSWORD, "agrees": "on"}

    assert client.post(reverse("account_signup"), sent).status_code == 422 or not User.objects.exists()
    assert not User.objects.filter(username__iexact="orphan_account").exists()


# Pages


def test_what_would_happen_is_shown_and_takes_a_yes_that_is_meant(client, author):
    work = make_work(by=author, title="What the Tide Leaves", expected_chapters=None)
    add_chapter(work, posts=False)
    client.force_login(author)
    address = f"{reverse('orphan_new')}?work_id={work.pk}"
    shown = client.get(address)

    page = shown.content.decode()
    hasty = client.post(address, {"name": "drop", "seen": shown.context["form"].initial["seen"]})

    assert all(
        words in page for words in ("What the Tide Leaves", "1 draft chapter", "cannot be undone", "heronmarsh (orphan_account)")
    )
    assert hasty.status_code == 422
    assert names_under(work) == ["heronmarsh"]
    sent = {"name": "drop", "is_sure": "on", "seen": shown.context["form"].initial["seen"]}
    client.post(address, sent)
    assert names_under(work) == ["orphan_account"]


def test_what_was_not_shown_does_not_go(client, author):
    make_work(by=author)
    client.force_login(author)
    address = f"{reverse('orphan_new')}?all=true"
    seen = client.get(address).context["form"].initial["seen"]
    make_work(by=author)

    refused = client.post(address, {"name": "keep", "is_sure": "on", "seen": seen})

    assert refused.status_code == 422
    assert "Your works have changed since this page was shown" in refused.content.decode()
    assert Work.objects.editable_by(author).count() == 2


@pytest.mark.parametrize(
    "query", ["work_id=WORK", "work_id=x", "", "series_id=SERIES", "pseud_id=stranger", "all=true", "work_id=DRAFT"]
)
def test_only_ones_own_posted_works_are_offered(client, author, query):
    stranger = UserFactory(username="stranger")
    work = make_work(by=stranger, series="The Lamp")
    client.force_login(author)
    asked = query.replace("WORK", str(work.pk)).replace("SERIES", str(Series.objects.get().pk))
    asked = asked.replace("DRAFT", str(make_draft(by=author).pk))

    assert client.get(f"{reverse('orphan_new')}?{asked}").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_the_same_of_few_and_many(client, author, count, django_assert_num_queries):
    for _number in range(count):
        make_work(by=author)
    client.force_login(author)

    with django_assert_num_queries(7):
        client.get(f"{reverse('orphan_new')}?all=true")


# At the same moment


@pytest.mark.django_db(transaction=True)
def test_an_edit_that_waits_while_the_work_is_orphaned_is_refused_and_signs_nothing(author):
    work = make_work(by=author)
    got = Work.objects.editable_by(author).get(pk=work.pk)
    raised = []

    def edit():
        try:
            writing.edit(got, work_entry(author, title="Late"), version=got.version, by=author)
        except Exception as refusal:  # noqa: BLE001 - the test looks at it
            raised.append(refusal)
        finally:
            connection.close()

    editing = threading.Thread(target=edit)
    orphaning.orphan(Choice(works=[work.pk]), keeps_name=False, by=author)
    editing.start()
    editing.join()

    assert [type(one) for one in raised] == [cowriting.NoLongerYours]
    assert names_under(work) == ["orphan_account"]


@pytest.mark.django_db(transaction=True)
def test_a_work_orphaned_while_its_co_author_edits_has_both(author, friend):
    work = make_work(by=author)
    write_along(work, friend)
    got = Work.objects.editable_by(friend).get(pk=work.pk)
    barrier = threading.Barrier(2)
    raised = []

    def run(deed):
        barrier.wait()
        try:
            deed()
        except Exception as refusal:  # noqa: BLE001 - the test looks at it
            raised.append(refusal)
        finally:
            connection.close()

    deeds = [
        lambda: orphaning.orphan(Choice(works=[work.pk]), keeps_name=False, by=author),
        lambda: writing.edit(got, work_entry(friend, title="Ours"), version=got.version, by=friend),
    ]
    threads = [threading.Thread(target=run, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert raised == []
    assert names_under(work) == ["orphan_account", "quietkettle"]
    assert Work.objects.get(pk=work.pk).title == "Ours"
