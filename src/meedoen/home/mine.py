"""The personal page: who I am and what I did, put side by side from the packages below."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from meedoen.activity.views import new_words
from meedoen.conversation.models import Contribution
from meedoen.conversation.reading import first_words
from meedoen.conversation.rules import State
from meedoen.kernel import clock
from meedoen.library.desk.reading import editor_of
from meedoen.people import acts
from meedoen.people.entrance.guards import identified
from meedoen.people.mailtrouble.words import told as told_of_mail
from meedoen.people.models import PendingAct, Person

from .drafts import drafts_of

PAGE_SIZE = 20  # contributions on a page
MAX_UNCONFIRMED = 20  # more is no person's doing

STATES = {
    State.SHOWN: "",
    State.WAITING: gettext_lazy("Het projectteam kijkt er nog naar. Daarna staat het op de site."),
    State.HIDDEN: gettext_lazy("Anderen zien dit nu niet. Het projectteam kijkt ernaar."),
    State.ASKED: gettext_lazy("Het projectteam vraagt je om dit te veranderen."),
    State.REMOVED: gettext_lazy("Het projectteam haalde dit weg."),
    State.RETRACTED: gettext_lazy("Je haalde dit zelf weg."),
}


@identified
@require_GET
def mine(request: Any) -> HttpResponse:
    """``/mijn/``."""
    person: Person = request.person
    written = Contribution.objects.filter(person=person).select_related("thread").order_by("-created_at", "-pk")
    page = Paginator(written, PAGE_SIZE).get_page(request.GET.get("pagina"))
    context = {
        "person": person,
        "new_words": new_words(person),
        "rows": _rows(person),
        "written": [
            {
                "title": _title(each),
                "url": each.url if each.state == State.SHOWN else reverse("conversation:own", args=[each.key]),
                "own_url": reverse("conversation:own", args=[each.key]) if each.state == State.SHOWN else "",
                "at": each.created_at,
                "state": STATES[State(each.state)],
            }
            for each in page
        ],
        "total": page.paginator.count,
        "newer_url": f"?pagina={page.previous_page_number()}" if page.has_previous() else "",
        "older_url": f"?pagina={page.next_page_number()}" if page.has_next() else "",
        "unconfirmed": _unconfirmed(request),
        "trouble": told_of_mail(person.address),
        "drafts": drafts_of(person, now=clock.now()),
        "is_saved": request.GET.get("klaar") == "profiel",
        "links": _links(person),
    }
    return render(request, "home/mine.html", context)


def _title(contribution: Contribution) -> str:
    """What a link to a contribution says: which one, where somebody wrote more than one about the same thing."""
    title = contribution.thread.title
    if contribution.state == State.SHOWN:
        return _("Bericht %(number)s bij: %(title)s") % {"number": contribution.number, "title": title}
    words = first_words(contribution.text)
    return _("‘%(words)s’ bij: %(title)s") % {"words": words, "title": title} if words else title


def _rows(person: Person) -> list[dict[str, str]]:
    """What others see of somebody, each with the place to change it."""
    nothing = _("Niet ingevuld")
    municipality = person.municipality.name if person.municipality else ""
    facts = [
        ("name", _("Je naam"), person.name),
        ("role", _("Waarom je meedoet"), person.role),
        ("municipality", _("Je gemeente"), municipality),
        ("about", _("Over jou"), person.about),
    ]
    address = reverse("people:profile")
    return [
        {"key": key, "value": value or nothing, "change_url": f"{address}#id_{'role_0' if name == 'role' else name}"}
        for name, key, value in facts
    ]


def _unconfirmed(request: Any) -> list[dict[str, Any]]:
    """What was begun with this address and still waits for its code."""
    address = request.user
    waiting = PendingAct.objects.alive(clock.now()).exclude(state=PendingAct.State.DONE)
    return [
        {"heading": acts.kind_of(act).heading, "url": reverse("people:act", args=[act.key]), "until": act.expires_at}
        for act in waiting.filter(email=address.email, code_sent_at__isnull=False).order_by("-changed_at")[
            :MAX_UNCONFIRMED
        ]
        if acts.kind_of(act).is_listed
    ]


def _links(person: Person) -> list[tuple[str, str, str]]:
    """What else there is to do: (what, why, address)."""
    desk = (
        [
            (_("Team"), _("Bekijk wat er wacht, en beslis."), reverse("team:today")),
            (
                _("Mensen bij gemeenten"),
                _("Wie werkt waar, en wie spreekt namens wie?"),
                reverse("team:municipalities"),
            ),
        ]
        if person.is_team
        else []
    )
    editor = editor_of(person)
    if editor.may_come_in:
        desk.append((_("Beheer"), _("Schrijf nieuws en teksten voor de kennisbank."), reverse("library:desk")))
        desk.append(
            (
                _("Bijeenkomsten organiseren"),
                _("Maak een bijeenkomst waar iedereen bij kan zijn."),
                reverse("meetings:organising"),
            )
        )
    if editor.municipalities:
        desk.append(
            (
                _("Wat jullie kunnen vertellen"),
                _("Je gemeente deelde iets. Wil ze er anderen over vertellen?"),
                reverse("coupling:growing"),
            )
        )
    return [
        *desk,
        (_("Voorkeuren"), _("Kies grote letters, andere kleuren of makkelijke taal."), reverse("ui:preferences")),
        (_("Je sleutels"), _("Log in met je vinger, je gezicht of een pincode."), reverse("people:keys")),
        (_("Waar ben je ingelogd?"), _("Bekijk je apparaten en log uit waar je wilt."), reverse("people:sessions")),
        (_("Wat je volgt"), _("Kies waarover je mail krijgt, en hoe vaak."), reverse("activity:mine")),
        (_("Antwoordadressen"), _("Bekijk waar je per mail op antwoordt."), reverse("people:answer_addresses")),
        (_("Samen meedoen"), _("Laat iemand je helpen, of help een ander."), reverse("people:help")),
        (_("Je gemeente"), _("Spreek je namens een gemeente? Regel het hier."), reverse("people:municipality_desk")),
        (_("Jouw successen"), _("Wat je vertelde, en waar je naam bij staat."), reverse("celebrations:mine")),
        (_("Jouw voorbeelden"), _("Wat je aanbood voor de kennisbank."), reverse("library:my_offers")),
        (_("Jouw koppelingen"), _("Wat je vroeg en aanbood, en wie je leert kennen."), reverse("coupling:mine")),
        (_("Vragen aan je gemeente"), _("Zeg waar jullie iets van weten."), reverse("forum:knows")),
        (
            _("Jouw gegevens"),
            _("Bekijk wat we van je weten. Neem het mee, of laat het wissen."),
            reverse("people:data"),
        ),
        (_("Ben je iemand anders?"), _("Wissel van naam, of doe mee met een nieuwe naam."), reverse("people:choose")),
    ]
