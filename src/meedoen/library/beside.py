"""What the page of a municipality shows of the library: its examples, and what it uses of others (MI2)."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.kernel import clock
from meedoen.municipalities import beside
from meedoen.municipalities.models import Municipality

from .models import Article
from .reuse.reading import used_by

SHOWN = 5  # more is a list of its own


def register() -> None:
    """Put them in; at start-up."""
    beside.register_section("examples", examples, place=20)
    beside.register_section("used", used, place=30)
    beside.register_moment(Article.objects.next_publication)


def examples(request: Any, municipality: Municipality) -> beside.Section | None:
    """What the library tells about a municipality, news aside; one query."""
    found = Article.objects.published(clock.now()).shelved().from_municipality(municipality.slug).newest_first()
    newest = list(found[: SHOWN + 1])
    if not newest:
        return None
    all_url = f"{reverse('library:shelf')}?{urlencode({'gemeente': municipality.slug})}"
    more = (beside.Link(_("Bekijk alles uit %(name)s") % {"name": municipality.name}, all_url),)
    return beside.Section(
        id="voorbeelden",
        heading=_("Wat deze gemeente deelt"),
        links=tuple(beside.Link(each.title, each.get_absolute_url()) for each in newest[:SHOWN]),
        ways=more if len(newest) > SHOWN else (),
    )


def used(request: Any, municipality: Municipality) -> beside.Section | None:
    """What it took over from others; one query."""
    found = used_by(municipality)
    if not found:
        return None
    return beside.Section(
        id="overgenomen",
        heading=_("Wat deze gemeente van anderen gebruikt"),
        links=tuple(beside.Link(title, url) for title, url in found),
    )
