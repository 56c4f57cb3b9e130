"""The canonical query: what is the same page, and what is not."""

import datetime
from decimal import Decimal

import pytest
from django import forms

from meedoen.municipalities.models import Province
from meedoen.pages.query import canonical_query


def canonical(value):
    form = forms.Form({})
    form.cleaned_data = {"a": value}
    return canonical_query(form)


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (0, (("a", "0"),)),
        (True, (("a", "True"),)),
        (Decimal("1.5"), (("a", "1.5"),)),
        (datetime.date(2026, 11, 23), (("a", "2026-11-23"),)),
        (["x", "y"], (("a", ("x", "y")),)),
        ("x\ny", (("a", "x\ny"),)),
        (Province(pk="PV20"), (("a", "PV20"),)),
        *[(nothing, ()) for nothing in (None, False, "", [], ())],
    ],
)
def test_what_says_something_counts(value, found):
    assert canonical(value) == found


@pytest.mark.parametrize("value", [object(), {"x": 1}, Province.objects.none, [["x"]]])
def test_what_words_may_not_tell_apart_is_refused(value):
    with pytest.raises(TypeError, match="is no value of a query"):
        canonical(value)
