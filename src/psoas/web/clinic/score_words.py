"""A score as a clinician reads it: the number, its band, its parts, and what is missing."""

from dataclasses import dataclass

from psoas.care.assessment.reply_rows import OpenReply
from psoas.web.clinic.numbers import shown
from psoas.web.clinic.printed import names as field_names


@dataclass(frozen=True)
class ScoreTold:
    """What came out of one reply, in the reader's language.

    Attributes:
        value: The score, empty where there is none.
        band: The name of the band.
        parts: Sub-scales with their scores; a dash where too much is missing.
        missing: What the items without an answer are called on the form, empty where none is.
        note: What belongs beside it.
        incomplete: There would be a score, were not something missing.
    """

    value: str
    band: str
    parts: tuple[tuple[str, str], ...]
    missing: str
    note: str
    incomplete: bool


def told(reply: OpenReply) -> ScoreTold | None:
    score = reply.score
    if score is None:
        return None
    no_number = score.score is None
    # By their slugs: the names that were kept are in the language of whoever typed it in.
    bands = {each.slug: each.said for each in reply.questionnaire.bands}
    names = {each.slug: each.label for each in reply.questionnaire.parts}
    fields = field_names(reply.questionnaire)
    # Each part has its score, whatever is missing: there may be no total at all.
    whole = bool(score.parts) and all(part.score is not None for part in score.parts)
    band = bands.get(score.band or "", score.band_label)
    return ScoreTold(
        value="" if no_number else shown(score.score),
        band=band,
        parts=tuple((names.get(part.slug, part.name), shown(part.score)) for part in score.parts),
        missing=", ".join(fields.get(number, str(number)) for number in score.missing),
        note=score.note,
        incomplete=no_number and bool(score.missing) and not band and not whole,
    )
