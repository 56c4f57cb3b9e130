"""What waits at the desk, what stands on the site, and beginning a text."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from meedoen.kernel import clock
from meedoen.library.desk import actions, rules
from meedoen.library.desk.forms import BeginForm, ShelfForm
from meedoen.library.desk.reading import articles_of, desk_of, desk_url, may_begin
from meedoen.library.models import Article
from meedoen.library.reading import KINDS
from meedoen.library.rules import Kind
from meedoen.municipalities.models import Municipality
from meedoen.pages.listed import list_page
from meedoen.pages.query import read_query

from .coming_in import editors_only, trail_of

WHAT = {
    Kind.NEWS: gettext_lazy("Nieuws: wat er gebeurt of gebeurde"),
    Kind.PRACTICE: gettext_lazy("Praktijkvoorbeeld: wat een gemeente deed, in vaste vragen"),
    Kind.GUIDE: gettext_lazy("Handreiking: uitleg in stappen, om zelf iets te doen"),
    Kind.TOOL: gettext_lazy("Hulpmiddel van anderen: een link met uitleg"),
}


@editors_only
@require_GET
def desk(request: Any) -> HttpResponse:
    """``/beheer/``: all that waits, heading by heading."""
    context = {
        "groups": desk_of(request.editor, request.person, clock.now()),
        "is_team": request.editor.is_team,
        "municipalities": Municipality.objects.current().filter(pk__in=request.editor.municipalities),
        "listed": rules.LISTED,
    }
    return render(request, "library/desk/desk.html", context)


@editors_only
@require_GET
def on_the_site(request: Any) -> HttpResponse:
    """``/beheer/op-de-site/``: what readers have now, the newest first, page by key."""
    form, problems, _canonical = read_query(ShelfForm, request.GET)
    asked = form.cleaned_data
    found = articles_of(request.editor).published(clock.now()).select_related("work")
    page = list_page(found, size=rules.PAGE_SIZE, before=asked.get("voor"), after=asked.get("na"))
    here = reverse("library:on_the_site")
    context = {
        "page": page,
        "rows": [(each, desk_url(each), KINDS[Kind(each.kind)]) for each in page.rows],
        "problems": problems,
        "newer_url": f"{here}?{urlencode({'na': page.newer_key})}" if page.newer_key else "",
        "older_url": f"{here}?{urlencode({'voor': page.older_key})}" if page.older_key else "",
        "trail": trail_of(),
    }
    return render(request, "library/desk/on_the_site.html", context)


@editors_only
@require_http_methods(["GET", "POST"])
def begin(request: Any) -> HttpResponse:
    """``/beheer/nieuw/``: choose a kind, and begin."""
    editor = request.editor
    kinds = [(kind.value, WHAT[kind]) for kind in WHAT if kind in rules.kinds_for(editor)]
    theirs = Municipality.objects.current().filter(pk__in=editor.municipalities)
    form = BeginForm(
        request.POST if request.method == "POST" else None, kinds=kinds, municipalities=theirs, is_team=editor.is_team
    )
    if form.is_valid():
        work = actions.begin(
            form.cleaned_data["soort"],
            municipality=form.cleaned_data.get("gemeente"),
            by=request.person,
            now=clock.now(),
        )
        return redirect("library:edit", work.pk)
    return render(request, "library/desk/begin.html", {"form": form, "trail": trail_of()})


@editors_only
@require_http_methods(["GET", "POST"])
def begin_from(request: Any, article_id: int) -> HttpResponse:
    """Bring a text that stands on the site to the desk; looking at this page does not."""
    article = get_object_or_404(Article.objects.select_related("work"), pk=article_id)
    if getattr(article, "work", None):
        return redirect("library:work", article.work.pk)
    owner = may_begin(request.editor, article)
    if owner is False:
        raise Http404
    if request.method == "POST":
        municipality = owner if isinstance(owner, Municipality) else None
        work = actions.begin_from(article, municipality=municipality, by=request.person, now=clock.now())
        return redirect("library:edit", work.pk)
    context = {"article": article, "kind": KINDS[Kind(article.kind)], "trail": trail_of()}
    return render(request, "library/desk/begin_from.html", context)
