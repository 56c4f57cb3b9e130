"""The application's name and place."""

from django.apps import AppConfig


class TeamConfig(AppConfig):
    name = "meedoen.team"
