"""What somebody says in a mail about coming to a meeting: in lines that stood ready, or in a few words. Pure.

A line counts when all its words are understood; what is not is left to a person (``Said.rest``). Lines that were filled
in inside the quote of our mail count too: our mails put nothing behind them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from meedoen.kernel.text import fold
from meedoen.mail.replies import Reply, Word, first_word
from meedoen.mail.replies.below import said_below
from meedoen.meetings.attending.rules import Way

from . import cancelling
from .naming import is_name, name_in, without_signature
from .vocabulary import AROUND, ARRANGED, ASKING, BRINGING, COUNTS, HELPERS, ONLINE_WORDS, ROOM_WORDS

MAX_LINE = 300  # characters: a longer line is no answer of some words
MAX_DIGITS = 9


class Deed(StrEnum):
    """What somebody who comes can ask in a word or two."""

    CANCEL = "cancel"
    BACK = "back"
    YES = "yes"
    NO = "no"
    NEEDS = "needs"
    HOW = "how"  # how it stands, and what to answer


@dataclass(frozen=True)
class Said:
    """What was understood of a mail, and in ``rest`` what was not."""

    number: int = 0  # of a meeting
    name: str = ""
    way: Way | None = None
    is_alone: bool = False
    companions: int | None = None
    partner_name: str = ""
    partner_email: str = ""
    wants_partner: bool = False  # "met …", also where no address is given
    deed: Deed | None = None
    is_coming: bool = False  # "ik kom graag", and any of the above
    may_cancel: bool = False  # what is in ``rest`` may mean that they do not come: that is asked, and not done
    rest: str = ""

    @property
    def changes(self) -> bool:
        """Whether it says how somebody comes."""
        return self.way is not None or self.is_alone or self.companions is not None or self.wants_partner


_NOBODY = frozenset({"", "geen", "nvt", "n v t", "met geen"})
_ASKS_TO_COME = frozenset({"kom", "komen", "mee", "meedoen", "aanmelden", "opgeven", "inschrijven", "aan", "ja"})
_DEEDS = {
    Deed.BACK: ("terug", "toch wel", "toch", "kom toch", "ik kom toch", "ik kom wel", "ik kom toch wel", "ik doe toch mee", "ga terug", "zet terug"),
    Deed.CANCEL: ("ik kom niet", "ik kom toch niet", "toch niet", "ik kan niet", "ik kan niet komen", "ik kan toch niet", "ik kan toch niet komen", "ik doe niet mee"),
    Deed.NEEDS: ("nodig", "ik heb iets nodig", "wat ik nodig heb", "wensen", "wat heb ik nodig"),
    Deed.HOW: ("status", "hoe staat het", "hoe staat het ermee", "info", "informatie"),
}  # fmt: skip
_BY_PHRASE = {phrase: deed for deed, phrases in _DEEDS.items() for phrase in phrases}
_BY_WORD = {
    Word.CANCEL: Deed.CANCEL,
    Word.STOP: Deed.HOW,
    Word.UNDO: Deed.BACK,
    Word.BACK: Deed.BACK,
    Word.YES: Deed.YES,
    Word.NO: Deed.NO,
    Word.HELP: Deed.HOW,
    Word.CHANGE: Deed.HOW,
}
_GREETS = re.compile(r"(?:beste|hallo|hoi|dag|geachte|goedemorgen|goedemiddag|goedenavond)(?: \w+){0,4}")
_EMAIL = re.compile(r"[^\s@<>(),;:\"]{1,64}@[^\s@<>(),;:\"]{1,190}\.[^\s@<>(),;:\".]{1,60}")
_WITH = re.compile(r"^(?P<before>(?:ja,? ?)?(?:ik kom )?)(?:samen )?met\b(?P<who>.*)$", re.IGNORECASE)
_SENTENCES = re.compile(r"(?<=[.!?;])\s+")
_PARTS = re.compile(r",\s+|\s+(?=(?:samen )?met\b)|\s+(?:en|maar|want|omdat)\s+", re.IGNORECASE)  # of a sentence
MAX_TURN = 4  # words: *Of toch maar niet*
_IS_NAME = re.compile(r"[A-Z][\w'’-]*(?: (?:van|de|der|den|el|al|ten|ter|[A-Z][\w'’-]*)){0,4}")
_MARK = re.compile(r"^[\s>]*(?:[-*•·]\s+|\d{1,2}[.)]\s+)?")
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_LABEL = re.compile(r"^(?P<label>[^:]{2,60}):\s*(?P<value>.*)$")


def read(reply: Reply) -> Said:
    """All that a mail says about coming: what was written, and lines that were filled in inside what it answers."""
    said, rest = Said(), []
    for line in _own_lines(without_signature(reply.text)):
        found = _understood(said, line)
        if found is None:
            said, left = _in_sentences(said, line)
            rest.append(left)
            if left == line and len(line) <= MAX_LINE and cancelling.cancels(line):
                said = replace(said, deed=said.deed or Deed.CANCEL)
        else:
            said = found
    below = said_below(reply)
    if said.deed in (Deed.CANCEL, Deed.NO) and (below or said.changes or any(map(cancelling.is_conditional, rest))):
        said, rest = Said(number=said.number, name=said.name, may_cancel=True), list(_own_lines(reply.text))
    if said.deed in (None, Deed.YES):  # a word that asks something else is all that was written now
        for line in _quoted_lines(reply):
            said = _filled_in(said, line, only_missing=True) or said
    rest += below
    may_cancel = said.may_cancel or (said.deed is None and any(map(_may_cancel, rest)))
    return replace(said, may_cancel=may_cancel, rest="\n".join(rest).strip())


def _may_cancel(line: str) -> bool:
    found = labelled(line)
    is_of_ours = found is not None and _field_of(found[0]) is not None
    said = found[1] if found and is_of_ours else line
    return cancelling.may_cancel(said) or (is_of_ours and fold(said) == "niet")


def whole(reply: Reply) -> str:
    """All that somebody wrote, also below their name, for a person to read."""
    return "\n\n".join(filter(None, (reply.text.strip(), *said_below(reply))))


def read_words(text: str) -> Said:
    """The same of words alone, such as those below a code or a subject."""
    return read(Reply(text=text, subject="", sure=True))


def labelled(line: str) -> tuple[str, str] | None:
    """The label of a line and what stands behind it, both without marks; None where there is no label."""
    found = _LABEL.match(_MARK.sub("", line).strip())
    return (fold(_IN_BRACKETS.sub(" ", found["label"])), found["value"].strip()) if found else None


def lines_of(reply: Reply) -> Iterator[tuple[str, bool]]:
    """Each line of a mail, also of what it answers; whether it was surely written now."""
    for line in (*_own_lines(reply.text), *said_below(reply)):
        yield line, True
    for line in _quoted_lines(reply):
        yield line, False


def _own_lines(text: str) -> Iterator[str]:
    """What was written now; an answer right below a label of ours is one to that label."""
    label = ""
    for line in text.splitlines():
        if line.startswith(">"):
            asked = labelled(line)
            label = line.strip("> ") if asked and not asked[1] else ""
        elif line.strip():
            yield f"{label} {line.strip()}".strip()
            label = ""


def _quoted_lines(reply: Reply) -> Iterator[str]:
    """Lines of the mail that was answered, without those of mails before it."""
    quoted = [line for line in reply.text.splitlines() if line.startswith(">")]
    for line in (*quoted, *reply.left_out.splitlines()):
        if line.strip() and not re.match(r"\s*>\s*>", line):
            yield line


def _understood(said: Said, line: str) -> Said | None:
    """``said`` with what a line adds; None where some of it is not understood."""
    if len(line) > MAX_LINE:
        return None
    if found := _filled_in(said, line):
        return found
    bare = _MARK.sub("", line)
    folded = fold(bare)
    if not folded or (line.endswith((",", "!")) and _GREETS.fullmatch(folded)):
        return said
    if deed := _deed(bare, folded):
        return replace(said, deed=said.deed or deed)
    if "?" in line:
        return None
    if cancelling.cancels(bare) and cancelling.says_no_more(bare):
        return replace(said, deed=said.deed or Deed.CANCEL)
    return _back(said) if cancelling.takes_back(bare) else _in_words(said, bare)


def _in_sentences(said: Said, line: str) -> tuple[Said, str]:
    """``said`` with what is plain in a line of which the rest is not; and that rest, which is the whole line for none.

    Nothing of a line that may say no, that depends on something, or that speaks of both ways to come.
    """
    sentences = _SENTENCES.split(_MARK.sub("", line))
    words = set(fold(line).split())
    is_of_both = words & ROOM_WORDS and words & ONLINE_WORDS
    if len(line) > MAX_LINE or labelled(line) or is_of_both or any(map(_turns, sentences)):
        return said, line
    left = []
    for sentence in sentences:
        said, more = _in_parts(said, sentence)
        if more:
            left.append(more)
    return said, " ".join(left)


def _back(said: Said) -> Said:
    return replace(said, deed=said.deed or Deed.BACK, is_coming=True)


def _turns(sentence: str) -> bool:
    """Whether it may take back or limit what stands beside it: *Of toch maar niet*, *Als er een lift is*."""
    if cancelling.may_cancel(sentence):
        return True
    words = fold(sentence).split()
    says_no = bool({"niet", "nee", "neen"} & set(words)) and len(words) <= MAX_TURN
    return "?" not in sentence and (
        says_no or cancelling.is_conditional(sentence) or cancelling.has_condition(sentence)
    )


def _in_parts(said: Said, sentence: str) -> tuple[Said, str]:
    """The same of a sentence, or of its beginning: *zaal en ik heb een tolk nodig* says how they come, and is read whole."""
    if "?" in sentence:
        return said, sentence
    if cancelling.takes_back(sentence):
        return _back(said), ""
    if found := _in_words(said, sentence):
        return found, ""
    asks = bool(set(fold(sentence).split()) & ASKING)
    for cut in reversed(list(_PARTS.finditer(sentence))):
        found, more = _in_words(said, sentence[: cut.start()]), sentence[cut.end() :]
        if found is None or not found.is_coming or (asks and found.companions != said.companions):
            continue
        whole_of_it, left = _in_parts(found, more) if _EMAIL.search(more) or _WITH.match(more) else (found, more)
        return whole_of_it, left and sentence
    return said, sentence


def _deed(line: str, folded: str) -> Deed | None:
    if deed := _BY_PHRASE.get(folded):
        return deed
    word = first_word(line)
    if word is None or (word == Word.HELP and "graag" in folded.split()):  # that may be somebody to help them
        return None
    return _BY_WORD.get(word)


def _filled_in(said: Said, line: str, *, only_missing: bool = False) -> Said | None:
    """``said`` with what stands behind a label of ours; None for any other line."""
    found = labelled(line)
    if found is None:
        return None
    label, value = found
    field = _field_of(label)
    if field is None:
        return None
    if not value or (only_missing and _has(said, field)):
        return said
    return _set(said, field, value)


def _field_of(label: str) -> str | None:
    if label in ("bijeenkomst", "nummer", "nummer van de bijeenkomst"):
        return "number"
    if label in ("naam", "je naam", "mijn naam"):
        return "name"
    if label.startswith(("hoe kom je", "hoe doe je mee", "hoe kom ik")) or label == "hoe":
        return "way"
    if label.startswith("met wie"):
        return "partner"
    return "companions" if label.startswith(("begeleider", "wie helpt")) else None


def _has(said: Said, field: str) -> bool:
    return bool(
        {
            "number": said.number,
            "name": said.name,
            "way": said.way,
            "partner": said.wants_partner or said.is_alone,
            "companions": said.companions is not None,
        }[field]
    )


def _set(said: Said, field: str, value: str) -> Said | None:
    words = fold(value).split()
    if field == "name":
        return replace(said, name=value[:100].strip(), is_coming=True)
    if field == "number":
        number = next((int(word) for word in words if word.isdecimal() and len(word) <= MAX_DIGITS), 0)
        return replace(said, number=number) if number else None
    if field == "way":
        way = _way_in(set(words))
        is_plain = not ({"niet", "geen"} & set(words) or cancelling.has_condition(value))
        return replace(said, way=way, is_coming=True) if way and is_plain else None
    if field == "companions":
        asks = bool(set(words) & ASKING) and any("tolk" in word or word in ARRANGED for word in words)
        if asks or cancelling.has_condition(value):
            return None
        count = next((COUNTS[word] for word in words if word in COUNTS), 0 if words[:1] == ["nee"] else None)
        return replace(said, companions=count, is_coming=True) if count is not None else None
    if not _EMAIL.search(value) and (fold(value) in _NOBODY or set(words[:3]) & {"alleen", "niemand", "nee"}):
        return replace(said, is_alone=True, is_coming=True)
    return _with_partner(said, value)


def _with_partner(said: Said, text: str) -> Said | None:
    """The other of a duo: an address, and the words beside it as the name; None where more is said of them."""
    found = _EMAIL.search(text)
    name = name_in(text.replace(found[0], " ") if found else text)
    if name is None:
        return None
    email = found[0].strip(".") if found else ""
    return replace(said, partner_name=name[:100], partner_email=email, wants_partner=True, is_coming=True)


def _ends_with_who(text: str) -> bool:
    """Whether nothing but a name stands behind the address of whom somebody brings."""
    found = _EMAIL.search(text)
    behind = text[found.end() :].strip(" .,!()<>[]") if found else ""
    return not behind or set(fold(behind).split()) <= AROUND or is_name(behind)


def _in_words(said: Said, line: str) -> Said | None:
    """What a line without a label says, where each of its words is known."""
    met = _WITH.match(line)
    if met and (_EMAIL.search(line) or (not _helper_in(line) and _IS_NAME.fullmatch(met["who"].strip(" .!")))):
        before = _in_words(said, met["before"]) if met["before"].strip(" ,") else said
        return _with_partner(before or said, met["who"]) if _ends_with_who(met["who"]) else None
    words = fold(line).split()
    way, count = _way_in(set(words)), _companions_in(words)
    known = AROUND | ROOM_WORDS | ONLINE_WORDS | {"alleen"}
    if count is not None:
        known |= HELPERS | COUNTS.keys() | BRINGING | {"zonder", "eigen"}
    place = _place_of_number(words, is_counted=count is not None)
    if place is not None:
        said = replace(said, number=int(words[place]))
        words = words[:place] + words[place + 1 :]
    if any(word not in known for word in words) or ({*words} & ROOM_WORDS and {*words} & ONLINE_WORDS):
        return None
    return replace(
        said,
        way=way or said.way,
        is_alone=said.is_alone or "alleen" in words,
        companions=said.companions if count is None else count,
        is_coming=said.is_coming or bool(way or count is not None or {*words} & (_ASKS_TO_COME | {"alleen"})),
    )


def _place_of_number(words: list[str], *, is_counted: bool) -> int | None:
    """Where the number of a meeting stands; None for none, or where it may be the number of those who help."""
    there = [at for at, word in enumerate(words) if word.isdecimal() and len(word) <= MAX_DIGITS]
    others = [at for at in there if not set(words[at + 1 : at + 2]) & HELPERS]
    if len(others) != 1 or (is_counted and len(others) == len(there) and words[others[0]] in COUNTS):
        return None
    return others[0]


def _way_in(words: set[str]) -> Way | None:
    if bool(words & ROOM_WORDS) == bool(words & ONLINE_WORDS):
        return None
    return Way.ROOM if words & ROOM_WORDS else Way.ONLINE


def _helper_in(line: str) -> bool:
    return bool(set(fold(line).split()) & HELPERS)


def _companions_in(words: list[str]) -> int | None:
    """How many come along to help; None where nothing is said of them, or they may be asked for."""
    if not set(words) & HELPERS:
        return None
    if "zonder" in words:
        return 0
    if not all(_come_along(words, at) for at, word in enumerate(words) if word in HELPERS):
        return None
    before = (word for word, helper in pairwise(words) if helper in HELPERS and word != "mijn")
    return next((COUNTS[word] for word in (*before, *words) if word in COUNTS), 1)


def _come_along(words: list[str], at: int) -> bool:
    """Whether who is named at ``at`` comes along with the writer: *met mijn tolk*, and not *een tolk graag*."""
    before = words[max(0, at - 3) : at]
    if "mijn" in before or set(words) & BRINGING:
        return True
    is_asked = bool(set(words) & ASKING)
    if words[at] not in ARRANGED:
        return "met" in before or not is_asked or (before != [] and before[-1] in COUNTS.keys() - {"een", "iemand"})
    return not is_asked and "met" in before[:-1] and before[-1] in COUNTS
