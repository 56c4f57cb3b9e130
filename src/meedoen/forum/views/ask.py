"""Beginning a topic."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from meedoen.conversation import drafting, writing
from meedoen.forum.acts import ASK, MEMBER_ASK
from meedoen.forum.categories import CATEGORIES
from meedoen.forum.forms import AskForm, MemberAskForm, TeamAskForm
from meedoen.forum.rules import Kind
from meedoen.kernel import clock
from meedoen.pages.origin import anonymous_post
from meedoen.people import actions as people
from meedoen.people import drafts, returning
from meedoen.people.acts import ActForm
from meedoen.people.entrance.guards import led_to, path_of
from meedoen.people.models import PendingAct, Person

NEW = "nieuw"  # in the address: an empty form, beside what somebody is writing already


@never_cache
@anonymous_post
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """``/forum/vraag/``: ask or tell something; it is kept at the first submit, and checked on the next page.

    Who is signed in finds what they were writing here. Who was when they began and is not any more is led through
    signing in, and back to the filled form.
    """
    person: Person | None = getattr(request, "person", None)
    if request.method != "POST":
        if person is None and getattr(request, "signed_in_as", False):
            return led_to("people:choose", path_of(request))  # who has no name yet is not asked their mail again
        return _begin(request, person)
    if person is None and request.POST.get("tab"):
        return returning.park(request, request.path)
    form = _form_of(person)(request.POST)
    if not form.is_valid():
        return _page(request, form)
    try:
        if person:
            saved = writing.keep_own(request, person, form, kind=MEMBER_ASK, more={})
        else:
            saved = drafts.Saved(writing.keep(request, form, kind=ASK, more={}))
    except writing.LooksLikeSpam:
        return _page(request, form, status=422, looks_like_spam=True)
    except people.Refused as refused:
        form.add_error(None, str(refused))
        return _page(request, form, status=429)
    return redirect(writing.act_of(saved))


@never_cache
@anonymous_post
@require_POST
def save_draft(request: HttpRequest) -> HttpResponse:
    """Save what somebody is writing, to go on later; the page's script asks it while they type."""
    return drafting.save_typed(
        request,
        _form_of(getattr(request, "person", None))(request.POST),
        kind=MEMBER_ASK,
        back=reverse("forum:ask"),
        more=dict,
        show=lambda form, **more: _page(request, form, **more),
    )


def _begin(request: HttpRequest, person: Person | None) -> HttpResponse:
    """The form as somebody finds it: with what they typed before they had to sign in, else with their draft."""
    asked = request.GET.get("onderdeel", "")
    initial: dict[str, Any] = {"category": asked if asked in CATEGORIES else "", "kind": Kind.QUESTION.value}
    typed = returning.typed(request)
    if person is None or typed or NEW in request.GET:
        return _page(request, _form_of(person)(initial={**initial, **typed}), is_back=bool(typed))
    draft = PendingAct.objects.drafts_of(person, clock.now()).filter(kind=MEMBER_ASK).first()
    return _page(request, _form_of(person)(initial={**initial, **(draft.payload if draft else {})}), draft=draft)


def _form_of(person: Person | None) -> type[ActForm]:
    return (TeamAskForm if person.is_team else MemberAskForm) if person else AskForm


def _page(
    request: HttpRequest, form: ActForm, *, draft: PendingAct | None = None, status: int = 200, **more: Any
) -> HttpResponse:
    is_member = getattr(request, "person", None) is not None
    context = {
        "form": form,
        "action": reverse("forum:ask"),
        "new_url": f"{reverse('forum:ask')}?{NEW}",
        "trail": [(_("Forum"), reverse("forum:home"))],
        "is_member": is_member,
        **(drafting.box(request, draft) if is_member else {}),
        **more,
    }
    return render(request, "forum/ask.html", context, status=status)
