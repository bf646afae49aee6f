"""What readers type into the search box is understood as AO3 does it, or refused with a sentence that helps."""

from datetime import UTC, datetime
from re import findall
from time import process_time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archive.search.query import parsing
from archive.search.query.mistakes import Mistake
from archive.search.query.parsing import parse
from archive.search.query.tree import (
    AllOf,
    AnyOf,
    Date,
    Field,
    Flag,
    FlagName,
    LanguageIs,
    Not,
    Number,
    Phrase,
    Query,
    Sort,
    TagId,
    Word,
)
from archive.search.selections import Column
from tests.house.sources import DOCS

NOW = datetime(2012, 4, 25, 15, 30, tzinfo=ZoneInfo("Europe/Berlin"))  # the Wednesday of the examples in AO3's help
SIGNS = [
    *' ()"“”«»-!+~*?/:,;.&|<>=[]{}（）：　',
    *(" AND ", " OR ", " NOT ", "&&", "||", " TO ", "..", "~2", "sort:", "sort:>words", " 100-200 ", "1,000", "9" * 30),
    *("words", "kudos>", "posted:", "updated:<", "7 days", " ago", "2020-02-30", "2019", "title:", "tag:(", "otp:", "true"),
    *("filter_ids:", "language:", "Re:Zero", "m/m", "word", "爱", "ש", "❤", "\x00", "\ud800", "７"),
]
SECONDS = 0.1  # for the longest text: twenty times what is needed
HOSTILE = [
    *("(", ")", '"', "«", "-", "NOT ", "- ", "*", "a*", "a?", "~", "a~", "a/", "/*", ":", "title:", "title :", "a ", "  "),
    *(
        "words:",
        "words>1,",
        "words:1 000 ",
        "words:1-",
        "posted:2019-",
        "posted:1 - ",
        "1,1",
        "1 111 ",
        "words:[1 TO ",
        "sort:",
        "sort ",
    ),
    *("sort:words ", 'words:"', "a OR ", "||", "& ", ", ", "word count ", "ab.", "...", "a~b", "爱", '"" ', "()"),
]


def day(year, month, day, hour=0, minute=0):
    return datetime(year, month, day, hour, minute, tzinfo=NOW.tzinfo)


def all_of(*words):
    return AllOf(tuple(Word(word) for word in words))


def any_of(*words):
    return AnyOf(tuple(Word(word) for word in words))


def root_of(text):
    return parse(text, now=NOW).root


def refusal_of(text):
    """The sentence, or "" where the text is understood."""
    try:
        parse(text, now=NOW)
    except Mistake as refusal:
        return str(refusal)
    return ""


def examples():
    """What the first columns of the manual's tables say can be written."""
    lines = (DOCS / "writing-and-reading" / "searching.md").read_text(encoding="utf-8").replace(r"\|", "¦").splitlines()
    return [example for line in lines if line.startswith("| `") for example in findall("`([^`]+)`", line.split("|")[1])]


