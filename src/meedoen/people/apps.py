"""The application's name and place; what it holds of people is declared when it starts."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "meedoen.people"

    def ready(self) -> None:
        from . import mailed  # these need the models, which are there only now
        from .mailtrouble import acts as mailtrouble
        from .privacy import acts, holdings
        from .privacy import mailed as privacy

        acts.register()
        mailtrouble.register()
        holdings.declare()
        mailed.register()
        privacy.register()
