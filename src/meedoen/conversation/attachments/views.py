"""Adding files to what somebody is about to send, changing and taking them away; handing them out; describing them."""

import contextlib
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meedoen.conversation import rules as conversation_rules
from meedoen.conversation import threads
from meedoen.conversation.models import Attachment, Contribution
from meedoen.conversation.rules import State
from meedoen.files import limiting, serving
from meedoen.files.rules import Type
from meedoen.kernel import clock
from meedoen.pages.missing import Missing
from meedoen.pages.origin import anonymous_post, network
from meedoen.people import actions as people
from meedoen.people import acts
from meedoen.people.models import PendingAct
from meedoen.people.views import alive

from . import actions, reading, rules
from .acts import MEMBER_OFFER, OFFER
from .forms import DescriptionForm, DocumentForm, MemberOfferForm, OfferForm, PictureForm, TitleForm
from .rules import Described


@never_cache
@anonymous_post
@require_http_methods(["GET", "POST"])
def add_picture(request: HttpRequest, key: str) -> HttpResponse:
    """``/bevestigen/<key>/foto/``: a picture beside the text, with what is on it.

    A picture that is well is kept at once: when its description is not, only that is asked again.
    """
    act = _open_act(key)
    received = limiting.Received(request)
    if received.is_unread:
        return _add(request, act, PictureForm(), problem=limiting.too_large_words(), status=413)
    if request.method != "POST":
        return _add(request, act, PictureForm(initial={"described": Described.WRITTEN.value}))
    form = PictureForm(request.POST, request.FILES)
    form.is_valid()
    if received.is_too_large:
        return _add(request, act, _too_large(form), status=413)
    file = form.cleaned_data.get("file")
    if file is None:
        return _add(request, act, form)
    try:
        added = actions.add(act, file, title="", is_picture=True, network=network(request), now=clock.now())
    except actions.CannotAdd as refused:
        form.add_error("file", str(refused))
        return _add(request, act, form)
    description = DescriptionForm(request.POST)
    if not description.is_valid():
        return _describe(request, act, added, description)
    _save_description(added, description)
    return _back_to(key)


@never_cache
@anonymous_post
@require_http_methods(["GET", "POST"])
def add_document(request: HttpRequest, key: str) -> HttpResponse:
    """``/bevestigen/<key>/document/``: a document beside the text, with its title."""
    act = _open_act(key)
    received = limiting.Received(request)
    if received.is_unread:
        return _add(request, act, DocumentForm(), problem=limiting.too_large_words(), status=413)
    form = DocumentForm(request.POST, request.FILES) if request.method == "POST" else DocumentForm()
    is_valid = form.is_valid()
    if received.is_too_large:
        return _add(request, act, _too_large(form), status=413)
    if is_valid:
        given = form.cleaned_data
        try:
            actions.add(
                act,
                given["file"],
                title=given["title"],
                is_picture=False,
                network=network(request),
                now=clock.now(),
            )
        except actions.CannotAdd as refused:
            form.add_error("file", str(refused))
        else:
            return _back_to(key)
    return _add(request, act, form)


@never_cache
@anonymous_post
@require_http_methods(["GET", "POST"])
def file(request: HttpRequest, key: str, file_key: str) -> HttpResponse:
    """``/bevestigen/<key>/bestand/<file>/``: what is said about a file, and the way to take it away."""
    act = _open_act(key)
    found = get_object_or_404(act.attachments.present(), key=file_key)
    posted = request.POST if request.method == "POST" else None
    if not found.is_picture:
        form = TitleForm(posted, initial={"title": found.title})
        if form.is_valid():
            actions.call(found, form.cleaned_data["title"])
            return _back_to(key)
        return _describe(request, act, found, form)
    described = found.described or Described.WRITTEN.value
    description = DescriptionForm(posted, initial={"described": described, "description": found.description})
    if description.is_valid():
        _save_description(found, description)
        return _back_to(key)
    return _describe(request, act, found, description)


@never_cache
@anonymous_post
@require_POST
def remove(request: HttpRequest, key: str, file_key: str) -> HttpResponse:
    """Take a file away from what is about to be sent."""
    actions.remove(get_object_or_404(_open_act(key).attachments, key=file_key), now=clock.now())
    return redirect("conversation:file_removed", key, file_key)