@pytest.mark.parametrize("text", examples())
def test_the_manual_gives_examples_that_are_understood(text):
    assert root_of(text) is not None


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("", None),
        ("  　 ", None),
        ("angst", Word("angst")),
        ("angst fluff", all_of("angst", "fluff")),
        ("angst, fluff;hurt,comfort", all_of("angst", "fluff", "hurt", "comfort")),
        ("angst AND fluff", all_of("angst", "fluff")),
        ("angst && fluff&&hurt", all_of("angst", "fluff", "hurt")),
        ("angst OR fluff", any_of("angst", "fluff")),
        ("angst || fluff||hurt", any_of("angst", "fluff", "hurt")),
        ("angst mature OR explicit", AllOf((Word("angst"), any_of("mature", "explicit")))),
        ("mature OR explicit angst", AllOf((any_of("mature", "explicit"), Word("angst")))),
        ("angst AND fluff OR hurt", AnyOf((all_of("angst", "fluff"), Word("hurt")))),
        ("(angst AND fluff) OR (hurt)", AnyOf((all_of("angst", "fluff"), Word("hurt")))),
        ("(a OR (b (c OR d)))", AnyOf((Word("a"), AllOf((Word("b"), any_of("c", "d")))))),
        ("foo(bar)", all_of("foo", "bar")),
        ("or and not", all_of("or", "and", "not")),
        ("ORDER ANDROID NOTHING", all_of("ORDER", "ANDROID", "NOTHING")),
    ],
)
def test_words_are_joined_as_the_operators_say(text, root):
    assert root_of(text) == root


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("-angst", Not(Word("angst"))),
        ("!angst", Not(Word("angst"))),
        ("–angst", Not(Word("angst"))),
        ("NOT angst", Not(Word("angst"))),
        ("NOT NOT angst", Word("angst")),
        ("+angst", Word("angst")),
        ("-angst -fluff", AllOf((Not(Word("angst")), Not(Word("fluff"))))),
        ("hurt AND NOT angst", AllOf((Word("hurt"), Not(Word("angst"))))),
        ("hurt OR -angst", AnyOf((Word("hurt"), Not(Word("angst"))))),
        ('-"Character Death"', Not(Phrase("Character Death"))),
        ("-(angst OR fluff)", Not(any_of("angst", "fluff"))),
        ("NOT(angst)", Not(Word("angst"))),
        ("-creators:Anonymous", Not(Word("Anonymous", Field.CREATORS))),
        ("title:-angst", Not(Word("angst", Field.TITLE))),
        ("-words>1000", Not(Number(Column.WORDS, 1001))),
    ],
)
def test_what_is_not_wanted_is_left_out(text, root):
    assert root_of(text) == root


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("dark!Harry", Word("dark!Harry")),
        ("Spider-Man", Word("Spider-Man")),
        ("don’t", Word("don’t")),
        ("Who? What?!", all_of("Who", "What")),
        ('«» "" “…” () * ?? — - ! & | ~ \'', None),
        ("Steve Rogers & Tony Stark", all_of("Steve", "Rogers", "Tony", "Stark")),
        ("Lewis - Inspector", all_of("Lewis", "Inspector")),
        ("me --you", all_of("me", "you")),
        ("fluff - OR -- angst", any_of("fluff", "angst")),
        ("[podfic] C++ <3 ❤ 10,000 a.b", all_of("podfic", "C++", "<3", "❤", "10,000", "a.b")),
        ("我爱你 ありがとう 사랑 ความรัก", all_of("我爱你", "ありがとう", "사랑", "ความรัก")),
        ("你好！什么？", Word("你好！什么")),
        ("Star Wars: The Clone Wars", all_of("Star", "Wars", "The", "Clone", "Wars")),
    ],
)
def test_marks_that_are_part_of_names_are_no_operators(text, root):
    assert root_of(text) == root


