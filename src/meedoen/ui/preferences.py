"""How the site looks and reads for a visitor: eight choices, one compact cookie, applied by the server.

Pure but for the small middleware at the end; the page to choose them is in ``views.py``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

COOKIE = "voorkeuren"
COOKIE_MAX_AGE = 365 * 24 * 3600  # seconds: a year, renewed at each saving


@dataclass(frozen=True)
class Choice:
    """One preference: its question, its letter in the cookie, and its options, the first being the default."""

    name: str
    letter: str
    label: Any
    hint: Any
    options: tuple[tuple[str, Any], ...]

    @property
    def default(self) -> str:
        return self.options[0][0]


CHOICES = (
    Choice(
        "size",
        "g",
        _("Hoe groot wil je de letters?"),
        "",
        (("normal", _("Gewoon")), ("large", _("Groot")), ("larger", _("Groter")), ("largest", _("Heel groot"))),
    ),
    Choice(
        "spacing",
        "r",
        _("Hoeveel ruimte wil je tussen regels en letters?"),
        "",
        (("normal", _("Gewoon")), ("wide", _("Meer ruimte")), ("wider", _("Veel ruimte"))),
    ),
    Choice(
        "typeface",
        "l",
        _("Welke letter leest voor jou het fijnst?"),
        "",
        (
            ("atkinson", _("Atkinson, goed te lezen als je slecht ziet")),
            ("device", _("De letter van mijn apparaat")),
            ("opendyslexic", _("OpenDyslexic, gemaakt voor mensen met dyslexie")),
        ),
    ),
    Choice(
        "colours",
        "k",
        _("Welke kleuren wil je?"),
        "",
        (
            ("device", _("Zoals mijn apparaat")),
            ("light", _("Licht")),
            ("dark", _("Donker")),
            ("contrast", _("Veel contrast")),
        ),
    ),
    Choice(
        "motion",
        "b",
        _("Mag er iets bewegen op de pagina?"),
        _("Wij laten bijna niets bewegen. Met deze keuze staat alles stil."),
        (("device", _("Zoals mijn apparaat")), ("none", _("Nee, alles staat stil"))),
    ),
    Choice(
        "images",
        "p",
        _("Wil je afbeeldingen zien?"),
        _("Zonder afbeeldingen is de pagina rustiger. En je verbruikt minder data."),
        (("show", _("Ja")), ("hide", _("Nee, alleen tekst"))),
    ),
    Choice(
        "easy",
        "m",
        _("Wil je eerst makkelijke taal zien?"),
        _("Niet elke tekst is er in makkelijke taal. Is die er niet, dan zie je de gewone tekst."),
        (("no", _("Nee, de gewone tekst")), ("yes", _("Ja, makkelijke taal als die er is"))),
    ),
    Choice(
        "aloud",
        "v",
        _("Wil je een knop om de pagina te laten voorlezen?"),
        _("Je apparaat leest voor met een eigen stem. De tekst gaat niet naar een ander bedrijf."),
        (("no", _("Nee")), ("yes", _("Ja"))),
    ),
)
_BY_LETTER = {choice.letter: choice for choice in CHOICES}


@dataclass(frozen=True)
class Preferences:
    """A visitor's choices; what was not chosen is the default."""

    chosen: tuple[tuple[str, str], ...] = ()

    @property
    def key(self) -> str:
        """The choices that are not the default, compact: the cookie's value, and part of a kept page's key."""
        return _key(self.chosen)

    def value(self, name: str) -> str:
        """The option chosen for ``name``."""
        by_name = dict(self.chosen)
        return by_name.get(name) or next(choice.default for choice in CHOICES if choice.name == name)

    @property
    def values(self) -> dict[str, str]:
        """Every preference with its option."""
        return {choice.name: self.value(choice.name) for choice in CHOICES}

    @property
    def easy_first(self) -> bool:
        """Whether the easy-language version comes first."""
        return self.value("easy") == "yes"

    @property
    def read_aloud(self) -> bool:
        """Whether the page offers to be read aloud."""
        return self.value("aloud") == "yes"

    @property
    def shows_images(self) -> bool:
        """Whether pictures are sent at all."""
        return self.value("images") == "show"

    @property
    def html_attributes(self) -> list[tuple[str, str]]:
        """``data-`` attributes of ``<html>`` for what the stylesheet has to know; none for defaults."""
        return [
            (f"data-{choice.name}", self.value(choice.name))
            for choice in CHOICES
            if choice.name in ("size", "spacing", "typeface", "colours", "motion", "images")
            and self.value(choice.name) != choice.default
        ]


DEFAULT = Preferences()


@lru_cache(1024)
def _key(chosen: tuple[tuple[str, str], ...]) -> str:
    by_name = dict(chosen)
    parts = []
    for choice in CHOICES:
        options = [value for value, _label in choice.options]
        index = options.index(by_name.get(choice.name, choice.default))
        if index:
            parts.append(f"{choice.letter}{index}")
    return "".join(parts)


def parse(cookie: str) -> Preferences:
    """The preferences in a cookie's value; what is not understood is the default. Never raises."""
    chosen = {}
    for letter, index in zip(cookie[0:64:2], cookie[1:64:2], strict=False):
        choice = _BY_LETTER.get(letter)
        if choice and index.isascii() and index.isdecimal() and int(index) < len(choice.options):
            chosen[choice.name] = choice.options[int(index)][0]
    return from_values(chosen)


def from_values(values: Mapping[str, str]) -> Preferences:
    """The preferences of a filled-in form; unknown options become the default."""
    return Preferences(
        tuple(
            (choice.name, values[choice.name])
            for choice in CHOICES
            if values.get(choice.name) in [value for value, _label in choice.options]
            and values[choice.name] != choice.default
        )
    )


class PreferencesMiddleware:
    """Put the visitor's preferences on the request, read only when somebody asks."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.preferences = (  # type: ignore[attr-defined]
            SimpleLazyObject(lambda: parse(request.COOKIES.get(COOKIE, "")))
            if request.META.get("HTTP_COOKIE")
            else DEFAULT
        )
        return self.get_response(request)
