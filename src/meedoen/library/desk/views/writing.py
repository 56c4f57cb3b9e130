"""Writing a text: the form, what is kept while somebody types, and the page on which two people's words meet."""

import dataclasses
from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from meedoen.kernel import clock
from meedoen.kernel.identifiers import number_in, unguessable
from meedoen.library.desk import actions
from meedoen.library.desk.comparing import Merged, compared, merged
from meedoen.library.desk.content import Content, whole
from meedoen.library.desk.forms import EditForm, initial_of
from meedoen.library.desk.reading import LABELS, begun_by_others, editor_of, in_words, municipality_names, name_of
from meedoen.library.desk.rules import Editor
from meedoen.library.models import Typing, Work
from meedoen.library.reading import KINDS
from meedoen.library.rules import Kind
from meedoen.pages.origin import anonymous_post
from meedoen.people import returning
from meedoen.people.drafts import Opened
from meedoen.people.entrance.guards import led_to, path_of
from meedoen.people.forms import DraftForm
from meedoen.people.views import is_script

from .coming_in import editors_only, trail_of, work_of

SEVERAL = ("themes",)  # fields with more than one value
MINE, THEIRS = "mijn", "ander"


@never_cache
@anonymous_post
@require_http_methods(["GET", "POST"])
def edit(request: Any, work_id: int) -> HttpResponse:
    """The form. Whose session ended while they typed comes back in it, filled, after signing in."""
    if request.person is None:
        here = reverse("library:edit", args=[work_id])
        return (
            returning.park(request, here, several=SEVERAL)
            if request.method == "POST"
            else led_to("people:sign_in", path_of(request))
        )
    editor = editor_of(request.person)
    work = work_of(request, work_id, editor=editor)
    if request.method == "GET":
        return _opened(request, work, editor)
    form = form_for(work, editor, request.POST)
    if not form.is_valid():
        kept = _keep(request, work, form)  # what cannot be saved is kept all the same
        return _form_page(request, work, form, opened=_opened_now(kept.typing), base=kept.typing.base)
    base = number_in(request.POST.get("base", ""))
    content = form.content(work.content)
    try:
        actions.save(work, content, base=base, by=request.person, now=clock.now(), key=request.POST.get("draft", ""))
    except actions.ChangedMeanwhile:
        kept = _keep(request, work, form)
        return redirect("library:meet", work.pk, kept.typing.key)
    if "voorbeeld" in request.POST:
        return redirect("library:preview", work.pk)
    return redirect(f"{work.get_absolute_url()}?klaar=bewaard")


@never_cache
@anonymous_post
@require_POST
def keep_typing(request: Any, work_id: int) -> HttpResponse:
    """Keep what is being typed; the page's script asks it."""
    if request.person is None:
        ended = _("Je bent niet meer ingelogd. Druk op “Bewaar”. Dan log je in, en staat je tekst er nog.")
        return JsonResponse({"said": ended, "isNews": True}, status=401)
    editor = editor_of(request.person)
    work = work_of(request, work_id, editor=editor)
    kept = _keep(request, work, form_for(work, editor, request.POST))
    if not is_script(request):
        return redirect("library:edit", work.pk)
    time = localtime(kept.typing.changed_at).strftime("%H.%M")
    said = _("Bewaard voor jou om %(time)s uur. Anderen zien het nog niet.") % {"time": time}
    if kept.is_copy:
        said = f"{_('Je schreef ook op een andere plek in deze tekst. We bewaren ze allebei.')} {said}"
    opened = _opened_now(kept.typing)
    return JsonResponse({"draft": opened.key, "seen": opened.seen, "said": said, "isNews": kept.is_copy})


@editors_only
@require_http_methods(["GET", "POST"])
def forget_typing(request: Any, work_id: int, key: str) -> HttpResponse:
    """Throw away what I typed and did not save, after asking."""
    work = work_of(request, work_id)
    typing = get_object_or_404(Typing, work=work, person=request.person, key=key)
    if request.method == "POST":
        actions.forget_typing(work, key, by=request.person)
        return redirect("library:edit", work.pk)
    beginning = str(typing.fields.get("title") or typing.fields.get("body") or "")[:100]
    context = {"work": work, "typing": typing, "beginning": beginning, "trail": trail_of(work)}
    return render(request, "library/desk/forget.html", context)


