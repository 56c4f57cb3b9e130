"""The addresses of a writer's own page, and of what a text said before."""

from django.urls import path

from . import views

app_name = "conversation"

urlpatterns = [
    path("bericht/<str:key>/", views.own, name="own"),
    path("bericht/<str:key>/veranderen/", views.edit, name="edit"),
    path("bericht/<str:key>/weghalen/", views.retract, name="retract"),
    path("bericht/<str:key>/terugzetten/", views.put_back, name="put_back"),
    path("reacties/<int:contribution_id>/eerder/", views.history, name="history"),
]
