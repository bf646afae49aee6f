import pytest

from archive.people import writing_names
from archive.works.models import Creatorship
from archive.works.series import Series
from tests.factories.people import PseudFactory, UserFactory
from tests.factories.works import make_work

pytestmark = pytest.mark.django_db


def test_works_and_series_of_a_pseud_that_goes_stay_with_its_account():
    author = UserFactory()
    default, second = author.pseuds.get(), PseudFactory(user=author)
    both, alone = make_work(by=author, series="The Lamp"), make_work(by=author)
    Creatorship.objects.create(work=both, pseud=second, position=1)
    alone.creatorships.update(pseud=second)
    Series.objects.get().pseuds.add(second)

    writing_names.lay_down(second, by=author)

    assert [list(work.pseuds.all()) for work in (both, alone)] == [[default], [default]]
    assert list(Series.objects.get().pseuds.all()) == [default]
