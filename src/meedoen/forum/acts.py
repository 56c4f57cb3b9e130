"""Beginning a topic before confirming who one is: the same way as a reaction, with similar topics beside it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.conversation import actions as conversation
from meedoen.conversation import beside_code
from meedoen.conversation.acts import (
    bring_files,
    hints,
    is_signed_in,
    must_be_described,
    notes,
    points_of,
    tell_writer,
    warnings,
)
from meedoen.conversation.attachments import reading as files
from meedoen.conversation.models import Contribution
from meedoen.conversation.reading import HIDDEN_NAME, words_of
from meedoen.conversation.rules import State
from meedoen.conversation.scoring import HOLD_FROM
from meedoen.conversation.text import render
from meedoen.mail.incoming import addresses
from meedoen.people import acts
from meedoen.people.along import actions as along
from meedoen.people.models import PendingAct, Person
from meedoen.themes import beside

from . import actions, reading, rules, theming
from .categories import CATEGORIES
from .forms import KINDS, AskForm, MemberAskForm, TeamAskForm
from .rules import Kind

ASK = "forum.ask"
MEMBER_ASK = "forum.member_ask"


def register() -> None:
    """Make the kinds known; at start-up."""
    for name, form in ((ASK, AskForm), (MEMBER_ASK, TeamAskForm)):
        acts.register(
            acts.Kind(
                name=name,
                heading=gettext_lazy("Je bericht op het forum"),
                button=gettext_lazy("Plaats mijn bericht"),
                form=form,
                place=_place,
                preview=_preview,
                carry_out=_begin,
                told=_told,
                warnings=_warnings,
                hints=hints,
                notes=notes,
                preview_heading=gettext_lazy("Zo komt het op het forum"),
                beside=_similar,
                takes_files=True,
                adding=files.ways,
                missing=files.problems,
                keeps_drafts=name == MEMBER_ASK,
                form_of=_form_of,
                letter_facts=_letter_facts,
                filled=_filled,
                said=beside_code.said_by_word,
                unread=_unread,
            )
        )


def _letter_facts(act: PendingAct) -> dict[str, object]:
    """What it is, is said already; what somebody typed is mailed to who surely sent it, and nobody else."""
    shown = beside_code.shown(act)
    asks = [theming.asked(act), str(shown.get("ask", ""))]
    title = _("De titel wordt: %(title)s.") % {"title": act.payload["title"]} if "words" in shown else ""
    before = [title, theming.told(act), str(shown.get("before", ""))]
    return {**shown, "place": "", "before": " ".join(filter(None, before)), "ask": " ".join(filter(None, asks))}


def _filled(act: PendingAct, text: str) -> dict[str, object]:
    """The theme that somebody names beside the code, and what else they write there."""
    themed = theming.filled(act, text)
    said, _mended = beside_code.typed(text)
    is_short = len(said.split()) <= theming.MAX_NAMING_WORDS
    is_understood = bool(themed) and is_short
    return themed | beside_code.filled(act, text, is_understood=is_understood, is_heard=theming.only_names)


def _unread(act: PendingAct, text: str) -> str:
    """Words beside the code of what was asked on the site, but for a theme."""
    is_read = act.payload.get(beside_code.BY_MAIL) or theming.filled(act, text)
    return "" if is_read else text


def _place(act: PendingAct) -> acts.Place:
    return acts.Place(_("Forum"), reverse("forum:home"))


def _warnings(payload: Mapping[str, Any]) -> list[str]:
    return warnings({"text": f"{payload['title']}\n\n{payload['text']}"})


def _form_of(act: PendingAct) -> type[acts.ActForm]:
    """Only the team is offered an announcement."""
    if act.kind == ASK:
        return AskForm
    return TeamAskForm if act.person and act.person.is_team else MemberAskForm


def _preview(act: PendingAct) -> SafeString:
    payload = act.payload
    name = HIDDEN_NAME if payload.get("hides_name") else act.name
    category = CATEGORIES.get(payload["category"])  # a draft may be anything
    return format_html(
        "<p>{}: {}</p><p><strong>{}</strong></p><p>{}</p>{}{}",
        KINDS.get(payload["kind"], _("Je koos nog niet wat het is")),
        category.name if category else _("je koos nog niet waar het over gaat"),
        payload["title"],
        name,
        render(words_of(payload["text"])),
        files.preview(act),
    )


def _similar(act: PendingAct) -> list[acts.Place]:
    """Topics and texts that resemble it, so that nobody asks what was answered already (FW5)."""
    title = act.payload["title"]
    topics = [acts.Place(each.title, each.get_absolute_url()) for each in reading.similar(title)]
    return [*topics, *(acts.Place(text, url) for text, url in beside.reads(title))]


def _begin(act: PendingAct, person: Person, now: datetime) -> acts.Done:
    payload = act.payload
    must_be_described(act)
    form = TeamAskForm(payload)
    if not form.is_valid():  # a draft may be anything
        raise acts.CannotDo(" ".join(str(each) for errors in form.errors.values() for each in errors))
    beside_code.must_be_understood(act)
    said = form.cleaned_data
    points = max(points_of(said["text"]), payload.get("score", 0))
    kind = Kind(said["kind"])
    try:
        writer, bond = along.for_whom(payload.get(along.BOND), person, now=now)
    except along.Refused as problem:
        raise acts.CannotDo(str(problem)) from problem
    if not (rules.may_begin(kind, person) and rules.may_begin(kind, writer)):
        raise acts.CannotDo(_("Alleen het team plaatst mededelingen. Kies iets anders."))
    try:
        contribution = actions.begin(
            category=said["category"],
            kind=kind,
            title=said["title"],
            text=said["text"],
            person=writer,
            bond=bond,
            hides_name=said["hides_name"],
            score=points,
            looks_like_spam=points >= HOLD_FROM,
            now=now,
        )
    except conversation.CannotWrite as problem:
        raise acts.CannotDo(str(problem)) from problem
    bring_files(act, contribution, now)
    done = tell_writer(
        contribution,
        now,
        mail_me=bool(payload.get("mail_me")),
        is_signed_in=is_signed_in(act),
        left_out=payload.get(beside_code.LEFT_OUT, ()),
        not_understood=beside_code.not_understood(act),
        theme=str(CATEGORIES[said["category"]].name),
    )
    by_mail = {beside_code.BY_MAIL: True} if payload.get(beside_code.BY_MAIL) else {}
    return replace(done, outcome={**done.outcome, **by_mail})


def _told(act: PendingAct) -> acts.Told:
    contribution = Contribution.objects.select_related("thread").get(pk=act.outcome["contribution"])
    thread = contribution.thread
    again = _ask_again() if act.outcome.get(beside_code.BY_MAIL) else ""
    if contribution.state == State.SHOWN:
        changing = (
            _("Wie je helpt, krijgt een mail met een link om het te veranderen of weg te halen.")
            if act.outcome.get("along")
            else _("Je kunt het veranderen of weghalen met de link in je mail.")
        )
        return acts.Told(
            _("Je bericht staat op het forum"),
            " ".join(filter(None, [changing, again])),
            acts.Place(thread.title, thread.url),
        )
    waiting = _("Het team leest het eerst. Met de link in je mail zie je hoe het ermee staat.")
    return acts.Told(
        _("Je bericht is bij ons"),
        " ".join(filter(None, [waiting, again])),
        acts.Place(_("Forum"), reverse("forum:home")),
    )


def _ask_again() -> str:
    """Where a new question goes: some answer an old mail with it."""
    email = addresses.named("vraag")
    return _("Heb je een nieuwe vraag? Mail die naar %(email)s.") % {"email": email} if email else ""
