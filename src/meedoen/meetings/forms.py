"""The shape of the addresses of the list and of the feeds."""

import datetime
import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meedoen.conversation.forms import PageForm
from meedoen.kernel.clock import day_begins
from meedoen.kernel.keys import MomentKey
from meedoen.municipalities.forms import ProvinceField
from meedoen.pages.listed import KeyField
from meedoen.themes.records import THEMES

from .rules import Form

MONTH = re.compile(r"(20\d{2})-(0[1-9]|1[0-2])")


class MonthField(forms.CharField):
    """A month as ``2026-12``; the list to choose from comes from the meetings that there are."""

    def to_python(self, value: Any) -> str:
        text = str(super().to_python(value))
        if text and not MONTH.fullmatch(text):
            raise forms.ValidationError(_("Deze maand kennen we niet. Je ziet nu alle maanden."))
        return text


class FeedFilter(forms.Form):
    """Which meetings; each may be left out."""

    thema = forms.ChoiceField(
        label=_("Thema"),
        required=False,
        choices=[("", _("Alle thema’s")), *((theme.id, theme.short) for theme in THEMES)],
        error_messages={"invalid_choice": _("Dit thema kennen we niet. Je ziet nu alle thema’s.")},
    )
    provincie = ProvinceField(
        label=_("Provincie"),
        required=False,
        error_messages={"invalid": _("Die provincie kennen we niet. Je ziet nu alle provincies.")},
    )
    vorm = forms.ChoiceField(
        label=_("Hoe wil je meedoen?"),
        required=False,
        choices=[
            ("", _("Dat maakt niet uit")),
            (Form.ONLINE.value, _("Online")),
            (Form.ON_SITE.value, _("Op locatie")),
            (Form.BOTH.value, _("Waar allebei kan")),
        ],
        error_messages={"invalid_choice": _("Deze manier kennen we niet. Je ziet nu alles.")},
    )


class SeriesForm(forms.Form):
    """The place from which a page of a series goes on."""

    voor = KeyField(MomentKey.parse)
    na = KeyField(MomentKey.parse)


class MeetingFilter(FeedFilter):
    """``/bijeenkomsten/?wanneer=geweest&maand=2026-12&thema=wonen…``, and the place from which a page goes on."""

    wanneer = forms.ChoiceField(
        label=_("Komt het nog?"),
        required=False,
        choices=[("", _("Wat nog komt")), ("geweest", _("Wat geweest is"))],
        error_messages={"invalid_choice": _("Deze keuze kennen we niet. Je ziet nu wat nog komt.")},
    )
    maand = MonthField(label=_("Maand"), required=False)
    voor = KeyField(MomentKey.parse)
    na = KeyField(MomentKey.parse)

    field_order = ("wanneer", "maand", "thema", "provincie", "vorm")


def month_bounds(month: str) -> tuple[datetime.datetime, datetime.datetime]:
    """When a month begins and ends in the Netherlands."""
    year, number = (int(part) for part in month.split("-"))
    following = datetime.date(year + number // 12, number % 12 + 1, 1)
    return day_begins(datetime.date(year, number, 1)), day_begins(following)


class MeetingPageForm(PageForm):
    """``/bijeenkomsten/<slug>/?pagina=2``: a page of what is said there."""
