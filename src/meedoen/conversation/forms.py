"""The shape of what people write in a conversation."""

from collections.abc import Collection, Iterable
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from meedoen.kernel.text import plain_text
from meedoen.people.acts import ActForm
from meedoen.people.forms import GuestForm

from . import rules
from .mentions import ids_of
from .models import Thread
from .reading import Writer, offered


def text_field(label: Any) -> forms.CharField:
    """The box to write in; spaces and empty lines stay as they were typed."""
    return forms.CharField(
        label=label,
        help_text=_("Schrijf zoals je praat. Met een lege regel begin je een nieuwe alinea."),
        max_length=rules.MAX_TEXT_LENGTH,
        strip=False,
        error_messages={
            "required": _("Schrijf eerst je bericht."),
            "max_length": _(
                "Je tekst is %(show_value)d tekens lang. Er passen er %(limit_value)d in. Maak hem korter."
            ),
        },
        widget=forms.Textarea(attrs={"rows": 8, "data-markup": ""}),
    )


def cleaned_text(text: str) -> str:
    """The text with one kind of line end, without what cannot be seen at its end. Refuses a text of blanks only."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").rstrip()
    if not text.strip():
        raise forms.ValidationError(_("Schrijf eerst je bericht."))
    return text


def mail_field() -> forms.BooleanField:
    """Whether its writer wants to hear what others answer; never asked for them (EM4)."""
    return forms.BooleanField(
        label=_("Mail mij als er een nieuw bericht bij komt"),
        help_text=_("In elke mail staat een link om te stoppen."),
        required=False,
    )


class MentionsField(forms.MultipleChoiceField):
    """Who has to know, chosen from those who wrote in a thread. Nothing to see until the form offers them.

    Whether a choice still stands is looked at when it is carried out; here none is wrong, but there may be too many.
    """

    summary = _("Wie moet dit weten?")  # of what it is folded in: who listens passes it in one step

    def __init__(self) -> None:
        super().__init__(
            label=_("Kies iemand die hier schreef"),
            help_text=format_lazy(
                _(
                    "Wie je kiest, krijgt een mail, als die dat wil. De naam komt bij je tekst. Kies er niet meer dan {}."
                ),
                rules.MAX_MENTIONS,
            ),
            required=False,
            widget=forms.MultipleHiddenInput,
        )

    def clean(self, value: Any) -> list[str]:
        ids = ids_of(value or ())
        if len(ids) > rules.MAX_MENTIONS:
            raise forms.ValidationError(
                _("Je koos %(count)s mensen. Kies er niet meer dan %(most)s."),
                params={"count": len(ids), "most": rules.MAX_MENTIONS},
            )
        return ids


class OffersPeople:
    """A form in which people of a thread can be chosen."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        number = self.initial.get("thread")  # type: ignore[attr-defined]  # of an act that is changed
        if thread := Thread.objects.filter(pk=number).first() if number else None:
            self.offer(thread.present.kind, thread.present.key, but=self.initial.get("not_to", ()))  # type: ignore[attr-defined]

    def offer(self, kind: str, key: str, *, but: Collection[int] = (), writers: Iterable[Writer] | None = None) -> None:
        """Let those who wrote in a thread be chosen; where nobody did, there is nothing to see."""
        people = offered(kind, key, but=but, writers=writers, chosen=ids_of(self["mentions"].value() or ()))  # type: ignore[index]
        if people:
            field = self.fields["mentions"]
            field.widget = forms.CheckboxSelectMultiple()
            field.choices = people  # type: ignore[attr-defined]


class CommentForm(OffersPeople, GuestForm):
    """A reaction by somebody not signed in."""

    text = text_field(_("Je bericht"))
    hides_name = forms.BooleanField(
        label=_("Zet mijn naam er niet bij"),
        help_text=_("Er staat dan: naam bekend bij het team."),
        required=False,
    )

    mentions = MentionsField()
    mail_me = mail_field()

    field_order = ("text", "mentions", "name", "hides_name", "email", "mail_me")

    def clean_text(self) -> str:
        return cleaned_text(str(self.cleaned_data["text"]))


class MemberCommentForm(OffersPeople, ActForm):
    """A reaction by somebody who is signed in: who they are is known."""

    text = text_field(_("Je bericht"))
    mentions = MentionsField()
    hides_name = forms.BooleanField(
        label=_("Zet mijn naam er niet bij"), help_text=_("Er staat dan: naam bekend bij het team."), required=False
    )
    mail_me = mail_field()

    def clean_text(self) -> str:
        return cleaned_text(str(self.cleaned_data["text"]))


class TextForm(ActForm):
    """A changed text."""

    text = text_field(_("Je bericht"))

    def clean_text(self) -> str:
        return cleaned_text(str(self.cleaned_data["text"]))


class ThankForm(GuestForm):
    """To say thank you without being signed in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].help_text = _("Je naam komt niet op de site.")


class QuoteForm(forms.Form):
    """Which parts of a text to quote."""

    deel = forms.MultipleChoiceField(
        label=_("Kies een of meer delen"),
        help_text=_("Kies je niets, dan citeer je alles."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, parts: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["deel"].choices = [(str(number), plain_text(part)) for number, part in enumerate(parts, 1)]  # type: ignore[attr-defined]


class SinceField(forms.Field):
    """The moment after which something is new, as a link in a mail carries it: minutes, UTC."""

    def __init__(self) -> None:
        super().__init__(required=False)

    def to_python(self, value: Any) -> Any:
        if not value:
            return None
        try:
            return rules.since_of(str(value))
        except ValueError:
            raise forms.ValidationError(
                _("Dit moment kennen we niet. Je ziet alles, en niet wat er nieuw is.")
            ) from None


class PageForm(forms.Form):
    """Which page of a thread, and after which moment what stands there is new."""

    pagina = forms.IntegerField(
        min_value=1,
        max_value=10_000,
        required=False,
        error_messages={
            name: _("Die bladzijde is er niet. Je ziet nu de eerste.") for name in ("invalid", "min_value", "max_value")
        },
    )
    sinds = SinceField()
