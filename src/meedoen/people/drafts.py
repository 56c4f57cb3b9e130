"""Drafts: what somebody who is signed in is writing, kept as an act of theirs that nobody was mailed about.

A draft that was changed elsewhere meanwhile is never written over: then there are two.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.db import transaction

from . import actions, acts
from .models import PendingAct, Person

TAB = "tab"  # in the payload: by which open page it was last written


@dataclass(frozen=True)
class Saved:
    """A saved draft; ``is_copy`` when the one that was opened had been changed elsewhere, and both are kept."""

    act: PendingAct
    is_copy: bool = False


@dataclass(frozen=True)
class Opened:
    """What an open page knows of the draft in it: its key, how it stood then, and a name of the page itself."""

    key: str = ""
    seen: str = ""
    tab: str = ""


def find(key: str, *, person: Person, now: datetime) -> PendingAct | None:
    """The draft of this person under that key, when it is still there."""
    return PendingAct.objects.drafts_of(person, now).filter(key=key).first() if key else None


def version(act: PendingAct) -> str:
    """How a draft stands: another word after each change."""
    return act.changed_at.isoformat()


def typed(form: acts.ActForm) -> dict[str, Any]:
    """What stands in a form, right or wrong, as an act holds it; nothing chosen is an empty text."""
    found = {
        name: field.widget.value_from_datadict(form.data, form.files, form.add_prefix(name))
        for name, field in form.fields.items()
        if name not in acts.NOT_PAYLOAD and not isinstance(field.widget, forms.FileInput)
    }
    return {name: "" if value is None else value for name, value in found.items()}


def save(
    kind: str, *, payload: Mapping[str, Any], opened: Opened, person: Person, network: str, now: datetime
) -> Saved:
    """Save what somebody is writing: over their draft, or as a new one.

    New when there is none, and when it was changed by another page than this one since this one saw it; the words
    of both stay. Raises ``Refused`` as ``actions.keep`` does.
    """
    payload = {**payload, TAB: opened.tab}
    with transaction.atomic():
        draft = find(opened.key, person=person, now=now)
        if draft:
            draft = PendingAct.objects.select_for_update().get(pk=draft.pk)
            if draft.kind == kind and _is_as_seen(draft, payload, opened):
                return Saved(
                    actions.change(
                        draft, payload={**draft.payload, **payload}, name=draft.name, email=draft.email, now=now
                    )
                )
    kept = actions.keep(
        kind,
        payload=payload if draft is None else {**draft.payload, **payload},
        name=person.name,
        email=person.address.email if person.address else "",
        network=network,
        now=now,
        person=person,
    )
    return Saved(kept, is_copy=draft is not None)


def _is_as_seen(draft: PendingAct, payload: Mapping[str, Any], opened: Opened) -> bool:
    """Whether nobody else wrote in it: this page saw it so, wrote it last, or says the same."""
    is_own = bool(opened.tab) and draft.payload.get(TAB) == opened.tab
    return (
        is_own or version(draft) == opened.seen or {**draft.payload, **payload, TAB: ""} == {**draft.payload, TAB: ""}
    )
