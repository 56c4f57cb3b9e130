"""The application's name and place."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "meedoen.ui"
