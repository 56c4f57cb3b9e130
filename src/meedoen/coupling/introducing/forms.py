"""The shape of answers to an introduction, of what somebody needs, and of what the team writes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meedoen.kernel.keys import MomentKey
from meedoen.pages.listed import KeyField
from meedoen.people.acts import ActForm
from meedoen.people.forms import explanation_field

from . import needs, rules, words
from .actions.following import Told
from .rules import Later, Worth


class YesForm(ActForm):
    """Nothing can be changed in a yes."""

    def payload(self) -> dict[str, Any]:
        return {}


class LaterForm(forms.Form):
    """Until when."""

    later = forms.ChoiceField(
        label=_("Wanneer wel?"),
        choices=[(each.value, label) for each, label in words.LATERS.items()],
        widget=forms.RadioSelect,
        error_messages={code: _("Kies wanneer we het weer vragen.") for code in ("required", "invalid_choice")},
    )

    def chosen(self) -> Later:
        """What was chosen."""
        return Later(self.cleaned_data["later"])


class NoForm(forms.Form):
    """Why not, if they want to say so."""

    reason = explanation_field(
        _("Waarom niet?"),
        _("Alleen ons team leest dit."),
        max_length=rules.MAX_WORDS_LENGTH,
        rows=3,
    )


class NeedForm(forms.Form):
    """What somebody needs to take part, and their yes to keeping it."""

    need = forms.CharField(
        label=_("Wat heb je nodig om mee te doen?"),
        help_text=_("Bijvoorbeeld: mailen in plaats van bellen, of een gebarentolk. Je hoeft niet te zeggen waarom."),
        max_length=rules.MAX_NEED_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Schrijf op wat je nodig hebt. Heb je niets nodig? Ga dan terug."),
            "max_length": _(
                "Je tekst is %(show_value)d tekens lang. Er passen er %(limit_value)d in. Maak hem korter."
            ),
        },
    )
    agrees = forms.BooleanField(
        label=needs.CONSENT,
        error_messages={"required": _("Zet een vinkje. Zonder je toestemming bewaren we niets.")},
    )

    def clean_need(self) -> str:
        return " ".join(str(self.cleaned_data["need"]).split())


class TalkedForm(forms.Form):
    """Whether they spoke; one press."""

    talked = forms.ChoiceField(choices=[(each.value, label) for each, label in words.TALKED.items()])


class StoryForm(forms.Form):
    """What came of it, for who likes to tell."""

    worth = forms.ChoiceField(
        label=_("Wat heeft het opgeleverd?"),
        required=False,
        choices=[(each.value, label) for each, label in words.WORTHS.items()],
        widget=forms.RadioSelect,
    )
    words = explanation_field(
        _("Wat deden jullie, en wat kwam ervan?"),
        _("Een paar zinnen zijn genoeg. Ons team leest dit."),
        max_length=rules.MAX_STORY_LENGTH,
    )
    residents = explanation_field(_("Hoe deden inwoners mee?"), "", max_length=rules.MAX_STORY_LENGTH, rows=3)
    pitfalls = explanation_field(_("Waar moet een ander op letten?"), "", max_length=rules.MAX_STORY_LENGTH, rows=3)
    may_share = forms.BooleanField(
        label=_("Het team mag hiervan een voorbeeld voor anderen maken"),
        help_text=_("Je leest het eerst. Pas als je ja zegt, komt het op de site."),
        required=False,
    )

    def told(self) -> Told:
        """What was filled in."""
        given = self.cleaned_data
        return Told(
            worth=Worth(given["worth"]) if given["worth"] else None,
            **{name: given[name].strip() for name in ("words", "residents", "pitfalls")},
            may_share=given["may_share"],
        )


class CallOffForm(forms.Form):
    """Why the team calls it off."""

    reason = explanation_field(
        _("Waarom gaat het niet door?"),
        _("Ze krijgen dit allebei per mail, na tien minuten. Tot dan kun je het terugdraaien."),
        max_length=rules.MAX_WORDS_LENGTH,
        required=_("Schrijf waarom. Ze lezen dit."),
    )


class NoteForm(forms.Form):
    """What the team writes for colleagues."""

    words = explanation_field(
        _("Wat wil je opschrijven?"),
        _("Alleen het team leest dit."),
        max_length=rules.MAX_WORDS_LENGTH,
        required=_("Schrijf op wat collega's moeten weten."),
        rows=3,
    )
    rests = forms.BooleanField(label=_("Zet dit pas over twee weken weer bij wat stil is"), required=False)


class RunningFilter(forms.Form):
    """``/team/koppelen/lopend/?stand=klaar&na=…``."""

    stand = forms.ChoiceField(
        required=False,
        choices=[("", _("Wat loopt")), ("stil", _("Waar het stil is")), ("klaar", _("Wat klaar is, of niet doorging"))],
        error_messages={"invalid_choice": _("Die lijst kennen we niet. Je ziet nu wat loopt.")},
        label=_("Wat wil je zien?"),
    )
    na = KeyField(MomentKey.parse)


class QuestionsForm(forms.Form):
    """The three questions to begin with."""

    one = forms.CharField(label=_("Eerste vraag"), max_length=rules.MAX_QUESTION_LENGTH)
    two = forms.CharField(label=_("Tweede vraag"), max_length=rules.MAX_QUESTION_LENGTH)
    three = forms.CharField(label=_("Derde vraag"), max_length=rules.MAX_QUESTION_LENGTH)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = _("Vul een vraag in. Drie vragen helpen om te beginnen.")
            field.error_messages["max_length"] = _(
                "Je vraag is %(show_value)d tekens lang. Er passen er %(limit_value)d in. Maak hem korter."
            )

    def questions(self) -> list[str]:
        """What was filled in."""
        return [self.cleaned_data[name] for name in ("one", "two", "three")]
