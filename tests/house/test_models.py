"""Models: text is never null, constraints have names, and nothing hides in save()."""

from django.apps import apps
from django.db import models

from tests.house.sources import lines_with, modules


def own_models():
    return apps.get_app_config("archive").get_models()


def test_no_text_can_be_null():
    fields = [field for model in own_models() for field in model._meta.local_fields]

    assert [str(field) for field in fields if field.null and isinstance(field, (models.CharField, models.TextField))] == []


def test_every_constraint_and_index_has_a_name_of_its_own():
    named = [one.name for model in own_models() for one in [*model._meta.constraints, *model._meta.indexes]]

    assert len(named) == len(set(named)) > 10


def test_no_model_or_signal_works_in_secret():
    models_modules = [path for path in modules() if path.stem == "models"]

    assert lines_with(r"def (save|delete|full_clean)\(", models_modules) == []
    assert lines_with(r"(?<!def )\b(pre|post)_(save|delete|init)\b|GenericForeignKey\(", list(modules())) == []


def test_archive_models_only_hands_on():
    defined = [model for model in own_models() if model.__module__ in {"archive.models", "archive.apps"}]

    assert defined == []
