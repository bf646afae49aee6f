"""Gifts: who may give, who says yes or no, and that a gift nobody has taken is shown nowhere."""

import threading

import pytest
from django.db import connection
from django.urls import reverse

from archive.people import writing_names
from archive.people.models import GiftsFrom, Pseud
from archive.works import asking, deleting, giving, orphaning, writing
from archive.works.gifts import Gift
from archive.works.models import Work
from archive.works.orphaning import Choice
from tests.factories.people import PseudFactory, UserFactory
from tests.factories.works import make_draft, make_work, work_entry
from tests.works.test_orphaning import write_along

pytestmark = pytest.mark.django_db


@pytest.fixture
def author():
    return UserFactory(username="heronmarsh")


@pytest.fixture
def friend():
    return UserFactory(username="quietkettle", takes_gifts_from=GiftsFrom.EVERYBODY, can_be_invited=True)


def give(work, *recipients):
    giving.give(work, list(recipients), by=work.pseuds.first().user)
    return Gift.objects.filter(work=work).first()


def pseud_of(user):
    return user.pseuds.get(is_default=True)


def named_by(work):
    return [one.byline for one in Work.objects.for_pages().get(pk=work.pk).recipients]


def test_a_work_names_a_member_once_they_have_said_yes(author, friend):
    work = make_work(by=author)
    gift = give(work, pseud_of(friend))
    before = named_by(work)

    giving.take(gift, by=friend)

    assert (before, named_by(work)) == ([], ["quietkettle"])


def test_a_name_that_is_nobodys_stands_there_at_once(author):
    work = make_work(by=author)

    give(work, "Auntie Marsh")

    assert named_by(work) == ["Auntie Marsh"]


def test_a_refused_gift_is_shown_nowhere_and_can_be_taken_after_all(author, friend):
    work = make_work(by=author)
    gift = give(work, pseud_of(friend))
    giving.take(gift, by=friend)

    giving.refuse(gift, by=friend)
    refused = named_by(work)
    giving.take(gift, by=friend)

    assert (refused, named_by(work)) == ([], ["quietkettle"])


def test_what_was_refused_stays_refused_whatever_the_giver_does(author, friend):
    work = make_work(by=author)
    giving.refuse(give(work, pseud_of(friend)), by=friend)

    give(work)  # takes it out of the form
    with pytest.raises(giving.TakesNoGifts, match="refused"):
        give(work, pseud_of(friend))

    assert Gift.objects.get().refused_at is not None


RULES = [("nobody", False, False), ("co-authors", False, True), ("everybody", True, True)]


@pytest.mark.parametrize(("rule", "stranger", "co_author"), RULES)
def test_a_member_says_who_can_give(author, friend, rule, stranger, co_author):
    friend.takes_gifts_from = rule
    friend.save(update_fields=["takes_gifts_from"])
    companion = UserFactory()
    write_along(make_work(by=companion), friend)

    def can_give(giver):
        try:
            give(make_work(by=giver), pseud_of(friend))
        except giving.TakesNoGifts:
            return False
        return True

    assert (can_give(author), can_give(companion)) == (stranger, co_author)


def test_nobody_is_given_what_they_make(author, friend):
    work = make_work(by=author)
    write_along(work, friend)

    with pytest.raises(giving.TakesNoGifts, match="Makes this work"):
        give(work, pseud_of(friend))


def test_a_draft_asks_nobody_until_it_is_posted(author, friend):
    give(make_draft(by=author), pseud_of(friend))
    assert asking.counts_for(friend)["requests"] == 0

    give(make_work(by=author), pseud_of(friend))

    assert asking.counts_for(friend)["requests"] == 1


def test_a_deleted_work_is_given_to_nobody(author, friend):
    work = make_work(by=author)
    gift = give(work, pseud_of(friend))
    deleting.delete(work, by=author)

    with pytest.raises(giving.NoLongerGiven):
        giving.take(gift, by=friend)


def test_an_edit_that_says_nothing_of_gifts_leaves_them(author):
    work = make_work(by=author)
    give(work, "Auntie Marsh")

    writing.edit(work, work_entry(author, title="Changed"), version=work.version, by=author)

    assert named_by(work) == ["Auntie Marsh"]


def test_a_pseud_that_goes_leaves_its_gifts_to_the_default_one(author, friend):
    other = PseudFactory(user=friend, name="Kettle")
    work = make_work(by=author)
    giving.take(give(work, other), by=friend)

    writing_names.lay_down(Pseud.objects.with_account().get(pk=other.pk), by=friend)

    assert named_by(work) == ["quietkettle"]


def test_an_orphaned_gift_does_not_say_who_gave_it(author, friend):
    work = make_work(by=author)
    giving.take(give(work, pseud_of(friend)), by=friend)

    orphaning.orphan(Choice(works=[work.pk]), keeps_name=False, by=author)

    assert Gift.objects.get().given_by is None
    assert named_by(work) == ["quietkettle"]


# Pages


