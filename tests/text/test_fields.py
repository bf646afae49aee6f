"""Only clean HTML gets into a column of clean HTML, and keys follow the names they are made of."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, migrations, models
from django.db.migrations.writer import MigrationWriter
from django.test.utils import isolate_apps

from archive.text.cleaning import CleanHTML, Profile, clean
from archive.text.fields import LONGEST_KEY, CleanHTMLField, FoldedField, folded_key


@pytest.fixture
def page(db):
    """A model with one column of each kind, and its table."""
    with isolate_apps("archive"):

        class Page(models.Model):
            name = models.CharField(max_length=50)
            key = FoldedField(of="name", unique=True)
            body = CleanHTMLField(blank=True)

            class Meta:
                app_label = "archive"
                db_table = "test_page"

            def __str__(self):
                return self.name

        with connection.schema_editor() as editor:
            editor.create_model(Page)
        yield Page


def cleaned(source):
    """A text that has been through the cleaner."""
    return clean(source, profile=Profile.CHAPTER, site="https://archive.example")


def test_clean_html_comes_back_as_clean_html(page):
    made = page.objects.create(name="a", body=cleaned("a & b"))

    made.refresh_from_db()

    assert made.body == "<p>a &amp; b</p>"
    assert type(made.body) is CleanHTML


def test_a_row_copied_in_by_hand_reads_as_clean_html(page):
    with (
        connection.cursor() as cursor,
        cursor.copy("COPY test_page (name, key, body) FROM STDIN") as copy,
    ):
        copy.write_row(("a", "a", "<p>x</p>"))

    assert type(page.objects.get().body) is CleanHTML


def test_nothing_written_is_an_empty_text_of_the_right_type(page):
    empty = page(name="a")
    empty.full_clean()
    empty.save()

    assert type(page().body) is CleanHTML
    assert page.objects.get(body="").body == ""


@pytest.mark.parametrize("unclean", ["<script>", cleaned("a") + "<b>", 5])
def test_unclean_html_reaches_no_column(page, unclean):
    with pytest.raises(TypeError, match=r"archive\.text\.cleaning\.clean"):
        page.objects.create(name="a", body=unclean)
    with pytest.raises(TypeError):
        page.objects.bulk_create([page(name="b", body=unclean)])
    with pytest.raises(TypeError):
        page.objects.update(body=unclean)


def test_full_clean_keeps_the_type(page):
    made = page(name="a", body=cleaned("a"))

    made.full_clean()

    assert type(made.body) is CleanHTML


def test_a_key_is_made_by_save_and_by_bulk_create(page):
    page.objects.create(name="Pokémon")
    page.objects.bulk_create([page(name="Ёлка")])

    assert set(page.objects.values_list("key", flat=True)) == {"pokemon", "елка"}


def test_a_key_follows_its_name(page):
    made = page.objects.create(name="One")

    made.name = "Two"
    made.save(update_fields=["name", "key"])

    assert page.objects.get(key=folded_key("TWO")) == made


def test_two_spellings_of_one_name_are_refused_by_the_form_too(page):
    page.objects.create(name="Pokémon")

    with pytest.raises(ValidationError):
        page(name="POKEMON", key=folded_key("POKEMON")).full_clean()


def test_the_longest_name_has_a_key_that_fits_an_index(page):
    name = "\ufdfa" * 50

    page.objects.create(name=name)

    assert len(page.objects.get().key) <= LONGEST_KEY


@pytest.mark.parametrize(
    ("field", "written"),
    [
        (CleanHTMLField(), "archive.text.fields.CleanHTMLField(default='')"),
        (FoldedField(of="name"), "archive.text.fields.FoldedField(of='name')"),
        (
            FoldedField(of="name", unique=True),
            "archive.text.fields.FoldedField(of='name', unique=True)",
        ),
    ],
)
def test_a_migration_writes_the_field_plainly(field, written):
    operation = migrations.AddField("page", "column", field)

    assert written in MigrationWriter.serialize(operation.field)[0]
    assert field.clone().deconstruct() == field.deconstruct()
