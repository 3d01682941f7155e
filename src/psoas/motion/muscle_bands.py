"""What may be said of a muscle in a position: lengthened, near resting, or slack.

Models of the same leg differ (in standing the psoas' moment arm is 38.5, 24.1 and 19.0 mm in three
of them), and a camera is a few millimetres off, so nobody is shown a number. A band is said only
where the models that were compared say the same; where they differ it is "near resting".
"""

from typing import Literal

from psoas.content.language import gettext as _
from psoas.motion.muscle_lengths import changes

Band = Literal["lengthened", "near resting", "slack"]
LENGTHENED: Band = "lengthened"
NEAR_RESTING: Band = "near resting"
SLACK: Band = "slack"

# The lines of the model that speak for a group: those that a second model was compared for.
LINES: dict[str, tuple[str, ...]] = {
    "psoas": ("psoas",),
    "iliacus": ("iliacus",),
    "rectus-femoris": ("rect_fem",),
    "tfl": ("tfl",),
    "adductors": ("add_long", "add_mag3"),
    "hamstrings": ("semiten", "semimem", "bifemlh"),
    "gluteus-maximus": ("glut_max1", "glut_max2", "glut_max3"),
    "gluteus-medius": ("glut_med1", "glut_med2", "glut_med3"),
    "piriformis": ("peri",),
}
GROUPS: tuple[str, ...] = tuple(LINES)

# Millimetres by which this model must find a line shorter, and longer, before it is said. At least
# 2; at least what makes 2 in the other models by their moment arms in standing; and more than it
# finds in any of the 30 positions compared where another model stays within 2 or says the
# opposite; upwards to the tenth. Worked out anew by the tests.
GUARDS: dict[str, tuple[float, float]] = {
    "psoas": (4.1, 6.2),
    "iliacus": (2.4, 5.1),
    "rect_fem": (2.5, 5.2),
    "tfl": (2.6, 2.6),
    "add_long": (3.6, 15.8),
    "add_mag3": (2.4, 2.4),
    "semiten": (2.4, 11.7),
    "semimem": (2.3, 8.9),
    "bifemlh": (2.4, 8.1),
    "glut_max1": (2.0, 4.5),
    "glut_max2": (2.0, 2.0),
    "glut_max3": (2.0, 2.0),
    "glut_med1": (8.1, 2.0),
    "glut_med2": (2.0, 2.0),
    "glut_med3": (2.2, 2.2),
    "peri": (2.0, 2.0),
}


def bands(
    flexion: float, abduction: float, internal_rotation: float, knee: float
) -> dict[str, Band]:
    """Say of each group what a position does to it.

    Args:
        flexion: Of the hip relative to the PELVIS, degrees; a tucked pelvis takes from it.
        abduction: Degrees; adduction is negative.
        internal_rotation: Degrees; external rotation is negative.
        knee: Flexion, degrees.

    Returns:
        A band for each of ``GROUPS``.

    Raises:
        PoseRefused: an angle is not finite, or outside the model's reach.
    """
    found = changes(flexion, abduction, internal_rotation, knee)
    return {
        group: _together([band_of(line, float(found[line])) for line in lines])
        for group, lines in LINES.items()
    }


def group_changes(
    flexion: float, abduction: float, internal_rotation: float, knee: float
) -> dict[str, float]:
    """Hold each group against itself in standing; for files and clinicians, never a person's page.

    Args:
        flexion: As in `bands`, and so are the others.
        abduction: Degrees.
        internal_rotation: Degrees.
        knee: Degrees.

    Returns:
        Millimetres for each of ``GROUPS``, smoothed: the mean over its lines.

    Raises:
        PoseRefused: as `bands`.
    """
    found = changes(flexion, abduction, internal_rotation, knee)
    return {
        group: sum(float(found[line]) for line in lines) / len(lines)
        for group, lines in LINES.items()
    }


def band_of(line: str, change: float) -> Band:
    """Say what a change of length means.

    Args:
        line: The model's name of it, one of ``GUARDS``.
        change: Against standing, smoothed, mm.

    Returns:
        The band that every model compared bears out.
    """
    shorter, longer = GUARDS[line]
    if change > longer:
        return LENGTHENED
    return SLACK if change < -shorter else NEAR_RESTING


def _together(said: list[Band]) -> Band:
    """Most of the lines must say it, and none the opposite: else the parts differ."""
    if 2 * said.count(LENGTHENED) > len(said) and SLACK not in said:
        return LENGTHENED
    if 2 * said.count(SLACK) > len(said) and LENGTHENED not in said:
        return SLACK
    return NEAR_RESTING


def said(band: Band) -> str:
    """Return a band in the reader's language."""
    return {
        LENGTHENED: _("lengthened"),
        NEAR_RESTING: _("near resting"),
        SLACK: _("slack"),
    }[band]


def name_of(group: str) -> str:
    """Return a group's name in the reader's language, as it stands inside a sentence.

    Raises:
        KeyError: there is no such group.
    """
    return {
        "psoas": _("psoas"),
        "iliacus": _("iliacus"),
        "rectus-femoris": _("front of the thigh (rectus femoris)"),
        "tfl": _("outer front of the hip (tensor fasciae latae)"),
        "adductors": _("inner thigh (adductors)"),
        "hamstrings": _("back of the thigh (hamstrings)"),
        "gluteus-maximus": _("buttock (gluteus maximus)"),
        "gluteus-medius": _("side of the hip (gluteus medius)"),
        "piriformis": _("deep in the buttock (piriformis)"),
    }[group]
