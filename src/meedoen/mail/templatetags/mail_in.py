"""What templates ask of mail that comes in."""

from django import template

from meedoen.mail.incoming import addresses

register = template.Library()


@register.simple_tag
def mail_address(name: str) -> str:
    """The address of ours of that name, ``vraag@…``; empty where no mail comes in."""
    return addresses.named(name)
