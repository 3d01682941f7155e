"""What a figure is made of and in which order it is painted: the far first, the near last.

The order and the way each part is outlined are settled once for a whole movement, so that every
picture of it has the same paths and a small script can move them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from psoas.content.keyframe import Figure
from psoas.motion import face, limbs, trunk
from psoas.motion.camera import Camera, camera
from psoas.motion.glow import BEHIND, MUSCLES, muscle
from psoas.motion.kinematics import Posture
from psoas.motion.loft import AROUND, Loft, ribbon, round_about, shown

Points = NDArray[np.float64]

SIDES = ("other", "worked")
_ARM = ("hand", "thumb", "forearm", "upper arm")
_LEG = ("foot", "shank", "thigh")
# Below this share of its length a body is seen end on and gets a hull for an outline.
_END_ON = 0.55
_FACES = 0.5


@dataclass(frozen=True)
class Piece:
    """One path.

    Attributes:
        name: Such as "worked thigh", "hair", "psoas worked 2" (a fibre).
        paint: Its class: see ``theme``.
        closed: Whether it is an area; else a line.
    """

    name: str
    paint: str
    closed: bool = True


@dataclass(frozen=True)
class Scene:
    """How one exercise is painted.

    Attributes:
        camera: Where it is seen from.
        pieces: In the order they are painted.
        flat: Names of parts with an outline of their own for this view (a foot's or head's
            profile); the other parts are rounded bodies.
        end_on: Names of rounded bodies that point at the viewer somewhere in the movement.
        holds: Sides whose hand holds something.
    """

    camera: Camera
    pieces: tuple[Piece, ...]
    flat: frozenset[str]
    end_on: frozenset[str]
    holds: frozenset[str]


def scene(figure: Figure, postures: Sequence[Posture], both: bool) -> Scene:
    """Settle how a figure is painted.

    Args:
        figure: As in the file.
        postures: The solved positions, from the first to the last.
        both: Whether the muscles of both sides glow, where both can be seen.
    """
    seen = camera(figure.view, figure.above, figure.aside)
    holds = frozenset(_holding(postures))
    flat = frozenset(_flat(postures, seen))
    end_on = frozenset(
        name
        for name, loft in _lofts(holds).items()
        if name not in flat and min(shown(loft(each), seen) for each in postures) < _END_ON
    )
    order = _order(figure, postures, seen, "head" in flat)
    glowing = SIDES if both and figure.view == "front" else ("worked",)
    muscles = [
        piece
        for slug in reversed(figure.glow)
        if slug in MUSCLES and not (figure.view == "front" and slug in BEHIND)
        for side in glowing
        for piece in _muscle_pieces(slug, side)
    ]
    thighs = tuple(f"{side} thigh" for side in glowing)
    place = 1 + max(at for at, piece in enumerate(order) if piece.name in ("top", "hips", *thighs))
    pieces = (*order[:place], *sorted(muscles, key=_glow_first), *order[place:])
    return Scene(seen, pieces, flat, end_on, holds)


def elements(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Return which pieces are one path: the fibres of a muscle; everything else by itself."""
    return [
        list(group)
        for _key, group in groupby(pieces, key=lambda piece: piece.name if piece.closed else "")
    ]


def outlines(scene: Scene, posture: Posture) -> dict[str, Points]:
    """Return every piece's points in the picture, (n, 2) cm, by name."""
    found: dict[str, Points] = {}
    lofts = _lofts(scene.holds)
    for piece in scene.pieces:
        name = piece.name
        if name in found:
            continue
        if name in lofts and name not in scene.flat:
            outline = round_about if name in scene.end_on else ribbon
            found[name] = outline(lofts[name](posture), scene.camera)
        elif name.endswith("sleeve"):
            arm = found[name.replace("sleeve", "upper arm")]
            found[name] = arm[2:-1] if len(arm) != AROUND else arm[:3]
        elif name.endswith("foot"):
            profile = limbs.foot_profile(posture, name.partition(" ")[0])
            found[name] = scene.camera.flat(profile)
        elif piece.paint in ("w", "m", "i"):
            _add_muscle(found, posture, name, scene.camera)
        else:
            local = face.part(posture, name, "head" in scene.flat)
            found[name] = scene.camera.flat(local)
    return found


def _add_muscle(found: dict[str, Points], posture: Posture, name: str, seen: Camera) -> None:
    slug, side, _which = name.split(" ")
    outline, fibres = muscle(posture, slug, side, seen)
    found[f"{slug} {side} glow"] = outline
    found[f"{slug} {side} belly"] = outline
    for at, fibre in enumerate(fibres):
        found[f"{slug} {side} {at}"] = fibre


def _muscle_pieces(slug: str, side: str) -> list[Piece]:
    return [
        Piece(f"{slug} {side} glow", "w"),
        Piece(f"{slug} {side} belly", "m"),
        *(Piece(f"{slug} {side} {at}", "i", closed=False) for at in range(3)),
    ]


def _glow_first(piece: Piece) -> int:
    return 0 if piece.paint == "w" else 1


