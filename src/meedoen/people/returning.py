"""What somebody typed in a form while their session had ended: kept until they are in again, then back in the form."""

from collections.abc import Callable, Collection
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from meedoen.kernel import clock
from meedoen.pages.origin import comes_from_here, network

from . import actions
from .acts import TRAP
from .models import PendingAct

KIND = "people.returning"
FILLED = "ingevuld"  # in the address of the page that shows the form again
MAX_CHARS = 100_000  # in all fields together: some ten times the longest text that any form takes
_NOT_KEPT = frozenset({"csrfmiddlewaretoken", TRAP})

P = ParamSpec("P")
View = Callable[Concatenate[Any, P], HttpResponse]


def park(request: HttpRequest, path: str, *, several: Collection[str] = ()) -> HttpResponse:
    """Keep what was typed, lead through signing in, and from there to ``path``, which shows it again.

    Of a field with more than one answer all are kept; those in ``several`` are lists also with none or one.
    """
    given = {name: request.POST.getlist(name) for name in request.POST if name not in _NOT_KEPT}
    fields: dict[str, Any] = {name: each if len(each) > 1 else each[-1] for name, each in given.items()}
    fields |= {name: request.POST.getlist(name) for name in several}
    query = ""
    if sum(len(str(value)) for value in fields.values()) <= MAX_CHARS:
        try:
            kept = actions.keep(
                KIND, payload={"fields": fields}, name="", email="", network=network(request), now=clock.now()
            )
        except actions.Refused:
            pass  # nobody types so much; signing in goes on
        else:
            query = f"?{urlencode({FILLED: kept.key})}"
    return redirect(f"{reverse('people:sign_in')}?{urlencode({'next': path + query})}")


def typed(request: HttpRequest) -> dict[str, Any]:
    """What was typed before, by name of field; nothing when there is no such thing."""
    key = request.GET.get(FILLED, "")
    kept = PendingAct.objects.alive(clock.now()).filter(kind=KIND, key=key).first() if key else None
    return dict(kept.payload["fields"]) if kept else {}


def filled_again(view: View[P]) -> View[P]:
    """For a form of somebody signed in: when their session turns out to have ended, nothing they typed is lost.

    Such a post is only kept, so that its origin is guard enough; any other carries its token as always.
    """
    protected = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def page(request: Any, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method == "POST" and not request.user.is_authenticated and comes_from_here(request):
            return park(request, request.path)
        return protected(request, *args, **kwargs)

    return page
