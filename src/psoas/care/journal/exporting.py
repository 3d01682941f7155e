"""Taking one's journal away: the day table as CSV, or everything as JSON."""

import json
from datetime import date

from psoas.care.journal.days import day_rows
from psoas.care.journal.decisions import Decided, as_document, newest_first
from psoas.care.journal.formulas import without_formula
from psoas.care.journal.notebook import open_notebook, trigger_label
from psoas.care.journal.reading import entries, opened
from psoas.care.people.access import Viewer
from psoas.content.triggers import TRIGGERS
from psoas.diary.table import Row
from psoas.diary.writing import write_csv

_NAMES = {trigger.slug: trigger.name for trigger in TRIGGERS}


def export_csv(viewer: Viewer) -> str:
    """The day table: the same shape that the import and ``psoas diary`` read."""
    notebook = open_notebook(viewer)
    rows = day_rows(entries(viewer, date.min, date.max))
    used = dict.fromkeys(key for row in rows for key in row.values)
    # Built-in triggers under their English name, so that a file is read in any language.
    order = [key for key in (*_NAMES, *(own.key for own in notebook.own)) if key in used]
    names = {key: _NAMES.get(key) or trigger_label(key, notebook) or key for key in order}
    cells = {key: without_formula(name) for key, name in names.items()}
    renamed = [
        Row(row.day, row.pain, {cells[k]: v for k, v in row.values.items() if k in cells})
        for row in rows
    ]
    return write_csv(renamed, [cells[key] for key in order])


def export_json(viewer: Viewer, **beside: object) -> str:
    """Every entry as it was written, the notebook, and what every answer day decided.

    ``beside`` is what stands on the journal and goes with it, such as experiments.
    """
    notebook = open_notebook(viewer)
    there = opened(viewer, date.min, date.max)
    return json.dumps(
        {
            "format": "psoas journal 1",
            "entries": [
                {
                    "id": str(each.id),
                    "day": each.day.isoformat(),
                    "kind": each.kind,
                    **each.document,
                }
                for each in there.entries
            ],
            "not_opened": [
                {"id": str(each.id), "day": each.day and each.day.isoformat(), "kind": each.kind}
                for each in there.closed
            ],
            "own_triggers": [vars(each) for each in notebook.own],
            "suspects": [vars(each) for each in notebook.suspects],
            "answers": [
                as_document(each)
                for each in reversed(list(newest_first(viewer)))
                if isinstance(each, Decided)
            ],
            **beside,
        },
        ensure_ascii=False,
        indent=1,
    )
