"""The one form of the start page; its answer is the list of municipalities."""

from django import forms
from django.utils.translation import gettext_lazy as _


class FindMunicipality(forms.Form):
    """Leads to ``/gemeenten/?naam=``; the field has the name that the list knows."""

    use_required_attribute = False

    naam = forms.CharField(
        label=_("Hoe heet je gemeente?"),
        help_text=_("Een deel van de naam is genoeg. Een oude naam mag ook."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
