"""The published numbers that the muscles are held against."""

import csv
from functools import cache
from pathlib import Path

import numpy as np

_HERE = Path(__file__).parent
MODELS = ("gait2392", "Rajagopal2016", "MyoLeg")


@cache
def golden():
    """200 random poses and 23 lengths (m) that OpenSim 4.6 gives for gait2392, by column."""
    with (_HERE / "golden.csv").open(encoding="utf-8") as file:
        names, *rows = csv.reader(file)
    return dict(zip(names, np.array(rows, float).T, strict=True))


@cache
def poses():
    """30 named poses with what other models find there, mm against standing."""
    with (_HERE / "poses.csv").open(encoding="utf-8") as file:
        return tuple(csv.DictReader(file))


@cache
def moment_arms():
    """Flexion moment arms in standing by line, mm: gait2392, then the others."""
    with (_HERE / "moment_arms.csv").open(encoding="utf-8") as file:
        return {
            row["muscle"]: tuple(
                float(row[key]) for key in ("flex_2392", "flex_Raj", "flex_MyoLeg")
            )
            for row in csv.DictReader(file)
        }


def angles(row) -> tuple[float, float, float, float]:
    return (
        float(row["flexion"]),
        float(row["abduction"]),
        float(row["rotation"]),
        float(row["knee"]),
    )


def others(row, line):
    """What the other models find for a line in this pose, mm."""
    keys = [f"{line} {model}" for model in MODELS[1:]]
    return [float(row[key]) for key in keys if key in row]


def pose(name):
    (row,) = (row for row in poses() if row["pose"] == name)
    return angles(row)
