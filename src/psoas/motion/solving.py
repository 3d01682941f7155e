"""Lets a position settle on what it lies, stands and holds on.

Angles alone look wrong: feet float, the head of a bridge sinks through the floor. So each keyframe
is a small least-squares problem: contacts nearly hard, nothing under the floor, joints inside their
limits, and the angles somebody wrote down move as little as that allows. What bears the weight of
a contact (the wrist of a hand that lies flat, an arm that reaches for a shin) may move more.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from psoas.content.keyframe import Figure, Keyframe
from psoas.motion import body, flesh, solved
from psoas.motion.kinematics import NAMES, PLACE, Met, Posture, lay, pose_of, posture
from psoas.motion.meeting import Meeting, meetings
from psoas.motion.nudging import STEP, nudged
from psoas.motion.placing import ground, placed

Array = NDArray[np.float64]

# What a contact 1 mm away weighs as much as: an angle that is this far from what was written.
_FIRM, _EASY, _LOOSE, _FREE = 4.0, 12.0, 25.0, 200.0
_CONTACT, _SLIDE, _FLOOR, _LIMIT = 0.2, 0.5, 0.2, 1.0
# Contacts are first taken lightly: the way along them is curved, and one big step leaves it.
# A stage: how lightly, when a step brings too little to go on, and how many cm off calls for it.
_STAGES = ((20.0, 0.1, 6.0), (4.0, 0.05, 1.5), (1.0, 0.002, 0.0))


def _limits() -> tuple[Array, Array]:
    """Return the lowest and highest value of every number of a pose."""
    found = [
        body.LIMITS.get(name.split(" ")[-1].removeprefix("shoulder_"), (-1e6, 1e6))
        for name in NAMES
    ]
    return np.array([low for low, _ in found]), np.array([high for _, high in found])


_LOWEST, _HIGHEST = _limits()


@dataclass(frozen=True)
class _Task:
    """One least-squares problem: where it is drawn to, how firmly, and what it has to meet."""

    figure: Figure
    keyframe: Keyframe
    goal: Array
    firm: Array
    meetings: tuple[Meeting, ...]
    kept: tuple[tuple[Meeting, Array], ...] = ()
    light: float = 1.0

    def wrong(self, pose: Array) -> Array:
        """Return what is wrong with a pose."""
        felt = flesh.felt(lay(pose[None], self.keyframe.base))
        return np.asarray(self._residuals(pose[None], felt)[0])

    def slopes(self, pose: Array) -> Array:
        """Return the Jacobian of what is wrong with a pose."""
        poses = pose + STEP * np.concatenate([np.zeros((1, pose.size)), np.eye(pose.size)])
        off = self._residuals(poses, nudged(pose, self.keyframe.base))
        return np.asarray((off[1:] - off[0]).T / STEP)

    def _residuals(self, poses: Array, felt: flesh.Felt) -> Array:
        clear = felt.lowest[..., 1] - ground(self.figure.props, felt.lowest)
        rows = [
            (poses - self.goal) / self.firm,
            _beyond(-clear, 0.15) / (_FLOOR * self.light),
            _beyond(_LOWEST - poses, 0.5) / _LIMIT,
            _beyond(poses - _HIGHEST, 0.5) / _LIMIT,
        ]
        rows += [meeting.off(felt) / (_CONTACT * self.light) for meeting in self.meetings]
        rows += [(meeting.point(felt) - where)[:, ::2] / _SLIDE for meeting, where in self.kept]
        return np.concatenate(rows, axis=1)

    def solved(self, start: Array) -> Array:
        """Return the pose with the least that is wrong."""
        pose = start
        felt = flesh.felt(lay(start[None], self.keyframe.base))
        far = max((float(abs(one.off(felt)).max()) for one in self.meetings), default=0.0)
        for light, enough, needed in _STAGES:
            if far >= needed:
                pose = _downhill(replace(self, light=light), pose, enough)
        return pose


def _beyond(value: Array, soft: float) -> Array:
    """Return how far a value is beyond 0, without a kink there."""
    return np.asarray((value + np.sqrt(value**2 + soft**2)) / 2)


def _downhill(task: "_Task", pose: Array, enough: float) -> Array:
    """Walk down from a pose in damped Gauss-Newton steps until one brings less than ``enough``."""
    damp = 1e-2
    wrong, slope = task.wrong(pose), task.slopes(pose)
    for _ in range(30):
        square = slope.T @ slope
        square += damp * np.diag(np.diag(square))
        there = pose - np.linalg.solve(square, slope.T @ wrong)
        now = task.wrong(there)
        gain = wrong @ wrong - now @ now
        if gain <= 0:
            damp *= 5
            continue
        pose, wrong, damp = there, now, damp / 2
        if gain < enough * (now @ now) + 1e-4:
            break
        slope = task.slopes(pose)
    return pose


@lru_cache(maxsize=128)
def settle(figure: Figure) -> tuple[Posture, ...]:
    """Return a figure's keyframes as they settle on their contacts.

    What rests on the same thing in two keyframes stays where it is, so a foot does not slide. The
    middle of the hips of the first keyframe is at x = 0. Deterministic: the same figure gives the
    same numbers.

    Args:
        figure: As written in its file.

    Returns:
        One posture for each keyframe, in order.

    Raises:
        ValueError: a contact that cannot be: a part on a wall that stands nowhere.
    """
    poses = solved.poses(figure) or solve(figure)
    found = tuple(
        posture(pose, keyframe.base, contacts=_met(pose, keyframe, meetings(figure, keyframe)))
        for pose, keyframe in zip(poses, figure.keyframes, strict=True)
    )
    props = placed(figure, found)
    return tuple(replace(one, props=props) for one in found)


@lru_cache(maxsize=512)
def between(figure: Figure, at: float) -> Posture:
    """Return the body on its way through the keyframes.

    Angles go evenly from one solved keyframe to the next, and what both rest on is kept: a foot
    stands still while the knee comes forward.

    Args:
        figure: As written in its file.
        at: 0 the first keyframe, 1 the last; what lies outside counts as the nearer end.

    Returns:
        The posture there.
    """
    postures = settle(figure)
    first, share = _leg_of_the_way(len(postures), at)
    if share in (0.0, 1.0):
        return postures[first + int(share)]
    pose = solved.way(figure, at)
    if pose is None:
        pose = on_the_way(figure, tuple(one.pose for one in postures), at)
    one, keyframe = postures[first], figure.keyframes[first]
    held = _held(figure, first)
    return posture(pose, keyframe.base, one.props, _met(pose, keyframe, held))


def solve(figure: Figure) -> tuple[Array, ...]:
    """Return the poses of a figure's keyframes, solved here and now.

    Args:
        figure: As written in its file.

    Returns:
        For each keyframe one number for each of ``kinematics.NAMES``: cm, then degrees.

    Raises:
        ValueError: a contact that cannot be.
    """
    poses: list[Array] = []
    kept: dict[tuple[str, str], Array] = {}
    for keyframe in figure.keyframes:
        found = meetings(figure, keyframe)
        stays = tuple(
            (one, kept[one.contact.part, one.contact.on])
            for one in found
            if (one.contact.part, one.contact.on) in kept
        )
        start = pose_of(keyframe)
        task = _Task(figure, keyframe, start, _firmness(keyframe, bool(poses)), found, stays)
        pose = task.solved(_on_the_ground(task, start))
        for one in found:
            if one.stays:
                key = (one.contact.part, one.contact.on)
                kept.setdefault(key, _middle(pose, keyframe, one))
        poses.append(pose)
    return tuple(poses)


def on_the_way(figure: Figure, poses: Sequence[Array], at: float) -> Array:
    """Return the pose somewhere between the keyframes, solved here and now.

    Args:
        figure: As written in its file.
        poses: Of its keyframes, solved.
        at: Between 0, the first keyframe, and 1, the last.
    """
    first, share = _leg_of_the_way(len(poses), at)
    one, two = poses[first], poses[min(first + 1, len(poses) - 1)]
    keyframe = figure.keyframes[first]
    goal = (1 - share) * one + share * two
    held = _held(figure, first)
    kept = tuple((each, _middle(one, keyframe, each)) for each in held if each.stays)
    firm = np.full(len(NAMES), _FIRM)
    firm[:3] = 5.0
    return _Task(figure, keyframe, goal, firm, held, kept).solved(goal)


def _leg_of_the_way(keyframes: int, at: float) -> tuple[int, float]:
    """Return the keyframe before, and how far on the way to the next one."""
    place = min(max(at, 0.0), 1.0) * (keyframes - 1)
    first = min(int(place), max(keyframes - 2, 0))
    return first, place - first


def _held(figure: Figure, first: int) -> tuple[Meeting, ...]:
    """Return the contacts that a keyframe shares with the next one."""
    later = {(contact.part, contact.on) for contact in figure.keyframes[first + 1].contacts}
    return tuple(
        meeting
        for meeting in meetings(figure, figure.keyframes[first])
        if (meeting.contact.part, meeting.contact.on) in later
    )


def _firmness(keyframe: Keyframe, later: bool) -> Array:
    """Return how far each number may move for what a contact 1 mm away costs."""
    firm = np.full(len(NAMES), _FIRM)
    upright = keyframe.base == "upright"
    resting = {(contact.part, contact.on) for contact in keyframe.contacts}
    parts = {part for part, _ in resting}
    firm[PLACE["x"]] = _FREE if later and parts else 0.5
    firm[PLACE["y"]] = _FREE
    firm[PLACE["z"]] = 0.5
    firm[PLACE["lean"]] = _FIRM if upright else _EASY
    firm[PLACE["tip"]] = _FIRM if keyframe.base == "on the side" else 1.0
    firm[PLACE["head"]] = _EASY if "head" in parts else _FIRM
    firm[PLACE["head_tilt"]] = _LOOSE if keyframe.base == "on the side" else 1.0
    for side in ("worked", "other"):
        bears = f"{side} hand" in parts or f"{side} elbow" in parts
        for joint in ("shoulder_flexion", "shoulder_abduction", "shoulder_rotation", "elbow"):
            firm[PLACE[f"{side} {joint}"]] = _LOOSE if bears else _FIRM
        flat = (f"{side} hand", "floor") in resting
        firm[PLACE[f"{side} wrist"]] = _FREE if flat else _LOOSE if bears else _FIRM
        firm[PLACE[f"{side} deviation"]] = _EASY
        stands = {f"{side} foot", f"{side} heel", f"{side} toes", f"{side} shank"} & parts
        firm[PLACE[f"{side} ankle"]] = _LOOSE if stands else _EASY
        firm[PLACE[f"{side} toes"]] = _LOOSE
    for name in keyframe.loose:
        firm[PLACE[name]] = _LOOSE
    return firm


def _on_the_ground(task: _Task, pose: Array) -> Array:
    """Return the pose moved up or down so that its lowest point is on the floor, hands flat."""
    felt = flesh.felt(lay(pose[None], task.keyframe.base))
    lifted = pose.copy()
    if task.keyframe.base == "upright":
        for one in task.keyframe.contacts:
            if one.part.endswith("hand") and one.on == "floor":
                lifted[PLACE[f"{one.part.split()[0]} wrist"]] = 75.0
    lifted[PLACE["y"]] -= felt.lowest[0, :, 1].min()
    return lifted


def _middle(pose: Array, keyframe: Keyframe, meeting: Meeting) -> Array:
    return np.asarray(meeting.point(flesh.felt(lay(pose[None], keyframe.base)))[0])


def _met(pose: Array, keyframe: Keyframe, found: Sequence[Meeting]) -> tuple[Met, ...]:
    felt = flesh.felt(lay(pose[None], keyframe.base))
    return tuple(
        Met(
            part=one.contact.part,
            on=one.contact.on,
            point=one.point(felt)[0],
            gap=float(max(one.off(felt)[0], key=abs)),
        )
        for one in found
    )