@pytest.mark.parametrize(
    "text", ["m/m", "F/F", "f/m", "Gen/M", "Re:Zero", "12:30", "Naruto/Sasuke", "http://a.org/b?c=d*", "foo:bar"]
)
def test_what_holds_a_slash_or_a_colon_and_is_no_field_is_a_phrase(text):
    assert root_of(text) == Phrase(text)


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ('"Harry  Lockhart"', Phrase("Harry Lockhart")),
        ("“Harry Lockhart”", Phrase("Harry Lockhart")),
        ("„Harry Lockhart“", Phrase("Harry Lockhart")),
        ("«Harry Lockhart»", Phrase("Harry Lockhart")),
        ("»Harry Lockhart«", Phrase("Harry Lockhart")),
        ("＂Harry Lockhart＂", Phrase("Harry Lockhart")),
        ("«say “no”»", Phrase('say "no"')),
        ('"Harry Lockhart"~3', Phrase("Harry Lockhart", slop=3)),
        ('"OR" "-(title:" "a*"', AllOf((Phrase("OR"), Phrase("-(title:"), Phrase("a*")))),
        ('angst"hurt comfort"fluff', AllOf((Word("angst"), Phrase("hurt comfort"), Word("fluff")))),
        ('צה"ל', Word("צה״ל")),
        ('"צה"ל שלום"', Phrase("צה״ל שלום")),
    ],
)
def test_words_in_quotation_marks_of_any_kind_are_a_phrase(text, root):
    assert root_of(text) == root


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("book*", Word("book", is_prefix=True)),
        ("book**,", Word("book", is_prefix=True)),
        ("爱*", Word("爱", is_prefix=True)),
        ("wom?n", Word("wom?n", is_pattern=True)),
        ("col*r", Word("col*r", is_pattern=True)),
        ("Steve/Ton*", AllOf((Word("Steve"), Word("Ton", is_prefix=True)))),
        ("title:Spider-M*", AllOf((Word("Spider", Field.TITLE), Word("M", Field.TITLE, is_prefix=True)))),
        ("colour~", Word("colour", fuzziness=2)),
        ("color~", Word("color", fuzziness=1)),
        ("colour~1", Word("colour", fuzziness=1)),
        ("cat~2", Word("cat", fuzziness=2)),
        ("cat~0", Word("cat")),
    ],
)
def test_stars_question_marks_and_tildes_stand_for_what_may_differ(text, root):
    assert root_of(text) == root


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("title", Field.TITLE),
        ("Title", Field.TITLE),
        ("creator", Field.CREATORS),
        ("creators", Field.CREATORS),
        ("author", Field.CREATORS),
        ("summary", Field.SUMMARY),
        ("notes", Field.NOTES),
        ("endnotes", Field.NOTES),
        ("tag", Field.TAGS),
        ("tags", Field.TAGS),
        ("fandom", Field.TAGS),
        ("relationship", Field.TAGS),
        ("series", Field.SERIES),
        ("series.title", Field.SERIES),
        ("text", Field.TEXT),
    ],
)
def test_a_name_before_a_colon_says_where_to_look(name, field):
    assert root_of(f"{name}:sea") == Word("sea", field)
    assert root_of(f"{name}: sea") == Word("sea", field)
    assert root_of(f"{name}：“by the sea”") == Phrase("by the sea", field)


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("title:a b", AllOf((Word("a", Field.TITLE), Word("b")))),
        ("title:(a OR b) c", AllOf((AnyOf((Word("a", Field.TITLE), Word("b", Field.TITLE))), Word("c")))),
        ("title：（a -notes:b）", AllOf((Word("a", Field.TITLE), Not(Word("b", Field.NOTES))))),
        ("tag:m/m", Phrase("m/m", Field.TAGS)),
        ("title>a", Word("title>a")),
        ("words:(>1000 OR <10)", AnyOf((Number(Column.WORDS, 1001), Number(Column.WORDS, None, 9)))),
        ("filter_ids:(1 2)", AllOf((TagId(1), TagId(2)))),
    ],
)
def test_a_field_reaches_as_far_as_its_word_phrase_or_group(text, root):
    assert root_of(text) == root


@pytest.mark.parametrize(
    ("text", "lowest", "highest"),
    [
        ("words>1000", 1001, None),
        ("words:>1000", 1001, None),
        ("words: > 1000", 1001, None),
        ("word_count:>1000", 1001, None),
        ("word count > 1000", 1001, None),
        ("words＞1000", 1001, None),
        ("words>=1000", 1000, None),
        ("words≥1000", 1000, None),
        ("words<10", None, 9),
        ("words:<=10", None, 10),
        ("words=10", 10, 10),
        ("words:10", 10, 10),
        ("words>1,000", 1001, None),
        ("words>1.000.000,", 1_000_001, None),
        ("words>1 000", 1001, None),
        ('words:"> 1 000"', 1001, None),
        ('words>"1000"', 1001, None),
        ("words>１０００", 1001, None),
        ("words:100-200", 100, 200),
        ("words:100–200", 100, 200),
        ("words:100 - 200", 100, 200),
        ("words:100..200", 100, 200),
        ("words:[100 TO 200]", 100, 200),
        ("words:{100 to 200}", 101, 199),
        ("words:{100 TO *}", 101, None),
        ("words:[* TO 200}", None, 199),
        ("words:[* TO *]", None, None),
        ("words>" + "9" * 30, 10**15 + 1, None),
    ],
)
def test_numbers_have_many_ways_to_be_written(text, lowest, highest):
    assert root_of(text) == Number(Column.WORDS, lowest, highest)


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("kudos>5", Column.KUDOS),
        ("kudos_count>5", Column.KUDOS),
        ("hits>5", Column.HITS),
        ("bookmarks>5", Column.BOOKMARKS),
        ("comments:>5", Column.COMMENTS),
        ("chapters>5", Column.CHAPTERS),
        ("expected_number_of_chapters: >5", Column.EXPECTED_CHAPTERS),
    ],
)
def test_every_number_of_a_work_has_its_name(text, column):
    assert root_of(text) == Number(column, 6)


