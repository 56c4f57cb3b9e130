"""The addresses of following."""

from django.urls import path

from . import views

app_name = "activity"

urlpatterns = [
    path("volgen/alles/<str:key>/", views.everything, name="all"),
    path("volgen/alles/<str:key>/vaak/", views.change_all, name="change_all"),
    path("volgen/alles/<str:key>/pauze/", views.pause, name="pause"),
    path("volgen/alles/<str:key>/weer-mail/", views.resume, name="resume"),
    path("volgen/alles/<str:key>/stop/", views.stop_all, name="stop_all"),
    path("volgen/alles/<str:key>/terug/", views.undo_all, name="undo_all"),
    path("volgen/<str:key>/", views.change, name="change"),
    path("volgen/<str:key>/stop/", views.stop, name="stop"),
    path("volgen/<str:key>/terug/", views.undo, name="undo"),
    path("volgen/<slug:kind>/<str:text>/", views.begin_at, name="begin"),
    path("mijn/volgen/", views.mine, name="mine"),
    path("mijn/nieuw/", views.new, name="new"),
]