@pytest.mark.parametrize(("state", "is_shown"), [("pending", False), ("refused", False), ("taken", True)])
@pytest.mark.parametrize("who", ["guest", "member", "author"])
def test_only_a_gift_that_was_taken_names_its_recipient(client, author, state, is_shown, who):
    friend = UserFactory(username="zqxgifteezqx", takes_gifts_from=GiftsFrom.EVERYBODY)
    work = make_work(by=author, series="The Lamp", tags={"character": ["Ines Calder"]})
    gift = give(work, pseud_of(friend))
    if state != "pending":
        {"refused": giving.refuse, "taken": giving.take}[state](gift, by=friend)
    if who != "guest":
        client.force_login(author if who == "author" else UserFactory())
    pages = ["/", "/works", work.get_absolute_url(), reverse("user_works", args=["heronmarsh"]), "/tags/Ines%20Calder/works"]

    shown = {page: "zqxgifteezqx" in client.get(page).content.decode() for page in pages}
    listed = f"work_{work.pk}" in client.get(reverse("user_gifts", args=["zqxgifteezqx"])).content.decode()

    assert shown == dict.fromkeys(pages, is_shown)
    assert listed == is_shown


def test_gifts_of_restricted_works_are_for_members(client, author, friend):
    work = make_work(by=author, is_restricted=True)
    giving.take(give(work, pseud_of(friend)), by=friend)
    address = reverse("user_gifts", args=["quietkettle"])
    guests = client.get(address).content.decode()
    client.force_login(UserFactory())

    assert (f"work_{work.pk}" in guests, f"work_{work.pk}" in client.get(address).content.decode()) == (False, True)


def test_the_form_of_a_work_gives_it_and_keeps_what_was_typed(client, author, friend):
    UserFactory(username="tenpenny")
    client.force_login(author)
    work = make_work(by=author)
    address = reverse("work_edit", args=[work.pk])
    kept = {name: value for name, value in client.get(address).context["form"].initial.items() if value is not None}

    refused = client.post(address, kept | {"recipients": "tenpenny, quietkettle"})
    client.post(address, kept | {"recipients": "Auntie Marsh, quietkettle"})

    assert refused.status_code == 422
    assert refused.context["form"].errors["recipients"] == ["Takes no gifts from you: tenpenny."]
    assert refused.context["form"]["recipients"].value() == "tenpenny, quietkettle"
    assert [gift.recipient for gift in Gift.objects.select_related("pseud__user").order_by("pk")] == ["Auntie Marsh", "quietkettle"]
    assert client.get(address).context["form"].initial["recipients"] == "Auntie Marsh, quietkettle"


def test_a_name_stays_a_name_though_somebody_comes_to_be_called_so(client, author):
    client.force_login(author)
    work = make_work(by=author)
    give(work, "kestrel")
    UserFactory(username="kestrel")
    address = reverse("work_edit", args=[work.pk])
    kept = {name: value for name, value in client.get(address).context["form"].initial.items() if value is not None}

    assert client.post(address, kept).status_code == 302
    assert named_by(work) == ["kestrel"]


@pytest.mark.parametrize("name", ["x" * 101, "a\u202eb", "\u200b"])
def test_a_name_that_cannot_be_shown_is_refused_in_a_sentence(client, author, name):
    client.force_login(author)
    work = make_work(by=author)
    address = reverse("work_edit", args=[work.pk])
    kept = {key: value for key, value in client.get(address).context["form"].initial.items() if value is not None}

    response = client.post(address, kept | {"recipients": name})

    assert response.status_code in {302, 422}
    assert all(len(gift.name) <= 100 for gift in Gift.objects.all())


def test_the_requests_take_an_answer(client, author, friend):
    gift = give(make_work(by=author, title="What the Tide Leaves"), pseud_of(friend))
    client.force_login(friend)
    page = client.get(reverse("requests_index", args=["quietkettle"])).content.decode()

    client.post(reverse("gift_take", args=[gift.pk]))

    assert "What the Tide Leaves" in page
    assert named_by(gift.work) == ["quietkettle"]
    assert "Refuse it after all" in client.get(reverse("user_gifts", args=["quietkettle"])).content.decode()


@pytest.mark.parametrize("deed", ["gift_take", "gift_refuse"])
def test_nobody_answers_for_somebody_else(client, author, friend, deed):
    gift = give(make_work(by=author), pseud_of(friend))
    client.force_login(author)

    assert client.post(reverse(deed, args=[gift.pk])).status_code == 404


def test_the_gifts_of_a_name_and_of_a_member(client, author, friend):
    work = make_work(by=author)
    give(work, "Auntie Marsh")

    assert f"work_{work.pk}" in client.get("/gifts", {"recipient": "auntie marsh"}).content.decode()
    assert client.get("/gifts", {"recipient": "quietkettle"}).url == reverse("user_gifts", args=["quietkettle"])
    assert client.get("/gifts").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_gifts_ask_the_same_of_few_and_many(client, author, friend, count, django_assert_num_queries):
    for _number in range(count):
        giving.take(give(make_work(by=author), pseud_of(friend)), by=friend)

    with django_assert_num_queries(4):
        client.get(reverse("user_gifts", args=["quietkettle"]))


def test_nobody_gets_a_mail(author, friend, mailoutbox):
    giving.take(give(make_work(by=author), pseud_of(friend)), by=friend)

    assert mailoutbox == []


@pytest.mark.django_db(transaction=True)
def test_a_gift_taken_back_while_somebody_says_yes_ends_in_one_of_the_two(author, friend):
    work = make_work(by=author)
    gift = give(work, pseud_of(friend))
    barrier, raised = threading.Barrier(2), []

    def run(deed):
        barrier.wait()
        try:
            deed()
        except giving.NoLongerGiven as refusal:
            raised.append(refusal)
        finally:
            connection.close()

    deeds = [lambda: giving.take(gift, by=friend), lambda: giving.give(work, [], by=author)]
    threads = [threading.Thread(target=run, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(raised) in {0, 1}
    assert named_by(work) == []