@never_cache
@anonymous_post
@require_http_methods(["GET", "POST"])
def removed(request: HttpRequest, key: str, file_key: str) -> HttpResponse:
    """``…/weg/``: that it was taken away, and the way to put it back."""
    act = _open_act(key)
    found = get_object_or_404(act.attachments.all(), key=file_key)
    problem = ""
    if request.method == "POST":
        try:
            actions.put_back(found, now=clock.now())
        except actions.CannotAdd as full:
            problem = str(full)
    if found.removed_at is None or (request.method == "POST" and not problem):
        return _back_to(key)
    context = {"name": reading.name_of(found), "act": act, "kind": acts.kind_of(act), "problem": problem}
    return render(request, "conversation/attachments/removed.html", context)


@never_cache
@anonymous_post
@require_POST
def remove_own(request: HttpRequest, key: str, file_key: str) -> HttpResponse:
    """``/bericht/<key>/bestand/<file>/weghalen/``: take a file away from what I wrote; can be undone there."""
    actions.remove(_of_own(key, file_key), now=clock.now())
    return _back_to_own(key, file_key)


@never_cache
@anonymous_post
@require_POST
def put_back_own(request: HttpRequest, key: str, file_key: str) -> HttpResponse:
    """Put it back; where others came in its place, the page shows which."""
    with contextlib.suppress(actions.CannotAdd):
        actions.put_back(_of_own(key, file_key), now=clock.now())
    return _back_to_own(key, file_key)


@require_GET
def kept_file(request: HttpRequest, file_key: str) -> HttpResponse:
    """``/bestanden/<key>/``: the file itself, to who may see what it stands beside."""
    return _handed_out(request, file_key, is_small=False)


@require_GET
def small_file(request: HttpRequest, file_key: str) -> HttpResponse:
    """``/bestanden/<key>/klein/``: a picture as it stands in a page."""
    return _handed_out(request, file_key, is_small=True)


@never_cache
@anonymous_post
@require_http_methods(["GET", "POST"])
def describe_picture(request: Any, file_key: str) -> HttpResponse:
    """``/bestanden/<key>/beschrijven/``: offer a description for a picture that everybody sees."""
    person = getattr(request, "person", None)
    found, contribution = _seen(file_key, is_team=bool(person and person.is_team))
    kind, form_of = (MEMBER_OFFER, MemberOfferForm) if person else (OFFER, OfferForm)
    form = form_of(request.POST if request.method == "POST" else None, initial={"text": found.description})
    if form.is_valid():
        try:
            act = people.keep(
                kind,
                payload={**form.payload(), "attachment": found.pk},
                name=person.name if person else form.cleaned_data["name"],
                email=person.address.email if person and person.address else form.cleaned_data["email"],
                network=network(request),
                now=clock.now(),
                person=person,
            )
        except people.Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("people:act", act.key)
    shown = reading.shown([found], beside=contribution.number)[0]
    context = {
        "form": form,
        "picture": shown,
        "description": found.description,
        "contribution": contribution,
        "place_url": reading.beside_url(found, contribution),
        "has_large": (found.width, found.height) != (found.small_width, found.small_height),
    }
    return render(request, "conversation/attachments/offer.html", context)


def _open_act(key: str) -> PendingAct:
    """The act that takes files, as long as it has not been sent. Raises ``Missing``."""
    act = alive(key)
    if act.state == PendingAct.State.DONE or act.discarded_at or not acts.kind_of(act).takes_files:
        raise Missing(_("Hier kun je geen foto of document meer bij doen."))
    return act


def _back_to(key: str) -> HttpResponse:
    """The act again, which says that what was just sent is kept."""
    return redirect(f"{reverse('people:act', args=[key])}?bewaard=bij")


def _too_large(form: PictureForm | DocumentForm) -> PictureForm | DocumentForm:
    """The form with all that was typed in it, which says of its file only that it is too large."""
    form.errors.pop("file", None)
    form.add_error("file", limiting.too_large_words())
    return form


def _add(
    request: HttpRequest, act: PendingAct, form: PictureForm | DocumentForm, *, problem: str = "", status: int = 200
) -> HttpResponse:
    is_picture = isinstance(form, PictureForm)
    context = {
        "form": form,
        "act": act,
        "heading": _("Voeg een foto toe") if is_picture else _("Voeg een document toe"),
        "problem": problem,
        "other_url": reverse(f"conversation:add_{'document' if is_picture else 'picture'}", args=[act.key]),
        "other": _("Voeg een document toe in plaats van een foto")
        if is_picture
        else _("Voeg een foto toe in plaats van een document"),
    }
    return render(request, "conversation/attachments/add.html", context, status=status)


