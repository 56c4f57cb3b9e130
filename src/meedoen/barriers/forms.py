"""The shape of what somebody tells who is stuck, and of what the team writes about a barrier."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meedoen.kernel.keys import DayKey
from meedoen.pages.listed import KeyField
from meedoen.people.acts import ActForm
from meedoen.people.forms import day_field, email_field, explanation_field
from meedoen.people.rules import normalised_email

from . import rules
from .actions import Facts
from .models import Barrier

TOO_LONG = _("Dit is te lang. Er passen %(limit_value)d tekens in.")


class StuckForm(ActForm):
    """Where somebody got stuck. No question asks about a disability, and none may."""

    doing = explanation_field(
        _("Wat wilde je doen, en wat ging er mis?"),
        _(
            "Bijvoorbeeld: ik wilde me aanmelden, maar ik kon de knop niet vinden. Je hoeft niets over je gezondheid te vertellen."
        ),
        max_length=rules.MAX_DOING_LENGTH,
        required=_("Schrijf wat je wilde doen, en wat er misging."),
    )
    using = forms.CharField(
        label=_("Waarmee deed je het?"),
        help_text=_("Bijvoorbeeld: mijn telefoon, een schermlezer, of alleen het toetsenbord."),
        required=False,
        max_length=rules.MAX_USING_LENGTH,
        error_messages={"max_length": TOO_LONG},
    )

    def ask_where(self) -> None:
        """Ask on which page it was, since nobody came from there."""
        place = forms.CharField(
            label=_("Op welke pagina liep je vast?"),
            help_text=_("Het adres of de naam van de pagina."),
            max_length=rules.MAX_PLACE_LENGTH,
            error_messages={"required": _("Vul in op welke pagina je vastliep."), "max_length": TOO_LONG},
        )
        self.fields = {"place": place, **self.fields}


class GuestStuckForm(StuckForm):
    """The same, and perhaps where the answer may go."""

    email = email_field(
        _("Dan mailen we je ons antwoord, en als het is opgelost. Alleen het team ziet je adres."), required=False
    )

    def clean_email(self) -> str:
        return normalised_email(str(self.cleaned_data["email"]))


class ConfirmStuckForm(GuestStuckForm):
    """The same, to change before the address is confirmed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].required = True


class MemberStuckForm(StuckForm):
    """The same, for who is signed in."""

    wants_mail = forms.BooleanField(
        label=_("Mail mij jullie antwoord, en als het is opgelost"), required=False, initial=True
    )


class ListFilter(forms.Form):
    """The place from which the list of what was fixed goes on; ``tot`` shows one itself, with what is older."""

    voor = KeyField(DayKey.parse)
    na = KeyField(DayKey.parse)
    tot = KeyField(DayKey.parse)


class BarrierForm(forms.Form):
    """A barrier in the team's own words."""

    title = forms.CharField(
        label=_("De drempel in een paar woorden"),
        help_text=_("Bijvoorbeeld: de kaart is niet te bedienen met het toetsenbord."),
        max_length=rules.MAX_TITLE_LENGTH,
        error_messages={"required": _("Schrijf in een paar woorden wat de drempel is."), "max_length": TOO_LONG},
    )
    text = explanation_field(
        _("Wat merk je ervan?"),
        _("Dit leest iedereen. Schrijf het in je eigen woorden, en niets over wie het meldde."),
        max_length=rules.MAX_TEXT_LENGTH,
        required=_("Schrijf wat mensen ervan merken."),
        rows=4,
    )
    pages = forms.CharField(
        label=_("Op welke pagina's?"),
        help_text=_("Een adres per regel, zoals /gemeenten/. Laat leeg als het overal zo is."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
    )
    criterion = forms.CharField(
        label=_("Welke regel van WCAG 2.2?"),
        help_text=_("Alleen het nummer, zoals 1.4.3."),
        required=False,
        max_length=7,
        error_messages={"max_length": _("Vul een nummer in dat in WCAG 2.2 staat, zoals 1.4.3.")},
    )

    @classmethod
    def about(cls, barrier: Barrier, data: Any = None) -> "BarrierForm":
        """The form with what a barrier says now."""
        initial = {
            "title": barrier.title,
            "text": barrier.text,
            "criterion": barrier.criterion,
            "pages": "\n".join(barrier.pages),
        }
        return cls(data, initial=initial)

    def clean_pages(self) -> tuple[str, ...]:
        pages = tuple(dict.fromkeys(filter(None, map(str.strip, self.cleaned_data["pages"].splitlines()))))
        if len(pages) > rules.MAX_PAGES:
            raise forms.ValidationError(
                _("Noem hooguit %(count)s pagina's. Is het overal zo? Laat dit dan leeg.") % {"count": rules.MAX_PAGES}
            )
        for page in pages:
            if not rules.is_page_of_ours(page):
                raise forms.ValidationError(
                    _("Dit is geen adres van onze site: %(page)s. Begin met een schuine streep, zoals /gemeenten/.")
                    % {"page": page[:60]}
                )
        return pages

    def clean_criterion(self) -> str:
        criterion = str(self.cleaned_data["criterion"])
        if criterion and criterion not in rules.CRITERIA:
            raise forms.ValidationError(_("Vul een nummer in dat in WCAG 2.2 staat, zoals 1.4.3."))
        return criterion

    def facts(self) -> Facts:
        """What was filled in, as the deeds take it."""
        return Facts(**self.cleaned_data)


class PromiseForm(forms.Form):
    """When it will be fixed."""

    on = day_field(
        _("Wanneer is het opgelost?"), _("Bijvoorbeeld: 28-12-2026. Iedereen leest dit. Kies een dag die lukt.")
    )


class FixForm(forms.Form):
    """When it was fixed, and what changed."""

    words = explanation_field(
        _("Wat veranderde er?"),
        _("Dit leest iedereen. Wie het meldde, krijgt het per mail."),
        max_length=rules.MAX_TEXT_LENGTH,
        required=_("Schrijf wat er veranderde."),
        rows=4,
    )
    on = day_field(_("Sinds wanneer?"), _("Bijvoorbeeld: 28-12-2026."))


class ReasonForm(forms.Form):
    """Why it is no barrier of this site."""

    words = explanation_field(
        _("Waarom is dit geen drempel?"),
        _("Wie het meldde, leest dit. Zeg wat wel kan, of wie wel kan helpen."),
        max_length=rules.MAX_TEXT_LENGTH,
        required=_("Schrijf waarom. Wie het meldde, heeft recht op een reden."),
        rows=4,
    )


class AttachForm(forms.Form):
    """To which barrier it belongs."""

    barrier = forms.ModelChoiceField(
        label=_("Bij welke drempel hoort dit?"),
        queryset=Barrier.objects.none(),
        empty_label=_("Kies een drempel"),
        error_messages={code: _("Kies een drempel uit de lijst.") for code in ("required", "invalid_choice")},
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["barrier"].queryset = Barrier.objects.to_attach_to(today)  # type: ignore[attr-defined]
