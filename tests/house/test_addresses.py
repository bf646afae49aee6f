import pytest
from django.urls import reverse

from archive.addresses import address
from archive.tags.naming import to_path


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("work_show", [7]),
        ("chapter_show", [7, 987]),
        ("series_show", [12]),
        ("user_show", ["ada"]),
        ("pseud_show", ["ada", "灯台 (x)~!*'();:@&=+$,[]é"]),
        ("tag_works", [to_path("A/B & C. D? #E “f” <g> ü")]),
        ("tag_works", [to_path("part-of-an-address-0-")]),
    ],
)
def test_an_address_is_what_django_would_answer(name, parts):
    assert address(name, *parts) == reverse(name, args=parts)
