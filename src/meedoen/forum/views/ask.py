"""Beginning a topic."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from meedoen.conversation import writing
from meedoen.forum.acts import ASK, MEMBER_ASK
from meedoen.forum.categories import CATEGORIES
from meedoen.forum.forms import AskForm, MemberAskForm, TeamAskForm
from meedoen.forum.rules import Kind
from meedoen.pages.origin import anonymous_post
from meedoen.people import actions as people
from meedoen.people.models import Person


@never_cache
@anonymous_post
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """``/forum/vraag/``: ask or tell something; it is kept at the first submit, and checked on the next page."""
    person: Person | None = getattr(request, "person", None)
    form_class = (TeamAskForm if person.is_team else MemberAskForm) if person else AskForm
    asked = request.GET.get("onderdeel", "")
    initial = {"category": asked if asked in CATEGORIES else "", "kind": Kind.QUESTION.value}
    form = form_class(request.POST if request.method == "POST" else None, initial=initial)
    context: dict[str, Any] = {"form": form, "action": request.path, "trail": [(_("Forum"), reverse("forum:home"))]}
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            act = writing.keep(request, form, kind=MEMBER_ASK if person else ASK, more={})
        except writing.LooksLikeSpam:
            context["looks_like_spam"], status = True, 422
        except people.Refused as refused:
            form.add_error(None, str(refused))
            status = 429
        else:
            return redirect("people:act", act.key)
    return render(request, "forum/ask.html", context, status=status)
