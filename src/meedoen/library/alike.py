"""What the library knows of what municipalities do: how far their agenda is, on what themes, which examples they share."""

from collections import defaultdict

from django.db.models import F
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meedoen.kernel import clock
from meedoen.kernel.dutch import number
from meedoen.municipalities.beside import Link
from meedoen.municipalities.likeness import doings
from meedoen.municipalities.likeness.doings import Doing
from meedoen.municipalities.models import Municipality, Succession

from .agendas.models import InclusionAgenda
from .agendas.reading import STAGES
from .agendas.rules import Stage
from .models import Article
from .rules import Kind

ORDER: dict[Stage, int] = {stage: place for place, stage in enumerate(each for each in Stage if each != Stage.UNKNOWN)}


def register() -> None:
    """Put it in; at start-up."""
    doings.register(of_agendas)
    doings.register(of_practices)


def of_agendas() -> dict[int, Doing]:
    """How far each municipality is and on what themes, by its newest agenda; four queries.

    What was invented as an example says nothing of a municipality. An older agenda tells the stage where the newest
    does not; its themes are of the past.
    """
    present = Succession.objects.presents()
    published = InclusionAgenda.objects.published(clock.now()).filter(is_example=False)
    newest_first = published.select_related("municipality").prefetch_related("themes")
    of_each: dict[int, list[InclusionAgenda]] = defaultdict(list)
    for agenda in newest_first.order_by(F("year_from").desc(nulls_last=True), "-pk"):
        of_each[present.get(agenda.municipality_id, agenda.municipality_id)].append(agenda)
    names = dict(Municipality.objects.filter(pk__in=list(of_each)).order_by().values_list("pk", "name"))
    return {key: _of_agendas(names[key], agendas) for key, agendas in of_each.items()}


def _of_agendas(name: str, agendas: list[InclusionAgenda]) -> Doing:
    newest = agendas[0]
    told = next((each for each in agendas if each.stage != Stage.UNKNOWN), newest)
    stage, address = Stage(told.stage), newest.get_absolute_url()
    return Doing(
        ORDER.get(stage),
        str(STAGES[stage]) if stage in ORDER else "",
        Link(told.title, told.get_absolute_url()),
        {theme.pk: address for theme in newest.themes.all()},
        (Link(_("De agenda van %(name)s") % {"name": name}, address),),
    )


def of_practices() -> dict[int, Doing]:
    """The themes of each municipality's practice examples, and how many there are; two queries."""
    published = Article.objects.published(clock.now()).shelved(Kind.PRACTICE).filter(is_example=False)
    told = published.filter(municipalities__isnull=False)
    themes: dict[int, list[str]] = defaultdict(list)
    for article, theme in told.order_by().values_list("pk", "themes").distinct():
        if theme is not None:
            themes[article].append(theme)
    of_each: dict[tuple[int, str, str], list[tuple[int, str]]] = defaultdict(list)
    rows = told.order_by("-dated_on", "-pk").values_list(
        "municipalities", "municipalities__name", "municipalities__slug", "pk", "slug"
    )
    for key, name, slug, article, address in rows:
        of_each[key, name, slug].append((article, address))
    return {key: _of_practices(name, slug, found, themes) for (key, name, slug), found in of_each.items()}


def _of_practices(name: str, slug: str, articles: list[tuple[int, str]], themes: dict[int, list[str]]) -> Doing:
    where: dict[str, str] = {}
    for article, address in articles:
        for theme in themes[article]:
            where.setdefault(theme, reverse("library:item", args=[address]))
    count = len(articles)
    words = ngettext("%(number)s praktijkvoorbeeld van %(name)s", "%(number)s praktijkvoorbeelden van %(name)s", count)
    query = urlencode({"soort": Kind.PRACTICE.value, "gemeente": slug})
    link = Link(words % {"number": number(count), "name": name}, f"{reverse('library:shelf')}?{query}")
    return Doing(themes=where, shared=(link,))
