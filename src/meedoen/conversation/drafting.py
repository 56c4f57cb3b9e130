"""Drafts on the page: the steps that all forms share in which somebody who is signed in writes."""

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from meedoen.kernel import clock
from meedoen.kernel.identifiers import unguessable
from meedoen.pages.origin import network
from meedoen.people import actions as people
from meedoen.people import drafts, returning
from meedoen.people.acts import ActForm
from meedoen.people.along import actions as along
from meedoen.people.along.reading import name_of, number_of
from meedoen.people.forms import DraftForm
from meedoen.people.models import PendingAct, Person
from meedoen.people.views import draft_saved, is_script, not_saved, opened_now


def box(request: HttpRequest, draft: PendingAct | None) -> dict[str, Any]:
    """What a form to write in knows of the draft in it; without one, of the draft that was opened before it came back."""
    before = DraftForm(request.POST or returning.typed(request)).opened()
    return {
        "draft": opened_now(draft) if draft else dataclasses.replace(before, tab=unguessable()),
        "draft_at": draft.changed_at if draft else None,
    }


def save(request: HttpRequest, person: Person, kind: str, payload: Mapping[str, Any]) -> drafts.Saved:
    """Save it as it would be sent now: under the writer's name, or of whom they act along with.

    Raises ``people.Refused``.
    """
    saved = drafts.save(
        kind,
        payload={**payload, along.BOND: number_of(request)},
        opened=DraftForm(request.POST).opened(),
        person=person,
        network=network(request),
        now=clock.now(),
    )
    saved.act.name = name_of(request, person)
    saved.act.save(update_fields=["name"])
    return saved


def save_typed(
    request: HttpRequest,
    form: ActForm,
    *,
    kind: str,
    back: str,
    several: Sequence[str] = (),
    more: Callable[[], Mapping[str, Any]],
    show: Callable[..., HttpResponse],
) -> HttpResponse:
    """Save what stands in a form, right or wrong, to go on later; its script asks it while somebody types.

    ``back`` shows the filled form to who has to sign in first (``several``: fields with more than one value), ``show`` shows it now, ``more`` is what the act needs beside it.
    """
    person: Person | None = getattr(request, "person", None)
    if person is None:
        ended = _("Je bent niet meer ingelogd. Druk op “Bewaar voor later”. Dan log je in, en staat je tekst er nog.")
        return not_saved(request, ended, status=401) or returning.park(request, back, several=several)
    typed = drafts.typed(form)
    if not any(str(typed.get(name, "")).strip() for name in ("title", "text")):
        form.is_valid()
        return JsonResponse({}) if is_script(request) else show(form)
    try:
        saved = save(request, person, kind, {**typed, **more()})
    except people.Refused as refused:
        form.add_error(None, str(refused))
        return not_saved(request, str(refused)) or show(form, status=429)
    return draft_saved(request, saved)
