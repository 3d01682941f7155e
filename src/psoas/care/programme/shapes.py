"""What a routine of so many minutes is made of, and what suits whom: the tables of prescribing.

A shape is a row of slots. A slot takes one exercise of its groups, the one that suits best; a slot
of breath takes what time is left. Where a profile has exercises of its own, they make the shape.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from psoas.care.programme.wanted import Profile
from psoas.content.exercise import Group, When


@dataclass(frozen=True)
class Slot:
    """A place in a routine.

    Attributes:
        groups: What may stand there.
        least: Minutes without which it stays empty.
    """

    groups: tuple[Group, ...]
    least: float = 0.0


MOBILITY = Slot(("mobility",))
STRETCH = Slot(("stretch",))
STRENGTH = Slot(("strength",))
BREATH = Slot(("breath",), least=2.0)
REST = Slot(("rest",), least=4.0)
WALK = Slot(("walking",), least=5.0)

_GENERAL: Final[Mapping[tuple[When, int], tuple[Slot, ...]]] = {
    ("morning", 5): (MOBILITY, STRETCH, STRENGTH),
    ("morning", 7): (MOBILITY, STRETCH, STRENGTH, STRENGTH),
    ("morning", 10): (MOBILITY, STRETCH, STRETCH, STRENGTH, STRENGTH),
    ("evening", 5): (MOBILITY, STRETCH, BREATH),
    ("evening", 7): (MOBILITY, STRETCH, BREATH),
    ("evening", 10): (MOBILITY, STRETCH, STRETCH, BREATH),
}
_LOADED: Final[Mapping[int, tuple[Slot, ...]]] = {
    5: (STRENGTH, STRENGTH, BREATH),
    7: (STRENGTH, STRENGTH, BREATH),
    10: (STRENGTH, STRENGTH, STRENGTH, BREATH),
}
_SPARING: Final[Mapping[int, tuple[Slot, ...]]] = {
    5: (STRENGTH, STRENGTH, STRENGTH),
    7: (MOBILITY, STRENGTH, STRENGTH, STRENGTH),
    10: (STRENGTH, STRENGTH, STRENGTH, WALK),
}
_QUIET: Final[Mapping[int, tuple[Slot, ...]]] = {
    5: (WALK, BREATH),
    7: (WALK, BREATH),
    10: (WALK, BREATH),
}
_CALM: Final[Mapping[int, tuple[Slot, ...]]] = {
    5: (BREATH,),
    7: (BREATH, BREATH),
    10: (BREATH, BREATH),
}
_BENDING_LESS: Final[Mapping[int, tuple[Slot, ...]]] = {
    5: (MOBILITY, STRENGTH, STRENGTH),
    7: (MOBILITY, STRENGTH, STRENGTH, STRENGTH),
    10: (MOBILITY, STRENGTH, STRENGTH, WALK),
}


def shape(profile: Profile | None, when: When, minutes: int) -> tuple[Slot, ...]:
    """Return the slots of a routine."""
    match profile:
        case "gtp":
            return _LOADED[minutes]
        case "thr" | "thr-anterior":
            return _SPARING[minutes]
        case "distress":
            return (_QUIET if when == "morning" else _CALM)[minutes]
        case "oa" | "fai" | "pregnancy" if when == "morning":
            return _BENDING_LESS[minutes]
    return _GENERAL[when, minutes]


# Slugs that suit a profile, the first ones first. From the library's matching table.
SUITS: Final[Mapping[Profile, tuple[str, ...]]] = {
    "oa": ("bridge", "sit-to-stand", "side-leg-raise", "step-up", "walking", "swimming"),
    "tight-front": ("half-kneeling-stretch", "thomas-stretch", "bridge", "cat-cow"),
    "gtp": ("clamshell", "sit-to-stand", "bridge", "side-leg-raise", "slow-breathing"),
    "fai": ("bridge", "side-leg-raise", "sit-to-stand", "walking"),
    "thr": ("bridge", "side-leg-raise", "sit-to-stand", "walking"),
    "thr-anterior": ("bridge", "side-leg-raise", "sit-to-stand", "walking"),
    "pregnancy": ("cat-cow", "clamshell", "sit-to-stand", "walking", "belly-breathing"),
    "distress": ("walking", "slow-breathing", "long-exhale", "belly-breathing"),
}
# Where nothing else decides: what comes first in the morning, and in the evening.
ORDER: Final[Mapping[When, tuple[str, ...]]] = {
    "morning": (
        *("cat-cow", "pelvic-tilts", "ninety-ninety"),
        *("half-kneeling-stretch", "split-stance-stretch", "chair-pigeon", "thomas-stretch"),
        *("figure-4", "bridge", "sit-to-stand", "side-leg-raise", "clamshell"),
        *("standing-hip-abduction", "standing-hip-extension", "step-up", "wall-sit"),
        *("supported-squat", "walking", "slow-breathing", "long-exhale", "belly-breathing"),
    ),
    "evening": (
        *("pelvic-tilts", "cat-cow", "thomas-stretch", "figure-4", "childs-pose", "bound-angle"),
        *("happy-baby", "half-kneeling-stretch", "chair-pigeon", "split-stance-stretch"),
        *("sit-to-stand", "bridge", "clamshell", "side-leg-raise", "walking"),
        *("slow-breathing", "long-exhale", "belly-breathing", "constructive-rest"),
    ),
}
# What a person may want to do again, and what serves it (common clinical knowledge).
GOALS: Final[Mapping[str, tuple[str, ...]]] = {
    "walking": ("walking", "bridge", "standing-hip-extension", "side-leg-raise"),
    "stairs": ("step-up", "sit-to-stand", "bridge"),
    "rising": ("sit-to-stand", "bridge", "wall-sit"),
    "sitting": ("half-kneeling-stretch", "split-stance-stretch", "cat-cow", "chair-pigeon"),
    "sleep": ("slow-breathing", "thomas-stretch", "constructive-rest", "pelvic-tilts"),
    "shoes": ("chair-pigeon", "cat-cow", "figure-4", "ninety-ninety"),
    "calm": ("slow-breathing", "long-exhale", "belly-breathing", "walking"),
}
# Of a time that is short, breaths with a long exhale; where there is more, the paced ones.
ENOUGH: Final = 4.0
SHORT_BREATHS: Final = ("long-exhale", "slow-breathing")
LONG_BREATHS: Final = ("slow-breathing", "belly-breathing")
# With osteoarthritis deep stretches are limited, whatever else is liked.
DEEP: Final = frozenset(
    (
        *("bound-angle", "figure-4", "ninety-ninety", "chair-pigeon", "happy-baby"),
        *("childs-pose", "supported-squat"),
    )
)
ANY_TIME: Final = frozenset(("gtp", "thr", "thr-anterior", "distress", "pregnancy", "fai", "oa"))
# Somebody who is pregnant is offered these alone; everything else is for a clinician to choose.
ONLY: Final[Mapping[Profile, frozenset[str]]] = {
    "pregnancy": frozenset(SUITS["pregnancy"]) | {"slow-breathing", "long-exhale"},
    "distress": frozenset(SUITS["distress"]) | {"constructive-rest"},
}