def test_a_number_ends_where_the_next_word_begins():
    assert root_of("kudos>100 221B") == AllOf((Number(Column.KUDOS, 101), Word("221B")))
    assert root_of("kudos>100,words<5") == AllOf((Number(Column.KUDOS, 101), Number(Column.WORDS, None, 4)))
    assert root_of("words:100 -200") == AllOf((Number(Column.WORDS, 100, 100), Not(Word("200"))))


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("< 7 days", day(2012, 4, 18, 15, 30), None),
        ("<7days", day(2012, 4, 18, 15, 30), None),
        ("> 8 weeks", None, day(2012, 2, 29, 15, 30)),
        (">2 weeks ago", None, day(2012, 4, 11, 15, 30)),
        ("13-21 months", day(2010, 7, 25, 15, 30), day(2011, 3, 25, 15, 30)),
        ("13 - 21 months ago", day(2010, 7, 25, 15, 30), day(2011, 3, 25, 15, 30)),
        ("1 hour ago", day(2012, 4, 25, 14), day(2012, 4, 25, 15)),
        ("7 days ago", day(2012, 4, 18), day(2012, 4, 19)),
        ("1 week ago", day(2012, 4, 16), day(2012, 4, 23)),
        ("2 months ago", day(2012, 2, 1), day(2012, 3, 1)),
        ("3 years", day(2009, 1, 1), day(2010, 1, 1)),
        ("< 5000 years", day(1900, 1, 1), None),
        ("< 99999999999999999999 hours", day(1900, 1, 1), None),
    ],
)
def test_ages_are_counted_back_from_now(text, earliest, latest):
    assert root_of(f"updated:{text}") == Date(Column.UPDATED, earliest, latest)
    assert root_of(f'posted:"{text}"') == Date(Column.POSTED, earliest, latest)


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2020-01-01", day(2020, 1, 1), day(2020, 1, 2)),
        ("2020-2", day(2020, 2, 1), day(2020, 3, 1)),
        ("2020", day(2020, 1, 1), day(2021, 1, 1)),
        (">2020-01-01", day(2020, 1, 2), None),
        (">=2020-01-01", day(2020, 1, 1), None),
        ("<2020-01-01", None, day(2020, 1, 1)),
        ("<=2020-01-01", None, day(2020, 1, 2)),
        ("2019-01-01..2019-12-31", day(2019, 1, 1), day(2020, 1, 1)),
        ("2019 - 2020", day(2019, 1, 1), day(2021, 1, 1)),
        ("2019-2020", day(2019, 1, 1), day(2021, 1, 1)),
        ("[2019-01-01 TO 2019-12-31]", day(2019, 1, 1), day(2020, 1, 1)),
        ("{2019-01-01 TO 2019-12-31}", day(2019, 1, 2), day(2019, 12, 31)),
        ("[2019 TO *]", day(2019, 1, 1), None),
    ],
)
def test_days_months_and_years_are_whole_and_of_the_readers_clock(text, earliest, latest):
    assert root_of(f"posted:{text}") == Date(Column.POSTED, earliest, latest)


@pytest.mark.parametrize("text", ["updated<7 days", "updated:<7 days", "revised_at:<7 days", "Updated: < 7 days ago,"])
def test_dates_have_several_names(text):
    assert root_of(text) == Date(Column.UPDATED, day(2012, 4, 18, 15, 30))


