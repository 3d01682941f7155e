"""How large figures are and how long one takes to draw. Run: python -m benchmarks figures."""

import json
from gzip import compress
from time import process_time

from benchmarks import table
from psoas.content.exercises import exercises
from psoas.motion.drawing import drawing_of, posture_at
from psoas.motion.figure import animation, painted, still
from psoas.motion.scene import outlines

ROUNDS = 15
MOST_STILL = 3000
MOST_ANIMATION = 15000
MOST_MS = 5.0


def main() -> None:
    rows = []
    for each in exercises():
        if each.figure is None:
            continue
        begun = process_time()
        drawing = drawing_of(each)
        settled = (process_time() - begun) * 1000
        posture = posture_at(each, 0.0)
        times = []
        for _round in range(ROUNDS):
            begun = process_time()
            painted(drawing, outlines(drawing.scene, posture), "f")
            times.append((process_time() - begun) * 1000)
        moving = json.dumps(animation(each), separators=(",", ":"))
        rows.append(
            (
                each.slug,
                *(str(_packed(still(each, ghost=ghost))) for ghost in (False, True)),
                str(_packed(moving)),
                f"{min(times):.1f}",
                f"{settled:.0f}",
            )
        )
    columns = ("figure", "still, bytes", "with ghost", "animation", "ms a frame", "ms to settle")
    table.show(
        f"Figures, packed: at most {MOST_STILL} a still, {MOST_ANIMATION} an animation, "
        f"{MOST_MS:g} ms a frame",
        columns,
        rows,
    )
    worst = [max(float(row[at]) for row in rows) for at in range(1, 6)]
    table.show("The largest of each", columns[1:], [[f"{number:g}" for number in worst]])


def _packed(text: str) -> int:
    return len(compress(text.encode(), 9))


if __name__ == "__main__":
    main()
