"""Below the address of a topic: one for each deed."""

from django.urls import path

from . import views
from .rules import Deed

urlpatterns = [
    path("geschiedenis/", views.history, name="history"),
    path("beheer/", views.manage, name="manage"),
    path("stap/<int:step_id>/terugdraaien/", views.undo, name="undo"),
    path(f"{Deed.MERGE.value}/", views.merge, name=Deed.MERGE.value),
    path(f"{Deed.SPLIT.value}/", views.split, name=Deed.SPLIT.value),
    *(
        path(f"{deed.value}/", views.act, {"deed": deed}, name=deed.value)
        for deed in Deed
        if deed not in (Deed.MERGE, Deed.SPLIT)
    ),
]
