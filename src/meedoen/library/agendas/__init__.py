"""Local Inclusion Agendas: which municipality has one, how far it is, and two of them side by side (KB7)."""


def register() -> None:
    """Make known what others ask of agendas; at start-up, when the models are there."""
    from meedoen.conversation import threads
    from meedoen.municipalities import beside

    from . import privacy, reading, searching
    from .models import THREAD

    beside.register_section("agendas", reading.section, place=10)
    kind = threads.Kind(THREAD, stands=reading.stands, standing=searching.standing, about=searching.about)
    threads.register(kind)
    searching.register()
    privacy.declare()
