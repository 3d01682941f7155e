"""What was drawn before the first day, as it is sealed: what, when, and every day's arm."""

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from psoas.care.experiment.switches import Switch
from psoas.diary.experiment.schedule import Schedule, Scheme

VERSION = 1


@dataclass(frozen=True)
class Plan:
    """An experiment before its first day. Nothing of it ever changes."""

    switch: Switch
    schedule: Schedule
    first: date
    # The trigger that led here, where one did.
    trigger: str = ""
    # A clinician who had advised it has agreed.
    agreed: bool = False

    @property
    def last(self) -> date:
        return self.first + timedelta(days=len(self.schedule.arms) - 1)

    def document(self) -> dict[str, Any]:
        scheme = self.schedule.scheme
        return {
            "v": VERSION,
            "switch": asdict(self.switch),
            "first": self.first.isoformat(),
            "days": scheme.days,
            "block": scheme.block,
            "washout": scheme.washout,
            "seed": self.schedule.seed,
            "arms": written(self.schedule.arms),
            "trigger": self.trigger,
            "agreed": self.agreed,
        }


def plan_from(document: dict[str, Any]) -> Plan:
    scheme = Scheme(document["days"], document["block"], document["washout"])
    return Plan(
        Switch(**document["switch"]),
        # As it was drawn, whatever a later version would draw from the same seed.
        Schedule(scheme, read(document["arms"]), document["seed"]),
        date.fromisoformat(document["first"]),
        document["trigger"],
        document["agreed"],
    )


def written(arms: tuple[int, ...]) -> str:
    return "".join(str(arm) for arm in arms)


def read(arms: str) -> tuple[int, ...]:
    return tuple(int(arm) for arm in arms)
