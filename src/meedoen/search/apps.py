"""The application's name and place; after each migration the triggers that note changes are there."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SearchConfig(AppConfig):
    name = "meedoen.search"

    def ready(self) -> None:
        from .watching import watch_all

        post_migrate.connect(watch_all, sender=self, dispatch_uid="meedoen.search")
