"""The shape of what a host looks for and notes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meedoen.kernel.identifiers import unguessable
from meedoen.meetings.attending.forms import WAYS as OWN_WAYS
from meedoen.meetings.attending.forms import way_field
from meedoen.meetings.attending.rules import Way, ways_of
from meedoen.meetings.models import Meeting
from meedoen.meetings.rules import Form
from meedoen.people.forms import GuestForm
from meedoen.people.rules import MAX_NAME_LENGTH
from meedoen.people.standing.forms import municipality_field

from .rules import MAX_ONCE_LENGTH, Seen

ALL = "alle"
WAYS = {Way.ROOM: _("In de zaal"), Way.ONLINE: _("Online")}
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
        error_messages={
            "required": _("Vul de naam in. De voornaam is genoeg."),
            "max_length": _("De naam is te lang. Er passen %(limit_value)d tekens in."),
        },
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


def way_of(given: dict[str, Any], meeting: Meeting) -> Way:
    """The way that was chosen, or the only one."""
    return Way(given["way"]) if given.get("way") else (ways_of(Form(meeting.form)) or (Way.ROOM,))[0]
