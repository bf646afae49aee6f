"""People and what belongs to them, made as the archive makes them."""

from typing import Any

from factory import LazyAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory

from archive.people import inviting, registering
from archive.people.models import Invitation, Pseud, User

PASSWORD = "nine lamps in a row"  # of nobody


class UserFactory(DjangoModelFactory[User]):
    """A member with a confirmed address and a default pseud. Who has to type a password is given PASSWORD."""

    class Meta:
        model = User

    username = Sequence(lambda number: f"reader{number}")
    email = LazyAttribute(lambda user: f"{user.username.lower()}@example.com")
    password = None

    @classmethod
    def _create(cls, _model: type[User], *_args: Any, **fields: Any) -> User:
        made_with = {name: fields.pop(name) for name in ("username", "email", "password")}
        user = registering.register(**made_with)
        registering.vouch(user)
        for name, value in fields.items():
            setattr(user, name, value)
        user.save(update_fields=list(fields))
        return user


class PseudFactory(DjangoModelFactory[Pseud]):
    """A pseud that is not its account's default."""

    class Meta:
        model = Pseud

    user = SubFactory(UserFactory)
    name = Sequence(lambda number: f"pseud {number}")


class InvitationFactory(DjangoModelFactory[Invitation]):
    """An invitation that nobody has used."""

    class Meta:
        model = Invitation

    made_by = SubFactory(UserFactory, is_staff=True)
    note = ""

    @classmethod
    def _create(cls, _model: type[Invitation], *_args: Any, **fields: Any) -> Invitation:
        return inviting.invite(by=fields["made_by"], note=fields["note"])
