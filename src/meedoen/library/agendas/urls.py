"""The addresses of agendas, below those of the knowledge base."""

from django.urls import path

from .views import agenda, compare, keeping, lists, outputs

urlpatterns = [
    path("feeds/agendas.atom", outputs.feed, name="agendas_feed"),
    path("kennisbank/agendas/", lists.agendas, name="agendas"),
    path("kennisbank/agendas/agendas.csv", outputs.download, name="agendas_csv"),
    path("kennisbank/agendas/vergelijken/", compare.compare, name="agendas_compare"),
    path("kennisbank/agendas/nieuw/", keeping.new, name="agenda_new"),
    path("kennisbank/agendas/<slug:slug>/", agenda.agenda, name="agenda"),
    path("kennisbank/agendas/<slug:slug>/reageren/", agenda.comment, name="agenda_comment"),
    path("kennisbank/agendas/<slug:slug>/volgen/", agenda.follow, name="agenda_follow"),
    path("kennisbank/agendas/<slug:slug>/bijwerken/", keeping.update, name="agenda_update"),
    path("kennisbank/agendas/<slug:slug>/terugzetten/", keeping.undo, name="agenda_undo"),
]
