"""What the pages of inserts share: one as its editors see it, the page on which it is told of, the ways between them."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.library.desk.content import whole
from meedoen.library.desk.views.coming_in import trail_of
from meedoen.library.inserts import reading, rules
from meedoen.library.inserts.rules import Insert, Kind
from meedoen.library.models import Work

DONE = {
    "erbij": gettext_lazy("Het staat erbij. Zet het nu nog in de tekst."),
    "video": gettext_lazy("De video staat erbij. Lees hieronder wat er nog moet."),
    "nog": gettext_lazy("Bewaard. Er moet nog iets bij. Lees het hieronder."),
    "bewaard": gettext_lazy("Bewaard. Lezers zien het nog niet."),
    "weg": gettext_lazy("Het is weg uit dit concept. Wat lezers nu hebben, verandert niet."),
    "geplaatst": gettext_lazy("De regel staat onderaan de tekst"),
    "getypt": gettext_lazy("De regel staat onderaan wat je aan het typen was"),
}


def told_page(
    request: Any,
    work: Work,
    found: Insert,
    form: Any,
    *,
    is_new: bool = False,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "work": work,
        "form": form,
        "insert": found,
        "line": rules.line_of(found),
        **shown(found),
        "heading": f"{reading.KINDS[Kind(found['kind'])]} ‘{found['name']}’",
        "kept": _("De foto is bewaard. Zeg hieronder wat erop staat.") if is_new else "",
        "action": url_of(work, found),
        "problem": problem,
        "done": DONE.get(request.GET.get("klaar", ""), ""),
        "back_url": list_url(work),
        "trail": trail(work),
    }
    return render(request, "library/inserts/insert.html", context, status=status)


def shown(insert: Insert) -> dict[str, Any]:
    """It as its editors see it: the picture, or the link to the document with the verdict on it."""
    if insert["kind"] == Kind.PICTURE:
        return {"picture": reading.shown_picture(insert)}
    if insert["kind"] == Kind.VIDEO:
        lacks = [f"{words[0].upper()}{words[1:]}" for words, _blocks in reading.lacking_in_video(insert)]
        return {"video": reading.shown_video(insert), "lacks": lacks}
    return {"document": reading.shown_document(insert), "verdict": _verdict(insert)}


def _verdict(insert: Insert) -> list[str]:
    if not insert["verdict"]:
        return [_("Alleen een pdf kijken we na. Van dit bestand weten we niet hoe goed het voor te lezen is.")]
    return reading.verdict_words(insert) or [_("Wij vinden niets dat het voorlezen in de weg staat.")]


def url_of(work: Work, insert: Insert) -> str:
    """Where something is told of it."""
    name = "library:video" if insert["kind"] == Kind.VIDEO else "library:insert"
    return reverse(name, args=[work.pk, insert["name"]])


def insert_of(work: Work, name: str) -> Insert:
    found: Insert | None = next((each for each in whole(work.content)["inserts"] if each["name"] == name), None)
    if found is None:
        raise Http404
    return found


def list_url(work: Work) -> str:
    return reverse("library:inserts", args=[work.pk])


def back_to(work: Work, done: str) -> HttpResponse:
    return redirect(f"{list_url(work)}?klaar={done}")


def trail(work: Work) -> list[tuple[str, str]]:
    return [*trail_of(work), (_("Beelden en bestanden"), list_url(work))]
