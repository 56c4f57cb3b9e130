"""The application's name and place."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "meedoen.people"
