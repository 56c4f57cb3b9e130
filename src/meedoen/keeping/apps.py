"""The application's name and place; what it holds of people is declared when it starts."""

from django.apps import AppConfig


class KeepingConfig(AppConfig):
    name = "meedoen.keeping"

    def ready(self) -> None:
        from . import privacy  # it needs the models, which are there only now

        privacy.declare()
