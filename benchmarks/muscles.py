"""How many positions a second the muscles are worked out for, all lines together.

    python -m benchmarks muscles

Where MuJoCo happens to be installed (it is in none of the locks), the same lines are hung into it
as spatial tendons and measured pose by pose beside it. It knows no points that come and go, so
there every point is always on its path; where none comes and goes the two must agree.
"""

import time
from collections.abc import Callable
from importlib import import_module
from typing import Any

import numpy as np

from benchmarks import table
from psoas.motion.muscle_bands import bands
from psoas.motion.muscle_lengths import lengths
from psoas.motion.muscle_paths import REACH, Point, model

POSES = 200_000
PEER_POSES = 20_000
ROUNDS = 5
ASKED = 90_000
_RADIANS_PER_DEGREE = np.pi / 180


def main() -> None:
    rng = np.random.default_rng(7)
    poses = np.array([rng.uniform(low, high, POSES) for low, high in REACH.values()])
    rows = []
    fastest = 0.0
    for name, smoothed in (("plain", False), ("smoothed", True)):

        def all_lines(smoothed: bool = smoothed) -> object:
            flexion, abduction, rotation, knee = poses
            return lengths(flexion, abduction, rotation, knee, smoothed)

        fastest = POSES / _least(all_lines)
        rows.append((f"psoas, {name}, many at once", f"{fastest:,.0f}", f"{ASKED:,}", ""))
    single = 200 / _least(lambda: [bands(-15, 0, 0, 90) for _ in range(200)])
    rows.append(("psoas, bands of one position", f"{single:,.0f}", "", ""))
    try:
        peer, apart = _mujoco(poses[:, :PEER_POSES])
        beside = f"MuJoCo {import_module('mujoco').__version__}, a loop in Python"
        rows.append((beside, f"{peer:,.0f}", "(peer)", f"{fastest / peer:.1f}"))
        note = f"Largest difference between the two, where nothing comes and goes: {apart:.1e} m."
    except ModuleNotFoundError:
        note = "MuJoCo is not installed here, so nothing stands beside it."
    table.show(
        f"{len(model().lines)} lines, smoothed or plain",
        ("what", "poses a second", "asked", "times the peer"),
        rows,
    )
    print(note)


def _least(act: Callable[[], object]) -> float:
    """Wall seconds, the best of some rounds after one that is not counted."""
    act()
    took = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        act()
        took.append(time.perf_counter() - began)
    return min(took)


def _mujoco(poses: np.ndarray) -> tuple[float, float]:
    """Return poses a second in a loop, and the largest difference from ours, m."""
    mujoco: Any = import_module("mujoco")
    leg = mujoco.MjModel.from_xml_string(_xml())
    data = mujoco.MjData(leg)
    flexion, abduction, rotation, knee = poses * _RADIANS_PER_DEGREE
    slide_x, slide_y, *_glide = model().slides(-knee)
    settings = np.column_stack([flexion, -abduction, rotation, slide_x, slide_y, -knee])
    found = np.empty((len(settings), len(model().lines)))

    def loop() -> None:
        for row, setting in enumerate(settings):
            data.qpos[:] = setting
            mujoco.mj_kinematics(leg, data)
            mujoco.mj_comPos(leg, data)
            mujoco.mj_tendon(leg, data)
            found[row] = data.ten_length

    took = _least(loop)
    ours = lengths(*poses)
    apart = max(
        float(np.abs(ours[line.name] - values).max())
        for line, values in zip(model().lines, found.T, strict=True)
        if line.condition is None
    )
    return len(settings) / took, apart


def _xml() -> str:
    sites: dict[Point, str] = {}
    for line in model().lines:
        for point in line.points:
            sites.setdefault(point, f"p{len(sites)}")
    hip = " ".join(map(str, model().hip_centre))
    held = '<inertial pos="0 0 0" mass="1" diaginertia="1 1 1"/>'

    def on(body: str) -> str:
        return "".join(
            f'<site name="{name}" pos="{" ".join(map(str, point.at))}"/>'
            for point, name in sites.items()
            if point.body == body
        )

    tendons = "".join(
        f'<spatial name="{line.name}">'
        + "".join(f'<site site="{sites[point]}"/>' for point in line.points)
        + "</spatial>"
        for line in model().lines
    )
    return (
        f'<mujoco><compiler angle="radian"/><worldbody>{on("pelvis")}<body pos="{hip}">{held}'
        '<joint axis="0 0 1"/><joint axis="1 0 0"/><joint axis="0 1 0"/>'
        f"{on('femur')}<body>{held}"
        '<joint type="slide" axis="1 0 0"/><joint type="slide" axis="0 1 0"/>'
        f'<joint axis="0 0 1"/>{on("tibia")}</body></body></worldbody>'
        f"<tendon>{tendons}</tendon></mujoco>"
    )


if __name__ == "__main__":
    main()
