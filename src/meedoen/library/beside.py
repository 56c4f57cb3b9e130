"""What the page of a municipality shows of the library: its examples, and what it uses of others (MI2)."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.kernel import clock
from meedoen.municipalities import beside
from meedoen.municipalities.models import Municipality

from .models import Article, Reuse

SHOWN = 5  # more is a list of its own


def register() -> None:
    """Put it in; at start-up."""
    beside.register_section("library", examples, place=20)
    beside.register_moment(Article.objects.next_publication)


def examples(request: Any, municipality: Municipality) -> beside.Section | None:
    """What the library tells about a municipality, news aside, and what it took over from others; one query."""
    used = Reuse.objects.shown().filter(article=OuterRef("pk"), municipality=municipality)
    about = Article.municipalities.through.objects.filter(article=OuterRef("pk"), municipality=municipality)
    found = Article.objects.published(clock.now()).shelved().annotate(is_used=Exists(used), is_about=Exists(about))
    newest = list(found.filter(Q(is_used=True) | Q(is_about=True)).newest_first()[: SHOWN + 1])
    if not newest and not municipality.is_current:
        return None
    here = urlencode({"gemeente": municipality.slug})
    offer = beside.Link(_("Vertel een voorbeeld van deze gemeente"), f"{reverse('library:offer')}?{here}")
    all_url = f"{reverse('library:shelf')}?{here}"
    more = (beside.Link(_("Bekijk alles uit %(name)s") % {"name": municipality.name}, all_url),)
    return beside.Section(
        id="voorbeelden",
        heading=_("Wat deze gemeente deelt en gebruikt"),
        paragraphs=() if newest else (_("We kennen nog geen voorbeeld van deze gemeente. Weet jij er een?"),),
        links=tuple(
            beside.Link(
                each.title, each.get_absolute_url(), "" if vars(each)["is_about"] else _("van anderen overgenomen")
            )
            for each in newest[:SHOWN]
        ),
        ways=(more if len(newest) > SHOWN else ()) + ((offer,) if municipality.is_current else ()),
    )
