"""What a mail in free words says of an ask or offer, where that is plain. Pure: no database, no clock.

*We komen graag langs* chooses a way, and *ik wil niet bellen* takes one away; a *niet* of which it is not clear what it
turns leaves a thing ``unsure``, so that it is asked. What is not said is nothing here.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from meedoen.coupling.rules import For, Length, Side, Way
from meedoen.kernel.text import fold
from meedoen.mail.replies.commands import is_courtesy
from meedoen.people.beside_code import taking_back

from . import how, who
from .clauses import Clause, clauses_in
from .how import LENGTH, WAYS, says_how
from .who import AIM, KIND, MUNICIPALITY

__all__ = ["AIM", "KIND", "LENGTH", "MUNICIPALITY", "WAYS", "Heard", "heard", "says_how"]

_AFTER_THIS = re.compile(r"^(?:want|omdat)\b")  # a reason for what was said
# Who would want another ask than what stands above the code, in words that were not understood.
_WANTS_OTHER = re.compile(
    r"\b(?:niet|geen|nooit|nee|neen|liever|wacht|stop|anders|toch|verander\w*|wijzig\w*|aanpass\w*|moet|fout|weg|eerst|pas)\b|^(?:maar|alleen)\b"
)
# Words that only bring the code.
_BRINGING = frozenset({"ja", "graag", "maar", "en", "hier", "hierbij", "is", "mijn", "de", "code"})
_AGREES = re.compile(
    r"\b(?:dat |het |dit |alles )?(?:klopt|is goed|is prima|is akkoord)(?: (?:zo|wel|allemaal|hoor|verder))*\b"
)


@dataclass(frozen=True)
class Heard:
    """What is plainly said; None and nothing for what is not.

    ``places`` is what the municipality may be called, the longest first. ``unsure`` names what is spoken of and not
    clear; ``left`` are the words that say nothing of how and how long.
    """

    aim: Side | None = None
    kind: For | None = None
    places: tuple[str, ...] = ()
    wanted: frozenset[Way] = frozenset()
    unwanted: frozenset[Way] = frozenset()
    length: Length | None = None
    unsure: frozenset[str] = frozenset()
    left: tuple[str, ...] = ()

    def ways_of(self, now: Collection[str]) -> list[str] | None:
        """The ways that are left of those that stand ``now``; None where nothing is said of them."""
        if not (self.wanted or self.unwanted):
            return None
        begun = self.wanted or {Way(each) for each in now}
        return [way.value for way in Way if way in begun and way not in self.unwanted]

    @property
    def wants_other(self) -> bool:
        """Whether words that were not understood may want it otherwise."""
        return bool(self.unsure) or any(_wants_other(fold(each)) for each in self.left)


def heard(text: str) -> Heard:
    """What somebody wrote of who they are, what they want, and how."""
    clauses = list(clauses_in(text))
    used: set[int] = set()
    unsure: set[str] = set()
    wanted, unwanted = how.ways(clauses, used, unsure)
    length = how.length(clauses, used, unsure)
    aim = who.aim(clauses, unsure)
    kind, places = who.who(text, clauses, unsure)
    used |= {number - 1 for number in used if number and _is_reason_of(clauses[number - 1], clauses[number])}
    left = tuple(each.raw for number, each in enumerate(clauses) if number not in used and not _says_nothing(each.said))
    return Heard(aim, kind, places, frozenset(wanted), frozenset(unwanted), length, frozenset(unsure), left)


def _is_reason_of(clause: Clause, then: Clause) -> bool:
    """*Ik kan slecht reizen*, before *dus graag online*."""
    return clause.sentence == then.sentence and then.said.startswith(("dus ", "daarom "))


def _says_nothing(said: str) -> bool:
    return is_courtesy(said) or set(_AGREES.sub(" ", said).split()) <= _BRINGING


def _wants_other(said: str) -> bool:
    return not _AFTER_THIS.match(said) and bool(_WANTS_OTHER.search(taking_back(said)))
