"""What people send to the postbox."""

from django import forms
from django.utils.translation import gettext_lazy as _


class PostboxFilter(forms.Form):
    """Which letters to show."""

    zoek = forms.CharField(
        label=_("Zoek op e-mailadres of onderwerp"),
        required=False,
        max_length=100,
        error_messages={"max_length": _("Je zoekt met te veel letters. Je ziet nu alle mails.")},
    )
