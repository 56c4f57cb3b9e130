"""The application's name and place; what it offers to floors below is made known when it starts."""

from django.apps import AppConfig


class CelebrationsConfig(AppConfig):
    name = "meedoen.celebrations"

    def ready(self) -> None:
        from meedoen.conversation import threads
        from meedoen.municipalities import beside

        from . import acts, following, privacy, reading  # these need the models, which are there only now

        acts.register()
        following.register()
        privacy.declare()
        threads.register(threads.Kind(reading.THREAD, stands=reading.stands))
        beside.register_section("celebrations", reading.beside_municipality, place=60)
