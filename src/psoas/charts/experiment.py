"""Chart 5, an experiment: its days in their blocks, and its result against chance."""

from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from psoas.charts.chance import draw_chance
from psoas.charts.chart import Chart
from psoas.charts.experiment_days import WIDTH, Plan, draw_plan
from psoas.charts.svg import hatch, picture
from psoas.content.language import gettext as _
from psoas.content.language import ngettext
from psoas.diary.experiment.analysis import Verdict, pair_means
from psoas.diary.experiment.schedule import Schedule
from psoas.diary.spoken import full_day, spoken_number

Array = NDArray[np.float64]
DAYS, CHANCE = "experiment-days", "experiment-chance"


def draw_days(
    outcome: Array,
    schedule: Schedule,
    *,
    first: date,
    today: date | None = None,
    outcome_name: str | None = None,
    practice: str | None = None,
    against: str | None = None,
) -> Chart:
    """Draw the days of an experiment: blocks shaded, a line from block to block of each pair.

    Args:
        outcome: shape (T,), T up to the schedule's length, one a day from the first day on; NaN
            where nothing was recorded.
        schedule: As it was assigned.
        first: The first day.
        today: While the experiment runs: days after it are open, not missing. None when over.
        outcome_name: What was measured, for the head of the table; None for pain.
        practice: What was done on the days with it, such as "Evening stretch".
        against: The other practice, where two were compared.

    Raises:
        ValueError: The outcome is longer than the schedule or holds an infinity.
    """
    length = len(schedule.arms)
    whole = np.full(length, np.nan)
    whole[: len(outcome)] = outcome
    now = None if today is None or not 0 <= (today - first).days < length else (today - first).days
    if now is not None:
        # Today is not over: that nothing is written yet is no missing day.
        over = now if np.isnan(whole[now]) else now + 1
    else:
        over = 0 if today is not None and today < first else length
    means = pair_means(outcome, schedule)
    plan = Plan(
        whole,
        schedule,
        means,
        tuple(first + timedelta(days=n) for n in range(length)),
        over,
        now,
        practice or _("With it"),
        against or _("Without"),
    )
    title, said = _("Block by block"), _days_said(plan)
    body, height = draw_plan(plan, DAYS)
    svg = picture(DAYS, title, said, WIDTH, height, hatch(DAYS), *body)
    columns = (
        _("Day"),
        _("Pair"),
        _("Days"),
        _("Counts"),
        _("Pain") if outcome_name is None else outcome_name,
        _("Mean of its block"),
    )
    return Chart(DAYS, title, said, svg, columns, _days_rows(plan))


def draw_against_chance(verdict: Verdict, *, said: str) -> Chart:
    """Draw the differences other schedules would have given, with the real one marked.

    Args:
        verdict: What the experiment showed.
        said: Its sentence, from ``verdict_sentence``.
    """
    return draw_chance(verdict, CHANCE, said)


def _days_said(plan: Plan) -> str:
    scheme = plan.schedule.scheme
    said = [
        _("{pairs} pairs of blocks of {block} days.").format(pairs=scheme.pairs, block=scheme.block)
    ]
    if scheme.washout:
        said.append(
            ngettext(
                "The first day of each block does not count.",
                "The first {n} days of each block do not count.",
                scheme.washout,
            ).format(n=scheme.washout)
        )
    complete = int((~np.isnan(plan.means)).all(axis=1).sum())
    said.append(
        ngettext(
            "{n} pair has numbers on both sides.", "{n} pairs have numbers on both sides.", complete
        ).format(n=complete)
    )
    missing = int(np.isnan(plan.outcome[: plan.over]).sum())
    if missing:
        said.append(
            ngettext("{n} day has no number.", "{n} days have no number.", missing).format(
                n=missing
            )
        )
    if plan.over < len(plan.days):
        left = len(plan.days) - plan.over
        said.append(
            ngettext("{n} day is still to come.", "{n} days are still to come.", left).format(
                n=left
            )
        )
    return " ".join(said)


def _days_rows(plan: Plan) -> tuple[tuple[str, ...], ...]:
    schedule = plan.schedule
    rows = []
    for n, day in enumerate(plan.days):
        value, pair = plan.outcome[n], schedule.pair_of(n)
        nothing = _("no entry") if n < plan.over else _("to come")
        mean = plan.means[pair, schedule.arms[n]]
        rows.append(
            (
                full_day(day),
                str(pair + 1),
                plan.practice if schedule.arms[n] else plan.against,
                _("yes") if schedule.counts[n] else _("no"),
                nothing if np.isnan(value) else spoken_number(value),
                "" if np.isnan(mean) else spoken_number(mean),
            )
        )
    return tuple(rows)
