"""What the traffic light says of each session, and what that makes of each exercise's dose.

Nothing of it is kept: it follows from what was told, so a morning that is answered late changes
what follows from it. What is common knowledge here and what is ours says ``docs/the-plan.md``.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext as _

from psoas.care.programme import light
from psoas.care.programme.dosage import Done, Dosage, following, three_ambers
from psoas.care.programme.grading import DELOAD_EVERY
from psoas.care.programme.light import AMBER, GREEN, RED, Light, Told
from psoas.care.programme.loads import hard
from psoas.care.programme.merging import HURTS
from psoas.care.programme.reasons import Why
from psoas.care.programme.sealing import Document
from psoas.care.programme.session_rows import OpenSession
from psoas.care.programme.stopping import stop_of
from psoas.content.exercises import exercise

ABOVE_USUAL: Final = {"usual": 0.0, "bit": light.RAISED, "much": light.MUCH}
# Who did nothing for so long begins the weeks anew.
_GAP: Final = timedelta(days=14)
_A_WEEK: Final = timedelta(days=7)
# Two to three days a week, never two in a row.
STRENGTH_DAYS: Final = 3


@dataclass(frozen=True)
class Lit:
    """A session and its light.

    Attributes:
        session: What was told.
        light: "green", "amber" or "red".
        waits: The next morning is not known yet, so it can still change.
        red: Slugs of the exercises that rest; a red session of breath alone has none.
        sentence: What it means for the next time.
        why: The rule, and the numbers it looked at.
    """

    session: OpenSession
    light: Light
    waits: bool
    red: tuple[str, ...]
    sentence: str
    why: Why


def lit(session: OpenSession) -> Lit:
    """The light of a session as a whole: the reddest of what was done in it."""
    told = _told(session, session.number("during"), alarmed=_alarmed(session))
    by_exercise = _by_exercise(session)
    colours = [light.light(told), *(each for each, _raised in by_exercise.values())]
    colour = next(each for each in (RED, AMBER, GREEN) if each in colours)
    red = tuple(slug for slug, (each, _raised) in by_exercise.items() if each == RED)
    waits = session.next_day is None
    sentence = _red(session, red) if colour == RED else _not_red(colour, waits=waits)
    return Lit(session, colour, waits, red, sentence, _why(told))


def of_each(sessions: Iterable[OpenSession]) -> dict[str, list[Done]]:
    """The history of each exercise, the oldest first; breath and rest have none."""
    found: dict[str, list[Done]] = defaultdict(list)
    for session in sessions:
        effort = session.number("effort")
        for slug, (colour, raised) in _by_exercise(session).items():
            found[slug].append(Done(session.day, colour, raised, effort))
    return dict(found)


def doses(sessions: Sequence[OpenSession], today: date) -> dict[str, Dosage]:
    """What the lights made of each exercise's dose on a day.

    What was done today changes no dose before tomorrow, so that a routine is the same all day.
    What is taken away is taken away at once.
    """
    found = {}
    for slug, history in of_each(sessions).items():
        until_yesterday = [each for each in history if each.day < today]
        red_today = any(each.light == RED and each.day >= today for each in history)
        found[slug] = following(history if red_today else until_yesterday)
    return found


def lighter(sessions: Sequence[OpenSession], today: date) -> str:
    """Why this is a lighter week; empty where it is none."""
    before = [each for each in sessions if each.day < today]
    if not before:
        return ""
    began = before[0].day
    for one, next_one in zip(before, before[1:], strict=False):
        if next_one.day - one.day > _GAP:
            began = next_one.day
    if today - before[-1].day > _GAP:
        return ""
    if ((today - began).days // 7 + 1) % DELOAD_EVERY == 0:
        return _("every fourth week is lighter")
    if hard(before, today):
        return _("two sessions in a row were harder than planned, 8 or more of 10")
    # An amber that is one only because a morning was not told makes no week lighter.
    known = [each for each in before if each.next_day is not None]
    colours = [lit(each).light for each in known]
    for end in range(len(known), 2, -1):
        if today - known[end - 1].day >= _A_WEEK:
            break
        if three_ambers(colours[:end]):
            return _("three sessions in a row were amber")
    return ""


def to_ask(found: Mapping[str, Dosage]) -> list[str]:
    """The exercises that were red twice within seven days: a physiotherapist should look."""
    return sorted(slug for slug, dosage in found.items() if dosage.ask)


def strength_is_due(sessions: Iterable[OpenSession], today: date) -> bool:
    """Whether it is a day for strength: none yesterday, and fewer than three in six days."""
    days = {
        session.day
        for session in sessions
        if today - _A_WEEK < session.day < today and _strengthens(session)
    }
    return today - timedelta(days=1) not in days and len(days) < STRENGTH_DAYS


def _strengthens(session: OpenSession) -> bool:
    return any(_group(each["slug"]) == "strength" for each in session.done)


def _by_exercise(session: OpenSession) -> dict[str, tuple[Light, bool]]:
    """The light of each exercise of a session, and whether the next morning was above usual."""
    named = _named(session)
    found: dict[str, tuple[Light, bool]] = {}
    for item in session.items:
        slug = item["slug"]
        # Also where a set of it was done before it hurt.
        hurt = item.get("reason") == HURTS
        if not _is_exercise(slug) or not (hurt or item["state"] in ("done", "part")):
            continue
        told = _told(
            session, _during(session, item, named), alarmed=hurt or slug in _stops(session)
        )
        colour = light.light(told)
        before = found.get(slug, (colour, False))[0]
        redder = next(each for each in (RED, AMBER, GREEN) if each in (colour, before))
        found[slug] = (redder, light.raised(told))
    for at in _alarms(session):
        if at not in found and _is_exercise(at):
            # It was under way when it stopped, and was told of by the sign alone.
            told = _told(session, session.number("during"), alarmed=True)
            found[at] = (light.light(told), light.raised(told))
    return found


def _during(session: OpenSession, item: Document, named: frozenset[str]) -> float | None:
    """The pain of an exercise: its own, or the session's where that names none.

    Where it is known which one hurt, the others are not red for it.
    """
    if item.get("pain") is not None:
        return float(item["pain"])
    during = session.number("during")
    if during is None or not named or item["slug"] in named:
        return during
    return min(during, light.HIGH)


def _named(session: OpenSession) -> frozenset[str]:
    """The exercises of which it was said that it was them."""
    found = {each["slug"] for each in session.items if each.get("reason") == HURTS}
    found |= {each["slug"] for each in session.items if (each.get("pain") or 0) > light.HIGH}
    return frozenset(found | {at for at in _alarms(session) if at})


def _stops(session: OpenSession) -> frozenset[str]:
    """The exercises signs rest: those they came with, or all where that is not known of one."""
    alarms = _alarms(session)
    if all(_is_exercise(at) for at in alarms):
        return frozenset(alarms)
    return frozenset({*alarms, *(each["slug"] for each in session.items)})


def _alarms(session: OpenSession) -> list[str]:
    """What each sign that rests an exercise came with, or empty where that was not told."""
    return [at for sign, at in session.signs if stop_of(sign).route != "ground"]


def _alarmed(session: OpenSession) -> bool:
    return bool(_alarms(session))


def _told(session: OpenSession, during: float | None, *, alarmed: bool) -> Told:
    usual = session.number("usual")
    if usual is None:
        usual = session.number("before") or 0.0
    return Told(during, session.number("after"), _next_day(session, usual), usual, alarmed)


def _next_day(session: OpenSession, usual: float) -> float | None:
    told = session.next_day
    if told is None:
        return None
    by_word = usual + ABOVE_USUAL[told["answer"]]
    pain = told.get("pain")
    return by_word if pain is None else max(by_word, float(pain))


def _group(slug: str) -> str:
    try:
        return exercise(slug).group
    except KeyError:
        return ""


def _is_exercise(slug: str) -> bool:
    try:
        return exercise(slug).kind == "exercise" and exercise(slug).group != "rest"
    except KeyError:
        # A device told of something that is not known here; it is kept and makes no dose.
        return False


def _red(session: OpenSession, red: Sequence[str]) -> str:
    """What rests: by name, unless it is all that was in the session."""
    if not red:
        return _(
            "Red: that was too much for today. Nothing of it has a dose that could be halved; do "
            "less of it the next time."
        )
    done = {each["slug"] for each in session.done}
    if done != set(red) or len({each["slug"] for each in session.items}) > len(red):
        names = ", ".join(exercise(each).label for each in red)
        return _(
            "Red for %(names)s: that rests for two days and comes back with half the dose. Twice "
            "within a week, ask your physiotherapist to look. The rest goes on."
        ) % {"names": names}
    return _(
        "Red: what was done rests for two days and comes back with half the dose. Twice within "
        "a week, ask your physiotherapist to look."
    )


def _not_red(colour: Light, *, waits: bool) -> str:
    if waits:
        return _("So far so good. Tomorrow morning one question decides what comes next.")
    if colour == AMBER:
        return _("Amber: that is acceptable. The dose stays as it is.")
    return _("Green: keep going. After three easy green sessions it becomes a little more.")


def _why(told: Told) -> Why:
    text = _(
        "Up to 2 is safe, up to 5 acceptable, above 5 too much; the next morning pain is back to "
        "usual."
    )
    parts = {
        "during": told.during,
        "after": told.after,
        "next": told.next_day,
        "usual": told.usual,
    }
    datum = ", ".join(f"{name} {value:g}" for name, value in parts.items() if value is not None)
    return Why("light", text, datum, light.SOURCES, ck=True)
