"""Tags to wrangle, by one call each, and what they look like afterwards."""

from archive.tags.models import Tag


def tag(name, kind="character", **fields):
    """A tag; unwrangled unless told otherwise."""
    return Tag.objects.create(name=name, kind_id=kind, **fields)


def canonical(name, kind="character", **fields):
    """A canonical tag."""
    return tag(name, kind, is_canonical=True, **fields)


def state():
    """All that wrangling can change of the free tags, to be compared as one value."""
    cells = ("pk", "name", "folded", "kind_id", "is_canonical", "is_unwrangleable", "synonym_of_id")
    tags = Tag.objects.filter(kind__is_closed=False).order_by("pk").values_list(*cells)
    links = [through.objects.values_list("from_tag", "to_tag") for through in (Tag.parents.through, Tag.metatags.through)]
    return [*tags], *(sorted(pairs) for pairs in links)


def named(name):
    """The tag of this name as it is now."""
    return Tag.objects.get(name=name)


def names(tags):
    """The names of tags, in order."""
    return sorted(one.name for one in tags.all())
