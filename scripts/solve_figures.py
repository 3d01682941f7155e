"""Solve every figure that travels with psoas and keep the poses beside the code.

python -m scripts.solve_figures
"""

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from psoas import motion
from psoas.content.exercises import exercises
from psoas.motion.solved import EIGHTHS, FILE, fingerprint
from psoas.motion.solving import on_the_way, solve


def main() -> None:
    kept = {}
    for each in exercises():
        for figure in (each.figure, *(limited.figure for limited in each.limited)):
            if figure is None:
                continue
            poses = solve(figure)
            kept[fingerprint(figure)] = {
                "of": each.slug,
                "keyframes": [_rounded(pose) for pose in poses],
                "way": [_rounded(on_the_way(figure, poses, at)) for at in EIGHTHS]
                if len(poses) > 1
                else [],
            }
    out = Path(str(motion.__file__)).with_name(FILE)
    rows = (f'"{key}": {json.dumps(row, separators=(",", ":"))}' for key, row in kept.items())
    out.write_text("{\n" + ",\n".join(rows) + "\n}\n", encoding="utf-8")
    print(f"{len(kept)} figures, {out.stat().st_size / 1000:.0f} kB")


def _rounded(pose: NDArray[np.float64]) -> list[float]:
    # A hundredth of a degree is a fifth of a millimetre at the end of a leg; 0.0, never -0.0.
    return [round(float(value), 2) + 0.0 for value in pose]


if __name__ == "__main__":
    main()
