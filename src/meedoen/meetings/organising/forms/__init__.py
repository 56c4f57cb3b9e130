"""What organisers fill in: a form for each part of a meeting, and one for each step."""

from .arranging import ArrangedForm, MoneyForm, ProgrammeForm, ReportForm
from .fields import PartForm
from .parts import AboutForm, ContactForm, FormForm, OnlineForm, PlaceForm, TimeForm
from .steps import BeginForm as BeginForm
from .steps import PublishForm as PublishForm
from .steps import ReasonForm as ReasonForm
from .steps import RenameForm as RenameForm

PARTS: dict[str, type[PartForm]] = {
    each.part: each
    for each in (
        AboutForm,
        TimeForm,
        FormForm,
        PlaceForm,
        OnlineForm,
        ArrangedForm,
        MoneyForm,
        ProgrammeForm,
        ContactForm,
        ReportForm,
    )
}
