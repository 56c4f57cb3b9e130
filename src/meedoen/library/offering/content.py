"""What somebody answered, as a text at the desk holds it, and in words."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.kernel.dutch import join, partial_date_words
from meedoen.kernel.identifiers import number_in
from meedoen.library.desk.content import ANSWERS, Content, empty
from meedoen.municipalities.models import Municipality
from meedoen.themes.records import THEMES

NO_MUNICIPALITY = "geen"  # chosen: it belongs to none
# What is told in sentences, as who tells it is asked.
ASKED = {
    "text": gettext_lazy("Wat deden jullie?"),
    "with_whom": gettext_lazy("Met wie deden jullie dat?"),
    "residents": gettext_lazy("Hoe deden inwoners mee?"),
    "cost": gettext_lazy("Wat kostte het?"),
    "result": gettext_lazy("Wat kwam ervan?"),
    "pitfalls": gettext_lazy("Waar moet een ander op letten?"),
}


def content_of(answers: Mapping[str, Any]) -> Content:
    """All that the desk begins with; whom to ask stands in it only after a yes."""
    municipality = municipality_of(answers)
    return {
        **empty(),
        **{name: answers.get(name) or "" for name in ("title", "happened", *ANSWERS)},
        "body": answers.get("text") or "",
        "themes": list(answers.get("themes") or ()),
        "municipalities": [municipality.code] if municipality else [],
        "contact": answers.get("contact") or "" if answers.get("shows_contact") else "",
    }


def municipality_of(answers: Mapping[str, Any]) -> Municipality | None:
    """Where it was; none where it belongs to none, and where nothing was chosen."""
    number = number_in(str(answers.get("municipality") or ""))
    return Municipality.objects.filter(pk=number).first() if number else None


def all_words(answers: Mapping[str, Any]) -> str:
    """All that was told in sentences, one below the other."""
    told = [str(answers.get(name) or "").strip() for name in ASKED]
    return "\n\n".join(words for words in told if words)


def facts_of(answers: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(what, in words) of what is no sentence; a draft may be anything."""
    municipality = municipality_of(answers)
    none = _("geen gemeente") if answers.get("municipality") == NO_MUNICIPALITY else ""
    shorts = {theme.id: str(theme.short) for theme in THEMES}
    chosen = [shorts[each] for each in answers.get("themes") or () if each in shorts]
    contact = answers.get("contact") or ""
    where = "" if answers.get("shows_contact") else f" ({_('dit ziet alleen het team')})"
    rows = [
        (_("Gemeente"), municipality.name if municipality else none),
        (_("Wanneer"), _when(str(answers.get("happened") or ""))),
        (_("Waar het over gaat"), join(chosen) if chosen else ""),
        (_("Wie anderen kunnen vragen"), f"{contact}{where}" if contact else ""),
    ]
    return [row for row in rows if row[1]]


def told_of(answers: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(question, words) for each fixed question that was answered."""
    return [(str(words), str(answers[name])) for name, words in ASKED.items() if answers.get(name)]


def _when(partial: str) -> str:
    try:
        return partial_date_words(partial)
    except (ValueError, IndexError):
        return partial
