"""The addresses of a writer's own page, of what a text said before, of reports, decisions and objections."""

from django.urls import path

import meedoen.pages.addresses  # noqa: F401  makes the kind of address known

from .attachments import views as attachments
from .moderation import views as moderation
from .views import quoting, thanks, written

app_name = "conversation"

urlpatterns = [
    path("bericht/<key:key>/", written.own, name="own"),
    path("bericht/<key:key>/veranderen/", written.edit, name="edit"),
    path("bericht/<key:key>/weghalen/", written.retract, name="retract"),
    path("bericht/<key:key>/terugzetten/", written.put_back, name="put_back"),
    path("bericht/<key:key>/bestand/<key:file_key>/weghalen/", attachments.remove_own, name="remove_own_file"),
    path("bericht/<key:key>/bestand/<key:file_key>/terugzetten/", attachments.put_back_own, name="put_back_own_file"),
    path("bevestigen/<key:key>/foto/", attachments.add_picture, name="add_picture"),
    path("bevestigen/<key:key>/document/", attachments.add_document, name="add_document"),
    path("bevestigen/<key:key>/bestand/<key:file_key>/", attachments.file, name="file"),
    path("bevestigen/<key:key>/bestand/<key:file_key>/weghalen/", attachments.remove, name="remove_file"),
    path("bevestigen/<key:key>/bestand/<key:file_key>/weg/", attachments.removed, name="file_removed"),
    path("bestanden/<key:file_key>/", attachments.kept_file, name="kept_file"),
    path("bestanden/<key:file_key>/klein/", attachments.small_file, name="small_file"),
    path("bestanden/<key:file_key>/beschrijven/", attachments.describe_picture, name="describe_picture"),
    path("concepten/bewaren/", written.save_draft, name="save_draft"),
    path("concepten/verder/", written.go_on, name="go_on"),
    path("reacties/<int:contribution_id>/", quoting.address, name="address"),
    path("reacties/<int:contribution_id>/citeren/", quoting.quote, name="quote"),
    path("reacties/<int:contribution_id>/eerder/", written.history, name="history"),
    path("reacties/<int:contribution_id>/antwoord/", written.answer, name="answer"),
    path("reacties/<int:contribution_id>/dank/", thanks.thank, name="thank"),
    path("reacties/<int:contribution_id>/dank/terug/", thanks.take_back, name="unthank"),
    path("melden/", moderation.report_new, name="report_new"),
    path("melding/<key:key>/", moderation.report, name="report"),
    path("melding/<key:key>/bezwaar/", moderation.report_objection, name="report_objection"),
    path("besluit/<key:key>/", moderation.decision, name="decision"),
    path("besluit/<key:key>/bezwaar/", moderation.objection, name="objection"),
    path("spelregels/cijfers/", moderation.figures, name="figures"),
]
