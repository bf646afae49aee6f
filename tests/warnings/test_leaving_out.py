"""What readers leave out for good: languages, people, tags; gone or folded, asked about first, for members and for guests."""

from random import Random

import pytest
from django.core import signing
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from archive.tags.models import Tag
from archive.warnings import avoiding, leaving_out, memory
from archive.warnings.models import LeftOutAuthor, LeftOutLanguage
from archive.warnings.readers import member
from archive.works.languages import Language
from archive.works.models import Creatorship, Work
from tests.factories.people import PseudFactory, UserFactory
from tests.factories.works import make_draft, make_work

pytestmark = pytest.mark.django_db

PAGE = "warning_preferences"
CANARY = "<p>The canary sings.</p>"


@pytest.fixture
def reader(client):
    reader = UserFactory()
    client.force_login(reader)
    return reader


@pytest.fixture(params=["guest", "member"])
def anybody(request, client):
    """Whoever reads: a member, or a guest."""
    if request.param == "member":
        client.force_login(UserFactory())
    return request.param


def titles(response):
    return [node.text() for node in LexborHTMLParser(response.content.decode()).css("li.blurb h4.heading > a:first-child")]


def words(response):
    return " ".join(LexborHTMLParser(response.content.decode()).css_first("#main").text().split())


# Gone


@pytest.mark.usefixtures("anybody")
def test_works_in_a_language_that_is_left_out_are_in_no_listing_and_no_count(client):
    make_work(title="Seen")
    make_work(title="Ungesehen", language="de")

    client.post(reverse(PAGE), {"languages": ["de"]})

    answer = client.get(reverse("works_index"))
    assert titles(answer) == ["Seen"]
    assert "1 Work" in words(answer)


@pytest.mark.usefixtures("anybody")
@pytest.mark.parametrize("typed", ["heron", "HERON", "Night Heron", "night heron (heron)"])
def test_all_that_somebody_writes_is_left_out_under_whichever_name(client, typed):
    heron = UserFactory(username="heron")
    pseud = PseudFactory(user=heron, name="Night Heron")
    make_work(title="By a stranger")
    make_work(by=heron, title="By the heron")
    Creatorship.objects.filter(work=make_work(by=heron, title="By night")).update(pseud=pseud)

    client.post(reverse(PAGE), {"authors": typed})

    assert titles(client.get(reverse("works_index"))) == ["By a stranger"]


@pytest.mark.usefixtures("anybody")
def test_tags_are_left_out_with_their_other_spellings_and_the_tags_below(client):
    make_work(title="Calm")
    for name in ("Drowning", "Sea death", "Death by water"):
        make_work(title=name, tags={"freeform": [name]})
    drowning = Tag.objects.get(name="Drowning")
    Tag.objects.filter(pk=drowning.pk).update(is_canonical=True)
    Tag.objects.filter(name="Sea death").update(synonym_of=drowning)
    Tag.objects.filter(name="Death by water").update(is_canonical=True)
    Tag.objects.get(name="Death by water").metatags.add(drowning)

    client.post(reverse(PAGE), {"left_out": "drowning"})

    assert titles(client.get(reverse("works_index"))) == ["Calm"]


@pytest.mark.usefixtures("anybody")
def test_the_page_shows_all_that_is_left_out_and_takes_it_back(client):
    UserFactory(username="heron")
    make_work(title="Storm", language="de", tags={"freeform": ["Drowning"]})
    client.post(reverse(PAGE), {"languages": ["de"], "authors": "heron", "left_out": "drowning"})

    form = client.get(reverse(PAGE)).context["form"]
    client.post(reverse(PAGE), {})

    assert [form[name].value() for name in ("left_out", "authors", "languages")] == ["Drowning", "heron", ["de"]]
    assert titles(client.get(reverse("works_index"))) == ["Storm"]


def test_ones_own_works_are_never_left_out(client, reader):
    other = UserFactory()
    own = make_work(by=reader, title="Mine", language="de", rating="Explicit", text=CANARY)
    Creatorship.objects.create(work=own, pseud=other.pseuds.get())
    explicit = Tag.objects.get(name="Explicit")
    client.post(reverse(PAGE), {"languages": ["de"], "authors": other.username, f"tag_{explicit.pk}": "out"})

    assert titles(client.get(reverse("works_index"))) == ["Mine"]
    assert b"canary" in client.get(own.get_absolute_url()).content


@pytest.mark.parametrize("folds", [False, True])
def test_the_question_and_the_reasons_agree(reader, folds):
    heron = UserFactory()
    works = [
        make_work(),
        make_work(language="de"),
        make_work(by=heron),
        make_work(tags={"freeform": ["Fog"]}),
        make_work(by=reader),
    ]
    for subject in (Language.objects.get(pk="de"), Language.objects.get(pk="fr"), heron, Tag.objects.get(name="Fog")):
        avoiding.avoid(subject, by=reader)
    kept = leaving_out.leave_out(Work.objects.listed_to(reader), reader=member(reader))

    without_reasons = [work for work in Work.objects.for_pages() if not leaving_out.reasons(work, reader=member(reader))]

    assert set(kept) == set(without_reasons) == {works[0], works[4]}


