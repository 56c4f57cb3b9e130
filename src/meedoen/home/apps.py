"""The application's name and place."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "meedoen.home"
