"""The notebook: suspects, triggers of one's own, and what was chosen last."""

import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from psoas.care.journal.models import Notebook as NotebookRow
from psoas.care.journal.sealing import journal_sealer, open_notebook_row, seal_notebook
from psoas.care.people.access import Viewer, own_rows
from psoas.care.people.joining import tidy_name
from psoas.care.people.models import Person
from psoas.care.people.refusal import NotAllowed, Refusal
from psoas.content.triggers import TRIGGERS

MOST_SUSPECTS = 3
MOST_OWN = 250
_BUILT_IN = {trigger.slug: trigger for trigger in TRIGGERS}


@dataclass(frozen=True)
class OwnTrigger:
    """A trigger the person named; a number (0 to 10, or a count) or simply yes and no."""

    key: str
    name: str
    number: bool
    since: str
    until: str | None = None


@dataclass(frozen=True)
class Suspect:
    """What the person thinks sets it off, or helps, and the day they first said so."""

    trigger: str
    since: str
    helps: bool = False


@dataclass(frozen=True)
class Offered:
    """One trigger as the day entry offers it."""

    key: str
    label: str
    group: str
    number: bool = False


@dataclass(frozen=True)
class Notebook:
    """Everything set up once."""

    own: tuple[OwnTrigger, ...] = ()
    suspects: tuple[Suspect, ...] = ()
    past_suspects: tuple[Suspect, ...] = ()
    remembered: dict[str, Any] = field(default_factory=dict)
    cycle: bool = False
    pad: bool = False
    # Whose it is, and no part of what is kept.
    owner: str = field(default="", compare=False)

    def offered(self) -> list[Offered]:
        built_in = [Offered(each.slug, each.label, each.group_label) for each in TRIGGERS]
        own = [
            Offered(each.key, each.name, _("Your own"), each.number)
            for each in self.own
            if each.until is None
        ]
        return built_in + own


def open_notebook(viewer: Viewer) -> Notebook:
    """Return the viewer's notebook; an empty one before anything was set up."""
    row = NotebookRow.objects.filter(own_rows(viewer)).first()
    if row is None:
        return Notebook(owner=viewer.person.pk.hex if viewer.person else "")
    opened = _from_document(open_notebook_row(journal_sealer(viewer.known), row))
    return replace(opened, owner=viewer.known.pk.hex)


def keep_notebook(viewer: Viewer, notebook: Notebook) -> None:
    """Write the notebook under its next revision."""
    if not viewer.person:
        raise NotAllowed
    with transaction.atomic():
        row = NotebookRow.objects.filter(own_rows(viewer)).first()
        revision = row.revision + 1 if row else 1
        document = asdict(notebook)
        del document["owner"]
        sealed = seal_notebook(journal_sealer(viewer.person), viewer.person, revision, document)
        NotebookRow.objects.update_or_create(
            person=viewer.person, defaults={"revision": revision, "sealed": sealed}
        )


def name_suspects(viewer: Viewer, chosen: Sequence[tuple[str, bool]], *, now: datetime) -> Notebook:
    """Set one to three suspects. One that was named before keeps its first date."""
    keys = [key for key, _helps in chosen]
    if len(keys) > MOST_SUSPECTS:
        raise Refusal({"suspects": [_("Choose up to three; you can change them later.")]})
    if len(set(keys)) < len(keys):
        raise Refusal({"suspects": [_("You chose the same one twice.")]})
    with transaction.atomic():
        notebook = open_notebook(viewer)
        wrong = [key for key in keys if trigger_label(key, notebook) is None]
        wrong += [key for key in keys if key in _BUILT_IN and not _BUILT_IN[key].exposure]
        if wrong:
            raise Refusal({"suspects": [_("Choose from the list.")]})
        standing = {each.trigger: each for each in notebook.suspects}
        suspects = tuple(
            replace(standing[key], helps=helps)
            if key in standing
            else Suspect(key, _today(viewer.known, now).isoformat(), helps)
            for key, helps in chosen
        )
        dropped = tuple(each for each in notebook.suspects if each.trigger not in keys)
        notebook = replace(
            notebook, suspects=suspects, past_suspects=notebook.past_suspects + dropped
        )
        keep_notebook(viewer, notebook)
    return notebook


