"""What stands in the query string of a list of addresses."""

from django import forms

from meedoen.kernel.keys import MomentKey
from meedoen.pages.listed import KeyField


class PlaceForm(forms.Form):
    """``/mijn/antwoordadressen/?voor=…``: the place from which a page goes on; and what was revoked a moment ago."""

    voor = KeyField(MomentKey.parse)
    na = KeyField(MomentKey.parse)
    weg = KeyField(MomentKey.parse)


class RevokedForm(forms.Form):
    """What was revoked, to take that back: the moment, and how many those were."""

    weg = KeyField(MomentKey.parse)
