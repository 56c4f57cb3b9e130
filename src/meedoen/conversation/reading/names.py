"""The words about and of a contribution that everybody may read: nothing of who hides, nor of what was taken away."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.conversation import quotes
from meedoen.conversation.models import Contribution
from meedoen.conversation.rules import State
from meedoen.kernel.text import plain_text
from meedoen.people.standing.reading import capacity

FIRST_LETTERS = 60  # of a text, to know it by
HIDDEN_NAME = gettext_lazy("Naam bekend bij het team")


def name_shown(contribution: Contribution) -> str:
    """The name beside the words (FW8)."""
    if contribution.person.erased_at:
        return _("Iemand die weg is")
    if contribution.hides_name:
        return str(HIDDEN_NAME)
    return contribution.person.name


def capacity_shown(contribution: Contribution) -> str:
    """Role and municipality in words, as far as the person chose to show them; nothing of who hides their name."""
    person = contribution.person
    if contribution.hides_name or person.erased_at:
        return ""
    return capacity(person, known=contribution)


def help_shown(contribution: Contribution) -> str:
    """With whose help it was written, where the writer chose to show that."""
    bond = contribution.bond
    if bond is None or not bond.is_shown or contribution.hides_name or contribution.person.erased_at:
        return ""
    name = bond.helper.name if bond.helper else ""
    return _("geschreven met hulp van %(name)s") % {"name": name} if name else ""


def words_of(text: str, quoted: Mapping[int, Contribution] | None = None) -> str:
    """A text as others may read it now: what it quotes and cannot be read any more is not in it. One query at most."""
    if quoted is None:
        quoted = quotes.known(quotes.quoted_in([text]))
    return quotes.as_shown(text, quoted, name_of=name_shown)


def first_words(text: str) -> str:
    """The beginning of a text, to know it by; nothing of what it quotes."""
    own = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith(">"))
    words = plain_text(own[: 10 * FIRST_LETTERS])
    return words if len(words) <= FIRST_LETTERS else f"{words[:FIRST_LETTERS].rsplit(' ', 1)[0]}…"


def gap_words(state: str) -> str:
    """What stands where a contribution was."""
    if state == State.RETRACTED:
        return _("De schrijver haalde dit bericht weg.")
    if state == State.REMOVED:
        return _("Het team haalde dit bericht weg.")
    if state == State.ASKED:
        return _("Het team vroeg de schrijver om dit bericht te veranderen.")
    return _("Dit bericht is tijdelijk niet te zien. Het team kijkt ernaar.")
