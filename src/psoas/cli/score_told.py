"""A score in words: what follows first, then the number, what it means and where that is from."""

import textwrap

from psoas.content.language import gettext as _
from psoas.content.language import ngettext
from psoas.content.questionnaire import Change as Known
from psoas.content.questionnaire import MeasurementError, Norm, Questionnaire
from psoas.scales.answers import shown
from psoas.scales.change import Change
from psoas.scales.rounding import half_up
from psoas.scales.score import Score

_WIDTH = 78


def gettext_noop(message: str) -> str:
    """Mark a sentence for translation where it stands; it is translated when it is said."""
    return message


_STEPS = {
    "emergency": gettext_noop(
        "Emergency: call the emergency number now, and have somebody stay. "
        "You do not have to deal with this alone."
    ),
    "same-day": gettext_noop(
        "Today: speak to a clinician or a crisis line. You do not have to deal with this alone."
    ),
    "suicide-step": gettext_noop(
        "First: ask the direct questions about thoughts of suicide (psoas score asq). The ninth "
        "answer asks for it, whatever the sum is."
    ),
    "clinician-this-week": gettext_noop("See a clinician this week."),
    "phq-9": gettext_noop("The PHQ-9 follows."),
    "gad-7": gettext_noop("The GAD-7 follows."),
    "trauma-information": gettext_noop("Show what helps after a frightening event."),
    "referral": gettext_noop("Offer a letter to somebody who treats it."),
}
_MEANINGS = {
    "important": gettext_noop("a change that matters"),
    "much better": gettext_noop("much better"),
    "perhaps important": gettext_noop("perhaps a change that matters"),
    "real beyond error": gettext_noop("more than measuring alone can make"),
    "note": gettext_noop("found elsewhere"),
}

_MOVEMENTS = {
    "flexion": gettext_noop("flexion"),
    "extension": gettext_noop("extension"),
    "abduction": gettext_noop("abduction"),
    "adduction": gettext_noop("adduction"),
    "internal-rotation": gettext_noop("internal rotation"),
    "external-rotation": gettext_noop("external rotation"),
}


def told(asked: Questionnaire, found: Score, missing: tuple[int, ...], step: Change | None) -> str:
    """Return the lines for a person at a terminal."""
    lines: list[str] = []
    for slug in found.steps:
        lines += textwrap.wrap(_(_STEPS[slug]), _WIDTH)
    if lines:
        lines.append("")
    if asked.scorer == "asq":
        # To somebody in a crisis, and about them, no number is said.
        lines += _plainly(asked, found, missing)
    else:
        lines += _result(asked, found, missing)
    if step is not None:
        lines += ["", *textwrap.wrap(step.sentence, _WIDTH)]
        for note in step.notes:
            lines += _point(note)
    if typical := _typical(asked):
        lines += ["", _("Found in others"), *(line for text in typical for line in _point(text))]
    if asked.changes or asked.errors:
        lines += ["", _("What change means something")]
        for known in asked.changes:
            lines += _point(_size(asked, known))
        for error in asked.errors:
            lines += _point(_error(asked, error))
    lines += ["", _("Sources"), *(line for text in _sources(asked) for line in _point(text))]
    lines += ["", *textwrap.wrap(asked.licence.notice_label, _WIDTH)]
    return "\n".join(lines)


def _result(asked: Questionnaire, found: Score, missing: tuple[int, ...]) -> list[str]:
    number = _("no score") if found.score is None else shown(half_up(found.score))
    head = [number, found.band_label] if found.band_label else [number]
    lines = textwrap.wrap(
        _("{name}: {result}.").format(name=asked.label, result=", ".join(head)), _WIDTH
    )
    for part in found.parts:
        score = _("null: too few answers") if part.score is None else shown(half_up(part.score))
        lines.append(f"  {part.name}: {score}")
    lines += _order(asked)
    band = next((band for band in asked.bands if band.slug == found.band), None)
    said = [band.meaning_label] if band else []
    if asked.direction != "none":
        said.append(
            _("Higher is better.")
            if asked.direction == "higher is better"
            else _("Higher is worse.")
        )
    if missing:
        said.append(_missing(missing))
    said += [asked.note_label, found.note]
    if found.score is not None or found.parts:
        said.append(_("It is one number, to be read with others."))
    return lines + textwrap.wrap(" ".join(text for text in said if text), _WIDTH)


