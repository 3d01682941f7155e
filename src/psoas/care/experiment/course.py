"""What happened since an experiment began, as it is sealed: days, looks, the end, the result."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from psoas.diary.experiment.analysis import Verdict
from psoas.diary.experiment.early import Early

VERSION = 1
STOPPED: Final = "stopped"
ENOUGH: Final = "enough"
WHOLE: Final = "whole"
How = Literal["stopped", "enough", "whole"]


@dataclass(frozen=True)
class Look:
    """A pair at its end, looked at once: its means, and the evidence up to there."""

    on: date
    without: float | None
    with_it: float | None
    e_value: float


@dataclass(frozen=True)
class Result:
    """What came out, decided once and kept. ``refused`` says why no number can be given."""

    how: How
    on: date
    outcome: tuple[float | None, ...]
    verdict: Verdict | None = None
    early: Early | None = None
    refused: str = ""


@dataclass(frozen=True)
class Course:
    """Everything that was added to a plan."""

    # Arms of the pairs that were added at the end, drawn from the plan's own seed.
    added: str = ""
    # Days on which the person noted that it went otherwise. Kept, and not analysed.
    otherwise: tuple[date, ...] = ()
    looks: tuple[Look, ...] = ()
    stopped_on: date | None = None
    result: Result | None = None

    def document(self) -> dict[str, Any]:
        return {
            "v": VERSION,
            "added": self.added,
            "otherwise": [day.isoformat() for day in self.otherwise],
            "looks": [asdict(each) | {"on": each.on.isoformat()} for each in self.looks],
            "stopped_on": self.stopped_on and self.stopped_on.isoformat(),
            "result": self.result and _written_result(self.result),
        }


def course_from(document: dict[str, Any]) -> Course:
    stopped, result = document["stopped_on"], document["result"]
    return Course(
        document["added"],
        tuple(date.fromisoformat(day) for day in document["otherwise"]),
        tuple(Look(**{**each, "on": date.fromisoformat(each["on"])}) for each in document["looks"]),
        date.fromisoformat(stopped) if stopped else None,
        _read_result(result) if result else None,
    )


def _written_result(result: Result) -> dict[str, Any]:
    verdict, early = result.verdict, result.early
    return {
        "how": result.how,
        "on": result.on.isoformat(),
        "outcome": result.outcome,
        "refused": result.refused,
        "verdict": verdict and _plain(asdict(verdict)),
        "early": early and _plain(asdict(early)),
    }


def _read_result(document: dict[str, Any]) -> Result:
    verdict, early = document["verdict"], document["early"]
    return Result(
        document["how"],
        date.fromisoformat(document["on"]),
        tuple(document["outcome"]),
        Verdict(**_bounded(verdict) | _arrays(verdict)) if verdict else None,
        Early(**_bounded(early)) if early else None,
        document["refused"],
    )


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """Without NaN and infinity, which JSON does not know: None stands for both."""
    return {name: _one(value) for name, value in values.items()}


def _one(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return [_one(each) for each in value.tolist()]
    if isinstance(value, list):
        return [_one(each) for each in value]
    return None if isinstance(value, float) and not np.isfinite(value) else value


def _bounded(values: dict[str, Any]) -> dict[str, Any]:
    ends = {"low": -np.inf, "high": np.inf, "estimate": np.nan}
    return {
        name: ends.get(name, np.nan) if value is None else value for name, value in values.items()
    }


def _arrays(values: dict[str, Any]) -> dict[str, NDArray[np.float64]]:
    # An empty list would lose its second dimension.
    means = np.array(values["means"], dtype=np.float64).reshape(-1, 2)
    return {"means": means, "drawn": np.array(values["drawn"], dtype=np.float64)}
