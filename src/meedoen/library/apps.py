"""The application's name and place."""

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "meedoen.library"
