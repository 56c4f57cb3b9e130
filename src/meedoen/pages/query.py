"""Query strings read through a form: what is right is kept, what is wrong is left out and told kindly."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.functional import SimpleLazyObject

MAX_VALUE_LENGTH = 200  # characters; nobody types a longer filter, and it would only fill the store of pages

Canonical = tuple[tuple[str, str], ...]


def read_query(form_class: type[forms.Form] | None, sent: QueryDict) -> tuple[forms.Form, list[str], Canonical]:
    """The valid form of ``sent``, a sentence for each field that was wrong, and the canonical query.

    Fields that the form does not know are ignored. The canonical query names the fields that count, in the
    order of the form: two addresses with the same canonical query show the same page.
    """
    if form_class is None:
        return forms.Form({}), [], ()
    known = {name: sent.getlist(name) for name in form_class.base_fields if sent.get(name, "") != ""}
    if not known:  # the form is built only when the page is rendered: a kept page does without
        return cast(forms.Form, SimpleLazyObject(lambda: _valid(form_class))), [], ()
    form = form_class(_data(known))
    problems = []
    if not form.is_valid():
        problems = [str(error) for errors in form.errors.values() for error in errors]
        form = form_class(_data({name: values for name, values in known.items() if name not in form.errors}))
        if not form.is_valid():  # the fields are right one by one, not together
            form = _valid(form_class)
    return form, problems, canonical_query(form)


def _valid(form_class: type[forms.Form]) -> forms.Form:
    form = form_class(_data({}))
    form.is_valid()
    return form


def canonical_query(form: forms.Form) -> Canonical:
    """The fields of a valid form that say something, as text."""
    pairs = []
    for name, value in form.cleaned_data.items():
        if value is None or value is False or (not isinstance(value, (int, float)) and not value):
            continue  # 0 says something
        pairs.append((name, _text(value)))
    return tuple(pairs)


def _text(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return "\n".join(_text(item) for item in value)  # no value of an address holds a line end
    if isinstance(value, QuerySet):
        raise TypeError("a queryset in words is cut short; let the form give a list")
    return str(getattr(value, "pk", value))


def _data(known: Mapping[str, list[str]]) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, values in known.items():
        data.setlist(name, [value[:MAX_VALUE_LENGTH].replace("\x00", "") for value in values])
    return data
