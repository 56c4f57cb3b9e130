"""The application's name and place."""

from django.apps import AppConfig


class MunicipalitiesConfig(AppConfig):
    name = "meedoen.municipalities"
