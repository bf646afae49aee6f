"""What every archive starts with: the kinds of tags, the closed lists, the media types, the languages.

The names of kinds and values are those that AO3's readers and tools know; the explanations are our own. Nothing is
accepted beforehand: the operator says on the set-up page which ratings and warnings the archive takes.
"""

from django.db import migrations

KINDS = [
    # code, name, plural, help, closed, single, required, on works
    ("rating", "Rating", "Ratings", "How strong it is.", True, True, True, True),
    (
        "warning",
        "Archive Warning",
        "Archive Warnings",
        "Choose at least one. Readers meet them before your text, always.",
        True,
        False,
        True,
        True,
    ),
    ("category", "Category", "Categories", "Which kinds of relationship it is about. None or several.", True, False, False, True),
    ("fandom", "Fandom", "Fandoms", "What it is a fan work of. At least one.", False, False, True, True),
    (
        "relationship",
        "Relationship",
        "Relationships",
        "A slash for love, an ampersand for friendship and family.",
        False,
        False,
        False,
        True,
    ),
    ("character", "Character", "Characters", "Who is in it.", False, False, False, True),
    (
        "freeform",
        "Additional Tag",
        "Additional Tags",
        "Anything else that readers may look for, or stay away from.",
        False,
        False,
        False,
        True,
    ),
    ("media", "Media", "Media", "What fandoms are sorted under.", True, False, False, False),
]

RATINGS = [
    ("rating-general-audience", "General Audiences", "For anyone.", False),
    ("rating-teen", "Teen And Up Audiences", "May not suit readers under thirteen.", False),
    ("rating-mature", "Mature", "Adult themes that need care; not meant for younger readers.", True),
    ("rating-explicit", "Explicit", "For adults only: sex, violence or other things shown openly.", True),
    ("rating-notrated", "Not Rated", "The author would rather not say how strong it is. It may be as strong as any.", True),
]

WARNINGS = [
    ("warning-no", "No Archive Warnings Apply", "Nothing in it that any of the archive's other warnings names.", False),
    (
        "warning-choosenotto",
        "Creator Chose Not To Use Archive Warnings",
        "The author would rather not say. Anything named here may happen.",
        True,
    ),
    ("warning-violence", "Graphic Depictions Of Violence", "Violence is described in detail.", True),
    ("warning-death", "Major Character Death", "A character who matters to the story dies.", True),
    ("warning-noncon", "Rape/Non-Con", "Sexual acts without consent.", True),
    ("warning-underage", "Underage Sex", "Sexual acts in which somebody is under eighteen.", True),
]

CATEGORIES = [
    ("category-femslash", "F/F", "Between women."),
    ("category-het", "F/M", "Between a woman and a man."),
    ("category-gen", "Gen", "Not about love or sex, or only by the way."),
    ("category-slash", "M/M", "Between men."),
    ("category-multi", "Multi", "More than one kind, or more than two people."),
    ("category-other", "Other", "Anything that the others do not name."),
]

MEDIA = [
    "Anime & Manga", "Books & Literature", "Cartoons & Comics & Graphic Novels", "Celebrities & Real People", "Movies",
    "Music & Bands", "Other Media", "Theater", "TV Shows", "Video Games", "Uncategorized Fandoms",
]  # fmt: skip

