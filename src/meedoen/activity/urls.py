"""The addresses of following."""

from django.urls import path

import meedoen.pages.addresses  # noqa: F401  makes the kind of address known

from . import views

app_name = "activity"

urlpatterns = [
    path("volgen/alles/<key:key>/", views.everything, name="all"),
    path("volgen/alles/<key:key>/vaak/", views.change_all, name="change_all"),
    path("volgen/alles/<key:key>/pauze/", views.pause, name="pause"),
    path("volgen/alles/<key:key>/weer-mail/", views.resume, name="resume"),
    path("volgen/alles/<key:key>/stop/", views.stop_all, name="stop_all"),
    path("volgen/alles/<key:key>/terug/", views.undo_all, name="undo_all"),
    path("volgen/<key:key>/", views.change, name="change"),
    path("volgen/<key:key>/stop/", views.stop, name="stop"),
    path("volgen/<key:key>/terug/", views.undo, name="undo"),
    path("volgen/<slug:kind>/<str:text>/", views.begin_at, name="begin"),
    path("mijn/volgen/", views.mine, name="mine"),
    path("mijn/nieuw/", views.new, name="new"),
]
