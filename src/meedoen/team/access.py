"""Who may come at the team's desk."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.utils.translation import gettext as _

from meedoen.people.entrance.views import identified

P = ParamSpec("P")
View = Callable[Concatenate[Any, P], HttpResponse]


def team_only(view: View[P]) -> View[P]:
    """Only for the project team; who is signed in and not of it is told whom to ask."""

    @wraps(view)
    def page(request: Any, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.person.is_team:
            raise PermissionDenied(
                _("Deze pagina is voor het projectteam. Hoor je daarbij? Vraag een collega om je toe te laten.")
            )
        return view(request, *args, **kwargs)

    return identified(page)
