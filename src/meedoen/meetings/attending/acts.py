"""Signing up before confirming who one is, and saying yes as the other of a duo; both by a code from the mail."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.kernel.dutch import datetime_words
from meedoen.mail.replies import Word
from meedoen.meetings import words
from meedoen.meetings.models import Meeting
from meedoen.meetings.rules import Form
from meedoen.people import acts
from meedoen.people.along import actions as along
from meedoen.people.along.rules import What
from meedoen.people.models import PendingAct, Person

from . import actions, rules
from .forms import DUO, WAYS, MemberSignUpForm, SayYesForm, SignUpForm, coming
from .mailed import told_before
from .mailed.beside_code import left_over, may_not_come
from .mailed.needing import hear
from .mailed.reading import read_words
from .models import Attendee
from .rules import State, Way

SIGN_UP = "meetings.sign_up"
MEMBER_SIGN_UP = "meetings.member_sign_up"
MORE = "has_more"  # in what is kept: that below the code more was said than how they come; nothing of what


def register() -> None:
    """Make the kinds known; at start-up."""
    for name, form in ((SIGN_UP, SignUpForm), (MEMBER_SIGN_UP, MemberSignUpForm)):
        acts.register(
            acts.Kind(
                name=name,
                heading=gettext_lazy("Je aanmelding"),
                button=gettext_lazy("Meld mij aan"),
                form=form,
                form_of=_form_of,
                place=_place,
                preview=_preview,
                carry_out=_sign_up,
                told=_told,
                preview_heading=gettext_lazy("Zo meld je je aan"),
                change_text=gettext_lazy("Verander je aanmelding"),
                discard_text=gettext_lazy("Ik meld me niet aan"),
                discard_question=gettext_lazy("Je aanmelding weggooien?"),
                discard_words=gettext_lazy(
                    "Je bent nog niet aangemeld. Je kunt dit nog een uur terughalen. Daarna wissen we het."
                ),
                discarded=gettext_lazy("Je bent niet aangemeld"),
                unconfirmed=gettext_lazy("Bevestig je het niet? Dan ben je niet aangemeld, en heb je geen plek."),
                letter="mail/meetings/sign_up_code.md",
                letter_facts=_sign_up_facts,
                filled=_filled,
                heard=_heard,
                unread=acts.in_doubt,
            )
        )
    acts.register(
        acts.Kind(
            name=actions.PARTNER,
            heading=gettext_lazy("Samen naar een bijeenkomst"),
            button=gettext_lazy("Ja, ik kom mee"),
            form=SayYesForm,
            place=_partner_place,
            preview=_partner_preview,
            carry_out=_say_yes,
            told=_partner_told,
            always_asks_code=True,
            preview_heading=gettext_lazy("Hier ga je dan heen"),
            change_text=gettext_lazy("Verander je naam"),
            discard_text=gettext_lazy("Niet nu"),
            discard_question=gettext_lazy("Nu geen ja zeggen?"),
            discard_words=gettext_lazy(
                "Je plek blijft nog staan tot de dag in je mail. Zeg je daarvoor geen ja, dan gaat hij naar een ander."
            ),
            discarded=gettext_lazy("Je zei geen ja"),
            unconfirmed=gettext_lazy("Zeg je geen ja? Dan kom je niet, en gaat je plek naar een ander."),
            letter="mail/meetings/invited.md",
            letter_facts=_letter_facts,
            said=_say_no,
            filled=_off,
            heard=hear,
            unread=acts.in_doubt,
        )
    )


def _meeting(act: PendingAct) -> Meeting | None:
    said = act.outcome if act.state == PendingAct.State.DONE else act.payload
    return Meeting.objects.select_related("place_municipality").filter(pk=said.get("meeting")).first()


def _form_of(act: PendingAct) -> type[acts.ActForm]:
    """The form of this meeting: it asks only what the meeting needs to know."""
    base = MemberSignUpForm if act.kind == MEMBER_SIGN_UP else SignUpForm
    meeting = _meeting(act)

    class Fitted(base):  # type: ignore[misc, valid-type]
        def __init__(self, *args: object, **kwargs: object) -> None:
            super().__init__(*args, **kwargs)
            if meeting:
                self.fit(meeting)

        def payload(self) -> dict[str, object]:
            return {**super().payload(), "meeting": meeting.pk if meeting else 0}

    return Fitted


def _place(act: PendingAct) -> acts.Place:
    meeting = _meeting(act)
    if meeting is None:
        return acts.Place(_("Bijeenkomsten"), reverse("meetings:list"))
    return acts.Place(meeting.title, meeting.get_absolute_url())


def _preview(act: PendingAct) -> SafeString:
    meeting = _meeting(act)
    if meeting is None:
        return format_html("<p>{}</p>", _("Deze bijeenkomst is er niet meer."))
    how = coming(act.payload, meeting)
    lines = [words.when(meeting), _("Kies nog hoe je meedoet.") if _lacks_way(act, meeting) else str(WAYS[how.way])]
    if act.payload.get("together") == DUO:
        lines.append(_("Samen met %(name)s (%(email)s)") % {"name": how.partner_name, "email": how.partner_email})
    if how.companions:
        lines.append(
            _("Met %(count)s persoon die je helpt") % {"count": how.companions}
            if how.companions == 1
            else _("Met %(count)s mensen die je helpen") % {"count": how.companions}
        )
    return format_html("{}", format_html_join("", "<p>{}</p>", ((line,) for line in lines)))


def _sign_up(act: PendingAct, person: Person, now: datetime) -> acts.Done:
    meeting = _meeting(act)
    if meeting is None:
        raise acts.CannotDo(_("Deze bijeenkomst is er niet meer. Kijk of er een andere is."))
    _must_want_to_come(act)
    if _lacks_way(act, meeting):
        problem = _("Kies nog hoe je meedoet: zaal of online. Per mail zet je dat woord onder de code.")
        more = _("Schreef je nog iets? Dat bewaarden we niet. Zet het er dan weer bij.")
        raise acts.CannotDo(f"{problem} {more}" if act.payload.get(MORE) else problem)
    try:
        with transaction.atomic():
            who, bond = along.for_whom(act.payload.get(along.BOND), person, now=now)
            helper = bond.helper_name if bond else ""
            attendee = actions.sign_up(
                meeting, who, coming(act.payload, meeting), network=f"act {act.pk}", now=now, helper=helper
            )
            if bond is None:
                told_before.hear(act, attendee, now)
            if bond:
                along.note(bond, What.WRITE, title=meeting.title, url=attendee.own_url, now=now, is_told=True)
    except (actions.CannotDo, along.Refused) as problem:
        raise acts.CannotDo(str(problem)) from problem
    if bond:
        return acts.Done({"meeting": meeting.pk, "attendee": attendee.pk, "along": True}, then="")
    return acts.Done({"meeting": meeting.pk, "attendee": attendee.pk}, then=f"{attendee.own_url}?klaar=aangemeld")


def _lacks_way(act: PendingAct, meeting: Meeting) -> bool:
    """Whether it has yet to be said how they come; by mail that is asked beside the code."""
    return not act.payload.get("way") and len(rules.ways_of(Form(meeting.form))) > 1


def _sign_up_facts(act: PendingAct) -> dict[str, object]:
    """What was understood, in words of ours: nothing that was typed."""
    meeting = _meeting(act)
    if meeting is None:
        return {
            "when": "",
            "where": "",
            "way": "",
            "is_duo": False,
            "companions": 0,
            "asks_way": False,
            "has_rest": False,
            "has_needs": False,
        }
    how = coming(act.payload, meeting)
    asks_way = _lacks_way(act, meeting)
    return {
        "when": words.when(meeting),
        "where": words.where(meeting),
        "way": "" if asks_way else how.way.value,
        "is_duo": bool(how.partner_email),
        "companions": how.companions,
        "asks_way": asks_way,
        "has_rest": bool(act.payload.get("has_rest")),
        "has_needs": told_before.is_there(act),
    }


def _filled(act: PendingAct, text: str) -> dict[str, object]:
    """What stands below a code: how they come, and with how many who help them; and whether more was said."""
    meeting, said = _meeting(act), read_words(text)
    ways = rules.ways_of(Form(meeting.form)) if meeting else ()
    found: dict[str, object] = {MORE: bool(left_over(text, act.name, ways=ways)), **_off(act, text)}
    if said.way in ways:
        found |= {"way": said.way.value}
    way = found.get("way") or act.payload.get("way")
    if way == Way.ONLINE:
        found |= {"companions": 0}
    elif said.companions is not None and Way.ROOM in ways:
        found |= {"companions": said.companions}
    return found


def _off(act: PendingAct, text: str) -> dict[str, object]:
    """Whether it may say that they do not come; nothing of the words."""
    return {acts.BESIDE: may_not_come(text)}


def _must_want_to_come(act: PendingAct) -> None:
    if act.payload.get(acts.BESIDE):
        said = _("Je schreef onder de code iets over niet komen. Daarom ben je niet aangemeld.")
        raise acts.CannotDo(f"{said} {_('Wil je wel komen? Antwoord dan met de code, zonder die woorden.')}")


def _heard(act: PendingAct, text: str, now: datetime) -> None:
    """What else stands below the code, now that they have a place or a turn."""
    meeting = _meeting(act)
    hear(act, text, now, ways=rules.ways_of(Form(meeting.form)) if meeting else ())


def _told(act: PendingAct) -> acts.Told:
    attendee = Attendee.objects.filter(pk=act.outcome["attendee"]).select_related("party").first()
    if attendee and act.outcome.get("along"):
        text = _("Wie je helpt, krijgt een mail. Daarin staat of er een plek is, en hoe je verandert of afmeldt.")
        return acts.Told(_("De aanmelding is binnen"), text, _place(act))
    if attendee and attendee.cancelled_at is None and attendee.party.state != State.PLACED:
        text = _("Je staat op de wachtlijst. Met de link in je mail zie je hoe het ermee staat.")
    else:
        text = _("Met de link in je mail zie je alles over je aanmelding. Je kunt daar ook veranderen of afmelden.")
    return acts.Told(_("Je aanmelding is binnen"), text, _place(act))


def _partner_of(act: PendingAct) -> Attendee | None:
    said = act.outcome if act.state == PendingAct.State.DONE else act.payload
    return Attendee.objects.select_related("meeting__place_municipality", "party").filter(pk=said["attendee"]).first()


def _partner_place(act: PendingAct) -> acts.Place:
    attendee = _partner_of(act)
    if attendee is None:
        return acts.Place(_("Bijeenkomsten"), reverse("meetings:list"))
    return acts.Place(attendee.meeting.title, attendee.meeting.get_absolute_url())


def _partner_preview(act: PendingAct) -> SafeString:
    attendee = _partner_of(act)
    if attendee is None:
        return format_html("<p>{}</p>", _("Deze uitnodiging geldt niet meer."))
    meeting = attendee.meeting
    asked_by = [
        each.called for each in attendee.party.attendees.confirmed().exclude(pk=attendee.pk).select_related("person")
    ]
    lines = [
        meeting.title,
        words.when(meeting),
        words.where(meeting),
        *(_("Samen met %(name)s") % {"name": name} for name in asked_by if name),
    ]
    return format_html("{}", format_html_join("", "<p>{}</p>", ((line,) for line in lines)))


def _letter_facts(act: PendingAct) -> dict[str, object]:
    """What we know ourselves; of what somebody typed only their name, where it can be no message."""
    attendee = _partner_of(act)
    if attendee is None:
        return {"title": "", "when": "", "where": "", "public_path": "", "own_path": "", "invited_until": "", "by": ""}
    meeting = attendee.meeting
    asker = attendee.party.attendees.filter(pk=act.payload.get("by")).select_related("person").first()
    return {
        "by": asker.called if asker and rules.is_plain_name(asker.called) else "",
        "title": meeting.title,
        "when": words.when(meeting),
        "where": words.where(meeting),
        "public_path": meeting.get_absolute_url(),
        "own_path": attendee.own_url,
        "invited_until": datetime_words(attendee.invited_until) if attendee.invited_until else "",
    }


def _say_no(act: PendingAct, word: Word, now: datetime) -> str:
    """Say no by a word in the place of the code; a code typed within the hour takes it back."""
    attendee = _partner_of(act)
    if word == Word.YES:
        return _("Kom je mee? Antwoord dan met de code uit de mail.")
    if word not in (Word.NO, Word.CANCEL, Word.STOP) or attendee is None or attendee.confirmed_at:
        return ""
    actions.cancel(attendee, now=now)
    return _(
        "Je komt niet mee. Dank je wel dat je het zei. Was het een vergissing? Antwoord binnen een uur met de code."
    )


def _say_yes(act: PendingAct, person: Person, now: datetime) -> acts.Done:
    attendee = _partner_of(act)
    if attendee is None:
        raise acts.CannotDo(_("Deze uitnodiging geldt niet meer. Meld je zelf aan voor de bijeenkomst."))
    _must_want_to_come(act)
    try:
        actions.say_yes(attendee, person, name=act.name, now=now)
    except actions.CannotDo as problem:
        raise acts.CannotDo(str(problem)) from problem
    return acts.Done({"attendee": attendee.pk}, then=f"{attendee.own_url}?klaar=ja")


def _partner_told(act: PendingAct) -> acts.Told:
    return acts.Told(
        _("Je zei ja"),
        _("Met de link in je mail zie je alles over je aanmelding. Je kunt daar ook veranderen of afmelden."),
        _partner_place(act),
    )
