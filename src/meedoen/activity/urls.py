"""The addresses of following."""

from django.urls import path

import meedoen.pages.addresses  # noqa: F401  makes the kind of address known

from .views import beginning, everything, new, one

app_name = "activity"

urlpatterns = [
    path("volgen/alles/<key:key>/", everything.everything, name="all"),
    path("volgen/alles/<key:key>/vaak/", everything.change_all, name="change_all"),
    path("volgen/alles/<key:key>/pauze/", everything.pause, name="pause"),
    path("volgen/alles/<key:key>/weer-mail/", everything.resume, name="resume"),
    path("volgen/alles/<key:key>/stop/", everything.stop_all, name="stop_all"),
    path("volgen/alles/<key:key>/terug/", everything.undo_all, name="undo_all"),
    path("volgen/<key:key>/", one.change, name="change"),
    path("volgen/<key:key>/stop/", one.stop, name="stop"),
    path("volgen/<key:key>/terug/", one.undo, name="undo"),
    path("volgen/<slug:kind>/<str:text>/", beginning.begin_at, name="begin"),
    path("mijn/volgen/", everything.mine, name="mine"),
    path("mijn/nieuw/", new.new, name="new"),
]
