"""The addresses of a writer's own page, of what a text said before, of reports, decisions and objections."""

from django.urls import path

from . import views
from .moderation import views as moderation

app_name = "conversation"

urlpatterns = [
    path("bericht/<str:key>/", views.own, name="own"),
    path("bericht/<str:key>/veranderen/", views.edit, name="edit"),
    path("bericht/<str:key>/weghalen/", views.retract, name="retract"),
    path("bericht/<str:key>/terugzetten/", views.put_back, name="put_back"),
    path("concepten/bewaren/", views.save_draft, name="save_draft"),
    path("concepten/verder/", views.go_on, name="go_on"),
    path("reacties/<int:contribution_id>/eerder/", views.history, name="history"),
    path("reacties/<int:contribution_id>/antwoord/", views.answer, name="answer"),
    path("melden/", moderation.report_new, name="report_new"),
    path("melding/<str:key>/", moderation.report, name="report"),
    path("melding/<str:key>/bezwaar/", moderation.report_objection, name="report_objection"),
    path("besluit/<str:key>/", moderation.decision, name="decision"),
    path("besluit/<str:key>/bezwaar/", moderation.objection, name="objection"),
    path("spelregels/cijfers/", moderation.figures, name="figures"),
]
