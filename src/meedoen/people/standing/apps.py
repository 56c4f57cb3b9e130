"""The application's name and place; what can be confirmed by mail is made known when it starts."""

from django.apps import AppConfig


class StandingConfig(AppConfig):
    name = "meedoen.people.standing"
    label = "standing"

    def ready(self) -> None:
        from . import acts, privacy  # these need the models, which are there only now

        acts.register()
        privacy.declare()
