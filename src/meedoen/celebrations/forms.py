"""The shape of what people tell of a celebration, of the wall's addresses, and of who made it."""

from contextlib import suppress
from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from meedoen.conversation.forms import PageForm, cleaned_text, text_field
from meedoen.kernel.dutch import partial_date_words
from meedoen.kernel.keys import DayKey
from meedoen.kernel.partial_dates import understood
from meedoen.municipalities.models import Municipality
from meedoen.pages.listed import KeyField
from meedoen.people.acts import ActForm
from meedoen.people.forms import GuestForm, explanation_field
from meedoen.people.standing.forms import DomainForm, municipality_field

from . import rules
from .actions import Facts
from .models import Celebration
from .words import KINDS

LAST_YEAR = 2100
UNKNOWN_YEAR = "onbekend"  # in the address
MAX_MUNICIPALITIES_LENGTH = 2_000  # characters: a region's worth of names


class _Facts(forms.Form):
    """What everybody tells, whoever they are."""

    kind = forms.ChoiceField(
        label=_("Wat vier je?"),
        choices=[("", _("Kies wat je viert")), *((kind.value, words) for kind, words in KINDS.items())],
        error_messages={code: _("Kies wat je viert.") for code in ("required", "invalid_choice")},
    )
    title = forms.CharField(
        label=_("Je succes in een zin"),
        help_text=_("Bijvoorbeeld: onze agenda is klaar, en de hele raad stemde voor."),
        min_length=rules.MIN_TITLE_LENGTH,
        max_length=rules.MAX_TITLE_LENGTH,
        error_messages={
            "required": _("Vul in een zin in wat je viert."),
            "min_length": _("Maak je zin iets langer. Dan weten anderen wat je viert."),
            "max_length": _("Je zin is %(show_value)d tekens lang. Er passen er %(limit_value)d in. Maak hem korter."),
        },
    )
    text = text_field(_("Wat gebeurde er?"))
    happened = forms.CharField(
        label=_("Wanneer was het, of wanneer wordt het?"),
        help_text=_("Een dag, een maand of een jaar. Bijvoorbeeld: 12 oktober 2026, of: oktober 2026."),
        max_length=40,
        error_messages={"required": _("Vul in wanneer het was. Alleen het jaar mag ook.")},
    )
    place = forms.CharField(
        label=_("Waar was het?"),
        help_text=_("Bijvoorbeeld: in de bibliotheek. Was het online? Schrijf dat dan op."),
        max_length=rules.MAX_PLACE_LENGTH,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].error_messages["required"] = _("Vertel wat er gebeurde. Een paar zinnen zijn genoeg.")

    def clean_title(self) -> str:
        return " ".join(str(self.cleaned_data["title"]).split())

    def clean_place(self) -> str:
        return " ".join(str(self.cleaned_data["place"]).split())

    def clean_text(self) -> str:
        text = cleaned_text(str(self.cleaned_data["text"]))
        if len(text) > rules.MAX_TEXT_LENGTH:
            raise forms.ValidationError(
                _("Je tekst is %(length)d tekens lang. Er passen er %(limit)d in. Maak hem korter."),
                params={"length": len(text), "limit": rules.MAX_TEXT_LENGTH},
            )
        return text

    def clean_happened(self) -> str:
        typed = str(self.cleaned_data["happened"])
        try:
            partial = understood(typed)
        except ValueError:
            raise forms.ValidationError(
                _("Deze datum begrijpen we niet. Schrijf hem zo: 12 oktober 2026. Of alleen het jaar: 2026.")
            ) from None
        if not rules.FIRST_YEAR <= int(partial[:4]) <= LAST_YEAR:
            raise forms.ValidationError(_("Dit jaar kan niet kloppen. Kijk het nog eens na."))
        return partial


