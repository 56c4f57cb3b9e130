"""The languages in which texts and files may be, by their names in Dutch."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

OWN = "nl"  # the language of the site
LANGUAGES: dict[str, Promise] = {
    OWN: gettext_lazy("Nederlands"),
    "en": gettext_lazy("Engels"),
    "de": gettext_lazy("Duits"),
    "fr": gettext_lazy("Frans"),
    "fy": gettext_lazy("Fries"),
    "pap": gettext_lazy("Papiaments"),
    "ar": gettext_lazy("Arabisch"),
    "tr": gettext_lazy("Turks"),
    "uk": gettext_lazy("Oekraïens"),
    "pl": gettext_lazy("Pools"),
    "es": gettext_lazy("Spaans"),
}
FROM_RIGHT_TO_LEFT = frozenset({"ar"})
