"""A writer's own page of what they wrote, open to who has the key from the mail; and what a text said before."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meedoen.conversation import actions, quotes, reading, rules, threads, writing
from meedoen.conversation.acts import EDIT
from meedoen.conversation.attachments import reading as files
from meedoen.conversation.forms import TextForm
from meedoen.conversation.models import Contribution
from meedoen.conversation.moderation.rules import RESTRICTING, Deed
from meedoen.conversation.text import render as render_text
from meedoen.kernel import clock
from meedoen.kernel.dutch import wait_words
from meedoen.pages.origin import anonymous_post, network
from meedoen.people import actions as people
from meedoen.people.entrance.guards import identified

from .found import readable

OWN_GAPS: dict[str, Any] = {rules.State.RETRACTED: gettext_lazy("Je haalde dit bericht weg.")}  # as its writer reads it


@never_cache
@require_GET
def own(request: HttpRequest, key: str) -> HttpResponse:
    """What I wrote, how it stands with it, and what I can do; opening it does nothing."""
    contribution = _own(key)
    done = files.own_done(contribution, request.GET.get("bestand", ""))
    may_put_back = rules.may_be_put_back_by_writer(contribution)
    context = {
        "contribution": contribution,
        "done": done,
        "is_told": done is None,  # what takes the focus is what was just done
        "is_there": threads.stands(contribution.thread),
        "html": render_text(reading.words_of(contribution.text)),
        "files": files.own(contribution),
        "name": reading.name_shown(contribution),
        "helper": contribution.bond.helper_name if contribution.bond else "",
        "capacity": reading.capacity_shown(contribution),
        "mentioned": reading.named(contribution),
        "is_shown": contribution.state == rules.State.SHOWN,
        "is_waiting": contribution.state == rules.State.WAITING,
        "was_first": contribution.shown_at is None,
        "asked": _asked(contribution),
        "decision_url": _decision_url(contribution),
        "gap": OWN_GAPS.get(contribution.state) or reading.gap_words(contribution.state),
        "may_change": rules.may_be_changed_by_writer(contribution),
        "may_take_away": rules.may_be_taken_away_by_writer(contribution),
        "may_put_back": may_put_back,
        "why_not_back": actions.why_not_back(contribution, clock.now()) if may_put_back else "",
        "ways": threads.kind_of(contribution.thread).ways(contribution),
        "usual_wait": wait_words(reading.usual_wait(clock.now())),
    }
    return render(request, "conversation/own.html", context)


@never_cache
@anonymous_post
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, key: str) -> HttpResponse:
    """Change what I wrote: new words go the same way as the first ones, with a code."""
    contribution = _own(key)
    person = contribution.person
    if not rules.may_be_changed_by_writer(contribution) or person.address is None:
        return redirect("conversation:own", key)
    form = TextForm(request.POST if request.method == "POST" else None, initial={"text": contribution.text})
    if request.method == "POST" and form.is_valid():
        try:
            act = people.keep(
                EDIT,
                payload={**form.payload(), "contribution": contribution.pk},
                name=person.name,
                email=person.address.email,
                network=network(request),
                now=clock.now(),
            )
        except people.Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("people:act", act.key)
    return render(request, "conversation/edit.html", {"form": form, "contribution": contribution})


@never_cache
@anonymous_post
@require_POST
def retract(request: HttpRequest, key: str) -> HttpResponse:
    """Take it back; a press that can be undone on the page that follows (decisions 1)."""
    actions.retract(_own(key), now=clock.now())
    return redirect("conversation:own", key)


@never_cache
@anonymous_post
@require_POST
def put_back(request: HttpRequest, key: str) -> HttpResponse:
    """Put back what I took away; the page that follows says how it stands, or why it stays away."""
    actions.put_back(_own(key), now=clock.now())
    return redirect("conversation:own", key)


@never_cache
@anonymous_post
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, contribution_id: int) -> HttpResponse:
    """Answer one contribution: it stands above the box, and its number above the answer.

    Where it was taken away meanwhile, what was typed is an answer to the rest.
    """
    if request.method == "POST":
        answered = get_object_or_404(Contribution.objects.standing().select_related("thread"), pk=contribution_id)
        thread = answered.thread
        reply_to = answered if rules.may_be_read(answered) else None
        return writing.begin(
            request, kind=thread.kind, key=thread.key, title=thread.title, url=thread.url, reply_to=reply_to
        )
    answered = readable(contribution_id)
    thread = answered.thread
    if thread.is_closed:
        return redirect(answered.url)
    context = {
        "title": thread.title,
        "url": thread.url,
        **writing.box(
            request,
            kind=thread.kind,
            key=thread.key,
            title=thread.title,
            url=thread.url,
            action=request.path,
            reply_to=answered.pk,
            quoted=_quoted(request, answered),
        ),
        **writing.replying(answered),
    }
    return render(request, "conversation/write.html", context)


def _quoted(request: HttpRequest, answered: Contribution) -> str:
    """The quote to begin with, as was chosen on the page before; no part chosen is all of it."""
    asked = request.GET.getlist("deel")
    if not asked:
        return ""
    parts = quotes.parts_of(answered.text)
    chosen = [part for number, part in enumerate(parts, 1) if str(number) in asked]
    return quotes.quote(answered, chosen or parts)


@never_cache
@require_GET
def history(request: HttpRequest, contribution_id: int) -> HttpResponse:
    """What a contribution said before it was changed."""
    contribution = readable(contribution_id)
    versions = [(each.until, render_text(reading.words_of(each.text))) for each in contribution.revisions.all()]
    context = {
        "contribution": contribution,
        "html": render_text(reading.words_of(contribution.text)),
        "versions": list(reversed(versions)),
        "trail": [(contribution.thread.title, contribution.thread.url)],
        "heading": _("Bericht %(number)s: wat er eerder stond") % {"number": contribution.number},
    }
    return render(request, "conversation/history.html", context)


def _asked(contribution: Contribution) -> SafeString | str:
    """What the team asked the writer to change, while it waits for that."""
    if contribution.state != rules.State.ASKED:
        return ""
    asked = contribution.decisions.filter(deed=Deed.ASK).last()
    return render_text(asked.reason) if asked else ""


@never_cache
@anonymous_post
@require_POST
def save_draft(request: HttpRequest) -> HttpResponse:
    """Save what somebody is writing, to go on later; the page's script asks it while they type."""
    return writing.save(request)


@identified
@require_GET
def go_on(request: HttpRequest) -> HttpResponse:
    """``/concepten/verder/``: the filled form again, for who had to sign in meanwhile."""
    return writing.go_on(request)


def _decision_url(contribution: Contribution) -> str:
    """The page with the reasons of what was taken away, and the way to object."""
    decision = contribution.decisions.filter(deed__in=RESTRICTING).last()
    if decision is None or contribution.state not in (rules.State.HIDDEN, rules.State.REMOVED, rules.State.ASKED):
        return ""
    return reverse("conversation:decision", args=[decision.key])


def _own(key: str) -> Contribution:
    return get_object_or_404(
        Contribution.objects.select_related("thread", "person__municipality", "person__address"), key=key
    )
