"""What somebody says in a mail about what they need to take part: in lines with *ja*, or in their own words. Pure.

Nothing of it is kept here. What is found beside their own words is shown to them before anything is done with it.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from meedoen.kernel.text import fold
from meedoen.mail.replies import Reply
from meedoen.meetings.rules import Need

from .reading import MAX_LINE, Deed, labelled, lines_of, read_words

MAX_WORDS = 1_000  # characters in their own words, as in the form on the site
OTHER = "anders"  # the label of the line for their own words

# Parts of words by which people name it; two together where the first alone says too little.
NAMED: Mapping[Need, tuple[str, ...]] = {
    Need.CAPTIONS: ("schrijftolk", "ondertitel"),
    Need.SIGN_LANGUAGE: ("gebarentolk", "gebarentaal", "ngt"),
    Need.HEARING_LOOP: ("ringleiding",),
    Need.STEP_FREE: ("rolstoel", "drempel", "rollator", "scootmobiel"),
    Need.QUIET_PLACE: ("rustige plek", "rustige ruimte", "rustige kamer", "prikkelarm"),
    Need.LARGE_PRINT: ("grote letters", "groot lettertype", "grootletter"),
    Need.BRAILLE: ("braille",),
    Need.SLIDES_BEFORE: ("stukken vooraf", "dia s vooraf", "vooraf de stukken", "presentatie vooraf"),
    Need.PLAIN_LANGUAGE: ("begrijpelijke taal", "makkelijke taal", "eenvoudige taal"),
    Need.PERSONAL_HELP: ("hulp van een persoon", "iemand die me helpt", "iemand die mij helpt"),
    Need.DIET: ("allergi", "glutenvrij", "vegetari", "veganist", "halal", "dieet", "lactose"),
    Need.BY_PHONE: ("telefonisch", "met de telefoon"),
}
_MEANS_NEED = re.compile(
    r"\b(?:nodig|allergi\w*|kan niet (?:zien|horen|lopen|traplopen)|blind|slechtziend\w*|doof|slechthorend\w*)\b"
)
_NO = re.compile(r"\b(?:geen|niet|nee|zonder)\b")
_YES = frozenset({"ja", "x", "graag", "ja graag", "yes", "nodig", "wel"})
_NONE = frozenset({"niets", "niks", "geen", "niets nodig", "ik heb niets nodig", "niks nodig", "nee"})


@dataclass(frozen=True)
class Wanted:
    """What was understood: kinds that are needed, kinds that are not any more, and what was written in own words."""

    chosen: tuple[Need, ...] = ()
    dropped: tuple[Need, ...] = ()
    words: str = ""
    is_nothing: bool = False  # "niets nodig"

    @property
    def is_empty(self) -> bool:
        return not (self.chosen or self.dropped or self.words)


def speaks_of_needs(text: str) -> bool:
    """Whether words without a label are about what somebody needs, rather than a question to who organises."""
    folded = fold(text[:MAX_WORDS])
    named = any(part in folded for parts in NAMED.values() for part in parts)
    return "?" not in text and bool(named or _MEANS_NEED.search(folded))


def has_lines(reply: Reply, *, labels: Mapping[Need, str]) -> bool:
    """Whether a line of those that we mail for this was filled in, or begins with *nodig:*."""
    known = {fold(label) for label in labels.values()} | {OTHER}
    filled = ((found, is_own) for line, is_own in lines_of(reply) if (found := labelled(line)) and found[1])
    return any(label in known or (is_own and label in ("nodig", "wensen")) for (label, _value), is_own in filled)


def wanted(reply: Reply, *, offered: Iterable[Need], labels: Mapping[Need, str]) -> Wanted:
    """What a mail says of it. ``labels``: how each of what is ``offered`` is called in the lines of our mail."""
    by_label = {fold(labels[need]): need for need in offered}
    chosen: dict[Need, bool] = {}
    words: list[str] = []
    is_nothing = False
    for line, is_own in lines_of(reply):
        found = labelled(line)
        need = by_label.get(found[0]) if found else None
        if found and need:
            if found[1]:
                chosen.setdefault(need, not _is_no(found[1]))
            if found[1] and fold(found[1]) not in _YES and not _is_no(found[1]):
                words.append(f"{labels[need]}: {found[1]}")
        elif found and (found[0] == OTHER or (is_own and found[0] in ("nodig", "wensen"))):
            says_none = found[0] != OTHER and fold(found[1]) in _NONE
            is_nothing = is_nothing or says_none
            words += [found[1]] if found[1] and not says_none else []
        elif is_own and fold(line[:MAX_LINE]) in _NONE:
            is_nothing = True
        elif is_own and (kind := by_label.get(fold(line[:MAX_LINE])) or _kind_alone(line)):
            chosen.setdefault(kind, True)
        elif is_own and not _says_nothing_here(line):
            words.append(line)
    for need in _named_in(words, by_label.values()):
        chosen.setdefault(need, True)
    return Wanted(
        tuple(need for need, wants in chosen.items() if wants),
        tuple(need for need, wants in chosen.items() if not wants),
        "\n".join(words),
        is_nothing,
    )


def _says_nothing_here(line: str) -> bool:
    """A greeting, or the word that asks for these lines."""
    said = read_words(line)
    return not said.rest and said.deed in (None, Deed.NEEDS, Deed.YES)


def _kind_alone(line: str) -> Need | None:
    """The kind that a line names without a word beside it."""
    return next((need for need, parts in NAMED.items() if fold(line[:MAX_LINE]) in parts), None)


def _is_no(value: str) -> bool:
    return bool(fold(value).split()[:1] in (["nee"], ["niet"], ["geen"]))


def _named_in(lines: Iterable[str], offered: Iterable[Need]) -> list[Need]:
    """Kinds that people name in their own words; none in a sentence that says no to something."""
    found = []
    offers = list(offered)
    for line in lines:
        for sentence in re.split(r"[.!?;]\s", line[:MAX_WORDS]):
            folded = fold(sentence)
            if not _NO.search(folded):
                found += [need for need in offers if any(part in folded for part in NAMED[need])]
    return found
