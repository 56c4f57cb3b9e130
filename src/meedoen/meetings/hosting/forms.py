"""The shape of what a host looks for and notes."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meedoen.kernel.dutch import number
from meedoen.kernel.identifiers import unguessable
from meedoen.meetings.attending.forms import WAYS as OWN_WAYS
from meedoen.meetings.attending.forms import ChangeForm, ComingFields, way_field
from meedoen.meetings.attending.rules import MAX_PHONE_LENGTH, Way, normalised_phone, ways_of
from meedoen.meetings.models import Meeting
from meedoen.meetings.rules import Form
from meedoen.people.forms import GuestForm
from meedoen.people.rules import MAX_NAME_LENGTH
from meedoen.people.standing.forms import municipality_field

from .rules import MAX_ONCE_LENGTH, MAX_SUBJECT_LENGTH, MAX_TEXT_LENGTH, Seen, To

ALL = "alle"
WAYS = {Way.ROOM: _("In de zaal"), Way.ONLINE: _("Online")}
TO = {
    To.ALL: _("Aan iedereen die komt of wacht"),
    To.ROOM: _("Aan wie naar de zaal komt"),
    To.ONLINE: _("Aan wie online meedoet"),
    To.WAITING: _("Aan wie op de wachtlijst staat"),
}
NAME_ERRORS = {
    "required": _("Vul de naam in. De voornaam is genoeg."),
    "max_length": _("De naam is te lang. Er passen %(limit_value)d tekens in."),
}
ABOUT_CALLER: dict[str, tuple[Any, Any]] = {
    "name": (_("Naam van wie belt"), _("De voornaam is genoeg.")),
    "email": (
        _("E-mailadres van wie belt"),
        _("Lees het voor: hierheen gaat de mail met de eigen link. Daarmee kan wie belt zelf veranderen en afmelden."),
    ),
    "way": (_("Hoe doet wie belt mee?"), ""),
    "together": (_("Komt wie belt alleen of samen?"), _("Een duo krijgt allebei een plek, of wacht samen.")),
    "partner_name": (_("Naam van wie meekomt"), _("De voornaam is genoeg.")),
    "partner_email": (_("E-mailadres van wie meekomt"), _("Die krijgt een mail, en zegt zelf ja of nee.")),
    "companions": (_("Komt er iemand mee om te helpen?"), _("Die heeft in de zaal een stoel nodig.")),
}
NOT_KNOWN = _("Niet bekend")
SHOWN = [(ALL, _("Iedereen")), ("open", _("Wie er nog niet is")), (Seen.HERE.value, _("Wie er is")), (Seen.ABSENT.value, _("Wie niet kwam"))]  # fmt: skip


class LookForm(forms.Form):
    """Whom a host looks for; what makes no sense is nothing."""

    zoek = forms.CharField(
        label=_("Zoek op naam"),
        help_text=_("Een stukje van de naam is genoeg."),
        required=False,
        max_length=MAX_NAME_LENGTH,
        error_messages={"max_length": _("Dit is te lang. Een stukje van de naam is genoeg.")},
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "spellcheck": "false"}),
    )
    toon = forms.ChoiceField(
        label=_("Wie wil je zien?"),
        choices=SHOWN,
        required=False,
        error_messages={"invalid_choice": _("Kies een van de vier.")},
    )
    blad = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def seen(self) -> Seen | None:
        """How it has to stand with who is shown; None for everybody."""
        chosen = self.cleaned_data.get("toon", "")
        return None if chosen in ("", ALL) else Seen.UNKNOWN if chosen == "open" else Seen(chosen)


class MarkForm(forms.Form):
    """What a host notes of somebody, and how it stood on the page where they pressed."""

    seen = forms.ChoiceField(choices=[(each.value, each.value) for each in Seen], required=False)
    was = forms.ChoiceField(choices=[(each.value, each.value) for each in Seen], required=False)


def once_field() -> forms.CharField:
    """A mark of this form, by which a second press of the same is known."""
    return forms.CharField(required=False, max_length=MAX_ONCE_LENGTH, initial=unguessable, widget=forms.HiddenInput)


class DoorForm(forms.Form):
    """Somebody who is there and stood on no list."""

    name = forms.CharField(
        label=_("Naam"),
        max_length=MAX_NAME_LENGTH,
        error_messages=NAME_ERRORS,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    way = way_field()
    municipality = municipality_field(_("Van welke gemeente?"))
    once = once_field()

    clean_name = GuestForm.clean_name

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["municipality"].required = False
        self.fields["municipality"].empty_label = NOT_KNOWN  # type: ignore[attr-defined]
        self.fields["way"].label = _("Hoe doet deze persoon mee?")
        self.fields["way"].choices = [(way.value, WAYS[way]) for way in OWN_WAYS]  # type: ignore[attr-defined]

    def fit(self, meeting: Meeting) -> None:
        """Ask only what this meeting needs to know."""
        if len(ways_of(Form(meeting.form))) == 1:
            del self.fields["way"]

    def clean_once(self) -> str:
        """A form that lost its mark is one of its own."""
        return str(self.cleaned_data["once"] or unguessable())


class CallerForm(ComingFields, GuestForm):
    """Signing up somebody who calls, in the words of who fills it in."""

    field_order = ("name", "email", "municipality", "way", "together", "partner_name", "partner_email", "companions")

    municipality = municipality_field(_("Van welke gemeente?"))
    once = once_field()

    clean_once = DoorForm.clean_once

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["municipality"].required = False
        self.fields["municipality"].empty_label = NOT_KNOWN  # type: ignore[attr-defined]
        for name, (label, hint) in ABOUT_CALLER.items():
            self.fields[name].label, self.fields[name].help_text = label, hint
        self.fields["name"].error_messages |= NAME_ERRORS
        self.fields["email"].error_messages["required"] = _("Vul het e-mailadres in, zoals naam@voorbeeld.nl.")
        for name in ("name", "email"):
            self.fields[name].widget.attrs["autocomplete"] = "off"  # it is not the host's own
        self.fields["way"].choices = [(way.value, words) for way, words in WAYS.items()]  # type: ignore[attr-defined]


class PhoneForm(ComingFields):
    """Signing up somebody who calls and has no e-mail: alone, with who helps them."""

    field_order = ("name", "phone", "municipality", "way", "companions")

    name = forms.CharField(
        label=ABOUT_CALLER["name"][0],
        help_text=ABOUT_CALLER["name"][1],
        max_length=MAX_NAME_LENGTH,
        error_messages=NAME_ERRORS,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    phone = forms.CharField(
        label=_("Telefoonnummer van wie belt"),
        help_text=_("Lees het voor: op dit nummer bel je als er iets te vertellen is. Zoals 030 000 00 00."),
        max_length=3 * MAX_PHONE_LENGTH,
        error_messages={
            "required": _("Vul het telefoonnummer in, met alle cijfers. Zoals 030 000 00 00."),
            "max_length": _("Dit nummer is te lang. Kijk of het klopt."),
        },
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )
    municipality = municipality_field(_("Van welke gemeente?"))
    together = partner_name = partner_email = None  # type: ignore[assignment]  # who is asked along gets a mail
    once = once_field()

    clean_name = GuestForm.clean_name
    clean_once = DoorForm.clean_once

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["municipality"].required = False
        self.fields["municipality"].empty_label = NOT_KNOWN  # type: ignore[attr-defined]
        for name in ("way", "companions"):
            self.fields[name].label, self.fields[name].help_text = ABOUT_CALLER[name]
        self.fields["way"].choices = [(way.value, words) for way, words in WAYS.items()]  # type: ignore[attr-defined]

    def clean_phone(self) -> str:
        phone = normalised_phone(str(self.cleaned_data["phone"]))
        if not phone:
            raise forms.ValidationError(
                _("Dit is geen telefoonnummer. Een nummer in Nederland heeft tien cijfers, zoals 030 000 00 00.")
            )
        return phone


class CalledForm(forms.Form):
    """The last thing to tell that stood on the page where a host pressed."""

    last = forms.IntegerField(min_value=1)


class MoveForm(ChangeForm):
    """Letting somebody who calls come in another way."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("way", "companions"):
            self.fields[name].label, self.fields[name].help_text = ABOUT_CALLER[name]
        self.fields["way"].choices = [(way.value, words) for way, words in WAYS.items()]  # type: ignore[attr-defined]


