"""The kinds of acts that somebody can do before confirming who they are; features put theirs in at start-up.

The registry knows nothing of what an act is about: it shows, changes and carries out what a kind tells it to.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from meedoen.mail.replies import Word

from .beside_code import doubts
from .models import PendingAct, Person

Words = str | Promise
PREVIEW_HEADING = _("Zo komt je tekst op de site")
CHANGE_TEXT = _("Verander je tekst")
DISCARD_TEXT = _("Gooi je tekst weg")
DISCARD_QUESTION = _("Je tekst weggooien?")
DISCARD_WORDS = _(
    "Je kunt hem nog een uur terughalen. Daarna wissen we je tekst, en je naam en e-mailadres als je die invulde."
)
DISCARDED = _("Het is weg")
UNCONFIRMED = _("Bevestig je je tekst niet? Dan gooien we je tekst weg.")
CODE_LETTER = "mail/people/code.md"
TRAP = "website"  # a field that people do not see; robots fill it in
NOT_PAYLOAD = frozenset({"name", "email", TRAP})


@dataclass(frozen=True)
class Place:
    """Where an act belongs: the words and the address that lead back there."""

    text: str
    url: str


@dataclass(frozen=True)
class Done:
    """What came of an act.

    ``outcome`` is stored with the act, as JSON. ``then`` is the address for who typed the code, and nobody else:
    somebody who knows only the act's own address never sees it.
    """

    outcome: dict[str, Any]
    then: str


@dataclass(frozen=True)
class Told:
    """What the page of a done act tells to whoever knows its address."""

    heading: str
    text: str
    place: Place


class CannotDo(Exception):
    """The act cannot be done any more; the text is fit to show its writer, and what they typed stays."""


class ActForm(forms.Form):
    """A form of which an act can be made."""

    def payload(self) -> dict[str, Any]:
        """What an act needs of this form, beside who sent it; values that JSON can hold."""
        return {name: value for name, value in self.cleaned_data.items() if name not in NOT_PAYLOAD}

    def words(self) -> str:
        """All that was written in it, after it was found valid: by default its ``text``, if it has one."""
        return str(self.cleaned_data.get("text", ""))


# In a payload: what somebody wrote beside the code in a mail and that was not understood. Who types the code on the
# page sees what they confirm, and need not hear of it.
BESIDE = "beside"


@dataclass(frozen=True)
class Kind:
    """A kind of act.

    ``form`` takes the data and ``initial``; its fields ``name`` and ``email``, if it has them, are the person's;
    ``form.payload()`` is the rest. ``preview`` is the text as others will see it. ``carry_out`` runs inside a transaction, at most once
    for each act, and raises ``CannotDo``. ``warnings`` are sentences that block nothing.
    Who is signed in needs no code, unless the kind ``always_asks_code``. ``preview_heading``, ``change_text``
    and ``discard_text`` are the words of the act's page for what is no text on the site. ``intro`` is what was
    done already. ``is_listed`` acts stand on one's own page while they wait. ``refresh`` is what changes in the payload when a
    new code is asked. ``beside`` are places to
    look at first, such as what was asked before. ``notes`` are sentences of what else was chosen. ``hints`` say what could be plainer. ``takes_files``: pictures
    and documents can go along; ``adding`` are the places to add and change them, ``missing`` what has yet to be said of them. ``letter`` is the template of
    the mail with the code, ``letter_facts`` what it tells beside. ``keeps_drafts``: who is signed in may leave
    it half written, and go on later; ``carry_out`` then also sees to what the form would have refused. ``form_of``
    is the form of one act, where not everybody is offered the same. ``is_fixed``: nothing in it can be changed.
    ``hold`` locks what others hold while they reach for the act: it is called before the act itself is locked, so that no
    two wait for each other.
    Of who answers the mail with the code: ``filled`` is what their words add to the payload, and ``said`` does what
    one word asks in the place of the code, and tells it in a sentence; nothing where the word means nothing here.
    ``by_word`` names these words, where there are others than *nee*. ``heard`` does, once the act is done, what the words
    beside the code ask that ``filled`` leaves alone: they are kept in no row. ``unread`` are those of the words beside the
    code that are for nobody: by default all, where there is no ``filled`` and no ``heard``, and none where there is one.
    ``is_discreet``: no subject of a mail, which is read on locked screens, says what it is.
    ``asks_of_all``: it cannot be turned back, so that any words beside its code but courtesies are asked about before it is done.
    ``is_talked_over``: what answers its mail beside a code or a word is for a person of the team.
    """

    name: str
    heading: Words
    button: Words
    form: type[ActForm]
    place: Callable[[PendingAct], Place]
    preview: Callable[[PendingAct], SafeString]
    carry_out: Callable[[PendingAct, Person, datetime], Done]
    told: Callable[[PendingAct], Told]
    warnings: Callable[[Mapping[str, Any]], list[str]] = lambda payload: []
    always_asks_code: bool = False
    keeps_drafts: bool = False
    preview_heading: Words = PREVIEW_HEADING
    change_text: Words = CHANGE_TEXT
    discard_text: Words = DISCARD_TEXT
    discard_question: Words = DISCARD_QUESTION
    discard_words: Words = DISCARD_WORDS
    discarded: Words = DISCARDED
    unconfirmed: Words = UNCONFIRMED
    intro: Words = ""
    is_listed: bool = True
    refresh: Callable[[PendingAct], dict[str, Any]] = lambda act: {}
    beside: Callable[[PendingAct], list[Place]] = lambda act: []
    notes: Callable[[PendingAct], list[str]] = lambda act: []
    takes_files: bool = False
    adding: Callable[[PendingAct], list[Place]] = lambda act: []
    missing: Callable[[PendingAct], list[str]] = lambda act: []
    hints: Callable[[Mapping[str, Any]], list[str]] = lambda payload: []
    letter: str = CODE_LETTER
    letter_facts: Callable[[PendingAct], Mapping[str, object]] = lambda act: {}
    is_fixed: bool = False
    filled: Callable[[PendingAct, str], dict[str, Any]] | None = None
    unread: Callable[[PendingAct, str], str] | None = None
    said: Callable[[PendingAct, Word, datetime], str] = lambda act, word, now: ""
    by_word: Words = ""
    is_talked_over: bool = False
    is_discreet: bool = False
    asks_of_all: bool = False
    form_of: Callable[[PendingAct], type[ActForm]] | None = None
    hold: Callable[[PendingAct], None] = lambda act: None
    heard: Callable[[PendingAct, str, datetime], None] | None = None


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    """Make a kind known. Two kinds of one name are a mistake of ours."""
    if kind.name in _kinds and _kinds[kind.name] != kind:
        raise ValueError(f"two kinds of act are called {kind.name}")
    _kinds[kind.name] = kind
    return kind


def kind_of(act: PendingAct) -> Kind:
    """The kind of an act. Raises ``KeyError`` when its feature is gone."""
    return _kinds[act.kind]


def form_of(act: PendingAct) -> type[ActForm]:
    """The form in which an act is changed."""
    kind = kind_of(act)
    return kind.form_of(act) if kind.form_of else kind.form


def about(act: PendingAct) -> str:
    """What an act is, behind a colon in the subject of a mail: *je vraag*; nothing where it is not said there."""
    kind = kind_of(act)
    heading = "" if kind.is_discreet else str(kind.heading)
    return heading[:1].lower() + heading[1:]


def in_doubt(act: PendingAct, beside: str) -> str:
    """The ``unread`` of kinds that hear all words beside the code, once it is sure that the code is meant."""
    return beside if doubts(beside) else ""


def may_mean_other(act: PendingAct, unread: str) -> bool:
    """Whether words beside the code, more than courtesies, may ask for something else than what the act does."""
    return bool(unread) and (kind_of(act).asks_of_all or doubts(unread))


def unread(act: PendingAct, beside: str) -> str:
    """What nobody would read of what somebody wrote beside the code of an act."""
    kind = kind_of(act)
    if kind.unread:
        return kind.unread(act, beside)
    return "" if kind.filled or kind.heard else beside