class _OfMunicipality(_Facts, ActForm):
    """What makes an act: one municipality, by its number."""

    municipality = municipality_field(_("Van welke gemeente is dit succes?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        with suppress(ValueError):  # of an act that is changed: as people say it; a draft may be anything
            self.initial["happened"] = partial_date_words(understood(self.initial.get("happened", "")))

    def payload(self) -> dict[str, Any]:
        found = super().payload()
        return {**found, "municipality": found["municipality"].pk}

    def facts(self) -> Facts:
        """The same, as the deed takes it."""
        given = self.cleaned_data
        return Facts(
            kind=given["kind"],
            title=given["title"],
            text=given["text"],
            happened=given["happened"],
            place=given["place"],
            municipalities=(given["municipality"],),
        )


class OfferForm(_OfMunicipality, GuestForm):
    """A celebration told by somebody not signed in."""

    field_order = ("kind", "municipality", "title", "text", "happened", "place", "name", "email")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].help_text = _("Je naam komt niet op de site.")


class MemberOfferForm(_OfMunicipality):
    """The same by who is signed in."""

    field_order = ("kind", "municipality", "title", "text", "happened", "place")


class ChangeForm(_Facts):
    """All that can be told of one, also by several municipalities together."""

    municipalities = forms.CharField(
        label=_("Van welke gemeente is dit succes?"),
        help_text=_("Vieren jullie samen? Typ elke gemeente op een eigen regel."),
        max_length=MAX_MUNICIPALITIES_LENGTH,
        error_messages={"required": _("Vul de naam van de gemeente in.")},
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false"}),
    )
    online_url = forms.CharField(
        label=_("Kan iemand het online bekijken? Vul dan het adres in"),
        max_length=500,
        required=False,
        validators=[URLValidator(["http", "https"], message=_("Dit is geen heel adres. Begin met https://"))],
        widget=forms.URLInput(),
    )
    source = forms.CharField(
        label=_("Waar kunnen mensen het nalezen? Vul het adres in"),
        help_text=_("Bijvoorbeeld het bericht op de site van je gemeente."),
        max_length=500,
        required=False,
        validators=[URLValidator(["http", "https"], message=_("Dit is geen heel adres. Begin met https://"))],
        widget=forms.URLInput(),
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=40)

    field_order = ("kind", "municipalities", "title", "text", "happened", "place", "online_url", "source")

    clean_municipalities = DomainForm.clean_municipalities

    def __init__(self, *args: Any, celebration: Celebration, **kwargs: Any) -> None:
        self.celebration = celebration
        sources = list(celebration.sources.all())
        initial = {
            **{name: getattr(celebration, name) for name in ("kind", "title", "text", "place", "online_url")},
            "happened": celebration.when,
            "municipalities": "\n".join(each.name for each in celebration.municipalities.all()),
            "source": sources[0].url if sources else "",
            "seen": celebration.mark,
        }
        super().__init__(*args, initial=initial, **kwargs)
        if not celebration.happened:
            self.fields["happened"].required = False

    def clean_happened(self) -> str:
        return super().clean_happened() if self.cleaned_data["happened"] else ""

    def facts(self) -> Facts:
        """The same, as the deed takes it; of more sources, the others stay."""
        given = self.cleaned_data
        before = [(each.text, each.url) for each in self.celebration.sources.all()]
        url = given["source"]
        if before and before[0][1] == url:
            sources = before
        else:
            own = [(str(_("Lees meer over dit succes")), url)] if url else []
            sources = own + before[1:]
        return Facts(
            kind=given["kind"],
            title=given["title"],
            text=given["text"],
            happened=given["happened"],
            place=given["place"],
            online_url=given["online_url"],
            municipalities=tuple(given["municipalities"]),
            sources=tuple(sources),
        )


class WallFilter(forms.Form):
    """``/successen/?jaar=2024``, and the place from which a page goes on."""

    jaar = forms.CharField(required=False, max_length=10)
    voor = KeyField(DayKey.parse)
    na = KeyField(DayKey.parse)

    def clean_jaar(self) -> int | None:
        """The year; 0 for those of which it is not known, None for all."""
        asked = str(self.cleaned_data["jaar"])
        if asked == UNKNOWN_YEAR:
            return 0
        if not asked:
            return None
        if not (asked.isascii() and asked.isdecimal()) or not rules.FIRST_YEAR <= int(asked) <= LAST_YEAR:
            raise forms.ValidationError(_("Dit jaar kennen we niet. Je ziet nu alle jaren."))
        return int(asked)


class CelebrationPageForm(PageForm):
    """``/successen/<slug>/?pagina=2``: a page of congratulations."""


class OfferQuery(forms.Form):
    """``/successen/vertellen/?gemeente=stein``: for which municipality."""

    gemeente = forms.SlugField(required=False, max_length=100)

    def municipality(self) -> int | None:
        """The number of that municipality, if it is one."""
        slug = self.cleaned_data.get("gemeente") if self.is_valid() else ""
        return Municipality.objects.current().filter(slug=slug).values_list("pk", flat=True).first() if slug else None


class ReasonForm(forms.Form):
    """Why the team asks for a change, or does not place it."""

    reason = explanation_field(
        _("Waarom?"),
        _("Wie het aanbood, krijgt dit per mail."),
        max_length=rules.MAX_REASON_LENGTH,
        required=_("Schrijf waarom. Wie het aanbood, leest dit."),
    )


class AnswerForm(ActForm):
    """What became of it."""

    text = text_field(_("Wat is ervan geworden?"))

    def clean_text(self) -> str:
        text = cleaned_text(str(self.cleaned_data["text"]))
        if len(text) > rules.MAX_ANSWER_LENGTH:
            raise forms.ValidationError(
                _("Je tekst is %(length)d tekens lang. Er passen er %(limit)d in. Maak hem korter."),
                params={"length": len(text), "limit": rules.MAX_ANSWER_LENGTH},
            )
        return text
