"""The application's name and place; the yes of a supporter is made known when it starts."""

from django.apps import AppConfig


class AlongConfig(AppConfig):
    name = "meedoen.people.along"
    label = "along"

    def ready(self) -> None:
        from . import acts, privacy  # these need the models, which are there only now

        acts.register()
        privacy.declare()
