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
from .speaking import MAX_WORDS, NAMED

OTHER = "anders"  # the label of the line for their own words

_NO = re.compile(r"\b(?:geen|niet|nee|zonder)\b")
_YES = frozenset({"ja", "x", "graag", "ja graag", "yes", "nodig", "wel"})
_NONE = frozenset({"niets", "niks", "geen", "niets nodig", "ik heb niets nodig", "niks nodig", "nee"})
# An answer behind a label that says no, and no more than that: *liever niet*, *dat hoeft niet hoor*, *n.v.t.*
_SAYS_NO = frozenset({"nee", "neen", "niet", "geen", "hoeft", "nvt", "no"})
_AROUND_NO = frozenset(
    {"liever", "hoor", "dank", "je", "u", "bedankt", "dankjewel", "meer", "nodig", "het", "dat", "die", "is", "ik", "heb",
     "hoef", "voor", "mij", "me", "dit", "er", "bij", "op", "te", "doen", "van", "toepassing", "hier", "deze", "keer",
     "wel", "nu", "nog", "wil", "graag", "behoefte", "aan", "daar"}
)  # fmt: skip


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


def has_lines(reply: Reply, *, labels: Mapping[Need, str]) -> bool:
    """Whether a line of those that we mail for this was filled in, or begins with *nodig:*."""
    known = {fold(label) for label in labels.values()} | {OTHER}
    filled = ((found, is_own) for line, is_own in lines_of(reply) if (found := labelled(line)) and found[1])
    return any(label in known or (is_own and label in ("nodig", "wensen")) for (label, _value), is_own in filled)


def were_asked(reply: Reply, *, labels: Mapping[Need, str]) -> bool:
    """Whether the mail that is answered has such lines: a lone *ja* may have stood below one of them."""
    known = {fold(label) for label in labels.values()}
    return any(found[0] in known for line, _is_own in lines_of(reply) if (found := labelled(line)))


def wanted(reply: Reply, *, offered: Iterable[Need], labels: Mapping[Need, str]) -> Wanted:
    """What a mail says of it. ``labels``: how each of what is ``offered`` is called in the lines of our mail."""
    by_label = {fold(labels[need]): need for need in offered}
    chosen: dict[Need, bool] = {}
    words: list[str] = []
    named: list[str] = []  # without our own labels
    is_nothing = False
    for line, is_own in lines_of(reply):
        found = labelled(line)
        need = by_label.get(found[0]) if found else None
        if found and need:
            answer = _answer(found[1])
            if answer is not None:
                chosen.setdefault(need, answer)
            if found[1] and not _is_plain(found[1]):
                words.append(f"{labels[need]}: {found[1]}")
                named.append(found[1])
        elif found and (found[0] == OTHER or (is_own and found[0] in ("nodig", "wensen"))):
            says_none = found[0] != OTHER and fold(found[1]) in _NONE
            is_nothing = is_nothing or says_none
            told = [found[1]] if found[1] and not says_none else []
            words, named = words + told, named + told
        elif is_own and fold(line[:MAX_LINE]) in _NONE:
            is_nothing = True
        elif is_own and (kind := by_label.get(fold(line[:MAX_LINE])) or _kind_alone(line)):
            chosen.setdefault(kind, True)
        elif is_own and not _says_nothing_here(line):
            words.append(line)
            named.append(line)
    for need in _named_in(named, by_label.values()):
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


def _answer(value: str) -> bool | None:
    """What stands behind a label: yes or no; None where it is left open, or says *niet* about something else."""
    words = set(fold(value).split())
    first = fold(value).split()[:1]
    if _is_no(value) or first in (["nee"], ["neen"]):
        return False
    if _is_mark(value) or first in (["ja"], ["yes"], ["graag"]):
        return True
    return True if words and not words & (_SAYS_NO | {"zonder"}) else None


def _is_plain(value: str) -> bool:
    """Whether no word stands behind a label that somebody has to read."""
    return fold(value) in _YES or _is_mark(value) or _is_no(value)


def _is_mark(value: str) -> bool:
    """Whether it is a sign by which people say yes."""
    return bool(set(value) & set("✓✔☑✅👍"))


def _is_no(value: str) -> bool:
    words = set(fold(value).replace("n v t", "nvt").split())
    is_dash = value != "" and not value.strip("-–— ")
    return is_dash or (bool(words & _SAYS_NO) and words <= _SAYS_NO | _AROUND_NO)


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
