"""The shape of the three questions: what, for whom, how; by a guest, by who is signed in, and by the team for a caller."""

import datetime
from contextlib import suppress
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from meedoen.conversation.forms import cleaned_text
from meedoen.kernel import clock
from meedoen.kernel.identifiers import number_in
from meedoen.kernel.keys import MomentKey
from meedoen.pages.listed import KeyField
from meedoen.people.acts import ActForm
from meedoen.people.forms import GuestForm, day_field, explanation_field
from meedoen.people.standing.forms import municipality_field
from meedoen.themes.records import THEMES

from . import rules, words
from .actions import Answers
from .rules import For, Length, Side, Way

# What is asked, under which heading, in the order in which it is asked.
GROUPS: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
    ("wat", _("1. Waar gaat het over?"), ("aim", "text", "themes")),
    ("over-jou", _("2. Over jou"), ("kind", "municipality")),
    ("hoe", _("3. Hoe wil je het doen?"), ("ways", "length", "not_before", "at_most")),
    ("wie", _("Hoe bereiken we je?"), ("name", "email")),
)
ORDER = tuple(name for _id, _heading, names in GROUPS for name in names)
HINTS = {
    Side.ASK: _("Bijvoorbeeld: hoe maken we ons stembureau goed voor iedereen? Gewone taal is prima."),
    Side.OFFER: _("Bijvoorbeeld: bij ons testen inwoners elk nieuw gebouw. Gewone taal is prima."),
}


