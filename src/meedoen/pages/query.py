"""Query strings read through a form: what is right is kept, what is wrong is left out and told kindly."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.db.models import Model
from django.http import QueryDict
from django.utils.functional import SimpleLazyObject

MAX_VALUE_LENGTH = 200  # characters; nobody types a longer filter, and it would only fill the store of pages

Text = str | tuple[str, ...]
Canonical = tuple[tuple[str, Text], ...]


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


def _text(value: Any) -> Text:
    """``value`` as it stands in a key. Raises ``TypeError`` for what may not tell two values apart in words."""
    if isinstance(value, (list, tuple)):
        return tuple(_text_of_one(item) for item in value)
    return _text_of_one(value)


def _text_of_one(value: Any) -> str:
    if isinstance(value, Model):
        return str(value.pk)
    if isinstance(value, (str, int, float)) or type(value).__str__ is not object.__str__:  # its class says how it reads
        return str(value)
    raise TypeError(f"a {type(value).__name__} is no value of a query; let the form give text, a number or a day")


def _data(known: Mapping[str, list[str]]) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, values in known.items():
        data.setlist(name, [value[:MAX_VALUE_LENGTH].replace("\x00", "") for value in values])
    return data
