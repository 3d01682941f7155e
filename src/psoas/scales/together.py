"""What several measures show together. One number alone is never a verdict."""

from collections.abc import Sequence
from dataclasses import dataclass

from psoas.content.language import gettext as _
from psoas.content.language import ngettext
from psoas.scales.course import BETTER, SAME, WORSE, Course

# Review at six weeks: little change in both of these means it is time to talk.
REVIEW = 6
_LEAST_POINTS, _LEAST_PERCENT = 1.0, 30.0
# Means of three do not meet a limit to the last digit.
_EXACT = 1e-9
NO_CHANGE, GOT_WORSE = "no change", "worse"


@dataclass(frozen=True)
class Together:
    """What all measures show.

    Attributes:
        known: So many of them could be compared with what is known to mean something.
        better: So many of these moved for the better by an amount that means something.
        worse: So many for the worse.
        said: That, in a sentence or two.
        talk: ``NO_CHANGE`` or ``GOT_WORSE`` where it is time to talk to a clinician, else "".
        advice: That, in a sentence or two; "" where there is none.
        since: The last day that counted for it, as ISO; "" where there is nothing to tell.
    """

    known: int
    better: int
    worse: int
    said: str
    talk: str = ""
    advice: str = ""
    since: str = ""


def together(courses: Sequence[Course]) -> Together:
    """Return what the measures show together.

    That it is time to talk after six weeks without change, and whenever something is worse, is
    common clinical knowledge, without a source.

    Args:
        courses: What one person follows.
    """
    known = [course for course in courses if course.word in {BETTER, WORSE, SAME}]
    better = sum(course.word == BETTER for course in known)
    worse = sum(course.word == WORSE for course in known)
    talk, advice = _talk(courses)
    days = [course.latest.day.isoformat() for course in courses if course.latest]
    return Together(
        len(known), better, worse, _said(len(known), better, worse), talk, advice,
        max(days, default=""),
    )  # fmt: skip


def _said(known: int, better: int, worse: int) -> str:
    moved = better + worse
    if not known:
        return _("Too early. A second answer is needed before anything can be compared.")
    if known == 1:
        told = (
            _("The one measure that can be compared moved by an amount that means something.")
            if moved
            else _("The one measure that can be compared did not move by an amount that means "
                   "something.")
        )  # fmt: skip
        return told + " " + _("One number alone is no verdict.")
    if not moved:
        return _("None of {of} measures moved by an amount that means something.").format(of=known)
    told = ngettext(
        "{n} of {of} measures moved by an amount that means something",
        "{n} of {of} measures moved by an amount that means something",
        moved,
    ).format(n=moved, of=known)
    if better and worse:
        ways = _("{better} for the better and {worse} for the worse").format(
            better=better, worse=worse
        )
        return _("{told}: {ways}. They do not point one way.").format(told=told, ways=ways)
    way = _("for the better") if better else _("for the worse")
    return _("{told}, {way}.").format(told=told, way=way)


def _talk(courses: Sequence[Course]) -> tuple[str, str]:
    # A rise by one step is worth a word on its own card, and no alarm.
    if any(course.word == WORSE and course.matters for course in courses):
        return GOT_WORSE, _(
            "Something is worse than when you began, by more than a small amount. That is a reason "
            "to talk to a clinician about it, whatever the other numbers say."
        )
    if _no_change_at_review(courses):
        return NO_CHANGE, _(
            "After six weeks, pain is down by less than 1 point, and pain together with what it "
            "keeps you from by less than 30%. It is time to talk to a clinician about what to "
            "change. Nobody did anything wrong."
        )
    return "", ""


def _no_change_at_review(courses: Sequence[Course]) -> bool:
    """Whether both measures of the rule were answered at the review, and neither fell enough."""
    by_slug = {course.slug: _fall_at_review(course) for course in courses}
    number, three = by_slug.get("nprs"), by_slug.get("peg")
    if number is None or three is None:
        return False
    before, fell = three
    share = 100 * fell / before if before else 0.0
    return number[1] < _LEAST_POINTS - _EXACT and share < _LEAST_PERCENT - _EXACT


def _fall_at_review(course: Course) -> tuple[float, float] | None:
    """Return the number it began with and how far it fell, at six weeks or the time after."""
    before = course.before
    after = [
        each.score
        for each in course.readings
        if each.score is not None and each.weeks is not None and each.weeks >= REVIEW
    ]
    if before is None or before.score is None or not after:
        return None
    return before.score, before.score - after[-1]
