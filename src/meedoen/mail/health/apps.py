"""The application's name and place."""

from django.apps import AppConfig


class HealthConfig(AppConfig):
    name = "meedoen.mail.health"

    def ready(self) -> None:
        from . import trial  # this needs the models, which are there only now

        trial.register()
