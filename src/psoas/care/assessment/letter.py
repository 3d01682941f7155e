"""The facts of a letter to a doctor: what could go in, and what the person ticked.

Nothing is sent and nothing of a letter is kept. What somebody answered about thoughts of suicide
goes in only where they tick it themselves, and while that answer asks for help first, no score
is offered at all.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from psoas.care.assessment import gate, mind, replies
from psoas.care.assessment.reply_rows import ASQ, OpenReply
from psoas.care.assessment.suicide_step import HELP_NOW, SUPPORT, Outcome, outcome
from psoas.care.people.access import Viewer
from psoas.care.people.models import Installation, Person
from psoas.care.people.refusal import Refusal
from psoas.content.language import gettext as in_words
from psoas.content.questionnaire import Questionnaire
from psoas.content.redflags import questions
from psoas.scales.rounding import half_up

DOCTOR, MIND = "doctor", "mind"
CHECK, STEP, PAIN = "check", ASQ, "pain"
# Scores that lie where the answers lie.
_MEANS = frozenset({"single", "mean", "mean-of-answered"})
_DIRECTIONS = {
    "higher is better": gettext_lazy("higher is better"),
    "higher is worse": gettext_lazy("higher is worse"),
    "none": "",
}
_OUTCOMES = {
    "E": gettext_lazy("something that needs emergency care was answered with yes or not sure."),
    "S": gettext_lazy("a clinician should look at it on the same day."),
    "C": gettext_lazy("a clinician should look at it before any exercise."),
    "M": gettext_lazy("exercise with limits."),
    "G": gettext_lazy("no warning sign was named."),
}
LONGEST_NAME, LONGEST_WORDS = 80, 1500
OLDEST = 120 * 366


@dataclass(frozen=True)
class Line:
    """One questionnaire, answered last on ``on``, as the letter tells it."""

    slug: str
    name: str
    on: date
    value: str
    bands: tuple[str, ...]
    direction: str
    means: str
    notice: str
    # What the person's own screen calls it.
    short: str = ""
    before: str = ""
    before_on: date | None = None


@dataclass(frozen=True)
class Check:
    """What the last safety check came to."""

    on: date
    outcome: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Step:
    """What was answered about thoughts of suicide, question by question."""

    on: date
    answers: tuple[tuple[str, str], ...]
    name: str
    notice: str
    outcome: Outcome = SUPPORT


@dataclass(frozen=True)
class Facts:
    """Everything of the record that could go into a letter."""

    scores: tuple[Line, ...]
    check: Check | None
    step: Step | None
    # Help comes first: no score is offered, and the page says why.
    scores_wait: bool


@dataclass(frozen=True)
class Letter:
    """A letter as it will be read."""

    to: str
    name: str
    born: date | None
    on: date
    clinic: str
    words: str
    pain: tuple[str, ...]
    scores: tuple[Line, ...]
    check: Check | None
    step: Step | None

    @property
    def soon(self) -> bool:
        """Whether it has to say first that help cannot wait."""
        return self.step is not None and self.step.outcome != SUPPORT

    @property
    def now(self) -> bool:
        return self.step is not None and self.step.outcome == HELP_NOW

    @property
    def notices(self) -> tuple[str, ...]:
        """The licence lines of what it quotes, each once."""
        told = [(line.name, line.notice) for line in self.scores]
        names: dict[str, list[str]] = {}
        for name, notice in told + ([(self.step.name, self.step.notice)] if self.step else []):
            if notice:
                names.setdefault(notice, []).append(name)
        return tuple(f"{', '.join(whose)}: {notice}" for notice, whose in names.items())


def facts(viewer: Viewer, now: datetime) -> Facts:
    """Read what this person could put into a letter of their own."""
    person = viewer.known
    waits = mind.standing(person, now) is not None
    rounds = _by_slug(replies.finished(viewer, now=now))
    lines = tuple(line for of in rounds.values() if (line := _line(of, person)))
    asked = replies.finished(viewer, ASQ, now=now)
    return Facts(
        scores=() if waits else lines,
        check=_check(person, now),
        step=_step(asked[-1], person) if asked else None,
        scores_wait=waits and bool(lines),
    )


def write(
    viewer: Viewer, raw: Mapping[str, object], found: Facts, pain: Sequence[str], now: datetime
) -> Letter:
    """Put together what was ticked. ``pain`` is how the diary tells the course of pain.

    Raises:
        Refusal: Nothing to say, no name, or a day nobody was born on.
    """
    person, wrong = viewer.known, dict[str, list[str]]()
    parts = _chosen(raw)
    name, words = (" ".join(str(raw.get("name", "")).split()), str(raw.get("words", "")).strip())
    if not name:
        wrong["name"] = [_("The letter needs a name, as the person reading it knows you.")]
    elif len(name) > LONGEST_NAME:
        wrong["name"] = [_("A name can have %(n)s letters here.") % {"n": LONGEST_NAME}]
    if len(words) > LONGEST_WORDS:
        told = _("These are %(n)s characters; a letter has room for %(most)s.")
        wrong["words"] = [told % {"n": len(words), "most": LONGEST_WORDS}]
    today = _day(now, person)
    born = _born(str(raw.get("born", "")), today, wrong)
    letter = Letter(
        to=MIND if raw.get("to") == MIND else DOCTOR,
        name=name,
        born=born,
        on=today,
        clinic=_clinic(),
        words=words,
        pain=tuple(pain) if PAIN in parts else (),
        scores=tuple(line for line in found.scores if line.slug in parts),
        check=found.check if CHECK in parts else None,
        step=found.step if STEP in parts else None,
    )
    if not (words or letter.pain or letter.scores or letter.check or letter.step):
        wrong[""] = [_("Tick at least one thing, or write something in your own words.")]
    if wrong:
        raise Refusal(wrong)
    return letter


def _chosen(raw: Mapping[str, object]) -> set[str]:
    parts = raw.get("part", ())
    return {str(each) for each in parts} if isinstance(parts, list | tuple) else {str(parts)}


def _born(text: str, today: date, wrong: dict[str, list[str]]) -> date | None:
    if not text.strip():
        return None
    try:
        born = date.fromisoformat(text.strip())
    except ValueError:
        wrong["born"] = [_("Write the day you were born as year, month, day: 1980-05-17.")]
        return None
    if not 0 <= (today - born).days <= OLDEST:
        wrong["born"] = [_("Nobody who reads this was born on that day. Look at the year again.")]
        return None
    return born


def _by_slug(found: Iterable[OpenReply]) -> dict[str, list[OpenReply]]:
    """Rounds of each questionnaire, the oldest first."""
    rounds: dict[str, list[OpenReply]] = {}
    for each in found:
        rounds.setdefault(each.questionnaire.slug, []).append(each)
    return rounds


def _line(rounds: Sequence[OpenReply], person: Person) -> Line | None:
    scored = [each for each in rounds if each.score and each.score.score is not None]
    if not scored:
        return None
    *_earlier, last = scored
    before = scored[-2] if len(scored) > 1 else None
    questionnaire = last.questionnaire
    return Line(
        slug=questionnaire.slug,
        name=questionnaire.label,
        on=_finished(last, person),
        value=_value(last),
        bands=_bands(questionnaire),
        direction=str(_DIRECTIONS[questionnaire.direction]),
        means=last.score.band_label if last.score else "",
        notice=_notice(questionnaire),
        short=questionnaire.short_label,
        before=_value(before) if before else "",
        before_on=_finished(before, person) if before else None,
    )


def _value(reply: OpenReply) -> str:
    score = reply.score.score if reply.score else None
    return "" if score is None else f"{half_up(score):g}"


def _bands(questionnaire: Questionnaire) -> tuple[str, ...]:
    """How its numbers are read: each stretch with its name, or only from where to where."""
    if len({band.low for band in questionnaire.bands}) > 1:
        return tuple(f"{_stretch(band.low, band.high)} {band.said}" for band in questionnaire.bands)
    if questionnaire.bands:
        # Its rule, and not the number alone, decides on the band.
        return (_stretch(questionnaire.bands[0].low, questionnaire.bands[-1].high),)
    low, high = questionnaire.counted[0].range
    means = questionnaire.scorer in _MEANS
    return (_stretch(low, high),) if means else ()


def _stretch(low: float, high: float) -> str:
    one, other = f"{half_up(low):g}", f"{half_up(high):g}"
    return one if one == other else f"{one}–{other}"


def _notice(questionnaire: Questionnaire) -> str:
    """Whose words these are; of our own nobody has to be told on paper."""
    licence = questionnaire.licence
    return "" if licence.kind == "own wording" else licence.notice_label


def _step(reply: OpenReply, person: Person) -> Step:
    questionnaire = reply.questionnaire
    told = tuple(
        (reply.item(number).label, _answer(reply.answers[number - 1])) for number in reply.to_ask
    )
    return Step(
        _finished(reply, person),
        told,
        questionnaire.label,
        _notice(questionnaire),
        outcome(reply),
    )


def _answer(value: object) -> str:
    if value is None:
        return _("not answered")
    return _("yes") if value else _("no")


def _check(person: Person, now: datetime) -> Check | None:
    standing = gate.stand(person, now)
    if standing.decision is None or standing.screening is None:
        return None
    finished = standing.screening.finished_at
    if finished is None:
        return None
    shorts = {each.slug: in_words(each.short) for each in questions().questions}
    reasons = dict.fromkeys(shorts.get(each.question, "") for each in standing.decision.reasons)
    outcome = str(_OUTCOMES[standing.decision.disposition])
    return Check(_day(finished, person), outcome, tuple(each for each in reasons if each))


def _finished(reply: OpenReply, person: Person) -> date:
    return _day(reply.finished_at or reply.begun_at, person)


def _day(at: datetime, person: Person) -> date:
    return at.astimezone(ZoneInfo(person.zone)).date()


def _clinic() -> str:
    found = Installation.objects.filter(id=1).first()
    return found.clinic_name if found else ""
