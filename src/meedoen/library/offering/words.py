"""Offered examples in words: where one stands, and what was done a moment ago."""

from django.utils.translation import gettext_lazy

from .rules import State

STATES = {
    State.WAITING: gettext_lazy("Het team kijkt ernaar. Daarna krijg je een mail."),
    State.ASKED: gettext_lazy("Het team vroeg je iets."),
    State.PLANNED: gettext_lazy("Het komt vanzelf op de site. Je krijgt dan een mail."),
    State.PUBLISHED: gettext_lazy("Het staat op de site."),
    State.OFF: gettext_lazy("Het team haalde het van de site."),
    State.REFUSED: gettext_lazy("Het team plaatste dit niet. Na 30 dagen wissen we het."),
    State.WITHDRAWN: gettext_lazy("Je trok dit in. Niemand ziet het meer."),
}
DONE = {
    "aangeboden": gettext_lazy("Je voorbeeld is bij ons. Dank je wel!"),
    "veranderd": gettext_lazy("Dat is bewaard. Het team kijkt ernaar."),
    "ingetrokken": gettext_lazy("Je trok het in"),
    "terug": gettext_lazy("Het is terug"),
}
