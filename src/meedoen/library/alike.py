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
from meedoen.municipalities.models import Municipality

from .agendas.models import InclusionAgenda
from .agendas.reading import STAGES, Steps, present_municipality, steps_done
from .agendas.rules import Stage
from .models import Article
from .rules import Kind

ORDER: dict[Stage, int] = {stage: place for place, stage in enumerate(each for each in Stage if each != Stage.UNKNOWN)}


def register() -> None:
    """Put it in; at start-up."""
    doings.register(of_agendas)
    doings.register(of_practices)


def of_agendas() -> dict[int, Doing]:
    """How far each municipality is and on what themes, by its newest agenda; three queries.

    What was invented as an example says nothing of a municipality. An older agenda tells the stage where the newest
    does not; its themes are of the past.
    """
    steps = steps_done()
    published = InclusionAgenda.objects.published(clock.now()).filter(is_example=False)
    newest_first = published.select_related("municipality").prefetch_related("themes")
    of_each: dict[int, list[InclusionAgenda]] = defaultdict(list)
    for agenda in newest_first.order_by(F("year_from").desc(nulls_last=True), "-pk"):
        of_each[steps.of(agenda.municipality_id)].append(agenda)
    return {key: _of_agendas(agendas, steps) for key, agendas in of_each.items()}


def _of_agendas(agendas: list[InclusionAgenda], steps: Steps) -> Doing:
    newest = agendas[0]
    told = next((each for each in agendas if each.stage != Stage.UNKNOWN), newest)
    stage = Stage(told.stage)
    name = present_municipality(newest.municipality, steps).name
    shared = Link(_("De agenda van %(name)s") % {"name": name}, newest.get_absolute_url())
    return Doing(
        ORDER.get(stage),
        str(STAGES[stage]) if stage in ORDER else "",
        Link(told.title, told.get_absolute_url()),
        {theme.pk: newest.get_absolute_url() for theme in newest.themes.all()},
        (shared,),
    )


def of_practices() -> dict[int, Doing]:
    """The themes of each municipality's practice examples, and how many there are; three queries."""
    published = Article.objects.published(clock.now()).shelved(Kind.PRACTICE).filter(is_example=False)
    told = published.filter(municipalities__isnull=False)
    themes: dict[int, list[str]] = defaultdict(list)
    for article, theme in told.order_by("themes__position").values_list("pk", "themes").distinct():
        if theme is not None:
            themes[article].append(theme)
    of_each: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for key, article, slug in told.order_by("-dated_on", "-pk").values_list("municipalities", "pk", "slug"):
        of_each[key].append((article, slug))
    places = Municipality.objects.filter(pk__in=Article.municipalities.through.objects.values("municipality"))
    return {
        key: _of_practices(name, slug, of_each[key], themes)
        for key, name, slug in places.order_by().values_list("pk", "name", "slug")
        if key in of_each
    }


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
