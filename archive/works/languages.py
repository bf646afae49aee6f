"""The languages that works can be written in, as pages offer them."""

from archive.remembering import Lately
from archive.works.models import Language


def _ask() -> dict[str, str]:
    """Answer the name of each language by its code, in the order of the English names."""
    return dict(Language.objects.values_list("pk", "name"))


languages = Lately(_ask)