def _order(asked: Questionnaire) -> list[str]:
    """In which order the answers were read, where a form on paper may have its parts in another."""
    if not asked.restricted or not asked.parts:
        return []
    order = ", ".join(
        _("{part} {first} to {last}").format(
            part=part.label, first=min(part.items), last=max(part.items)
        )
        for part in asked.parts
    )
    said = [_("The answers were read in this order: {order}.").format(order=order)]
    if asked.slug == "hoos":
        said.append(_("The printed HOOS begins with symptoms; here its pain part comes first."))
    return textwrap.wrap(" ".join(said), _WIDTH)


def _plainly(asked: Questionnaire, found: Score, missing: tuple[int, ...]) -> list[str]:
    said = _("{name}: {result}.").format(name=asked.label, result=found.band_label)
    lines = textwrap.wrap(" ".join(text for text in (said, found.note) if text), _WIDTH)
    return lines + ([_missing(missing)] if missing else [])


def _missing(places: tuple[int, ...]) -> str:
    return _("Missing: {places}.").format(places=", ".join(map(str, places)))


def _point(text: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent="- ", subsequent_indent="  ")


def _named(asked: Questionnaire, slug: str) -> str:
    names = {part.slug: part.label for part in asked.parts}
    names |= {"single": _("one activity"), "average": _("average")}
    return f"{names[slug]}: " if slug in names else ""


def _size(asked: Questionnaire, known: Known) -> str:
    points = _amount(asked, known.amount)
    percent = _("{percent}%").format(percent=shown(known.percent))
    size = {
        "absolute": points,
        "percent": percent,
        "both": _("{points} and {percent}").format(points=points, percent=percent),
        "either": _("{points} or {percent}").format(points=points, percent=percent),
    }[known.kind]
    way = {"better": _(" for the better"), "worse": _(" for the worse"), "both": ""}[known.way]
    meaning = _(_MEANINGS[known.meaning])
    said = f"{_named(asked, known.part)}{size}{way}: {meaning}."
    return " ".join(part for part in (said, known.condition_label, _where(known)) if part)


def _amount(asked: Questionnaire, amount: float) -> str:
    unit = asked.counted[0].unit_label if len(asked.counted) == 1 else ""
    if unit:
        return f"{shown(amount)} {unit}"
    return ngettext("{amount} point", "{amount} points", 1 if amount == 1 else 2).format(
        amount=shown(amount)
    )


def _typical(asked: Questionnaire) -> list[str]:
    """Say what was found in others, movement by movement: a score may not be one number."""
    lines = []
    for norm in (norm for norm in asked.norms if norm.kind == "typical"):
        value = shown(norm.value) if not norm.spread else f"{shown(norm.value)} ± {norm.spread:g}"
        sex = {"": "", "female": _(", female"), "male": _(", male")}[norm.sex]
        movement = _(_MOVEMENTS.get(norm.item, norm.item))
        lines.append(f"{movement}: {value} ({norm.who_label}{sex}) {_where(norm)}".strip())
    return lines


def _error(asked: Questionnaire, error: MeasurementError) -> str:
    low, high = shown(error.low), shown(error.high)
    amount = low if low == high else _("{low} to {high}").format(low=low, high=high)
    said = _("{part}measuring alone can make {amount} ({kind}).").format(
        part=_named(asked, error.applies), amount=amount, kind=error.kind
    )
    return " ".join(part for part in (said, error.condition_label, _where(error)) if part)


def _where(known: Known | MeasurementError | Norm) -> str:
    said = list(known.sources)
    if known.ck:
        said.append(_("common clinical knowledge, no source found"))
    return f"[{'; '.join(said)}]" if said else ""


def _sources(asked: Questionnaire) -> list[str]:
    bands = [source for band in asked.bands for source in band.sources]
    # A source that stands in the words of another is that one.
    found = dict.fromkeys([*asked.sources, *bands])
    said = [each for each in found if not any(each != other and each in other for other in found)]
    if asked.ck:
        said.append(_("Some of it is common clinical knowledge, no source found."))
    return said
