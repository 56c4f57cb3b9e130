"""The application's name and place; what guests can do here is made known when it starts."""

from django.apps import AppConfig


class ActivityConfig(AppConfig):
    name = "meedoen.activity"

    def ready(self) -> None:
        from . import acts, privacy  # these need the models, which are there only now

        acts.register()
        privacy.declare()
