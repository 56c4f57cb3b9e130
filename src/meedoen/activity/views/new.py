"""What happened in what I follow."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from meedoen.activity import actions, rules, subjects
from meedoen.activity.forms import PlaceForm
from meedoen.activity.models import Follow, Follower, Happening
from meedoen.kernel import clock, dutch
from meedoen.pages.query import read_query
from meedoen.people.entrance.guards import identified
from meedoen.people.models import Person


@identified
@require_GET
def new(request: Any) -> HttpResponse:
    """``/mijn/nieuw/``: what happened in what I follow. What stands here is not mailed as well."""
    now = clock.now()
    form, problems, _canonical = read_query(PlaceForm, request.GET)
    asked = form.cleaned_data
    since = actions.look(request.person, now=now)
    followed = Happening.objects.followed_by(request.person, now=now).prefetch_related("subjects")
    page = followed.page(before=asked.get("voor"), after=asked.get("na"))
    actions.saw(request.person, page.rows)
    mine = set(Follow.objects.alive().filter(person=request.person).values_list("subject_id", flat=True))
    fresh = [each for each in page.rows if since is None or each.at > since - rules.TELL_AFTER]
    context = {
        "fresh": [_line(each, mine) for each in fresh],
        "earlier": [_line(each, mine) for each in page.rows[len(fresh) :]],
        "is_first_page": not page.has_newer,
        "follows_any": bool(mine),
        "problems": problems,
        "newer_url": f"?na={page.newer_key}" if page.newer_key else "",
        "older_url": f"?voor={page.older_key}" if page.older_key else "",
        "trail": [(_("Mijn pagina"), "/mijn/")],
    }
    return render(request, "activity/new.html", context)


def _line(happening: Happening, mine: set[int]) -> tuple[str, str]:
    """(what, where and when in words; address)."""
    followed = [each for each in happening.subjects.all() if each.pk in mine]
    places = dutch.join([subjects.inside(each) for each in followed if not subjects.is_personal(each)])
    words = _("%(what)s, bij %(places)s, %(when)s") if places else _("%(what)s, %(when)s")
    words %= {
        "what": subjects.sentence(happening, followed),
        "places": places,
        "when": dutch.datetime_words(happening.at),
    }
    return words, happening.url


def new_words(person: Person) -> str:
    """How much is new since somebody last looked, as a sentence for their own page."""
    looked_at = Follower.objects.filter(person=person).values_list("looked_at", flat=True).first()
    count = Happening.objects.followed_by(person, now=clock.now()).new_since(looked_at).count()
    if not count:
        return _("Er is niets nieuws bij wat je volgt.")
    return ngettext(
        "Er is %(count)s ding nieuw bij wat je volgt.", "Er zijn %(count)s dingen nieuw bij wat je volgt.", count
    ) % {"count": dutch.number(count)}