# Folded, and met by a direct link


@pytest.mark.usefixtures("anybody")
@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"languages": ["de"]}, "A work is folded here. It is in Deutsch, a language that you leave out."),
        ({"authors": "heron"}, "A work is folded here. It is by heron, whose works you leave out."),
        ({"left_out": "Drowning"}, "A work is folded here: it is tagged Drowning, which you leave out."),
    ],
)
def test_who_folds_is_told_why_and_may_look_anyway(client, said, reason):
    work = make_work(by=UserFactory(username="heron"), title="Storm", language="de", tags={"freeform": ["Drowning"]})
    client.post(reverse(PAGE), {"folds_left_out": "on", **said})

    answer = client.get(reverse("works_index"))

    folded = LexborHTMLParser(answer.content.decode()).css_first("li.folded-blurb")
    assert " ".join(folded.css_first("span").text().split()) == reason
    assert folded.css_first("a").attributes["href"] == work.get_absolute_url()
    assert "Storm" not in words(answer)


@pytest.mark.usefixtures("anybody")
@pytest.mark.parametrize(
    ("said", "sentence"),
    [({"languages": ["de"]}, "You leave out works in Deutsch."), ({"authors": "heron"}, "You leave out what is by heron.")],
)
def test_a_direct_link_to_what_is_left_out_asks_first_and_once(client, said, sentence):
    work = make_work(by=UserFactory(username="heron"), language="de", text=CANARY)
    client.post(reverse(PAGE), said)

    advisory = client.get(work.get_absolute_url())
    form = LexborHTMLParser(advisory.content.decode()).css_first("form[action$='/consent']")
    client.post(
        form.attributes["action"], {field.attributes["name"]: field.attributes["value"] for field in form.css("input[type=hidden]")}
    )

    assert sentence in words(advisory)
    assert b"canary" not in advisory.content
    assert b"canary" in client.get(work.get_absolute_url()).content


@pytest.mark.usefixtures("anybody")
def test_the_advisory_offers_no_waiver_for_what_is_left_out(client):
    work = make_work(tags={"freeform": ["Drowning"]})
    client.post(reverse(PAGE), {"left_out": "Drowning"})

    advisory = LexborHTMLParser(client.get(work.get_absolute_url()).content.decode())

    assert advisory.css("input[name=remember]") == []


# One step


def of_tag(name):
    return reverse("left_out_tag", args=[Tag.objects.get(name=name).path_name])


ONE_STEP = {
    "tag": lambda: of_tag("Drowning"),
    "rating": lambda: of_tag("Explicit"),
    "language": lambda: reverse("left_out_language", args=["de"]),
    "author": lambda: reverse("left_out_author", args=["heron"]),
}


@pytest.mark.usefixtures("anybody")
@pytest.mark.parametrize("subject", ONE_STEP)
def test_a_thing_is_left_out_in_one_step_and_taken_back_in_another(client, subject):
    make_work(by=UserFactory(username="heron"), language="de", rating="Explicit", tags={"freeform": ["Drowning"]})
    address = ONE_STEP[subject]()

    left_out = client.post(address, {"leave_out": "1"}, follow=True)
    found_meanwhile = titles(client.get(reverse("works_index")))
    taken_back = client.post(address, {}, follow=True)

    assert "You leave out" in words(left_out)
    assert "You leave out" not in words(taken_back)
    assert (len(found_meanwhile), len(titles(client.get(reverse("works_index"))))) == (0, 1)


@pytest.mark.usefixtures("anybody")
@pytest.mark.parametrize(
    ("page", "subject"),
    [
        (lambda: reverse("user_works", args=["heron"]), "author"),
        (lambda: reverse("user_show", args=["heron"]), "author"),
        (lambda: Tag.objects.get(name="Drowning").get_absolute_url(), "tag"),
        (lambda: reverse("tag_show", args=["Drowning"]), "tag"),
        (lambda: reverse("language_works", args=["de"]), "language"),
    ],
)
def test_the_way_there_stands_on_the_things_own_page(client, page, subject):
    make_work(by=UserFactory(username="heron"), language="de", tags={"freeform": ["Drowning"]})

    found = LexborHTMLParser(client.get(page()).content.decode())

    assert len(found.css(f"a[href='{ONE_STEP[subject]()}']")) == 1


def test_nobody_leaves_out_what_they_write_themselves(client, reader):
    response = client.post(reverse("left_out_author", args=[reader.username]), {"leave_out": "1"})

    assert response.status_code == 409
    assert "never left out for you" in words(response)
    assert not LeftOutAuthor.objects.exists()