def add_own(viewer: Viewer, name: str, *, number: bool, now: datetime) -> OwnTrigger:
    """Add a trigger of one's own, offered from today on; before today it is unknown."""
    with transaction.atomic():
        notebook = open_notebook(viewer)
        own = new_own(notebook, name, number=number, since=_today(viewer.known, now))
        keep_notebook(viewer, replace(notebook, own=(*notebook.own, own)))
    return own


def own_called(viewer: Viewer, name: str, *, now: datetime) -> str:
    """The key of the trigger with this name; where there is none it becomes one of their own."""
    return (
        find_trigger(name, open_notebook(viewer))
        or add_own(viewer, name, number=False, now=now).key
    )


def new_own(notebook: Notebook, name: str, *, number: bool, since: date) -> OwnTrigger:
    name = tidy_name(name)
    if not name or len(name) > 60:
        raise Refusal({"name": [_("Give it a name of 1 to 60 characters.")]})
    if find_trigger(name, notebook) is not None:
        raise Refusal({"name": [_("There is one called “%(name)s” already.") % {"name": name}]})
    if len(notebook.own) >= MOST_OWN:
        raise Refusal(
            {"name": [_("You have %(most)s of your own; more do not fit.") % {"most": MOST_OWN}]}
        )
    return OwnTrigger(f"own-{secrets.token_hex(6)}", name, number, since.isoformat())


def retire_own(viewer: Viewer, key: str, *, now: datetime) -> None:
    """Offer it no longer. What was recorded with it stays."""
    with transaction.atomic():
        notebook = open_notebook(viewer)
        if key not in {each.key for each in notebook.own}:
            raise NotAllowed
        today = _today(viewer.known, now).isoformat()
        own = tuple(
            replace(each, until=today) if each.key == key and not each.until else each
            for each in notebook.own
        )
        keep_notebook(viewer, replace(notebook, own=own))


def bring_back_own(viewer: Viewer, key: str) -> None:
    """Offer it again from now on."""
    with transaction.atomic():
        notebook = open_notebook(viewer)
        if key not in {each.key for each in notebook.own}:
            raise NotAllowed
        own = tuple(replace(each, until=None) if each.key == key else each for each in notebook.own)
        keep_notebook(viewer, replace(notebook, own=own))


def set_choices(viewer: Viewer, *, cycle: bool, pad: bool) -> None:
    """Choose whether the cycle day is asked, and words or the pad for feelings."""
    with transaction.atomic():
        keep_notebook(viewer, replace(open_notebook(viewer), cycle=cycle, pad=pad))


def trigger_label(key: str, notebook: Notebook) -> str | None:
    """What a trigger is called, or None where nothing has this key."""
    if key in _BUILT_IN:
        return _BUILT_IN[key].label
    return next((each.name for each in notebook.own if each.key == key), None)


def find_trigger(name: str, notebook: Notebook) -> str | None:
    """The key of the trigger with this name, however it is written."""
    wanted = _plain(name)
    for slug, trigger in _BUILT_IN.items():
        if wanted in {_plain(slug), _plain(trigger.name), _plain(trigger.label)}:
            return slug
    return next((each.key for each in notebook.own if _plain(each.name) == wanted), None)


def _plain(name: str) -> str:
    return tidy_name(name).casefold().replace("-", " ").replace("_", " ")


def _today(person: Person, now: datetime) -> date:
    return now.astimezone(ZoneInfo(person.zone)).date()


def _from_document(document: dict[str, Any]) -> Notebook:
    return Notebook(
        own=tuple(OwnTrigger(**each) for each in document["own"]),
        suspects=tuple(Suspect(**each) for each in document["suspects"]),
        past_suspects=tuple(Suspect(**each) for each in document["past_suspects"]),
        remembered=document["remembered"],
        cycle=document["cycle"],
        pad=document["pad"],
    )