def test_a_month_before_the_last_of_march_is_the_last_of_february():
    query = parse("updated:<1 month", now=datetime(2011, 3, 31, tzinfo=UTC))

    assert query.root == Date(Column.UPDATED, datetime(2011, 2, 28, tzinfo=UTC))


def test_without_a_given_now_the_clock_is_asked():
    assert parse("updated:<1 hour").root.earliest.tzinfo is not None


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("otp:true", Flag(FlagName.OTP, True)),
        ("otp: True", Flag(FlagName.OTP, True)),
        ("crossover:false", Flag(FlagName.CROSSOVER, False)),
        ("complete:T", Flag(FlagName.COMPLETE, True)),
        ("complete=no", Flag(FlagName.COMPLETE, False)),
        ('restricted:"true"', Flag(FlagName.RESTRICTED, True)),
        ("single_chapter:true", Flag(FlagName.SINGLE_CHAPTER, True)),
        ("filter_ids:123", TagId(123)),
        ("tag_id:123", TagId(123)),
        ("fandom_ids:123", TagId(123)),
        ("language_id:en", LanguageIs("en")),
        ("language:zhHans", LanguageIs("zhHans")),
    ],
)
def test_flags_ids_and_languages_are_asked_for_by_name(text, root):
    assert root_of(text) == root


@pytest.mark.parametrize(
    ("text", "sort"),
    [
        ("sort:kudos", Sort(Column.KUDOS, is_ascending=False)),
        ("sort:>words", Sort(Column.WORDS, is_ascending=True)),
        ("sort>words", Sort(Column.WORDS, is_ascending=True)),
        ("sort:<words", Sort(Column.WORDS, is_ascending=False)),
        ("sort:word_count ascending", Sort(Column.WORDS, is_ascending=True)),
        ("sorted by: word count", Sort(Column.WORDS, is_ascending=False)),
        ("sort:hits", Sort(Column.HITS, is_ascending=False)),
        ("sort:comments", Sort(Column.COMMENTS, is_ascending=False)),
        ("sort:bookmarks", Sort(Column.BOOKMARKS, is_ascending=False)),
        ("sort:title", Sort(Column.TITLE, is_ascending=True)),
        ("sort:title desc", Sort(Column.TITLE, is_ascending=False)),
        ("sort:author", Sort(Column.CREATORS, is_ascending=True)),
        ("sort:creator", Sort(Column.CREATORS, is_ascending=True)),
        ("sort:posted", Sort(Column.POSTED, is_ascending=False)),
        ("sort:revised_at", Sort(Column.UPDATED, is_ascending=False)),
        ("sort:best match", Sort(Column.SCORE, is_ascending=False)),
        ('sort:"best match"', Sort(Column.SCORE, is_ascending=False)),
        ("sort:_score", Sort(Column.SCORE, is_ascending=False)),
        ("sort:hits sort:kudos", Sort(Column.KUDOS, is_ascending=False)),
    ],
)
def test_an_order_can_be_asked_for_and_is_no_word(text, sort):
    assert parse(text) == Query(None, sort)
    assert parse(f"angst {text} OR fluff") == Query(any_of("angst", "fluff"), sort)