class CircularForm(forms.Form):
    """A letter to those who come."""

    to = forms.ChoiceField(
        label=_("Aan wie schrijf je?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies aan wie je schrijft."), "invalid_choice": _("Kies aan wie je schrijft.")},
    )
    subject = forms.CharField(
        label=_("Waar gaat het over?"),
        help_text=_("Dit lezen mensen het eerst. De naam van de bijeenkomst komt er vanzelf achter."),
        max_length=MAX_SUBJECT_LENGTH,
        error_messages={
            "required": _("Vul in waar het over gaat, zoals: neem je laptop mee."),
            "max_length": _("Dit is te lang. Er passen %(limit_value)d tekens in."),
        },
    )
    text = forms.CharField(
        label=_("Wat wil je zeggen?"),
        help_text=_(
            "Dag, tijd en plaats staan er vanzelf onder, met een link naar ieders eigen aanmelding. Noem niet wat iemand nodig heeft."
        ),
        max_length=MAX_TEXT_LENGTH,
        error_messages={
            "required": _("Vul in wat je wilt zeggen."),
            "max_length": _(
                "Je tekst is %(show_value)d tekens lang. Er passen er %(limit_value)d in. Maak hem korter."
            ),
        },
        widget=forms.Textarea(attrs={"rows": 8, "data-markup": ""}),
    )
    once = once_field()

    clean_once = DoorForm.clean_once

    def fit(self, meeting: Meeting, counts: Mapping[To, int]) -> None:
        """Offer what this meeting has, each with how many they are."""
        ways = ways_of(Form(meeting.form))
        self.fields["to"].choices = [  # type: ignore[attr-defined]
            (to.value, _("%(who)s (%(count)s)") % {"who": TO[to], "count": number(counts[to])})
            for to in To
            if to in (To.ALL, To.WAITING) or Way(to) in ways
        ]


def way_of(given: dict[str, Any], meeting: Meeting) -> Way:
    """The way that was chosen, or the only one."""
    return Way(given["way"]) if given.get("way") else (ways_of(Form(meeting.form)) or (Way.ROOM,))[0]
