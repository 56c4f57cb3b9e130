"""Who comes in at the desk, and finding the text that they may write; for others it does not exist."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.library.desk import rules
from meedoen.library.desk.reading import editor_of
from meedoen.library.desk.rules import Editor
from meedoen.library.models import Work
from meedoen.people.entrance.guards import identified

P = ParamSpec("P")
View = Callable[Concatenate[Any, P], HttpResponse]


def editors_only(view: View[P]) -> View[P]:
    """Only for the team and for contacts of municipalities; ``request.editor`` says which of the two."""

    @wraps(view)
    def page(request: Any, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        request.editor = editor_of(request.person)
        if not request.editor.may_come_in:
            raise PermissionDenied(
                _(
                    "Hier schrijven het projectteam en contactpersonen van gemeenten. Wil je ook schrijven? Vraag het ons."
                )
            )
        return view(request, *args, **kwargs)

    return identified(page)


def publishers_only(view: View[P]) -> View[P]:
    """Only for who decides what readers get."""

    @wraps(view)
    def page(request: Any, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not rules.may_publish(request.editor):
            raise PermissionDenied(_("Dit doet het projectteam. Vraag het team om naar je tekst te kijken."))
        return view(request, *args, **kwargs)

    return editors_only(page)


def work_of(request: HttpRequest, work_id: int, *, editor: Editor | None = None) -> Work:
    """The text under that number, when who asks may write it."""
    found = Work.objects.edited_by(editor or request.editor)  # type: ignore[attr-defined]
    related = (
        "article__withdrawal__to",
        "municipality",
        "asked_by__address",
        "begun_by__address",
        "changed_by",
        "offer__offered_by__address",
    )
    return get_object_or_404(found.select_related(*related), pk=work_id)


def trail_of(work: Work | None = None) -> list[tuple[str, str]]:
    """The way to a page of the desk."""
    desk = [(_("Beheer"), reverse("library:desk"))]
    return [*desk, (work.name, work.get_absolute_url())] if work else desk