def _describe(request: HttpRequest, act: PendingAct, found: Attachment, form: Any) -> HttpResponse:
    context = {
        "form": form,
        "act": act,
        "file": reading.shown([found], is_sent=False)[0],
        "is_said": found.is_complete,
        "action": reverse("conversation:file", args=[act.key, found.key]),
        "remove_url": reverse("conversation:remove_file", args=[act.key, found.key]),
        "heading": _("Je foto") if found.is_picture else _("Je document"),
    }
    return render(request, "conversation/attachments/file.html", context)


def _save_description(found: Attachment, form: DescriptionForm) -> None:
    given = form.cleaned_data
    actions.describe(found, described=Described(given["described"]), description=given["description"], now=clock.now())


def _of_own(key: str, file_key: str) -> Attachment:
    """A file of a contribution that its writer may change."""
    contribution = get_object_or_404(Contribution.objects.select_related("thread"), key=key)
    if not conversation_rules.may_be_changed_by_writer(contribution):
        raise Missing(_("Dit bericht kun je niet meer veranderen."))
    return get_object_or_404(contribution.attachments.all(), key=file_key)


def _back_to_own(key: str, file_key: str) -> HttpResponse:
    """One's own page again, which says what was done with that file."""
    return redirect(f"{reverse('conversation:own', args=[key])}?bestand={file_key}")


def _seen(file_key: str, *, is_team: bool) -> tuple[Attachment, Contribution]:
    """A picture that everybody sees, or that waits for the team, and what it stands beside. Raises ``Missing``."""
    found = Attachment.objects.present().filter(key=file_key).select_related("contribution__thread").first()
    if (
        found is None
        or not found.is_picture
        or not found.is_complete
        or not (_is_readable(found.contribution) or (is_team and found.contribution and _waits(found.contribution)))
    ):
        raise Missing(_("Deze foto is er niet, of hij staat nu niet op de site."))
    assert found.contribution is not None  # noqa: S101  or it is not readable
    return found, found.contribution


def _waits(contribution: Contribution) -> bool:
    return contribution.state == conversation_rules.State.WAITING


def _handed_out(request: HttpRequest, file_key: str, *, is_small: bool) -> HttpResponse:
    found = Attachment.objects.filter(key=file_key).select_related("contribution__thread", "act").first()
    if found is None or not _may_see(request, found, is_small=is_small) or (is_small and not found.small_name):
        raise Missing(_("Dit bestand is er niet, of het staat nu niet op de site."))
    try:
        return serving.answer(
            request,
            type=Type(found.type),
            name=found.small_name if is_small else found.name,
            called=reading.called(found),
            mark=f"{found.key}-{'klein' if is_small else 'heel'}-{len(found.title)}",
            is_public=found.removed_at is None and found.is_complete and _is_readable(found.contribution),
        )
    except FileNotFoundError as gone:  # erased a moment ago
        raise Missing(_("Dit bestand is er niet, of het staat nu niet op de site.")) from gone


def _is_readable(contribution: Contribution | None) -> bool:
    """Whether everybody can read what a file stands beside, and what that is about."""
    return (
        contribution is not None
        and conversation_rules.may_be_read(contribution)
        and threads.stands(contribution.thread)
    )


def _may_see(request: HttpRequest, found: Attachment, *, is_small: bool) -> bool:
    person = getattr(request, "person", None)
    is_team = bool(person and person.is_team)
    if found.contribution is None:
        # Nobody proved an address yet: small pictures, to check them by, and nothing that could be passed around.
        return is_small and found.act is not None and found.act.expires_at > clock.now()
    is_writer = constant_time_compare(request.GET.get("eigen", ""), reading.own_mark(found.contribution))
    is_writer = (
        is_writer and found.contribution.state != State.REMOVED
    )  # what the team took away is passed on by nobody
    is_readable = found.removed_at is None and found.is_complete and _is_readable(found.contribution)
    return rules.may_be_seen(is_readable=is_readable, is_team=is_team, is_writer=is_writer)
