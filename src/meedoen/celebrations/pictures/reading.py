"""The pictures of a celebration as people see and hear them."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.conversation.attachments.reading import ShownFile
from meedoen.files.rules import Described

from .models import Picture


def shown(pictures: Iterable[Picture], *, secret: str = "") -> list[ShownFile]:
    """Pictures as a page shows them; ``secret`` opens those of what is not on the site yet."""
    found = list(pictures)
    made = []
    for place, each in enumerate(found, 1):
        which = _("foto %(place)s") % {"place": place} if len(found) > 1 else _("de foto")
        made.append(
            ShownFile(
                is_picture=True,
                text=each.description or _("Een foto. Er staat nog niet bij wat erop staat."),
                url=_address("picture_file", each, secret),
                look=_("Bekijk %(which)s groot") % {"which": which},
                small_url=_address("small_picture", each, secret),
                width=each.small_width,
                height=each.small_height,
                is_decorative=each.described == Described.DECORATIVE,
            )
        )
    return made


def _address(name: str, picture: Picture, secret: str) -> str:
    address = reverse(f"celebrations:{name}", args=[picture.key])
    return f"{address}?eigen={secret}" if secret else address
