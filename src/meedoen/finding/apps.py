"""The application's name and place."""

from django.apps import AppConfig


class FindingConfig(AppConfig):
    name = "meedoen.finding"

    def ready(self) -> None:
        from . import following

        following.register()