ORDINARY = "In quotation marks it is an ordinary word."


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("angst (hurt", "There is a ( without its ), here: “angst (hurt”. Add the ), or take the ( out."),
        ("a) b", "There is a ) without its (, here: “a) b”. Add the (, or take the ) out. In quotation marks it says nothing."),
        ('a "b', 'There is a quotation mark without its other half, here: “a "b”. Add the other, or take it out.'),
        ("angst OR", f"There is nothing after “OR”. Add what it is about, or take it out. {ORDINARY}"),
        ("angst NOT", f"There is nothing after “NOT”. Add what it is about, or take it out. {ORDINARY}"),
        ("Title: *", f"There is nothing after “Title:”. Add what it is about, or take it out. {ORDINARY}"),
        ("OR angst", f"“OR” needs something on both sides. Add it, or take it out. {ORDINARY}"),
        ("a && || b", f"“||” needs something on both sides. Add it, or take it out. {ORDINARY}"),
        ("*punk", "“*punk” begins with a *. Write at least the first letter before it. In quotation marks a * says nothing."),
        ("cat~3", f"“cat~3” asks for too much: at most 2 letters can differ. {ORDINARY}"),
        ("words:9-1", "Nothing can be within “9-1”. Write the lower end of a range first, such as 100-200 or 3-6 months."),
        ("tag_id:a", "“tag_id:a” asks for no tag: here a tag is a number, such as tag_id:123. For its name write tag:name."),
        ("language:?", "“language:?” asks for no language. Write its code, such as language:en."),
        ("a " * 101, "This search has more than 100 words. Leave out what matters least."),
        ("a*b " * 20 + "c?d", "This search has more than 20 * and ?. Take some of them out. In quotation marks they say nothing."),
        ("(" * 33 + "a" + ")" * 33, "Parentheses are nested deeper than 32 here. Take some of them out."),
        ("a" * 1001, "This search is too long: it has 1001 characters, and 1000 can be read. Leave out what matters least."),
    ],
)
def test_a_mistake_says_what_is_wrong_and_what_to_do(text, sentence):
    assert refusal_of(text) == sentence


@pytest.mark.parametrize(
    ("text", "beginning"),
    [
        ("angst words>many", "“words>many” asks for no number."),
        ("words:", "“words:” asks for no number."),
        ('words:"a few"', '“words:"a few"” asks for no number.'),
        ("words>10k", "“words>10k” asks for no number."),
        ("words>-5", "“words>-5” asks for no number."),
        ("words:" + "x" * 99, "“words:" + "x" * 33 + "…” asks for no number."),
        ("words<0", "Nothing can be within “<0”."),
        ("words:{5 TO 6}", "Nothing can be within “{5 TO 6}”."),
        ("posted:soon", "“posted:soon” asks for no date."),
        ("posted:2019-02-30", "“posted:2019-02-30” asks for no date."),
        ("posted:>0000", "“posted:>0000” asks for no date."),
        ("posted:2020..2019", "Nothing can be within “2020..2019”."),
        ("posted:21-13 months", "Nothing can be within “21-13 months”."),
        ("otp:maybe", "“otp:maybe” asks for neither yes nor no."),
        ("sort:colour", "“sort:colour” is no order."),
    ],
)
def test_a_value_that_is_none_is_named(text, beginning):
    assert refusal_of(text).startswith(beginning)


def test_as_many_words_and_parentheses_as_are_allowed_are_read():
    assert len(root_of("a " * parsing.MOST_WORDS).parts) == parsing.MOST_WORDS
    assert root_of("(" * parsing.DEEPEST + "a" + ")" * parsing.DEEPEST) == Word("a")


@given(st.text(max_size=1100) | st.lists(st.sampled_from(SIGNS), max_size=60).map("".join))
@example("words:[* TO")
@example('"' * 999)
def test_any_text_is_understood_or_refused(text):
    assert refusal_of(text)[-1:] in {"", "."}


@given(st.lists(st.from_regex(r"[a-z]{1,8}", fullmatch=True), min_size=2, max_size=40))
def test_plain_words_are_themselves(words):
    assert root_of(" ".join(words)) == all_of(*words)


@given(st.from_regex(r'[^"“”„‟＂\x00-\x1f\x7f-\x9f]{0,100}[a-z]', fullmatch=True))
def test_anything_can_be_looked_for_in_quotation_marks(text):
    assert root_of(f'"{text}"') == Phrase(" ".join(text.translate(parsing.KIN).split()))


@pytest.mark.parametrize("piece", HOSTILE)
@pytest.mark.parametrize("end", ["", "x", ")", '"'])
def test_no_text_takes_long(piece, end):
    text = (piece * parsing.LONGEST)[: parsing.LONGEST - 1] + end

    began = process_time()
    refusal_of(text)

    assert process_time() - began < SECONDS
