"""Where it stands with a barrier, and how many there are, in words."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from meedoen.kernel.dutch import date_words

from . import rules
from .models import Barrier
from .rules import State

# What the team's page says after a deed, and in the trace.
DONE = {
    State.FOUND: gettext_lazy("Gevonden"),
    State.PROMISED: gettext_lazy("Beloofd"),
    State.FIXED: gettext_lazy("Opgelost"),
    State.NONE: gettext_lazy("Geen drempel"),
}


def state_words(barrier: Barrier, *, today: date) -> str:
    """Where it stands, in a sentence."""
    state = State(barrier.state)
    if state == State.FIXED and barrier.fixed_on:
        return _("Opgelost op %(day)s.") % {"day": date_words(barrier.fixed_on)}
    if state == State.NONE:
        return _("Dit is geen drempel.")
    if state == State.PROMISED and barrier.promised_on:
        day = {"day": date_words(barrier.promised_on)}
        if rules.is_overdue(state, barrier.promised_on, today=today):
            return _("We beloofden dit voor %(day)s. Dat is niet gelukt.") % day
        return _("Op %(day)s moet dit klaar zijn.") % day
    return _("We weten nog niet wanneer dit klaar is.")


def count_words(*, open_count: int, promised_count: int, fixed_count: int) -> str:
    """How many there are, in a sentence or three; empty for none at all."""
    if not (open_count or fixed_count):
        return ""
    said = [
        ngettext("Er is nu %(count)s drempel open.", "Er zijn nu %(count)s drempels open.", open_count)
        % {"count": open_count}
        if open_count
        else _("Er is nu geen drempel open.")
    ]
    if promised_count:
        said.append(
            ngettext(
                "Voor %(count)s drempel beloofden we een dag.",
                "Voor %(count)s drempels beloofden we een dag.",
                promised_count,
            )
            % {"count": promised_count}
        )
    if fixed_count:
        said.append(
            ngettext("We losten %(count)s drempel op.", "We losten %(count)s drempels op.", fixed_count)
            % {"count": fixed_count}
        )
    return " ".join(said)
