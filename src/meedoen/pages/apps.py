"""The application's name and place."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "meedoen.pages"
