"""Beginning a topic."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from meedoen.conversation import telling
from meedoen.forum.acts import ASK, MEMBER_ASK
from meedoen.forum.categories import CATEGORIES
from meedoen.forum.forms import AskForm, MemberAskForm, TeamAskForm
from meedoen.forum.rules import MAX_TITLE_LENGTH, Kind
from meedoen.pages.origin import anonymous_post
from meedoen.people.acts import ActForm
from meedoen.people.models import Person


@never_cache
@anonymous_post
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """``/forum/vraag/``: ask or tell something; it is kept at the first submit, and checked on the next page."""
    return telling.answer(request, PAGE)


@never_cache
@anonymous_post
@require_POST
def save_draft(request: HttpRequest) -> HttpResponse:
    """Save what somebody is writing, to go on later; the page's script asks it while they type."""
    return telling.save_draft(request, PAGE)


def _form_of(person: Person | None) -> type[ActForm]:
    return (TeamAskForm if person.is_team else MemberAskForm) if person else AskForm


def _initial(request: HttpRequest) -> dict[str, Any]:
    asked = request.GET.get("onderdeel", "")
    return {
        "category": asked if asked in CATEGORIES else "",
        "kind": Kind.QUESTION.value,
        "title": request.GET.get("titel", "").replace("\x00", "")[:MAX_TITLE_LENGTH],  # what a search did not find
    }


PAGE = telling.Page(
    name="forum:ask",
    template="forum/ask.html",
    kind=ASK,
    member_kind=MEMBER_ASK,
    form_of=_form_of,
    initial=_initial,
    trail=lambda: [(_("Forum"), reverse("forum:home"))],
)
