"""From what was answered to the course of each measure in it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from psoas.content.language import gettext as _
from psoas.content.questionnaire import Item, Questionnaire
from psoas.scales.answers import shown
from psoas.scales.change import Change
from psoas.scales.course import NOT_KNOWN, Course, Reading
from psoas.scales.rounding import half_up
from psoas.scales.schedule import BASELINE, POINTS, nearest, point_of
from psoas.scales.score import Answer, Score
from psoas.scales.tracks import Track, no_change, tracks_of, within_error

_IMPORTANT = frozenset({"important", "much better", "real beyond error"})


@dataclass(frozen=True)
class Answered:
    """One time a questionnaire was answered, or a test done.

    Attributes:
        day: When.
        score: What came out then.
        side: Of the body, where it was one.
        answers: As they were given, the words of text items too.
    """

    day: date
    score: Score
    side: str = ""
    answers: tuple[Answer, ...] = ()


def courses_of(
    questionnaire: Questionnaire,
    answered: Sequence[Answered],
    began: date,
    today: date,
    *,
    planned: bool,
) -> list[Course]:
    """Return the course of every number of a questionnaire that was answered at least once.

    Args:
        questionnaire: As it is now.
        answered: All times it was answered, the oldest first.
        began: From when on the weeks are counted.
        today: Planned times whose window is over by today, without an answer, are missed.
        planned: Whether it is asked at planned times; else nothing is missed.
    """
    sides = sorted({each.side for each in answered}) or [""]
    found = []
    for side in sides:
        of_side = _one_a_day(each for each in answered if each.side == side)
        for track in tracks_of(questionnaire):
            course = _course(track, of_side, began, today, planned)
            if course.readings or (planned and not answered):
                found.append(replace(course, name=_named(course.name, side)))
    return found


def _course(
    track: Track, answered: Sequence[Answered], began: date, today: date, planned: bool
) -> Course:
    there = [each for each in answered if track.value(each.score) is not None or not track.item]
    counts = _counts([each.day for each in there], began) if planned else {}
    low, high = track.ends() if track.has_ends else (None, None)
    plain = Course(
        track.questionnaire.slug,
        track.name,
        track.questionnaire.direction,
        began,
        tuple(Reading(each.day, track.value(each.score), counts.get(each.day)) for each in there),
        _missed([each.day for each in there], began, today) if planned else (),
        low,
        high,
    )
    return _compared(track, plain, there)


def _compared(track: Track, plain: Course, there: Sequence[Answered]) -> Course:
    """Add what the change so far means, and what it is held against."""
    known = [each for each in there if track.value(each.score) is not None]
    if not known:
        return replace(plain, said=_("Not answered yet."))
    readings = {each.day: each for each in plain.readings}
    before = _first(known, plain.began)
    number = shown(half_up(track.value(before.score) or 0.0))
    course = replace(
        plain,
        before=readings[before.day],
        said=_("It began at {number}.").format(number=number),
        band=_apart(track.around(before.score, no_change)),
        error=_apart(track.around(before.score, within_error)),
    )
    latest = known[-1]
    if latest.day <= before.day:
        return course
    since = _since_last(track, known) if len(known) > 2 and known[-2].day > before.day else ""
    later = _same_words(track.questionnaire, before, latest)
    weighed = track.weigh(before.score, later)
    course = replace(course, latest=readings[latest.day], since_last=since)
    return _weighed(course, weighed) if weighed else _untold(track, course, known[-1])


def _weighed(course: Course, weighed: Change) -> Course:
    # That one number is one sign is said once, of all of them together.
    said = weighed.sentence.removesuffix(_("It is one number, to be read with others.")).rstrip()
    return replace(
        course,
        word=weighed.words,
        said=said,
        beyond_error=weighed.beyond_error,
        matters=not _IMPORTANT.isdisjoint(weighed.meanings),
        sources=weighed.sources,
        ck=weighed.ck,
    )


def _untold(track: Track, course: Course, latest: Answered) -> Course:
    """Return a course of which only the numbers are known, and not what they mean."""
    old, new = (
        shown(half_up(value or 0.0))
        for value in (course.before and course.before.score, track.value(latest.score))
    )
    said = _("It stayed at {new}.") if old == new else _("It went from {old} to {new}.")
    return replace(course, word=NOT_KNOWN, said=said.format(old=old, new=new))


def _first(known: Sequence[Answered], began: date) -> Answered:
    """Return what a change is counted from: the start, else the first there is after it."""
    start = nearest([each.day for each in known], BASELINE, began)
    later = [each for each in known if each.day >= (start or began)]
    return later[0] if later else known[0]


def _since_last(track: Track, known: Sequence[Answered]) -> str:
    old, new = (shown(half_up(track.value(each.score) or 0.0)) for each in known[-2:])
    if old == new:
        return _("Since the time before, it stayed at {new}.").format(new=new)
    return _("Since the time before, it went from {old} to {new}.").format(old=old, new=new)


def _apart(ends: tuple[float, float] | None) -> tuple[float, float] | None:
    """Return the ends of a band that is one; no change alone is none."""
    return ends if ends and ends[1] - ends[0] > 1e-6 else None


def _counts(days: Sequence[date], began: date) -> dict[date, int]:
    found = ((nearest(days, point, began), point.weeks) for point in POINTS)
    return {day: weeks for day, weeks in found if day is not None}


def _missed(days: Sequence[date], began: date, today: date) -> tuple[int, ...]:
    held = {point_of(day, began) for day in days}
    return tuple(point.weeks for point in POINTS if point not in held and point.last(began) < today)


def _one_a_day(answered: Iterable[Answered]) -> list[Answered]:
    """Return the last answers of each day: what was put right the same day is right."""
    return list({each.day: each for each in answered}.values())


def _named(name: str, side: str) -> str:
    said = {"left": _("{name}, left"), "right": _("{name}, right")}.get(side, "{name}")
    return said.format(name=name)


def _same_words(questionnaire: Questionnaire, first: Answered, later: Answered) -> Score:
    """Return a later score with the ratings of own words where these words stood at first.

    In another order they are still the same words, and what is new has nothing to stand beside.
    """
    named = [item for item in questionnaire.items if item.named_by]
    if not named:
        return later.score
    places = {word: item.number - 1 for item in named if (word := _word(first, item))}
    moved: list[float | None] = [None] * len(later.score.answers)
    for item in named:
        word = _word(later, item)
        # Without its words it is taken for what stood there at first.
        place = places.get(word) if word else item.number - 1
        if place is not None:
            moved[place] = later.score.answers[item.number - 1]
    return replace(later.score, answers=tuple(moved))


def _word(answered: Answered, item: Item) -> str:
    words = next(iter(answered.answers[item.named_by - 1 : item.named_by]), None)
    return " ".join(words.casefold().split()) if isinstance(words, str) else ""
