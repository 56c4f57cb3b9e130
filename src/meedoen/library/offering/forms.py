"""The shape of what somebody tells of a practice: the fixed questions, most of which may stay empty."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from meedoen.conversation.forms import cleaned_text, text_field
from meedoen.kernel.identifiers import number_in
from meedoen.library.desk.content import ANSWERS
from meedoen.library.desk.forms import HappenedField, area, line
from meedoen.municipalities.actions import successor
from meedoen.municipalities.models import Municipality
from meedoen.people.acts import ActForm
from meedoen.people.forms import GuestForm, explanation_field
from meedoen.people.standing.forms import CHOOSE, WHICH
from meedoen.themes.records import THEMES

from . import rules
from .content import ASKED, NO_MUNICIPALITY, all_words

TOO_LONG = _("Je tekst is %(show_value)d tekens lang. Er passen er %(limit_value)d in. Maak hem korter.")
# What is asked, under which heading, in the order in which it is asked.
GROUPS: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
    ("wat", _("Je voorbeeld"), ("title", "municipality", "text")),
    (
        "meer",
        _("Vertel er meer over"),
        ("happened", *ANSWERS, "themes"),
    ),
    ("vragen", _("Wie kunnen anderen ernaar vragen?"), ("contact", "shows_contact")),
    ("wie", _("Wie ben jij?"), ("name", "email")),
)


class WhereField(forms.ChoiceField):
    """A municipality by its number, or none; of one that went on in another it says which to choose."""

    def __init__(self) -> None:
        super().__init__(label=_("In welke gemeente was het?"), choices=_places, error_messages=WHICH)

    def validate(self, value: Any) -> None:
        number = number_in(str(value))
        former = Municipality.objects.filter(pk=number, is_current=False).first() if number else None
        present = successor(former) if former else None
        if former and present:
            raise forms.ValidationError(
                _now("%(old)s is opgegaan in %(new)s. Kies %(new)s.") % {"old": former.name, "new": present.name}
            )
        super().validate(value)


def _places() -> list[tuple[str, Any]]:
    """What can be chosen, asked when a form needs it."""
    current = [(str(number), name) for number, name in Municipality.objects.current().values_list("pk", "name")]
    return [("", CHOOSE), (NO_MUNICIPALITY, _("Geen gemeente")), *current]


class _Practice(ActForm):
    """What everybody is asked, whoever they are."""

    title = forms.CharField(
        label=_("Hoe noem je het?"),
        help_text=_("Bijvoorbeeld: een speeltuin voor ieder kind."),
        min_length=rules.MIN_TITLE_LENGTH,
        max_length=rules.MAX_TITLE_LENGTH,
        error_messages={
            "required": _("Vul in hoe je het noemt."),
            "min_length": _("Maak de naam iets langer. Dan weten anderen waar het over gaat."),
            "max_length": TOO_LONG,
        },
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    municipality = WhereField()
    text = text_field(ASKED["text"])
    happened = HappenedField()
    with_whom = area(ASKED["with_whom"], most=rules.MAX_ANSWER_LENGTH, rows=3)
    residents = area(ASKED["residents"], most=rules.MAX_ANSWER_LENGTH, rows=3)
    cost = area(ASKED["cost"], _("Geld en tijd. Ongeveer mag."), most=rules.MAX_ANSWER_LENGTH, rows=3)
    result = area(ASKED["result"], most=rules.MAX_ANSWER_LENGTH, rows=3)
    pitfalls = area(ASKED["pitfalls"], _("Wat ging mis, of duurde lang?"), most=rules.MAX_ANSWER_LENGTH, rows=3)
    themes = forms.MultipleChoiceField(
        label=_("Waar gaat het over?"),
        required=False,
        choices=[(theme.id, theme.label) for theme in THEMES],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Dit thema kennen we niet. Kies uit de lijst.")},
    )
    contact = line(
        _("Naam, en hoe je die persoon of dat team bereikt"),
        _("Het team van de site ziet dit. Op de site staat het alleen als je hieronder ja zegt."),
        most=rules.MAX_CONTACT_LENGTH,
    )
    shows_contact = forms.BooleanField(
        label=_("Ja, dit mag op de site staan"),
        help_text=_("Ben jij het niet zelf? Vraag het dan eerst aan die persoon."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        text: Any = self.fields["text"]
        text.error_messages["required"] = _("Vertel wat jullie deden. Een paar zinnen zijn genoeg.")
        for name in ANSWERS:
            self.fields[name].error_messages["max_length"] = TOO_LONG

    def clean_title(self) -> str:
        return " ".join(str(self.cleaned_data["title"]).split())

    def clean_text(self) -> str:
        return cleaned_text(str(self.cleaned_data["text"]))

    def clean_contact(self) -> str:
        return " ".join(str(self.cleaned_data["contact"]).split())

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name in ANSWERS:
            cleaned[name] = str(cleaned.get(name, "")).replace("\r\n", "\n").replace("\r", "\n").strip()
        if cleaned.get("shows_contact") and not cleaned.get("contact") and "contact" not in self.errors:
            self.add_error("contact", _now("Vul in wie anderen kunnen vragen. Of haal hieronder het vinkje weg."))
        return cleaned

    def words(self) -> str:
        return all_words(self.cleaned_data)

    def parts(self) -> list[tuple[str, Any, list[forms.BoundField]]]:
        """(name, heading, fields) of each part of the page."""
        found = [(id, heading, [self[name] for name in names if name in self.fields]) for id, heading, names in GROUPS]
        return [part for part in found if part[2]]


class OfferForm(_Practice, GuestForm):
    """A practice offered by somebody not signed in."""

    field_order = tuple(name for _id, _heading, names in GROUPS for name in names)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].help_text = _("Je naam komt niet op de site.")


class MemberOfferForm(_Practice):
    """The same by who is signed in."""

    field_order = OfferForm.field_order


class ChangeForm(_Practice):
    """The same again, by who offered it."""

    field_order = OfferForm.field_order
    seen = forms.CharField(widget=forms.HiddenInput, max_length=40)

    def payload(self) -> dict[str, Any]:
        return {name: value for name, value in super().payload().items() if name != "seen"}


class OfferQuery(forms.Form):
    """``/kennisbank/aanbieden/?gemeente=stein``: of which municipality."""

    gemeente = forms.SlugField(required=False, max_length=100)

    def municipality(self) -> int | None:
        """The number of that municipality, if it is one."""
        slug = self.cleaned_data.get("gemeente") if self.is_valid() else ""
        return Municipality.objects.current().filter(slug=slug).values_list("pk", flat=True).first() if slug else None


class RefuseForm(forms.Form):
    """Why the team does not publish it; ``number`` is the text that was read."""

    reason = explanation_field(
        _("Waarom?"),
        _("Wie het aanbood, krijgt dit per mail."),
        max_length=rules.MAX_REASON_LENGTH,
        required=_("Schrijf waarom. Wie het aanbood, leest dit."),
    )
    number = forms.IntegerField(min_value=0, max_value=10**6, widget=forms.HiddenInput)
