"""The application's name and place; what it offers to floors below is made known when it starts."""

from django.apps import AppConfig


class CouplingConfig(AppConfig):
    name = "meedoen.coupling"

    def ready(self) -> None:
        from . import acts, beside, mailed, privacy, searching  # these need the models, which are there only now
        from .introducing import acts as introducing
        from .introducing import mailed as answered
        from .introducing import privacy as introduced
        from .rounds import privacy as rounds

        acts.register()
        introducing.register()
        mailed.register()
        answered.register()
        beside.register()
        searching.register()
        rounds.declare()
        privacy.declare()
        introduced.declare()
