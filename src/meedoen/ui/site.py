"""The site's own name and help, as every page shows them."""

import re
from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Site:
    """Who runs this site and how to reach them; values come from the settings."""

    name: str
    organisation: str
    help_name: str
    help_phone: str
    help_email: str
    url: str
    is_example: bool
    has_theme: bool

    @property
    def help_phone_link(self) -> str:
        """The number as a telephone dials it."""
        return "tel:" + "".join(char for char in self.help_phone if char.isdigit() or char == "+")

    @property
    def has_example_phone(self) -> bool:
        """Whether nobody answers at the number."""
        return is_example(self.help_phone)

    @property
    def has_example_email(self) -> bool:
        """Whether nobody reads what is sent to the address."""
        return is_example(self.help_email)


def is_example(value: str) -> bool:
    """Whether a setting still has the value that ships with the software: a name or address that nobody has."""
    return "voorbeeld" in value.casefold() or re.sub(r"\D", "", value).endswith("0000000")


def current_site() -> Site:
    """The site as the settings describe it now."""
    return Site(
        name=settings.SITE_NAME,
        organisation=settings.ORGANISATION,
        help_name=settings.HELP_NAME,
        help_phone=settings.HELP_PHONE,
        help_email=settings.HELP_EMAIL,
        url=settings.BASE_URL,
        is_example=settings.EXAMPLE_SITE,
        has_theme=bool(settings.THEME),
    )