def _lofts(holds: frozenset[str]) -> Mapping[str, "partial[Loft]"]:
    found = {
        "hips": partial(trunk.hips),
        "top": partial(trunk.top),
        "neck": partial(trunk.neck),
    }
    for side in SIDES:
        for bone in ("upper arm", "forearm", "thigh", "shank"):
            found[f"{side} {bone}"] = partial(limbs.limb, side=side, bone=bone)
        found[f"{side} hand"] = partial(limbs.hand, side=side, holds=side in holds)
        found[f"{side} thumb"] = partial(limbs.thumb, side=side)
        found[f"{side} foot"] = partial(limbs.foot, side=side)
    return found


def _holding(postures: Sequence[Posture]) -> set[str]:
    """Return the sides whose hand holds: a limb, a chair's back, a door frame, not the floor."""
    return {
        met.part.partition(" ")[0]
        for each in postures
        for met in each.contacts
        if met.part.endswith("hand") and _can_be_held(met.on)
    }


def _can_be_held(thing: str) -> bool:
    return thing.endswith(("shank", "thigh", "knee", "ankle", "back", "frame", "foot", "hand"))


def _flat(postures: Sequence[Posture], seen: Camera) -> set[str]:
    found = set()
    for name in ("head", "worked foot", "other foot"):
        areas = [_area(each.frames[name], seen) for each in postures]
        if min(areas) > _FACES or max(areas) < -_FACES:
            found.add(name)
    return found


def _area(frame: Points, seen: Camera) -> float:
    front, up = seen.flat(frame[:, 0]), seen.flat(frame[:, 1])
    return float(front[0] * up[1] - front[1] * up[0])


def _order(figure: Figure, postures: Sequence[Posture], seen: Camera, profile: bool) -> list[Piece]:
    """Return arms, legs, trunk and head from the farthest to the nearest."""
    level = figure.view == "side" and postures[0].base != "on the side"
    groups: list[tuple[float, list[Piece]]] = [
        (0.0, [Piece("neck", "n"), Piece("hips", "l"), Piece("top", "t")]),
        (0.5, _head(profile)),
    ]
    if not level:
        middle = _mean(postures, seen, ("pelvis", "neck"))
        above = max(middle + 0.1, _mean(postures, seen, ("head",)) + 4.0)
        groups = [
            (_mean(postures, seen, ("pelvis",)) - 1.0, [Piece("hips", "l")]),
            (middle, [Piece("neck", "n"), Piece("top", "t")]),
            (above, _head(profile)),
        ]
    # A side view keeps the order of left and right, even seen a little from the front.
    seen = camera("side", 0.0) if level else seen
    reaching = _holding(postures)
    for side in SIDES:
        far = figure.view == "side" and side == "other"
        leg = _mean(postures, seen, (f"{side} hip", f"{side} knee", f"{side} knee"))
        shin = _mean(postures, seen, (f"{side} knee", f"{side} ankle"))
        arm = _mean(postures, seen, (f"{side} shoulder", f"{side} elbow", f"{side} wrist"))
        if level:
            leg, shin, arm = _levelled(side, leg, shin, arm)
        else:
            shin = max(shin, leg - 0.5)
            arm = max(arm + 2.0, leg + 0.5, shin + 0.5) if side in reaching else arm + 2.0
        groups.append((shin, _pieces(side, ("foot", "shank"), far)))
        groups.append((leg, _pieces(side, ("thigh",), far)))
        groups.append((arm, _pieces(side, _ARM, far)))
    return [
        piece for _depth, pieces in sorted(groups, key=lambda each: each[0]) for piece in pieces
    ]


def _levelled(side: str, leg: float, shin: float, arm: float) -> tuple[float, float, float]:
    """Keep the usual order of a side view unless a limb lies clearly on the body's other side."""
    if side == "worked":
        near = 10.0 if leg > -4 else -5.0
        return near, near - 0.1 if shin > -6 else -5.1, 20.0 if arm > -4 else -4.0
    far = -10.0 if leg < 4 else 12.0
    return far, far - 0.1 if shin < 10 else 12.0, -20.0 if arm < 8 else 14.0


def _head(profile: bool) -> list[Piece]:
    paint = {"face": "s", "ear": "e", "ears": "e", "hair": "h"}
    return [Piece(name, paint[name]) for name in face.parts(profile)]


def _pieces(side: str, names: Sequence[str], far: bool) -> list[Piece]:
    paint = {"thigh": "l", "shank": "l", "upper arm": "t"}
    letters = {name: paint.get(name, "s") for name in names}
    found = [
        Piece(f"{side} {name}", letter.upper() if far else letter)
        for name, letter in letters.items()
    ]
    if "upper arm" in names and not far:
        # A near sleeve has an edge below the shoulder: it lies on a top of its own colour.
        found.append(Piece(f"{side} sleeve", "u", closed=False))
    return found


def _mean(postures: Sequence[Posture], seen: Camera, joints: Sequence[str]) -> float:
    points = np.array([[each.joints[name] for name in joints] for each in postures])
    return float(seen.depth(points).mean())