@pytest.mark.usefixtures("anybody")
def test_what_nobody_may_know_of_cannot_be_left_out(client):
    make_draft(tags={"freeform": ["A secret plot"]})
    UserFactory(username="gone", is_active=False)
    secrets = [of_tag("A secret plot"), reverse("left_out_author", args=["gone"]), reverse("left_out_language", args=["xx"])]

    assert [client.post(address, {"leave_out": "1"}).status_code for address in secrets] == [404, 404, 404]


def test_a_list_holds_so_many(reader, monkeypatch):
    monkeypatch.setattr(avoiding, "MOST_LEFT_OUT", 1)
    german, french = Language.objects.get(pk="de"), Language.objects.get(pk="fr")
    avoiding.avoid(german, by=reader)
    avoiding.avoid(german, by=reader)

    with pytest.raises(avoiding.TooMany):
        avoiding.avoid(french, by=reader)

    assert list(LeftOutLanguage.objects.values_list("language", flat=True)) == ["de"]


# What cannot be


@pytest.mark.usefixtures("anybody")
@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("heron, Nobody at all", "Nobody here writes under this name: Nobody at all."),
        ("Old Tom", "Several people write as Old Tom. Please give the user name of the one that you mean: heron, stork."),
        ("gone", "Nobody here writes under this name: gone."),
    ],
)
def test_a_name_that_means_nobody_or_several_is_said_and_kept(client, typed, sentence):
    for username in ("heron", "stork"):
        PseudFactory(user=UserFactory(username=username), name="Old Tom")
    UserFactory(username="gone", is_active=False)

    response = client.post(reverse(PAGE), {"authors": typed})

    assert response.status_code == 422
    assert response.context["form"].errors["authors"] == [sentence]
    assert response.context["form"]["authors"].value() == typed


def test_ones_own_name_is_refused_on_the_page_too(client, reader):
    response = client.post(reverse(PAGE), {"authors": reader.username})

    assert "never left out for you" in response.context["form"].errors["authors"][0]


def test_somebody_who_closed_their_account_can_stay_left_out(client, reader):
    heron = UserFactory(username="heron")
    avoiding.avoid(heron, by=reader)
    heron.is_active = False
    heron.save(update_fields=["is_active"])

    assert client.post(reverse(PAGE), {"authors": "heron"}).status_code == 302
    assert LeftOutAuthor.objects.filter(user=reader, author=heron).exists()


@pytest.mark.usefixtures("anybody")
@pytest.mark.parametrize("language", ["xx", "", "\x00", "de" * 200])
def test_a_language_that_is_none_is_refused(client, language):
    assert client.post(reverse(PAGE), {"languages": [language]}).status_code == 422


def test_a_cookie_that_is_full_is_said_and_nothing_typed_is_lost(client, monkeypatch):
    make_work(tags={"freeform": [f"Tag {number}" for number in range(9)]})
    client.post(reverse(PAGE), {"left_out": "Tag 1"})
    monkeypatch.setattr(memory, "LONGEST_COOKIE", len(client.cookies["choices"].value) + 2)
    typed = ", ".join(f"Tag {number}" for number in range(9))

    answers = [client.post(reverse(PAGE), {"left_out": typed}), client.post(of_tag("Explicit"), {"leave_out": "1"})]

    assert [answer.status_code for answer in answers] == [422, 409]
    assert ["more than your browser can remember" in words(answer) for answer in answers] == [True, True]
    assert answers[0].context["form"]["left_out"].value() == typed
    assert len(signing.loads(client.cookies["choices"].value, salt="choices")["t"]) == 1


def test_a_cookie_never_grows_past_what_browsers_keep():
    random, ids, response = Random(1), set(), HttpResponse()

    with pytest.raises(memory.Full):
        for _ in range(2_000):
            ids.add(random.randrange(10**7))
            memory.Choices(tags=frozenset(ids)).remember(response)

    assert len(response.cookies["choices"].value) <= memory.LONGEST_COOKIE
    assert len(ids) > 300


# What it costs


def test_a_guest_who_has_said_nothing_is_no_question_to_the_database(client):
    make_work()
    client.get(reverse("works_index"))

    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("works_index"))

    assert [query for query in queries if "leftout" in query["sql"] or "choice" in query["sql"]] == []
    assert "sessionid" not in client.cookies


@pytest.mark.parametrize("count", [0, 1, 3])
def test_who_a_member_is_takes_one_question(django_assert_num_queries, count):
    reader = UserFactory()
    make_work(tags={"freeform": [f"Tag {number}" for number in range(3)]})
    for number in range(count):
        for subject in (Tag.objects.get(name=f"Tag {number}"), UserFactory(), Language.objects.all()[number]):
            avoiding.avoid(subject, by=reader)

    with django_assert_num_queries(1):
        known = member(reader)

    assert (len(known.left_out), len(known.left_out_authors), len(known.left_out_languages)) == (count, count, count)
