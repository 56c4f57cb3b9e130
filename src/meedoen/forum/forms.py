"""The shape of a new topic, and of the lists' query strings."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meedoen.conversation.forms import CommentForm, MemberCommentForm, PageForm
from meedoen.kernel.keys import MomentKey
from meedoen.pages.listed import KeyField
from meedoen.people.acts import ActForm

from .categories import CATEGORIES
from .rules import MAX_NUMBER, MAX_TITLE_LENGTH, MIN_TITLE_LENGTH, Kind, Order

KINDS = {
    Kind.QUESTION: _("Een vraag"),
    Kind.EXPERIENCE: _("Een ervaring of tip"),
    Kind.APPEAL: _("Een oproep"),
    Kind.ANNOUNCEMENT: _("Een mededeling van het team"),
}


def _kind_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Wat wil je plaatsen?"),
        choices=[(kind.value, words) for kind, words in KINDS.items() if kind != Kind.ANNOUNCEMENT],
        initial=Kind.QUESTION.value,
        widget=forms.RadioSelect,
        error_messages={code: _("Kies wat je wilt plaatsen.") for code in ("required", "invalid_choice")},
    )


def _category_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Waar gaat het over?"),
        choices=[("", _("Kies een onderwerp")), *((each.id, each.name) for each in CATEGORIES.values())],
        error_messages={code: _("Kies waar het over gaat.") for code in ("required", "invalid_choice")},
    )


TITLE = _("Je vraag of bericht in een zin")
TITLE_HINT = _("Zo staat het in de lijst. Bijvoorbeeld: hoe maken we een stembureau toegankelijk?")


def title_field(label: Any = TITLE, hint: Any = TITLE_HINT) -> forms.CharField:
    """The sentence above a topic."""
    return forms.CharField(
        label=label,
        help_text=hint,
        min_length=MIN_TITLE_LENGTH,
        max_length=MAX_TITLE_LENGTH,
        widget=forms.TextInput(attrs={"data-counted": ""}),
        error_messages={
            "required": _("Schrijf in één zin waar het over gaat."),
            "min_length": _("Maak je zin iets langer. Dan weten anderen waar het over gaat."),
            "max_length": _("Je zin is %(show_value)d tekens lang. Er passen er %(limit_value)d in. Maak hem korter."),
        },
    )


class _Topic(ActForm):
    """What guests and members both fill in."""

    def clean_title(self) -> str:
        return " ".join(str(self.cleaned_data["title"]).split())


class AskForm(_Topic, CommentForm):
    """A topic by somebody not signed in."""

    kind = _kind_field()
    category = _category_field()
    title = title_field()
    mentions = None  # type: ignore[assignment]  # nobody wrote here yet

    field_order: tuple[str, ...] = ("kind", "category", "title", "text", "name", "hides_name", "email", "mail_me")  # type: ignore[assignment]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _label_text(self)


class MemberAskForm(_Topic, MemberCommentForm):
    """A topic by somebody who is signed in."""

    kind = _kind_field()
    category = _category_field()
    title = title_field()
    mentions = None  # type: ignore[assignment]

    field_order = ("kind", "category", "title", "text", "hides_name", "mail_me")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _label_text(self)


class TeamAskForm(MemberAskForm):
    """A topic by the team, which may announce."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.value, words) for kind, words in KINDS.items()]  # type: ignore[attr-defined]


def _label_text(form: forms.Form) -> None:
    form.fields["text"].label = _("Vertel meer")
    form.fields["text"].error_messages["required"] = _("Vertel iets meer. Dan kunnen anderen je beter helpen.")


class TopicFilter(forms.Form):
    """``/forum/?toon=open``, and the place from which a page goes on."""

    toon = forms.ChoiceField(
        required=False,
        choices=[(order.value, order.value) for order in Order],
        error_messages={"invalid_choice": _("Deze lijst kennen we niet. Je ziet nu alles.")},
    )
    voor = KeyField(MomentKey.parse)
    na = KeyField(MomentKey.parse)


class WaitingFilter(forms.Form):
    """``/forum/open/``: the place after which the page goes on."""

    na = KeyField(MomentKey.parse)


class TopicForm(PageForm):
    """``/forum/<category>/<id>-<slug>/?pagina=2&sinds=20261203T1300``."""


class TalkForm(forms.Form):
    """``…/gesprek/4/?na=23``: the number after which the page goes on."""

    na = forms.IntegerField(
        min_value=1,
        max_value=MAX_NUMBER,
        required=False,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), _("Deze plek in het gesprek is er niet. Je ziet nu het begin.")
        ),
    )
