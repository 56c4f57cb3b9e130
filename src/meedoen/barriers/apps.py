"""The application's name and place; what it offers to floors below is made known when it starts."""

from django.apps import AppConfig


class BarriersConfig(AppConfig):
    name = "meedoen.barriers"

    def ready(self) -> None:
        from . import acts, privacy, searching  # these need the models, which are there only now

        acts.register()
        privacy.declare()
        searching.register()