class _Questions(ActForm):
    """What everybody is asked, whoever they are."""

    side = Side.ASK

    text = forms.CharField(
        max_length=rules.MAX_TEXT_LENGTH,
        strip=False,
        error_messages={
            "required": _("Vertel het in een paar zinnen."),
            "max_length": _(
                "Je tekst is %(show_value)d tekens lang. Er passen er %(limit_value)d in. Maak hem korter."
            ),
        },
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    themes = forms.MultipleChoiceField(
        label=_("Welke thema's horen erbij?"),
        required=False,
        choices=[(theme.id, theme.label) for theme in THEMES],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Dit thema kennen we niet. Kies uit de lijst.")},
    )
    kind = forms.ChoiceField(
        label=_("Wie ben je?"),
        help_text=_("Niet wie je wilt helpen, maar wie je zelf bent."),
        choices=[(each.value, said) for each, said in words.WHO.items()],
        widget=forms.RadioSelect,
        error_messages={code: _("Kies wie je bent.") for code in ("required", "invalid_choice")},
    )
    municipality = municipality_field(_("Welke gemeente?"))
    ways = forms.MultipleChoiceField(
        label=_("Hoe wil je elkaar spreken?"),
        help_text=_("Je mag er meer kiezen."),
        choices=[(each.value, said) for each, said in words.WAYS.items()],
        widget=forms.CheckboxSelectMultiple,
        error_messages={code: _("Kies een of meer manieren.") for code in ("required", "invalid_choice")},
    )
    length = forms.ChoiceField(
        label=_("Hoe lang wil je het doen?"),
        choices=[(each.value, said) for each, said in words.LENGTHS.items()],
        widget=forms.RadioSelect,
        error_messages={code: _("Kies hoe lang je het wilt doen.") for code in ("required", "invalid_choice")},
    )
    not_before = day_field(_("Vanaf welke dag kun je?"), _("Bijvoorbeeld: 28-12-2026. Kun je nu al? Vul dan niets in."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        with suppress(TypeError, ValueError):  # of an act or a draft: anything
            self.initial["not_before"] = datetime.date.fromisoformat(self.initial.get("not_before", ""))
        text: Any = self.fields["text"]
        text.label, text.help_text = words.WHAT[self.side], HINTS[self.side]
        self.fields["not_before"].required = False
        self.fields["municipality"].required = False
        self.fields["municipality"].help_text = _(
            "Werk je voor een gemeente, of ben je een duo? Dan moeten we dit weten."
        )

    def clean_text(self) -> str:
        return cleaned_text(str(self.cleaned_data["text"])).strip()

    def clean_not_before(self) -> datetime.date | None:
        day: datetime.date | None = self.cleaned_data["not_before"]
        today = clock.local_date(clock.now())
        if day is None or day <= today:
            return None  # they can begin now
        if not rules.may_begin(day, today=today):
            raise forms.ValidationError(_("Deze dag is verder dan twee jaar weg. Kies een dag die eerder is."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        is_missing = not cleaned.get("municipality") and "municipality" not in self.errors
        if is_missing and rules.needs_municipality(cleaned.get("kind", "")):
            self.add_error("municipality", _now("Kies welke gemeente het is. Of kies hierboven: ik ben een inwoner."))
        return cleaned

    def payload(self) -> dict[str, Any]:
        found = {name: value for name, value in super().payload().items() if name != "seen"}
        place, day = found["municipality"], found["not_before"]
        return {**found, "municipality": place.pk if place else None, "not_before": day.isoformat() if day else ""}

    def answers(self) -> Answers:
        """The same, as the deeds take it."""
        given = self.cleaned_data
        return Answers(
            text=given["text"],
            themes=tuple(given["themes"]),
            kind=For(given["kind"]),
            municipality=given["municipality"],
            ways=tuple(Way(each) for each in given["ways"]),
            length=Length(given["length"]),
            not_before=given["not_before"],
            at_most=given.get("at_most"),
        )

    def parts(self) -> list[tuple[str, Any, list[forms.BoundField]]]:
        """(name, heading, fields) of each part of the page."""
        found = [(id, heading, [self[name] for name in names if name in self.fields]) for id, heading, names in GROUPS]
        return [part for part in found if part[2]]


class _Offer(_Questions):
    """An offer has a limit too."""

    side = Side.OFFER
    at_most = forms.IntegerField(
        label=_("Hoeveel mensen of gemeenten wil je tegelijk helpen?"),
        help_text=_("Vul een getal in. Dan vragen we je niet te vaak."),
        required=False,
        min_value=1,
        max_value=rules.MOST_AT_A_TIME,
        error_messages={
            "invalid": _("Vul een getal in, zoals 2."),
            "min_value": _("Vul 1 of meer in. Wil je even niemand helpen? Vul dan in vanaf welke dag je kunt."),
            "max_value": _("Vul hooguit %(limit_value)s in. Kun je er meer helpen? Bel of mail ons."),
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": "4"}),
    )


class _Guest(GuestForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].help_text = _("Je naam komt niet op de site. Je voornaam is genoeg.")


class AskForm(_Questions, _Guest):
    """An ask by somebody not signed in."""

    field_order = ORDER


class OfferForm(_Offer, _Guest):
    """An offer by somebody not signed in."""

    field_order = ORDER


class MemberAskForm(_Questions):
    """An ask by who is signed in."""

    field_order = ORDER


class MemberOfferForm(_Offer):
    """An offer by who is signed in; ``grown`` is the number of the proposal to which it says yes."""

    field_order = ORDER
    grown = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_grown(self) -> int | None:
        return number_in(self.cleaned_data["grown"]) or None

    def payload(self) -> dict[str, Any]:
        found = super().payload()
        if found["grown"] is None:  # where the form does not carry it, what was kept of it stays
            del found["grown"]
        return found


class MailedForm(AskForm):
    """What came by mail; its sender says whether it is an ask or an offer."""

    aim = forms.ChoiceField(
        label=_("Wil je iets leren of iets delen?"),
        choices=[(Side.ASK.value, _("Ik wil iets leren")), (Side.OFFER.value, _("Ik kan iets delen"))],
        widget=forms.RadioSelect,
        error_messages={code: _("Kies of je iets wilt leren of delen.") for code in ("required", "invalid_choice")},
    )
    field_order = ORDER

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label, self.fields["text"].help_text = _("Wat wil je leren of delen?"), ""


class ChangeAskForm(_Questions):
    """An ask again, by who made it."""

    field_order = ORDER
    seen = forms.CharField(widget=forms.HiddenInput, max_length=40)


class ChangeOfferForm(_Offer):
    """An offer again, by who made it."""

    field_order = ORDER
    seen = forms.CharField(widget=forms.HiddenInput, max_length=40)


class _Caller(_Guest):
    """By the team, for who calls."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name, email = self.fields["name"], self.fields["email"]
        self.fields["kind"].label, self.fields["kind"].help_text = _("Wie belt er?"), ""
        name.label, name.help_text = _("Naam van wie belt"), _("De voornaam is genoeg.")
        name.error_messages["required"] = _("Vul de naam in. De voornaam is genoeg.")
        email.label = _("E-mailadres van wie belt")
        email.help_text = _(
            "Lees het voor: hierheen gaat de mail met de eigen link. Daarmee kan wie belt zelf veranderen en stoppen."
        )
        email.error_messages["required"] = _("Vul het e-mailadres in van wie belt, zoals naam@voorbeeld.nl.")


class CallerAskForm(_Questions, _Caller):
    """An ask of a caller."""

    field_order = ORDER


class CallerOfferForm(_Offer, _Caller):
    """An offer of a caller."""

    field_order = ORDER


class EndForm(forms.Form):
    """Why the team handles or withdraws it."""

    reason = explanation_field(
        _("Waarom?"),
        _("Wie het stuurde, krijgt dit per mail."),
        max_length=rules.MAX_REASON_LENGTH,
        required=_("Schrijf waarom. Wie het stuurde, leest dit."),
    )


class ListFilter(forms.Form):
    """``/team/koppelen/?thema=werk&na=…``."""

    thema = forms.ChoiceField(
        label=_("Welk thema?"),
        required=False,
        choices=[("", _("Alle thema's")), *((theme.id, theme.label) for theme in THEMES)],
        error_messages={"invalid_choice": _("Dit thema kennen we niet. Je ziet nu alles.")},
    )
    na = KeyField(MomentKey.parse)


GUEST = {Side.ASK: AskForm, Side.OFFER: OfferForm}
MEMBER = {Side.ASK: MemberAskForm, Side.OFFER: MemberOfferForm}
CHANGE: dict[Side, type[_Questions]] = {Side.ASK: ChangeAskForm, Side.OFFER: ChangeOfferForm}
CALLER: dict[Side, type[CallerAskForm] | type[CallerOfferForm]] = {Side.ASK: CallerAskForm, Side.OFFER: CallerOfferForm}
