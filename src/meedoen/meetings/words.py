"""Meetings in words: when and where one is, how it stands with what can be arranged, what experts are paid."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.kernel import dutch

from . import rules
from .models import Meeting, Provision
from .rules import Answer, Form, Need, State

FORMS: dict[Form, Promise] = {
    Form.ONLINE: gettext_lazy("Online"),
    Form.ON_SITE: gettext_lazy("Op locatie"),
    Form.BOTH: gettext_lazy("Op locatie en online"),
    Form.UNKNOWN: gettext_lazy("Op locatie of online, dat weten we niet"),
}
NEEDS: dict[Need, Promise] = {
    Need.CAPTIONS: gettext_lazy("Schrijftolk of ondertiteling"),
    Need.SIGN_LANGUAGE: gettext_lazy("Tolk Nederlandse Gebarentaal"),
    Need.HEARING_LOOP: gettext_lazy("Ringleiding"),
    Need.STEP_FREE: gettext_lazy("Zaal en toilet zonder drempels"),
    Need.QUIET_PLACE: gettext_lazy("Rustige plek"),
    Need.LARGE_PRINT: gettext_lazy("Papier met grote letters"),
    Need.BRAILLE: gettext_lazy("Braille"),
    Need.SLIDES_BEFORE: gettext_lazy("Stukken en dia’s vooraf"),
    Need.PLAIN_LANGUAGE: gettext_lazy("Begrijpelijke taal"),
    Need.PERSONAL_HELP: gettext_lazy("Hulp van een persoon"),
    Need.DIET: gettext_lazy("Eten en drinken dat bij je past"),
    Need.BY_PHONE: gettext_lazy("Meedoen met de telefoon"),
}
STATES: dict[State, Promise] = {
    State.ARRANGED: gettext_lazy("geregeld"),
    State.ON_REQUEST: gettext_lazy("als je erom vraagt"),
    State.NOT_POSSIBLE: gettext_lazy("kan niet"),
    State.UNKNOWN: gettext_lazy("weten we nog niet"),
}


FEED_CANCELLED = gettext_lazy("Gaat niet door. %(reason)s")


def form_of(meeting: Meeting) -> str:
    """Online, on site or both."""
    return str(FORMS[Form(meeting.form)])


def when(meeting: Meeting) -> str:
    """The day with its times, as far as known; empty for a draft without."""
    if meeting.starts_at is None or meeting.ends_at is None:
        return ""
    if not meeting.is_time_known:
        return dutch.date_words(meeting.starts_at)
    return dutch.period_words(meeting.starts_at, meeting.ends_at)


def place(meeting: Meeting) -> str:
    """Where, for who comes to it: ``De Kring, Utrecht``; empty for one that is online alone."""
    town = meeting.place_municipality.name if meeting.place_municipality else ""
    names = [meeting.place_name, "" if town and town in meeting.place_name else town]
    return ", ".join(name for name in names if name)


def where(meeting: Meeting) -> str:
    """How one attends it, and where: ``Op locatie en online. De Kring, Utrecht``."""
    return ". ".join(part for part in (form_of(meeting), place(meeting)) if part)


def organiser(meeting: Meeting) -> str:
    """Who holds it."""
    if meeting.organiser:
        return meeting.organiser
    if meeting.municipality:
        return _("Gemeente %(name)s") % {"name": meeting.municipality.name}
    return _("Het projectteam")


def phone_url(meeting: Meeting) -> str:
    """By which one press calls whom to ask."""
    return "tel:" + "".join(each for each in meeting.contact_phone if each.isdigit() or each == "+")


def contact(meeting: Meeting) -> str:
    """Whom to ask and how, in a line of a mail; empty where nobody is known."""
    return ", ".join(filter(None, (meeting.contact_name, meeting.contact_phone, meeting.contact_email)))


def arranged(provisions: Iterable[Provision]) -> list[str]:
    """What is arranged and what can be asked for, a sentence each; for a list."""
    found = {State.ARRANGED: [], State.ON_REQUEST: []}  # type: dict[State, list[str]]
    for need, state, _words in in_order(provisions):
        if state in found:
            found[state].append(_small(need))
    lines = []
    if found[State.ARRANGED]:
        lines.append(_("Geregeld: %(what)s.") % {"what": dutch.join(found[State.ARRANGED])})
    if found[State.ON_REQUEST]:
        lines.append(_("Als je erom vraagt: %(what)s.") % {"what": dutch.join(found[State.ON_REQUEST])})
    return lines


def statement(meeting: Meeting, provisions: Iterable[Provision]) -> list[tuple[str, str]]:
    """(what, how it stands) for all that counts for its form; before it is published some may not be known."""
    told = {need: (state, words) for need, state, words in in_order(provisions)}
    wanted = [*rules.needs_of(meeting.form), *(need for need in told if need not in rules.needs_of(meeting.form))]
    return [(str(NEEDS[need]), _standing(*told.get(need, (State.UNKNOWN, "")))) for need in wanted]


def pay(answer: str, words: str, *, yes: str, no: str) -> str:
    """Whether, with how much or why; empty as long as nobody said it."""
    if answer == Answer.UNKNOWN:
        return ""
    told = yes if answer == Answer.YES else no
    return f"{told} {words}".strip()


def expert_pay(meeting: Meeting) -> str:
    """Whether experts by experience are paid."""
    return pay(meeting.expert_pay, meeting.expert_pay_words, yes=_("Ja."), no=_("Nee."))


def expert_travel(meeting: Meeting) -> str:
    """Whether their travel is paid."""
    return pay(meeting.expert_travel, meeting.expert_travel_words, yes=_("Ja."), no=_("Nee."))


def in_order(provisions: Iterable[Provision]) -> list[tuple[Need, State, str]]:
    """(what, how it stands, words), in the order in which it is told."""
    known = {each.need: each for each in provisions}
    return [(need, State(known[need].state), known[need].words) for need in Need if need in known]


def _standing(state: State, words: str) -> str:
    said = str(STATES[state])
    if state == State.NOT_POSSIBLE:
        return _("Kan niet. Wel: %(alternative)s") % {"alternative": words}
    return f"{said[0].upper()}{said[1:]}. {words}".strip() if words else f"{said[0].upper()}{said[1:]}."


def _small(need: Need) -> str:
    """Its name inside a sentence."""
    words = str(NEEDS[need])
    return words[0].lower() + words[1:]
