"""How something new begins: a form on a page of its own, kept at the first submit and checked on the page after it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from meedoen.kernel import clock
from meedoen.people import actions as people
from meedoen.people import drafts, returning
from meedoen.people.acts import ActForm
from meedoen.people.entrance.guards import led_to, path_of
from meedoen.people.models import PendingAct, Person

from . import drafting, writing

NEW = "nieuw"  # in the address: an empty form, beside what somebody is writing already


@dataclass(frozen=True)
class Page:
    """A page on which somebody tells or asks something new.

    ``name`` is the name of its address. ``kind`` is the act of a guest, ``member_kind`` that of who is signed in, who
    finds here what they were writing. ``form_of`` gives the form of either, ``initial`` what it begins with.
    ``several`` are fields with more than one value.
    """

    name: str
    template: str
    kind: str
    member_kind: str
    form_of: Callable[[Person | None], type[ActForm]]
    initial: Callable[[HttpRequest], dict[str, Any]]
    trail: Callable[[], list[tuple[str, str]]]
    several: tuple[str, ...] = ()

    @property
    def url(self) -> str:
        """Its address."""
        return reverse(self.name)


def answer(request: HttpRequest, page: Page) -> HttpResponse:
    """The form, or what was sent kept as an act to check.

    Who was signed in when they began and is not any more is led through signing in, and back to the filled form.
    """
    person: Person | None = getattr(request, "person", None)
    if request.method != "POST":
        if person is None and getattr(request, "signed_in_as", False):
            return led_to("people:choose", path_of(request))  # who has no name yet is not asked their mail again
        return _begun(request, page, person)
    if person is None and request.POST.get("tab"):
        return returning.park(request, request.path, several=page.several)
    form = page.form_of(person)(request.POST)
    if not form.is_valid():
        return _shown(request, page, form)
    try:
        if person:
            saved = writing.keep_own(request, person, form, kind=page.member_kind, more={})
        else:
            saved = drafts.Saved(writing.keep(request, form, kind=page.kind, more={}))
    except writing.LooksLikeSpam:
        return _shown(request, page, form, status=422, looks_like_spam=True)
    except people.Refused as refused:
        form.add_error(None, str(refused))
        return _shown(request, page, form, status=429)
    return redirect(writing.act_of(saved))


def save_draft(request: HttpRequest, page: Page) -> HttpResponse:
    """Save what somebody is writing, to go on later; the page's script asks it while they type."""
    return drafting.save_typed(
        request,
        page.form_of(getattr(request, "person", None))(request.POST),
        kind=page.member_kind,
        back=page.url,
        several=page.several,
        more=dict,
        show=lambda form, **more: _shown(request, page, form, **more),
    )


def _begun(request: HttpRequest, page: Page, person: Person | None) -> HttpResponse:
    """The form as somebody finds it: with what they typed before they had to sign in, else with their draft."""
    initial = page.initial(request)
    typed = returning.typed(request)
    if person is None or typed or NEW in request.GET:
        return _shown(request, page, page.form_of(person)(initial={**initial, **typed}), is_back=bool(typed))
    draft = PendingAct.objects.drafts_of(person, clock.now()).filter(kind=page.member_kind).first()
    form = page.form_of(person)(initial={**initial, **(draft.payload if draft else {})})
    return _shown(request, page, form, draft=draft)


def _shown(
    request: HttpRequest,
    page: Page,
    form: ActForm,
    *,
    draft: PendingAct | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    is_member = getattr(request, "person", None) is not None
    context = {
        "form": form,
        "action": page.url,
        "new_url": f"{page.url}?{NEW}",
        "trail": page.trail(),
        "is_member": is_member,
        **(drafting.box(request, draft) if is_member else {}),
        **more,
    }
    return render(request, page.template, context, status=status)