@editors_only
@require_http_methods(["GET", "POST"])
def meet(request: Any, work_id: int, key: str) -> HttpResponse:
    """Two people wrote in the same text: both texts, field by field, and the choice. Nothing is lost before it is made."""
    work = work_of(request, work_id)
    typing = get_object_or_404(Typing, work=work, person=request.person, key=key)
    form = form_for(work, request.editor, typing.fields)
    if not form.is_valid():
        return redirect("library:edit", work.pk)
    base = work.versions.filter(number=typing.base).first()
    mine, theirs = form.content(base.content if base else work.content), whole(work.content)
    result = merged(whole(base.content) if base else None, mine, theirs)
    problem = ""
    if request.method == "POST":
        chosen = {name: request.POST.get(name, "") for name in result.both}
        if number_in(request.POST.get("base", "")) != work.number:
            problem = _("Iemand bewaarde intussen weer iets. Kijk opnieuw.")
        elif any(choice not in (MINE, THEIRS) for choice in chosen.values()):
            problem = _("Kies bij elk stuk welke tekst blijft.")
        else:
            content = {**result.content, **{name: theirs[name] for name, choice in chosen.items() if choice == THEIRS}}
            try:
                actions.save(work, content, base=work.number, by=request.person, now=clock.now(), key=key)
            except actions.ChangedMeanwhile:
                return redirect("library:meet", work.pk, key)
            return redirect(f"{work.get_absolute_url()}?klaar=samen")
    context = {
        "work": work,
        "other": name_of(work.changed_by),
        "both": _sides(result, mine, theirs, request.POST),
        "theirs": [str(LABELS[name]) for name in result.theirs],
        "problem": problem,
        "trail": trail_of(work),
    }
    return render(request, "library/desk/meet.html", context)


def form_for(work: Work, editor: Editor, data: Mapping[str, Any] | None = None, **more: Any) -> EditForm:
    """The form of this text for this editor."""
    kept = work.content.get("municipalities", ())
    return EditForm(data, kind=work.kind, is_team=editor.is_team, kept=kept, **more)


def _opened(request: Any, work: Work, editor: Editor) -> HttpResponse:
    """The form with what came back after signing in, else with what this person typed last, else as it was saved."""
    back = returning.typed(request)
    typing = work.typings.filter(person=request.person).first()
    if back:
        base, opened = number_in(str(back.get("base", ""))), DraftForm(back).opened()
        form = form_for(work, editor, initial=back)
        return _form_page(request, work, form, opened=opened, base=base, is_back=True)
    if typing:
        form = form_for(work, editor, initial={**initial_of(work.content), **typing.fields})
        return _form_page(request, work, form, opened=_opened_now(typing), base=typing.base, typing=typing)
    form = form_for(work, editor, initial=initial_of(work.content))
    return _form_page(request, work, form, opened=Opened(tab=unguessable()), base=work.number)


def _form_page(
    request: Any,
    work: Work,
    form: EditForm,
    *,
    opened: Opened,
    base: int,
    typing: Typing | None = None,
    is_back: bool = False,
) -> HttpResponse:
    now = clock.now()
    context = {
        "work": work,
        "kind": KINDS[Kind(work.kind)],
        "form": form,
        "draft": dataclasses.replace(opened, tab=opened.tab or unguessable()),
        "base": base,
        "typing": typing,
        "is_back": is_back,
        "others": [(name_of(each.person), each.begun_at) for each in begun_by_others(work, request.person, now)],
        "is_behind": actions.is_behind(work, base),
        "changed_by": name_of(work.changed_by),
        "trail": trail_of(work),
    }
    return render(request, "library/desk/edit.html", context)


def _keep(request: Any, work: Work, form: EditForm) -> actions.Kept:
    opened = DraftForm(request.POST).opened()
    return actions.keep_typing(
        work,
        form.typed(),
        key=opened.key,
        seen=opened.seen,
        tab=opened.tab,
        base=number_in(request.POST.get("base", "")),
        by=request.person,
        now=clock.now(),
    )


def _opened_now(typing: Typing) -> Opened:
    return Opened(key=typing.key, seen=typing.changed_at.isoformat(), tab=unguessable())


def _sides(result: Merged, mine: Content, theirs: Content, chosen: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What both changed: the field, the difference, and what was chosen already."""
    names = municipality_names(mine, theirs)
    my_words, their_words = in_words(mine, names), in_words(theirs, names)
    return [
        {
            "name": name,
            "label": str(LABELS[name]),
            "parts": compared(their_words[name], my_words[name]),
            "chosen": chosen.get(name, ""),
        }
        for name in LABELS
        if name in result.both
    ]
