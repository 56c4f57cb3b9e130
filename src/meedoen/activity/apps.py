"""The application's name and place; what guests can do here is made known when it starts."""

from django.apps import AppConfig


class ActivityConfig(AppConfig):
    name = "meedoen.activity"

    def ready(self) -> None:
        from meedoen.municipalities import beside

        from . import acts, mailed, privacy, subjects, views  # these need the models, which are there only now

        acts.register()
        subjects.register(subjects.MUNICIPALITY)
        beside.register(views.offer_municipality)
        privacy.declare()
        mailed.register()
