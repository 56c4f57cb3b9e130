"""The application's name and place; what it offers to floors below is made known when it starts."""

from django.apps import AppConfig


class CelebrationsConfig(AppConfig):
    name = "meedoen.celebrations"

    def ready(self) -> None:
        from meedoen.conversation import threads
        from meedoen.municipalities import beside

        # These need the models, which are there only now.
        from . import acts, following, privacy, reading, searching

        acts.register()
        following.register()
        privacy.declare()
        kind = threads.Kind(reading.THREAD, stands=reading.stands, standing=searching.standing, about=searching.about)
        threads.register(kind)
        searching.register()
        beside.register_section("celebrations", reading.beside_municipality, place=60)
