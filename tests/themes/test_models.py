"""The themes' data: what the database refuses."""

import pytest
from django.db import IntegrityError, transaction

from meedoen.themes.models import Theme


@pytest.mark.django_db
def test_a_theme_is_of_a_known_kind():
    with pytest.raises(IntegrityError), transaction.atomic():
        Theme.objects.create(id="tuin", kind="tuinieren", label="Tuin", short="Tuin", position=99)