LANGUAGES = """
af Afrikaans|Afrikaans ; ar العربية|Arabic|rtl ; az azərbaycanca|Azerbaijani ; be беларуская|Belarusian ; bg български|Bulgarian
bn বাংলা|Bengali ; bs bosanski|Bosnian ; ca català|Catalan ; cs čeština|Czech ; cy Cymraeg|Welsh ; da dansk|Danish ; de Deutsch|German
el ελληνικά|Greek ; en English|English ; eo Esperanto|Esperanto ; es español|Spanish ; et eesti|Estonian ; eu euskara|Basque
fa فارسی|Persian|rtl ; fi suomi|Finnish ; fil Filipino|Filipino ; fr français|French ; ga Gaeilge|Irish ; gd Gàidhlig|Scottish Gaelic
gl galego|Galician ; he עברית|Hebrew|rtl ; hi हिन्दी|Hindi ; hr hrvatski|Croatian ; hu magyar|Hungarian ; hy հայերեն|Armenian
id Bahasa Indonesia|Indonesian ; is íslenska|Icelandic ; it italiano|Italian ; ja 日本語|Japanese ; ka ქართული|Georgian ; kk қазақша|Kazakh
ko 한국어|Korean ; la Latina|Latin ; lt lietuvių|Lithuanian ; lv latviešu|Latvian ; mk македонски|Macedonian ; ml മലയാളം|Malayalam
mn монгол|Mongolian ; mr मराठी|Marathi ; ms Bahasa Melayu|Malay ; mt Malti|Maltese ; nb norsk bokmål|Norwegian Bokmål ; ne नेपाली|Nepali
nl Nederlands|Dutch ; nn norsk nynorsk|Norwegian Nynorsk ; pa ਪੰਜਾਬੀ|Punjabi ; pl polski|Polish ; ptBR português brasileiro|Brazilian Portuguese
ptPT português europeu|European Portuguese ; ro română|Romanian ; ru русский|Russian ; sa संस्कृतम्|Sanskrit ; si සිංහල|Sinhala ; sk slovenčina|Slovak
sl slovenščina|Slovenian ; sq shqip|Albanian ; sr српски|Serbian ; sv svenska|Swedish ; sw Kiswahili|Swahili ; ta தமிழ்|Tamil ; te తెలుగు|Telugu
th ไทย|Thai ; tr Türkçe|Turkish ; uk українська|Ukrainian ; ur اردو|Urdu|rtl ; vi Tiếng Việt|Vietnamese ; yi ייִדיש|Yiddish|rtl
yueHant 粵語|Cantonese ; zhHans 简体中文|Chinese (simplified) ; zhHant 繁體中文|Chinese (traditional) ; zu isiZulu|Zulu ; tok toki pona|Toki Pona
tlh tlhIngan Hol|Klingon ; qya Quenya|Quenya ; sjn Sindarin|Sindarin ; zxx —|No language
"""
SUBTAGGED = {"ptBR": "pt-BR", "ptPT": "pt-PT", "yueHant": "yue-Hant", "zhHans": "zh-Hans", "zhHant": "zh-Hant"}


def give(apps, _schema_editor):
    """Write the rows that every archive starts with."""
    Kind, Tag, Language, Charter = (apps.get_model("archive", name) for name in ("Kind", "Tag", "Language", "Charter"))
    Charter.objects.get_or_create(pk=1)
    Kind.objects.bulk_create(
        Kind(
            code=code, name=name, name_plural=plural, help=words, position=position,
            is_closed=closed, is_single=single, is_required=required, is_on_works=on_works,
        )
        for position, (code, name, plural, words, closed, single, required, on_works) in enumerate(KINDS)
    )  # fmt: skip
    given = [
        *(("rating", *row) for row in RATINGS),
        *(("warning", *row) for row in WARNINGS),
        *(("category", *row, False) for row in CATEGORIES),
        *(("media", "", name, "", False) for name in MEDIA),
    ]
    Tag.objects.bulk_create(
        Tag(
            kind_id=kind, code=code, name=name, explanation=explanation, asks_consent=asks, position=position,
            is_canonical=True, is_accepted=kind in {"category", "media"},
        )
        for position, (kind, code, name, explanation, asks) in enumerate(given)
    )  # fmt: skip
    for entry in LANGUAGES.replace("\n", " ; ").split(" ; "):
        if not entry.strip():
            continue
        code, words = entry.strip().split(" ", 1)
        name, english_name, *direction = words.split("|")
        Language.objects.create(
            code=SUBTAGGED.get(code, code), name=name, english_name=english_name, is_right_to_left=bool(direction)
        )


def take(apps, _schema_editor):
    """Take the given rows away again; refused by the database where works rest on them."""
    for name in ("Tag", "Kind", "Language", "Charter"):
        apps.get_model("archive", name).objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("archive", "0002_published_works_are_warned")]

    operations = [migrations.RunPython(give, take, elidable=True)]
