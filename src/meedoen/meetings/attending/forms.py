"""The shape of signing up and changing: how one comes, and the other of a duo."""

from typing import Any

from django import forms
from django.core.validators import EmailValidator
from django.utils.translation import gettext_lazy as _

from meedoen.meetings.models import Meeting
from meedoen.meetings.rules import Form, Need
from meedoen.people.acts import ActForm
from meedoen.people.forms import GuestForm
from meedoen.people.rules import MAX_EMAIL_LENGTH, MAX_NAME_LENGTH, normalised_email

from . import rules
from .actions import Coming
from .needs import CONSENT, Needs, Outcome
from .rules import Way

ALONE, DUO = "alleen", "samen"
MAX_NEEDS_LENGTH = 1_000  # characters: some sentences
MAX_OUTCOME_LENGTH = 300
WAYS = {Way.ROOM: _("Ik kom naar de zaal"), Way.ONLINE: _("Ik doe online mee")}


def way_field() -> forms.ChoiceField:
    """How one attends; where there is one way, it goes without saying."""
    return forms.ChoiceField(
        label=_("Hoe doe je mee?"),
        choices=[(way.value, words) for way, words in WAYS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies hoe je meedoet."), "invalid_choice": _("Kies hoe je meedoet.")},
    )


def companions_field() -> forms.TypedChoiceField:
    """How many come along to help."""
    return forms.TypedChoiceField(
        label=_("Neem je iemand mee die je helpt?"),
        help_text=_(
            "Zoals een begeleider of je eigen tolk. Die heeft in de zaal een stoel nodig, en betaalt niets extra."
        ),
        choices=[
            (0, _("Nee")),
            *((number, _("Ja, %(number)s") % {"number": number}) for number in range(1, rules.MAX_COMPANIONS + 1)),
        ],
        coerce=int,
        empty_value="",
        required=False,
        error_messages={"invalid_choice": _("Kies een van de aantallen.")},
    )


def partner_name_field() -> forms.CharField:
    """The name of the other of a duo."""
    return forms.CharField(
        label=_("Naam van wie met je meekomt"),
        help_text=_("De voornaam is genoeg."),
        required=False,
        max_length=MAX_NAME_LENGTH,
        error_messages={"max_length": _("Deze naam is te lang. Er passen %(limit_value)d tekens in.")},
    )


def partner_email_field() -> forms.CharField:
    """Where the other of a duo is asked."""
    return forms.CharField(
        label=_("E-mailadres van wie met je meekomt"),
        help_text=_("Die krijgt een mail met de vraag om mee te komen, en zegt zelf ja of nee."),
        required=False,
        max_length=MAX_EMAIL_LENGTH,
        error_messages={"max_length": _("Dit e-mailadres is te lang. Kijk of het klopt.")},
        validators=[EmailValidator(_("Dit is geen e-mailadres. Vul het in zoals naam@voorbeeld.nl."))],
        widget=forms.EmailInput(attrs={"spellcheck": "false"}),
    )


class ComingFields(forms.Form):
    """How somebody comes; fields that a meeting does not need are left out."""

    way = way_field()
    together = forms.ChoiceField(
        label=_("Kom je alleen of samen?"),
        help_text=_(
            "Een duo is bijvoorbeeld een ambtenaar en een inwoner. Jullie krijgen allebei een plek, of wachten samen. "
            "Kom je met meer? Kies: samen. Daarna kun je nog vier mensen meevragen."
        ),
        choices=[(ALONE, _("Alleen")), (DUO, _("Samen, als duo"))],
        widget=forms.RadioSelect,
        initial=ALONE,
        error_messages={
            "required": _("Kies of je alleen komt of samen."),
            "invalid_choice": _("Kies of je alleen komt of samen."),
        },
    )
    partner_name = partner_name_field()
    partner_email = partner_email_field()
    companions = companions_field()

    meeting: Meeting

    def fit(self, meeting: Meeting) -> None:
        """Ask only what this meeting needs to know."""
        self.meeting = meeting
        ways = rules.ways_of(Form(meeting.form))
        if len(ways) == 1:
            del self.fields["way"]
        if Way.ROOM not in ways:
            del self.fields["companions"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("together") == DUO:
            if not (given.get("partner_name") or "").strip():
                self.add_error("partner_name", _("Vul in hoe wie met je meekomt heet. De voornaam is genoeg."))
            if "partner_email" not in self.errors and not given.get("partner_email"):
                self.add_error(
                    "partner_email", _("Vul het e-mailadres in van wie met je meekomt. Of kies dat je alleen komt.")
                )
            own = given.get("email", "")
            if own and given.get("partner_email") and normalised_email(given["partner_email"]) == own:
                self.add_error(
                    "partner_email", _("Dit is je eigen e-mailadres. Vul het adres in van wie met je meekomt.")
                )
        elif given.get("partner_email") or given.get("partner_name"):
            self.add_error("together", _("Je vulde in wie er met je meekomt. Kies dan dat je samen komt."))
        if given.get("companions") and given.get("way") == Way.ONLINE:
            self.add_error("companions", _("Wie je helpt, heeft online geen plek nodig. Kies hier: nee."))
        return given


def coming(payload: dict[str, Any], meeting: Meeting) -> Coming:
    """What was filled in, as the deeds take it."""
    ways = rules.ways_of(Form(meeting.form))
    is_duo = payload.get("together") == DUO
    return Coming(
        way=Way(payload["way"]) if payload.get("way") in list(Way) else (ways or (Way.ONLINE,))[0],
        companions=int(payload.get("companions") or 0),
        partner_name=str(payload.get("partner_name", "")).strip() if is_duo else "",
        partner_email=str(payload.get("partner_email", "")) if is_duo else "",
    )


class SignUpForm(ComingFields, GuestForm):
    """Signing up by somebody not signed in."""

    field_order = ("name", "email", "way", "together", "partner_name", "partner_email", "companions")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].help_text = _("Zo heet je op de lijst van wie er komt. Je voornaam is genoeg.")


class MemberSignUpForm(ComingFields, ActForm):
    """Signing up by who is signed in: who they are is known."""


class SayYesForm(ActForm):
    """The other of a duo says who they are."""

    name = GuestForm.base_fields["name"]
    clean_name = GuestForm.clean_name


class ChangeForm(forms.Form):
    """Attending in another way, or with another number who help."""

    way = way_field()
    companions = companions_field()

    def fit(self, meeting: Meeting) -> None:
        """Ask only what this meeting needs to know."""
        ways = rules.ways_of(Form(meeting.form))
        if len(ways) == 1:
            del self.fields["way"]
        if Way.ROOM not in ways:
            del self.fields["companions"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("companions") and given.get("way") == Way.ONLINE:
            self.add_error("companions", _("Wie je helpt, heeft online geen plek nodig. Kies hier: nee."))
        return given


class InviteForm(forms.Form):
    """Asking somebody to come along after all."""

    partner_name = partner_name_field()
    partner_email = partner_email_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, words in (
            ("partner_name", _("Vul in hoe wie met je meekomt heet. De voornaam is genoeg.")),
            ("partner_email", _("Vul het e-mailadres in van wie met je meekomt.")),
        ):
            self.fields[name].required = True
            self.fields[name].error_messages["required"] = words


class NeedsForm(forms.Form):
    """What somebody needs to take part: the offers of this meeting, their own words, and a yes to keeping it."""

    chosen = forms.MultipleChoiceField(
        label=_("Wat heb je nodig?"),
        help_text=_("Kies alles wat jou helpt. Ook als het er al is: dan weten we dat jij het gebruikt."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Kies uit de lijst. Staat het er niet bij? Schrijf het hieronder.")},
    )
    words = forms.CharField(
        label=_("Iets anders, of meer erover"),
        help_text=_("Bijvoorbeeld: ik ben allergisch voor noten. Waarom je het nodig hebt, hoef je niet te zeggen."),
        required=False,
        max_length=MAX_NEEDS_LENGTH,
        error_messages={
            "max_length": _("Je tekst is %(show_value)d tekens lang. Er passen er %(limit_value)d in. Maak hem korter.")
        },
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    agrees = forms.BooleanField(label=_(CONSENT), required=False)

    def fit(self, meeting: Meeting, choices: list[tuple[str, str]]) -> None:
        """Offer what this meeting can arrange, each with how it stands."""
        self.fields["chosen"].choices = choices  # type: ignore[attr-defined]

    def needs(self) -> Needs:
        """What was filled in, as the deeds take it."""
        return Needs(tuple(Need(each) for each in self.cleaned_data["chosen"]), self.cleaned_data["words"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if (given.get("chosen") or given.get("words")) and not given.get("agrees"):
            self.add_error(
                "agrees",
                _("Vink dit aan. Zonder jouw toestemming mogen we het niet bewaren. Je plek houd je ook zonder."),
            )
        return given


class OutcomeForm(forms.Form):
    """How it stands with one thing that somebody asked, by who arranges it."""

    outcome = forms.ChoiceField(
        choices=[
            (Outcome.OPEN.value, _("We zijn ermee bezig")),
            (Outcome.ARRANGED.value, _("Het is geregeld")),
            (Outcome.NOT_POSSIBLE.value, _("Het kan niet")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies hoe het ermee staat."), "invalid_choice": _("Kies hoe het ermee staat.")},
    )
    words = forms.CharField(
        label=_("Wat wil je erbij zeggen?"),
        help_text=_("Zoals de naam van de tolk, of wat er wel kan."),
        required=False,
        max_length=MAX_OUTCOME_LENGTH,
        error_messages={"max_length": _("Dit is te lang. Er passen %(limit_value)d tekens in.")},
    )

    def __init__(self, *args: Any, label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].label = label

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("outcome") == Outcome.NOT_POSSIBLE and not (given.get("words") or "").strip():
            self.add_error("words", _("Kan het niet? Schrijf dan wat er wel kan."))
        return given
