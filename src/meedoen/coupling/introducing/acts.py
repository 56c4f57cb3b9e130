"""Saying yes to an introduction, with the code from the mail: it tells the others how to reach one (decisions 1)."""

from datetime import datetime

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.coupling.actions import CannotDo
from meedoen.people import acts
from meedoen.people.beside_code import words_in
from meedoen.people.models import PendingAct, Person

from . import actions, letters, mailed, words
from .forms import YesForm
from .models import Coupling, Party
from .reading import YES

# In what is kept: a mail said more beside the code, and the team reads that before they meet.
READ_FIRST = "is_read_first"


def register() -> None:
    """Make the kind known; at start-up."""
    acts.register(
        acts.Kind(
            name=YES,
            heading=gettext_lazy("Kennismaken"),
            button=gettext_lazy("Ja, ik wil kennismaken"),
            form=YesForm,
            place=_place,
            preview=_preview,
            carry_out=_carry_out,
            told=_told,
            always_asks_code=True,
            is_listed=False,
            preview_heading=gettext_lazy("Waar zeg je ja op?"),
            is_fixed=True,
            discard_text=gettext_lazy("Nog geen ja zeggen"),
            discard_question=gettext_lazy("Wil je nog geen ja zeggen?"),
            discard_words=gettext_lazy("Dan blijft de vraag open. Op je eigen pagina kies je later of nee."),
            discarded=gettext_lazy("Je zei nog geen ja"),
            unconfirmed=gettext_lazy("Typ je geen code, dan zei je geen ja. Niemand krijgt dan je e-mailadres."),
            letter="mail/coupling/proposed.md",
            letter_facts=_letter_facts,
            hold=_hold,
            said=mailed.said,
            filled=_filled,
            unread=lambda act, beside: beside,
            by_word=gettext_lazy("later of nee"),
            is_talked_over=True,
        )
    )


def party_of(act: PendingAct) -> Party:
    """Whose yes it is. Raises ``DoesNotExist``."""
    said = act.outcome if act.state == PendingAct.State.DONE else act.payload
    return Party.objects.whole().get(pk=said["party"])


def _filled(act: PendingAct, beside: str) -> dict[str, bool]:
    """Whether a mail says more than the code, or one before it did; the words go to who helps, and are kept in no row."""
    return {READ_FIRST: bool(act.payload.get(READ_FIRST)) or bool(words_in(beside, act.name))}


def _hold(act: PendingAct) -> None:
    """The coupling comes before the act, as when somebody is reminded."""
    list(Coupling.objects.select_for_update(of=("self",)).filter(parties=act.payload.get("party")))


def _place(act: PendingAct) -> acts.Place:
    party = party_of(act)
    return acts.Place(_("Je kennismaking"), party.get_absolute_url())


def _preview(act: PendingAct) -> SafeString:
    party = party_of(act)
    parties = list(party.coupling.parties.whole().order_by("pk"))
    context = {
        "who": words.others(party, parties),
        "all_of": words.all_of(parties),
    }
    return render_to_string("coupling/introducing/preview.html", context)


def _letter_facts(act: PendingAct) -> dict[str, object]:
    """Who, why and what the others hope for; of a second code only who, unless it goes with the reminder."""
    party = party_of(act)
    facts = letters.proposal(party, list(party.coupling.parties.whole().order_by("pk")))
    is_reminder = party.reminded_at is not None and party.reminded_at == act.code_sent_at
    return {**facts, "is_reminder": is_reminder, "is_code_only": act.code_count > 1 and not is_reminder}


def _carry_out(act: PendingAct, person: Person, now: datetime) -> acts.Done:
    party, is_read_first = party_of(act), bool(act.payload.get(READ_FIRST))
    try:
        actions.say_yes(party, person=person, turn=act.payload["turn"], now=now, is_read_first=is_read_first)
    except CannotDo as problem:
        raise acts.CannotDo(str(problem)) from problem
    return acts.Done({"party": party.pk, READ_FIRST: is_read_first}, then=f"{party.get_absolute_url()}?klaar=ja")


def _told(act: PendingAct) -> acts.Told:
    if act.outcome.get(READ_FIRST):
        return acts.Told(
            _("Je zei ja"),
            _(
                "Je schreef er iets bij. Ons team leest dat eerst. Is het duidelijk, en zegt iedereen ja? Dan krijgen jullie elkaars naam en e-mailadres per mail."
            ),
            _place(act),
        )
    return acts.Told(
        _("Je zei ja"),
        _(
            "Zegt iedereen ja? Dan krijgen jullie elkaars naam en e-mailadres per mail. Op je eigen pagina zie je hoe het ermee staat. De link staat in je mail."
        ),
        _place(act),
    )
