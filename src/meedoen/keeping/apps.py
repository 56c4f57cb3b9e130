"""The application's name and place; what it holds of people is declared when it starts."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class KeepingConfig(AppConfig):
    name = "meedoen.keeping"

    def ready(self) -> None:
        from . import bearing, privacy  # these need the models, which are there only now

        privacy.declare()
        post_migrate.connect(bearing.write_down, sender=self, dispatch_uid="meedoen.keeping")
