"""The archive's door, in its three positions."""

import pytest
from django.utils import timezone

from archive.charter.models import Charter, SignUp


def found(sign_up: SignUp) -> Charter:
    """Found the archive of these tests."""
    return Charter.objects.update_or_create(
        pk=Charter.ONLY,
        defaults={
            "name": "The Lamp Room",
            "contact": "keeper@lamproom.example",
            "sign_up": sign_up,
            "founded_at": timezone.now(),
        },
    )[0]


@pytest.fixture
def open_archive(db: None) -> Charter:  # asked for what it does
    """Anybody can sign up."""
    return found(SignUp.OPEN)


@pytest.fixture
def invited_archive(db: None) -> Charter:  # asked for what it does
    """Whoever has an invitation can sign up."""
    return found(SignUp.INVITED)


@pytest.fixture
def closed_archive(db: None) -> Charter:  # asked for what it does
    """Nobody can sign up."""
    return found(SignUp.CLOSED)
